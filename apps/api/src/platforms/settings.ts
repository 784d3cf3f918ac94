/**
 * Where the platforms are and who we are there. Base URLs are settings, so the same client code reaches
 * the sandbox, a recording proxy or the real platform. An empty id means: no application registered yet.
 */
export type PlatformSettings = {
  readonly kuaishou: {
    readonly baseUrl: string
    readonly appId: string
    readonly appSecret: string
    /**
     * Hosts Kuaishou may name as the place to upload to: `host[:port]` as written, or `*.suffix`.
     * Its answer decides where the video's bytes go, so anything else is refused (SSRF).
     */
    readonly uploadHosts: readonly string[]
  }
  readonly douyin: {
    readonly baseUrl: string
    readonly clientKey: string
    readonly clientSecret: string
    /** `signed`: we sign the share link ourselves; `get_share`: Douyin makes it (scope jump.basic). */
    readonly shareVia?: 'signed' | 'get_share'
    /** A web page standing in for the Douyin app (the sandbox's); the share link is appended, encoded. */
    readonly appPage?: string | null
    /** The application was granted video.create.bind (government media and few enterprise services): default no. */
    readonly direct?: boolean
  }
  readonly wechatOa: { readonly baseUrl: string }
  readonly bilibili: {
    /** Four hosts in the real thing: works, consent page, tokens, upload. */
    readonly baseUrl: string
    readonly accountUrl: string
    readonly tokenUrl: string
    readonly uploadUrl: string
    readonly clientId: string
    readonly clientSecret: string
    /** The category (`tid`) works go into, one of its own list. */
    readonly tid: number
  }
  readonly weibo: {
    readonly baseUrl: string
    readonly appKey: string
    readonly appSecret: string
    /** The address Weibo is told its user posts from (`rip`); '' leaves it out. */
    readonly realIp: string
  }
  /** Total time of one call, answer's last byte included; 120 s by default. */
  readonly deadlineMs?: number
}

/** The real hosts, without credentials. The upload hosts: official example and the uploader seen in use. */
export const realPlatformSettings: PlatformSettings = {
  kuaishou: {
    baseUrl: 'https://open.kuaishou.com',
    appId: '',
    appSecret: '',
    uploadHosts: ['*.kuaishou.com', '*.kuaishouzt.com', '*.gifshow.com'],
  },
  douyin: { baseUrl: 'https://open.douyin.com', clientKey: '', clientSecret: '' },
  wechatOa: { baseUrl: 'https://api.weixin.qq.com' },
  bilibili: {
    baseUrl: 'https://member.bilibili.com',
    accountUrl: 'https://account.bilibili.com',
    tokenUrl: 'https://api.bilibili.com',
    uploadUrl: 'https://openupos.bilivideo.com',
    clientId: '',
    clientSecret: '',
    tid: 201,
  },
  weibo: { baseUrl: 'https://api.weibo.com', appKey: '', appSecret: '', realIp: '' },
}
