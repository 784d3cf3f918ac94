import type { Bilingual } from '../text.ts'
import type { Platform } from './platform.ts'

/**
 * How an account lets us act for it where this product speaks the platform's interface.
 * `consent`: its owner agrees in the browser, at the platform. `app`: the account is an application of its own,
 * and a person types in its AppID and AppSecret.
 */
export type ConnectWay = {
  readonly by: 'consent' | 'app'
  /**
   * What moves the end of the authorisation by itself. `refresh`: every refresh. `renewal`: a renewal, at most
   * `renewals` times between two consents. `never`: the consent ends with its token. `none`: it has no end.
   */
  readonly prolongedBy: 'refresh' | 'renewal' | 'never' | 'none'
  readonly renewals?: number
}

/** From the protocol facts of each platform; one that is missing has no interface to connect to. */
export const connectWays: Partial<Readonly<Record<Platform, ConnectWay>>> = {
  // Both tokens come anew with each refresh; 48 h and 180 d (mp.kuaishou.com, openAbility).
  kuaishou: { by: 'consent', prolongedBy: 'refresh' },
  // Single-use refresh token; its own life is not published (open.bilibili.com/doc/4).
  bilibili: { by: 'consent', prolongedBy: 'refresh' },
  // Refreshing leaves the refresh token's 30 days as they are; renewing it works 5 times, then error 10020
  // (developer.open-douyin.com, account-permission).
  douyin: { by: 'consent', prolongedBy: 'renewal', renewals: 5 },
  // No refresh for web applications (open.weibo.com, Oauth2).
  weibo: { by: 'consent', prolongedBy: 'never' },
  // AppID and AppSecret buy a token of two hours, as often as needed (developers.weixin.qq.com, stable_token).
  wechat_oa: { by: 'app', prolongedBy: 'none' },
}

type Kept = {
  readonly platform: Platform
  readonly renewals: number
  readonly refreshFailures: number
}

/** Whether the authorisation goes on by itself as things stand; if not, its owner must act before its end. */
export function prolongsItself({ platform, renewals, refreshFailures }: Kept): boolean {
  const way = connectWays[platform]
  if (!way || way.prolongedBy === 'never') return false
  if (way.prolongedBy === 'renewal') return renewals < (way.renewals ?? 0)
  return way.prolongedBy === 'none' || refreshFailures === 0
}

/** What an owner can consent to, in words; a scope that is not here is shown as the platform writes it. */
export const scopeLabels: Readonly<Record<string, Bilingual>> = {
  user_info: { zh: '读取账号资料', en: 'Read the profile' },
  user_video_publish: { zh: '发布视频', en: 'Publish videos' },
  user_video_info: { zh: '读取作品列表', en: 'Read the list of works' },
  ARC_BASE: { zh: '发布和管理稿件', en: 'Publish and manage works' },
  ARC_DATA: { zh: '读取稿件数据', en: 'Read figures of works' },
  USER_INFO: { zh: '读取账号资料', en: 'Read the profile' },
  USER_DATA: { zh: '读取粉丝数据', en: 'Read figures of followers' },
  'video.create.bind': { zh: '发布作品', en: 'Publish works' },
  'video.list.bind': { zh: '读取作品列表', en: 'Read the list of works' },
  'video.data.bind': { zh: '读取作品数据', en: 'Read figures of works' },
  renew_refresh_token: { zh: '延长授权', en: 'Prolong the authorisation' },
  statuses_share: { zh: '分享图文', en: 'Share text and pictures' },
}
