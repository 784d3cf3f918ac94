import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { PlatformSettings } from './platforms/settings.ts'

const flag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true')
const port = z.coerce.number().int().min(0).max(65_535)
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))

/**
 * Every setting of the product. Only this file reads process.env; README lists the same names.
 * A value that does not fit stops the start with a sentence that names it.
 */
const schema = z.object({
  /** Where the database, the media and the secrets lie. */
  XINGBO_DATA: z.string().min(1).default('data'),
  XINGBO_HOST: z.string().min(1).default('127.0.0.1'),
  XINGBO_PORT: port.default(5180),
  /** What people type into a browser; https makes the session cookie `__Host-` and Secure. */
  XINGBO_PUBLIC_URL: url.optional(),
  /** `0`: no demo institution and no sandbox; an empty folder then shows the first-run page. */
  XINGBO_DEMO: flag.default(true),
  /** The day the demo's history ends near; today without it. The sample exports in tests/fixtures fit 2026-11-21. */
  XINGBO_DEMO_AS_OF: z.iso.date().optional(),
  /** The stand-in for the platforms; only with the demo. */
  XINGBO_SANDBOX_PORT: port.default(5181),
  /** 32 bytes in base64; without it a key is made once in the data folder. */
  XINGBO_MASTER_KEY: z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  /** The one proxy whose X-Forwarded-For is believed. */
  XINGBO_TRUST_PROXY: z.string().min(1).optional(),
  XINGBO_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** What a scraper of /metrics must bring as its bearer token; without it only this machine may read them. */
  XINGBO_METRICS_TOKEN: z.string().min(16).optional(),
  XINGBO_MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(8192).default(4096),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Where the queue stands instead of in this process: redis, rediss, postgres or postgresql. Goes before REDIS_URL. */
  QUEUE_URL: z.url({ protocol: /^(rediss?|postgres(ql)?)$/ }).optional(),
  /** `0`: this process sends nothing itself; workers on other machines do. */
  XINGBO_WORKER: flag.default(true),
  /** A claim not renewed for this long is taken from its holder. It renews three times as often. */
  XINGBO_LEASE_SECONDS: z.coerce.number().int().min(3).max(3600).default(120),
  /** Only for `work`: where the API is, and who this worker is there (several institutions: separated by commas). */
  XINGBO_API_URL: url.optional(),
  XINGBO_WORKER_TOKEN: z.string().optional(),
  FFMPEG_PATH: z.string().optional(),
  FFPROBE_PATH: z.string().optional(),
  KUAISHOU_APP_ID: z.string().default(''),
  KUAISHOU_APP_SECRET: z.string().default(''),
  KUAISHOU_BASE_URL: url.default('https://open.kuaishou.com'),
  /** Hosts Kuaishou may name as the place to upload to, comma-separated; anything else is refused. */
  KUAISHOU_UPLOAD_HOSTS: z.string().default('*.kuaishou.com,*.kuaishouzt.com,*.gifshow.com'),
  BILIBILI_CLIENT_ID: z.string().default(''),
  BILIBILI_CLIENT_SECRET: z.string().default(''),
  BILIBILI_BASE_URL: url.default('https://member.bilibili.com'),
  BILIBILI_ACCOUNT_URL: url.default('https://account.bilibili.com'),
  BILIBILI_TOKEN_URL: url.default('https://api.bilibili.com'),
  BILIBILI_UPLOAD_URL: url.default('https://openupos.bilivideo.com'),
  /** The category works go into; 201 is 知识 · 科学科普. */
  BILIBILI_TID: z.coerce.number().int().positive().default(201),
  WEIBO_APP_KEY: z.string().default(''),
  WEIBO_APP_SECRET: z.string().default(''),
  WEIBO_BASE_URL: url.default('https://api.weibo.com'),
  /** The address Weibo is told the poster has (`rip`), where it asks for one. */
  WEIBO_REAL_IP: z.union([z.ipv4(), z.ipv6()]).optional(),
  DOUYIN_CLIENT_KEY: z.string().default(''),
  DOUYIN_CLIENT_SECRET: z.string().default(''),
  DOUYIN_BASE_URL: url.default('https://open.douyin.com'),
  /** `1`: the application was granted video.create.bind, so accounts may be set to post by API. */
  DOUYIN_DIRECT: flag.default(false),
  WECHAT_OA_BASE_URL: url.default('https://api.weixin.qq.com'),
})

export type Env = z.infer<typeof schema>

export class BadSetting extends Error {}

