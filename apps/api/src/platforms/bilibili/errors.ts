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
const each = (codes: readonly number[], meaning: CodeMeaning): [string, CodeMeaning][] =>
  codes.map((code) => [String(code), meaning])

/**
 * Bilibili's `code`, from its document on signatures and status codes (open.bilibili.com/doc/4/8673959e-…) in a
 * third party's frozen copy of 2026-07-23. Codes that say "later" without saying whether the work was taken are
 * never a definite no after a submission.
 */
export const bilibiliCodes: CodeTable = new Map([
  // 4000 missing parameter … 4009, 4012: refused at the gate. 4003 too old, 4004 nonce seen: sign anew.
  ...each([4000, 4001, 4002, 4005, 4006, 4007, 4008, 4009, 4012], no('validation')),
  ...each([4003], no('validation', true)),
  // "Repeated request": the one before it may have been taken.
  ...each([4004], unclear('validation')),
  ...each([4010, 4011], unclear('platform_busy')),

  ...each([122000, 122001, 122008, 127004], no('permission_missing')),
  ...each([122002, 122007], no('auth_revoked')),
  ...each([122009, 122010], unclear('platform_busy')),

  ...each([127000, 127001], no('auth_expired', true)),
  ...each([127002], no('validation')),
  ...each([127003, 127008, 127011, 127023], no('auth_revoked')),
  ...each([127005, 127006, 127007, 127010, 127304, 127305], no('permission_missing')),
  ...each([127009, 127306], no('rate_limited', true)),
  // The upload behind the token is not there, so nothing of it can have been published.
  ...each([127022], no('media_invalid', true)),

  // 123001 no right, 123037 level too low.
  ...each([123001, 123037], no('permission_missing')),
  ...each([123002, 123023, 123028, 123039, 123044], unclear('platform_busy')),
  // 123015 this title again so soon: said of a new work, but the one it repeats may be ours.
  ...each([123015], unclear('rate_limited')),
  // 30 s between two works.
  ...each([123026], no('rate_limited', true)),
  ...each([123029, 123036], no('quota_exhausted')),
  // Of the fields, the category, the words.
  ...each(
    [
      123003, 123006, 123008, 123009, 123010, 123011, 123012, 123013, 123014, 123016, 123017,
      123018, 123019, 123020, 123021, 123022, 123027, 123030, 123033, 123038, 123045, 123046,
      123047, 123048, 123049,
    ],
    no('validation'),
  ),
  // 123024 sensitive words, 123052 community rules.
  ...each([123024, 123052], no('content_rejected')),
  // A second confirmation or a picture puzzle.
  ...each([123042, 123050, 123051], no('human_action_required')),
  ...each([123004, 123005, 123040, 123041, 123043], unclear('not_found_yet')),
  ...each([123007, 123034, 123035, 123053, 123054, 123055, 123056], unclear('validation')),
])
