import type { CodeMeaning, CodeTable } from '../envelope.ts'

const no = (category: CodeMeaning['category'], retryable = false): CodeMeaning => ({
  category,
  precedesAcceptance: true,
  retryable,
})
/** Documented, but it does not say whether the post was taken. */
const unclear = (category: CodeMeaning['category']): CodeMeaning => ({
  category,
  precedesAcceptance: false,
  retryable: true,
})

/**
 * Weibo's `error_code` (open.weibo.com/wiki/Error_code); 20005 to 20007, 21327 and 21332 from code in use. 20033
 * stands there without a meaning one can act on and is left out, so it counts as unknown.
 */
export const weiboCodes: CodeTable = new Map([
  // The address we call from is not allowed; the application is named wrongly or lacks the right.
  ['10004', no('permission_missing')],
  ['10006', no('permission_missing')],
  ['10014', no('permission_missing')],
  ['10016', no('validation')],
  // Also: no link of the bound domain, or a topic in the text.
  ['10017', no('validation')],
  ['10022', no('rate_limited', true)],
  ['10023', no('rate_limited', true)],
  ['10024', no('rate_limited', true)],
  ['20005', no('media_invalid')],
  ['20006', no('media_invalid')],
  ['20007', no('media_invalid')],
  ['20012', no('validation')],
  ['20016', no('quota_exhausted')],
  // "The same again": the one it repeats may be ours.
  ['20017', unclear('validation')],
  ['20019', unclear('validation')],
  // Taken, shown in a minute or two; it comes without an id.
  ['20032', unclear('review_pending')],
  ['20101', unclear('not_found_yet')],
  ['21321', no('permission_missing')],
  ['21322', no('validation')],
  ['21325', no('auth_revoked')],
  ['21327', no('auth_expired', true)],
  ['21332', no('auth_revoked')],
])