/** Reads and checks the settings; throws BadSetting with one line for each value that does not fit. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  // An empty value means "not set", as a shell or a compose file would have it.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return `设置 ${name} 的值不对 · setting ${name} is not valid: ${issue.message}`
  })
  throw new BadSetting(lines.join('\n'))
}

/** The settings as the product uses them: folders resolved, the sandbox put in the platforms' place for the demo. */
export type Settings = {
  readonly dataDir: string
  readonly mediaDir: string
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  readonly secureCookie: boolean
  readonly demo: boolean
  readonly demoAsOf: string | null
  readonly sandboxPort: number | null
  readonly maxUploadBytes: number
  /** Redis or PostgreSQL; null for the queue inside this process. */
  readonly queueUrl: string | null
  readonly sendsItself: boolean
  readonly leaseMs: number
  readonly ffmpegPath: string | null
  readonly ffprobePath: string | null
  readonly trustProxy: string | null
  readonly metricsToken: string | null
  readonly platforms: {
    readonly kuaishou: {
      readonly baseUrl: string
      readonly appId: string
      readonly appSecret: string
      readonly uploadHosts: readonly string[]
    }
    readonly bilibili: PlatformSettings['bilibili']
    readonly weibo: PlatformSettings['weibo']
    readonly douyin: {
      readonly baseUrl: string
      readonly clientKey: string
      readonly clientSecret: string
      /** A page that plays the Douyin app; only the sandbox has one. */
      readonly appPage?: string
      readonly direct: boolean
    }
    readonly wechatOa: { readonly baseUrl: string }
  }
}

/** Credentials that only the sandbox accepts; no real platform knows them. */
const sandboxApp = { id: 'xingbo-sandbox', secret: 'sandbox-only-not-a-secret' }

export function settingsFrom(env: Env): Settings {
  const dataDir = resolve(env.XINGBO_DATA)
  const publicUrl = env.XINGBO_PUBLIC_URL ?? `http://127.0.0.1:${env.XINGBO_PORT}`
  const sandboxUrl = `http://127.0.0.1:${env.XINGBO_SANDBOX_PORT}`
  return {
    dataDir,
    mediaDir: join(dataDir, 'media'),
    host: env.XINGBO_HOST,
    port: env.XINGBO_PORT,
    publicUrl,
    secureCookie: publicUrl.startsWith('https:'),
    demo: env.XINGBO_DEMO,
    demoAsOf: env.XINGBO_DEMO_AS_OF ?? null,
    sandboxPort: env.XINGBO_DEMO ? env.XINGBO_SANDBOX_PORT : null,
    maxUploadBytes: env.XINGBO_MAX_UPLOAD_MB * 1024 * 1024,
    queueUrl: env.QUEUE_URL ?? env.REDIS_URL ?? null,
    sendsItself: env.XINGBO_WORKER,
    leaseMs: env.XINGBO_LEASE_SECONDS * 1000,
    ffmpegPath: env.FFMPEG_PATH ?? null,
    ffprobePath: env.FFPROBE_PATH ?? null,
    trustProxy: env.XINGBO_TRUST_PROXY ?? null,
    metricsToken: env.XINGBO_METRICS_TOKEN ?? null,
    platforms: env.XINGBO_DEMO
      ? {
          kuaishou: {
            baseUrl: sandboxUrl,
            appId: sandboxApp.id,
            appSecret: sandboxApp.secret,
            uploadHosts: [`127.0.0.1:${env.XINGBO_SANDBOX_PORT}`],
          },
          bilibili: {
            baseUrl: sandboxUrl,
            accountUrl: sandboxUrl,
            tokenUrl: sandboxUrl,
            uploadUrl: sandboxUrl,
            clientId: sandboxApp.id,
            clientSecret: sandboxApp.secret,
            tid: 201,
          },
          weibo: {
            baseUrl: `${sandboxUrl}/weibo`,
            appKey: sandboxApp.id,
            appSecret: sandboxApp.secret,
            realIp: '',
          },
          douyin: {
            baseUrl: sandboxUrl,
            clientKey: sandboxApp.id,
            clientSecret: sandboxApp.secret,
            appPage: `${sandboxUrl}/__sandbox/douyin-app?schema=`,
            direct: env.DOUYIN_DIRECT,
          },
          wechatOa: { baseUrl: sandboxUrl },
        }
      : {
          kuaishou: {
            baseUrl: env.KUAISHOU_BASE_URL,
            appId: env.KUAISHOU_APP_ID,
            appSecret: env.KUAISHOU_APP_SECRET,
            uploadHosts: env.KUAISHOU_UPLOAD_HOSTS.split(',').map((host) => host.trim()),
          },
          bilibili: {
            baseUrl: env.BILIBILI_BASE_URL,
            accountUrl: env.BILIBILI_ACCOUNT_URL,
            tokenUrl: env.BILIBILI_TOKEN_URL,
            uploadUrl: env.BILIBILI_UPLOAD_URL,
            clientId: env.BILIBILI_CLIENT_ID,
            clientSecret: env.BILIBILI_CLIENT_SECRET,
            tid: env.BILIBILI_TID,
          },
          weibo: {
            baseUrl: env.WEIBO_BASE_URL,
            appKey: env.WEIBO_APP_KEY,
            appSecret: env.WEIBO_APP_SECRET,
            realIp: env.WEIBO_REAL_IP ?? '',
          },
          douyin: {
            baseUrl: env.DOUYIN_BASE_URL,
            clientKey: env.DOUYIN_CLIENT_KEY,
            clientSecret: env.DOUYIN_CLIENT_SECRET,
            direct: env.DOUYIN_DIRECT,
          },
          wechatOa: { baseUrl: env.WECHAT_OA_BASE_URL },
        },
  }
}
