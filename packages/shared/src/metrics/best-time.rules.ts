import { bizDate } from '../dates.ts'
import { weekdayOf } from '../publishing/slot.rules.ts'
import type { BestTime } from '../publishing/slot.schema.ts'

/** Posts an account needs before anything is said of its best time; with fewer, one lucky video decides. */
export const SAMPLE_MINIMUM = 20
/** Posts an hour or a weekday needs to be compared at all. */
export const BUCKET_MINIMUM = 3
/** How far back: long enough for a weekly rhythm, short enough to be the audience of today. */
export const HISTORY_WEEKS = 16
/** A post younger than this has not been played by those it will be played by. */
export const RIPE_MS = 2 * 86_400_000

/** One post with its newest known count of plays. */
export type PlayedPost = { readonly publishedAt: Date; readonly plays: number }

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [
    sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
    sorted[middle],
  ]
  return (low + high) / 2
}

const hourIn = (at: Date, format: Intl.DateTimeFormat): number => Number(format.format(at)) % 24

/**
 * Median plays by hour and by weekday of `zone`, of posts old enough to be compared. The best is named only where the
 * whole sample and its own bucket are large enough; otherwise it is null and the sample says why.
 */
export function bestTimeOf(posts: readonly PlayedPost[], now: Date, zone: string): BestTime {
  const from = now.getTime() - HISTORY_WEEKS * 7 * 86_400_000
  const ripe = posts.filter(({ publishedAt }) => {
    const at = publishedAt.getTime()
    return at >= from && at <= now.getTime() - RIPE_MS
  })
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hour: '2-digit',
    hourCycle: 'h23',
  })
  const byHour = buckets(ripe, ({ publishedAt }) => hourIn(publishedAt, clock))
  const byWeekday = buckets(ripe, ({ publishedAt }) => weekdayOf(bizDate(publishedAt, zone)))
  const enough = ripe.length >= SAMPLE_MINIMUM
  return {
    sample: ripe.length,
    minimum: SAMPLE_MINIMUM,
    weeks: HISTORY_WEEKS,
    hours: byHour.map(({ key, ...rest }) => ({ hour: key, ...rest })),
    weekdays: byWeekday.map(({ key, ...rest }) => ({ weekday: key, ...rest })),
    bestHour: enough ? bestOf(byHour) : null,
    bestWeekday: enough ? bestOf(byWeekday) : null,
  }
}

type Bucket = { readonly key: number; readonly sample: number; readonly medianPlays: number }

function buckets(posts: readonly PlayedPost[], keyOf: (post: PlayedPost) => number): Bucket[] {
  const groups = new Map<number, number[]>()
  for (const post of posts) {
    const key = keyOf(post)
    groups.set(key, [...(groups.get(key) ?? []), post.plays])
  }
  return [...groups]
    .map(([key, plays]) => ({ key, sample: plays.length, medianPlays: median(plays) }))
    .sort((a, b) => a.key - b.key)
}

const bestOf = (all: readonly Bucket[]): number | null =>
  all
    .filter(({ sample }) => sample >= BUCKET_MINIMUM)
    .sort((a, b) => b.medianPlays - a.medianPlays || b.sample - a.sample)[0]?.key ?? null
