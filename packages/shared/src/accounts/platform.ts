import type { Bilingual } from '../text.ts'

export const platforms = [
  'douyin',
  'xiaohongshu',
  'kuaishou',
  'channels',
  'wechat_oa',
  'bilibili',
  'weibo',
  'toutiao',
  'jd_health',
] as const
export type Platform = (typeof platforms)[number]

/** `glyph` is ours: one character in a rounded square, never a platform's logo. */
export const platformLabels = {
  douyin: { zh: '抖音', en: 'Douyin', glyph: '抖' },
  xiaohongshu: { zh: '小红书', en: 'Xiaohongshu', glyph: '红' },
  kuaishou: { zh: '快手', en: 'Kuaishou', glyph: '快' },
  channels: { zh: '视频号', en: 'WeChat Channels', glyph: '视' },
  wechat_oa: { zh: '公众号', en: 'Official Account', glyph: '公' },
  bilibili: { zh: 'B站', en: 'Bilibili', glyph: 'B' },
  weibo: { zh: '微博', en: 'Weibo', glyph: '微' },
  toutiao: { zh: '头条', en: 'Toutiao', glyph: '头' },
  jd_health: { zh: '京东健康', en: 'JD Health', glyph: '京' },
} as const satisfies Record<Platform, Bilingual & { glyph: string }>

/** How a post gets out: by us over the platform's API, through a person's phone, or wholly by hand. */
export const publishRoutes = ['api', 'handoff', 'manual'] as const
export type PublishRoute = (typeof publishRoutes)[number]
export const publishRouteLabels = {
  api: { zh: '接口发布', en: 'API' },
  handoff: { zh: '手机交接', en: 'Hand-off' },
  manual: { zh: '人工发布', en: 'Manual' },
} as const satisfies Record<PublishRoute, Bilingual>

export const accountHealths = [
  'healthy',
  'limited',
  'token_expired',
  'reauth_needed',
  'banned',
] as const
export type AccountHealth = (typeof accountHealths)[number]
export const accountHealthLabels = {
  healthy: { zh: '正常', en: 'Healthy' },
  limited: { zh: '受限', en: 'Limited' },
  token_expired: { zh: '授权过期', en: 'Token expired' },
  reauth_needed: { zh: '需重新授权', en: 'Reconnect needed' },
  banned: { zh: '封禁', en: 'Banned' },
} as const satisfies Record<AccountHealth, Bilingual>

export const certificationStatuses = [
  'certified',
  'pending',
  'expired',
  'rejected',
  'none',
] as const
export type CertificationStatus = (typeof certificationStatuses)[number]
export const certificationLabels = {
  certified: { zh: '已认证', en: 'Certified' },
  pending: { zh: '认证中', en: 'Pending' },
  expired: { zh: '认证过期', en: 'Expired' },
  rejected: { zh: '未通过', en: 'Rejected' },
  none: { zh: '未认证', en: 'Not certified' },
} as const satisfies Record<CertificationStatus, Bilingual>
