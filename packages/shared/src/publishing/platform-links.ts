import type { Platform } from '../accounts/platform.ts'

/**
 * Tried in order against path and query; the group `id`, where there is one, is the platform's own id of the
 * post, `account` that of its account.
 * No platform publishes these shapes: they are read off real links (grade D), as of 2026-11.
 */
export type LinkPattern = {
  readonly kind: 'post' | 'short' | 'profile'
  readonly hosts: readonly string[]
  readonly path: RegExp
}
/** Apart from what a platform takes, because the phone page checks links and has little room. */
export const platformLinks: Readonly<Record<Platform, readonly LinkPattern[]>> = {
  douyin: [
    { kind: 'short', hosts: ['v.douyin.com'], path: /^\/[\w-]+/ },
    {
      kind: 'post',
      hosts: ['www.douyin.com', 'm.douyin.com', 'www.iesdouyin.com'],
      path: /^\/(?:share\/)?(?:video|note|slides)\/(?<id>\d+)/,
    },
    { kind: 'post', hosts: ['www.douyin.com'], path: /[?&]modal_id=(?<id>\d+)/ },
    { kind: 'profile', hosts: ['www.douyin.com', 'www.iesdouyin.com'], path: /\/user\/[\w-]+/ },
  ],
  xiaohongshu: [
    { kind: 'short', hosts: ['xhslink.com'], path: /^\/[\w/-]+/ },
    {
      kind: 'post',
      hosts: ['www.xiaohongshu.com', 'xiaohongshu.com'],
      path: /^\/(?:explore|discovery\/item|user\/profile\/(?<account>[0-9a-f]+))\/(?<id>[0-9a-f]{24})/,
    },
    {
      kind: 'profile',
      hosts: ['www.xiaohongshu.com', 'xiaohongshu.com'],
      path: /^\/user\/profile\//,
    },
  ],
  kuaishou: [
    { kind: 'short', hosts: ['v.kuaishou.com'], path: /^\/[\w-]+/ },
    { kind: 'short', hosts: ['www.kuaishou.com'], path: /^\/f\/[\w-]+/ },
    {
      kind: 'post',
      hosts: ['www.kuaishou.com', 'm.gifshow.com', '.chenzhongtech.com'],
      path: /^\/(?:short-video|fw\/photo|fw\/long-video)\/(?<id>\w+)/,
    },
    {
      kind: 'profile',
      hosts: ['www.kuaishou.com', 'live.kuaishou.com'],
      path: /^\/(?:profile|u)\//,
    },
  ],
  channels: [
    { kind: 'short', hosts: ['weixin.qq.com'], path: /^\/sph\/[\w-]+/ },
    {
      kind: 'post',
      hosts: ['channels.weixin.qq.com'],
      path: /^\/.*feed.*?(?:eid|id)=(?<id>[^&]+)/,
    },
  ],
  wechat_oa: [
    { kind: 'post', hosts: ['mp.weixin.qq.com'], path: /^\/s\/(?<id>[\w-]{10,})/ },
    {
      kind: 'post',
      hosts: ['mp.weixin.qq.com'],
      path: /^\/s\?(?:__biz=(?<account>[^&]+)&)?.*\bmid=(?<id>\d+)/,
    },
  ],
  bilibili: [
    {
      kind: 'post',
      hosts: ['www.bilibili.com', 'm.bilibili.com', 'b23.tv'],
      path: /^\/(?:video\/)?(?<id>BV[0-9A-Za-z]{10})/,
    },
    { kind: 'short', hosts: ['b23.tv'], path: /^\/[\w-]+/ },
    { kind: 'profile', hosts: ['space.bilibili.com'], path: /^\/\d+/ },
  ],
  weibo: [
    { kind: 'short', hosts: ['t.cn'], path: /^\/\w+/ },
    { kind: 'post', hosts: ['m.weibo.cn'], path: /^\/(?:status|detail)\/(?<id>\w+)/ },
    { kind: 'post', hosts: ['weibo.com', 'www.weibo.com'], path: /^\/tv\/show\/(?<id>\d+:\w+)/ },
    { kind: 'post', hosts: ['video.weibo.com'], path: /^\/show\?.*\bfid=(?<id>[\w:%]+)/ },
    {
      kind: 'profile',
      hosts: ['weibo.com', 'www.weibo.com', 'm.weibo.cn'],
      path: /^\/(?:u|n)\//,
    },
    {
      kind: 'post',
      hosts: ['weibo.com', 'www.weibo.com'],
      path: /^\/(?<account>\d{5,})\/(?<id>[0-9A-Za-z]{6,})/,
    },
    { kind: 'profile', hosts: ['weibo.com', 'www.weibo.com'], path: /^\/\d{5,}\/?(?:$|\?)/ },
  ],
  toutiao: [
    { kind: 'short', hosts: ['m.toutiao.com', 'm.toutiaocdn.com'], path: /^\/is\/[\w-]+/ },
    {
      kind: 'post',
      hosts: ['www.toutiao.com', 'm.toutiao.com'],
      path: /^\/(?:video\/|article\/|item\/|w\/|group\/|[iaw])(?<id>\d+)/,
    },
    { kind: 'profile', hosts: ['www.toutiao.com'], path: /^\/c\/user\// },
  ],
  jd_health: [{ kind: 'short', hosts: ['.jd.com', '.healthjd.com', '3.cn'], path: /^\/[^\s]+/ }],
}
