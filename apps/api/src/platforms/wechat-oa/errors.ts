import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import type { CodeMeaning, CodeTable } from '../envelope.ts'

const no = (category: PlatformErrorCategory, retryable = false): CodeMeaning => ({
  category,
  precedesAcceptance: true,
  retryable,
})

/**
 * WeChat's `errcode`s of the publishing calls (developers.weixin.qq.com, the pages of each call and the global
 * table). -1 says only that the system was busy, not what became of the call.
 */
export const wechatOaCodes: CodeTable = new Map([
  ['-1', { category: 'platform_busy', precedesAcceptance: false, retryable: true }],
  ['40001', no('auth_expired', true)],
  ['40014', no('auth_expired', true)],
  ['42001', no('auth_expired', true)],
  ['40013', no('auth_revoked')],
  ['40125', no('auth_revoked')],
  // An article that is not there, or not yet.
  ['53600', { category: 'not_found_yet', precedesAcceptance: false, retryable: true }],
  // The machine's address is not on the account's list; only its owner can put it there.
  ['40164', no('permission_missing')],
  ['48001', no('permission_missing')],
  ['45009', no('quota_exhausted')],
  ['45011', no('rate_limited', true)],
  // The draft or picture behind the id is gone, so there is nothing that could have been published.
  ['40007', no('media_invalid', true)],
  ['45002', no('validation')],
  ['45003', no('validation')],
  ['44003', no('validation')],
  ['47001', no('validation')],
  ['45166', no('content_rejected')],
  ['53503', no('content_rejected')],
  ['53504', no('human_action_required')],
  ['53505', no('human_action_required')],
])

/** Asking for a token, 40001 is about the AppSecret itself: another token will not help. */
export const wechatOaTokenCodes: CodeTable = new Map([
  ...wechatOaCodes,
  ['40001', no('auth_revoked')],
])
