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
 * Kuaishou's `result` codes, from the mirror of its table of about 2022 (apifox 462993 doc-355272) and,
 * for the long form of 120001, code in use. 100200112 stands there without a meaning and is left out, so
 * it counts as unknown. No code for rejected content, rate or quota is documented.
 */
export const kuaishouCodes: CodeTable = new Map([
  ['100200100', no('validation')],
  ['100200101', no('permission_missing')],
  ['100200102', no('permission_missing')],
  ['100200103', no('validation')],
  ['100200104', no('validation')],
  ['100200105', no('auth_revoked')],
  ['100200106', no('permission_missing')],
  ['100200107', no('validation')],
  ['100200108', no('auth_expired', true)],
  ['100200109', no('auth_revoked')],
  ['100200110', no('auth_revoked')],
  ['100200111', no('auth_revoked')],
  ['100200113', no('auth_revoked')],
  ['100200500', unclear('platform_busy')],
  ['120001', unclear('not_found_yet')],
  ['100120001', unclear('not_found_yet')],
  // The upload behind the token is not whole, so there is nothing that could have been published.
  ['120002', no('media_invalid', true)],
  ['120003', unclear('platform_busy')],
  ['100400', no('validation')],
])
