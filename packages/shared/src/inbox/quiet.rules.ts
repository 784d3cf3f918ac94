import { bizDate, instantOf } from '../dates.ts'

/** From when until when robots stay silent, `HH:MM` in `timeZone`; over midnight when `from` is later. */
export type QuietHours = {
  readonly from: string
  readonly until: string
  readonly timeZone: string
}

const DAY_MS = 86_400_000

/** The quiet time `at` falls into, or null. A change of the clocks moves its ends with the wall clock. */
export function quietAround(at: Date, quiet: QuietHours | null): { start: Date; end: Date } | null {
  if (!quiet || quiet.from === quiet.until) return null
  const { from, until, timeZone } = quiet
  // Yesterday's quiet time may still last.
  for (const day of [at, new Date(at.getTime() - DAY_MS)]) {
    const date = bizDate(day, timeZone)
    const start = instantOf(date, from, timeZone)
    const endsOn = until > from ? date : bizDate(new Date(day.getTime() + DAY_MS), timeZone)
    const end = instantOf(endsOn, until, timeZone)
    if (at >= start && at < end) return { start, end }
  }
  return null
}
