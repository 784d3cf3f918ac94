/** When to read an unknown outcome's account again: 1, 5, 15, 60 min (reliability §1.8). */
export const RECONCILE_AFTER_MS = [5_000, 60_000, 300_000, 900_000, 3_600_000]
/** Transcoding takes seconds, review may take hours. */
export const STATUS_AFTER_MS = [3_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000]

export const later = (at: Date, ms: number) => new Date(at.getTime() + ms)
/** The first wait longer than `ageMs`; 0 when all have passed. */
export const stepOf = (table: readonly number[], ageMs: number): number =>
  table.find((ms) => ms > ageMs) ?? 0
