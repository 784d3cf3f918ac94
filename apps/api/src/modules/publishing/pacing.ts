/** When to read an unknown outcome's account again: 1, 5, 15, 60 min (reliability §1.8). */
export const RECONCILE_AFTER_MS = [5_000, 60_000, 300_000, 900_000, 3_600_000]
/** A platform may show late what it took: looked for hourly as long as a match is still possible. */
const RECONCILE_THEN_MS = 3_600_000
/** The list is searched for this long after sending (reliability §1.8). */
export const MATCH_WINDOW_MS = 24 * 3_600_000
/** Published is not final: looked at again after an hour, a day and a week. */
const LATER_LOOKS_MS = [3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000]
/** A later look that got no answer is tried again after this, until the last one is a day overdue. */
const LATER_RETRY_MS = 3_600_000
/** A post that is gone must be gone twice: one empty answer may be a bad moment of the platform. */
export const GONE_AGAIN_MS = 15 * 60_000
/** Accepted and not to be seen for this long: it will not be seen. */
export const NEVER_SEEN_MS = 24 * 3_600_000
/** Transcoding takes seconds, review may take hours. */
export const STATUS_AFTER_MS = [3_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000]

export const later = (at: Date, ms: number) => new Date(at.getTime() + ms)
/** The first wait longer than `ageMs`; 0 when all have passed. */
export const stepOf = (table: readonly number[], ageMs: number): number =>
  table.find((ms) => ms > ageMs) ?? 0

/** When to read the list again for what became unconfirmed at `since`; null: no longer by itself. */
export function nextReconciliation(since: Date, at: Date): Date | null {
  const age = at.getTime() - since.getTime()
  const step = stepOf(RECONCILE_AFTER_MS, age)
  if (step > 0) return later(since, step)
  return age < MATCH_WINDOW_MS ? later(at, RECONCILE_THEN_MS) : null
}

/** When to look again at what was published at `since`; null: enough. */
export function nextLaterLook(since: Date, at: Date, answered: boolean): Date | null {
  const age = at.getTime() - since.getTime()
  const step = stepOf(LATER_LOOKS_MS, age)
  const regular = step > 0 ? later(since, step) : null
  if (answered) return regular
  const last = LATER_LOOKS_MS.at(-1) ?? 0
  return age < last + 24 * 3_600_000 ? later(at, LATER_RETRY_MS) : null
}
