import { daysBetween } from './dates.ts'

/** How long before its end a document is shown as ending; renewals take weeks. */
export const WARN_DAYS = 30

/** How a document with a last valid day stands today; `days` are left (0: today is the last), or past. */
export type Expiry =
  | { readonly state: 'none' }
  | { readonly state: 'valid' | 'soon'; readonly days: number }
  | { readonly state: 'expired'; readonly days: number }

/** `expiresOn` is the last day it holds, `null` where it never ends; both `YYYY-MM-DD` in the business zone. */
export function expiryOf(expiresOn: string | null, today: string): Expiry {
  if (expiresOn === null) return { state: 'none' }
  const days = daysBetween(today, expiresOn)
  if (days < 0) return { state: 'expired', days: -days }
  return { state: days <= WARN_DAYS ? 'soon' : 'valid', days }
}
