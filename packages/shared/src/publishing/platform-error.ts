import type { Bilingual } from '../text.ts'

/** What went wrong at a platform, in one vocabulary for all of them; it decides what happens next. */
export const platformErrorCategories = [
  'auth_expired',
  'auth_revoked',
  'permission_missing',
  'account_banned',
  'rate_limited',
  'quota_exhausted',
  'validation',
  'content_rejected',
  'review_pending',
  'human_action_required',
  'media_invalid',
  'platform_busy',
  'not_found_yet',
  'unreachable',
  'not_configured',
] as const
export type PlatformErrorCategory = (typeof platformErrorCategories)[number]

export const platformErrorCategoryLabels = {
  auth_expired: { zh: '授权过期，需刷新', en: 'Token expired' },
  auth_revoked: { zh: '授权失效，需重新授权', en: 'Authorisation lost' },
  permission_missing: { zh: '缺少平台权限', en: 'Permission missing' },
  account_banned: { zh: '账号被封禁或禁言', en: 'Account banned or muted' },
  rate_limited: { zh: '平台限流', en: 'Rate limited' },
  quota_exhausted: { zh: '当日额度用完', en: 'Quota used up' },
  validation: { zh: '平台认为参数有误', en: 'Refused as invalid' },
  content_rejected: { zh: '内容未过平台审核', en: 'Content rejected' },
  review_pending: { zh: '平台审核中', en: 'Under review' },
  human_action_required: { zh: '需要本人操作', en: 'Needs a person' },
  media_invalid: { zh: '视频或封面不合要求', en: 'Media refused' },
  platform_busy: { zh: '平台繁忙', en: 'Platform busy' },
  not_found_yet: { zh: '平台暂未查到', en: 'Not found yet' },
  unreachable: { zh: '连不上平台', en: 'Platform unreachable' },
  not_configured: { zh: '未配置平台应用', en: 'Platform app not set up' },
} as const satisfies Record<PlatformErrorCategory, Bilingual>

/** Why nobody knows what became of a call. */
export const unknownReasons = [
  'timeout',
  'connection_lost',
  'server_error',
  'unreadable',
  'no_id',
  'unknown_code',
] as const
export type UnknownReason = (typeof unknownReasons)[number]

export const unknownReasonLabels = {
  timeout: { zh: '等待超时，平台没有回话', en: 'No answer in time' },
  connection_lost: { zh: '连接中断', en: 'Connection lost' },
  server_error: { zh: '平台内部错误', en: 'Platform-side failure' },
  unreadable: { zh: '平台的回复读不懂', en: 'Unreadable answer' },
  no_id: { zh: '平台没有给出作品编号', en: 'Answer without an id' },
  unknown_code: { zh: '平台返回了没有记载的错误码', en: 'Undocumented code' },
} as const satisfies Record<UnknownReason, Bilingual>
