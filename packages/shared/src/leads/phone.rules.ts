/** Why a text is no mainland mobile number. The number itself is never part of the reason. */
export const phoneProblems = [
  'empty',
  'masked',
  'scientific',
  'landline',
  'too_short',
  'too_long',
  'not_a_number',
  'not_mobile',
] as const
export type PhoneProblem = (typeof phoneProblems)[number]

export type PhoneReading =
  | {
      readonly ok: true
      /** `+8619900000000`. */
      readonly e164: string
      /** The text was written otherwise (country code, spaces, dashes, full-width digits). */
      readonly repaired: boolean
    }
  | { readonly ok: false; readonly problem: PhoneProblem }

const problem = (of: PhoneProblem): PhoneReading => ({ ok: false, problem: of })

/**
 * Reads a mainland mobile number (11 digits, `1[3-9]…`, with or without +86/0086) as E.164.
 * Nothing is guessed: a number that lost a digit to a mask or to a spreadsheet is not completed.
 */
export function readPhone(text: string): PhoneReading {
  const plain = text.normalize('NFKC').trim()
  if (plain === '') return problem('empty')
  if (/\d[*xX×●•]+\d/.test(plain)) return problem('masked')
  if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(plain)) return problem('scientific')
  const digits = plain.replace(/[\s\p{Pd}().]/gu, '')
  if (!/^\+?\d+$/.test(digits)) return problem('not_a_number')
  const national = digits.replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '')
  if (/^0\d{2,3}\d{7,8}$/.test(national)) return problem('landline')
  if (/^1[3-9]\d{9}$/.test(national))
    return { ok: true, e164: `+86${national}`, repaired: text !== national }
  if (national.length < 11) return problem('too_short')
  return problem(national.length > 11 ? 'too_long' : 'not_mobile')
}
