import { addDays, daysBetween } from '../dates.ts'
import type { Message } from '../messages.ts'
import { no, type Verdict, yes } from '../verdict.ts'

/** Below this many cases a rate says little and is marked (stack.md, conventions). */
export const smallSample = 30
/**
 * A rate is computed when at least this share of what it rests on is known (posts of the denominator, days of
 * either side) and then says what it is: at most, at least, about. Below, the gap is larger than what anybody
 * would read out of it.
 */
export const enoughCoverage = 0.8
/** A year and a day, so that a leap year fits. */
export const longestRangeDays = 366

/** Calendar days, both ends included, in the institution's zone. */
export type DayRange = { readonly from: string; readonly to: string }

export const daysIn = ({ from, to }: DayRange): number => daysBetween(from, to) + 1

/** The period of the same length right before. */
export function previousRange(range: DayRange): DayRange {
  const to = addDays(range.from, -1)
  return { from: addDays(to, 1 - daysIn(range)), to }
}

export const funnelCan = {
  ask: (range: DayRange): Verdict => {
    if (range.from > range.to) return no('funnel.range.order')
    return daysIn(range) > longestRangeDays ? no('funnel.range.long', { n: longestRangeDays }) : yes
  },
}

/** How many of the publications concerned have a figure. */
export type Coverage = { readonly known: number; readonly total: number }

/**
 * How a rate stands to the true one where not everything is known: with a part of the denominator missing it is
 * the most it can be, with a part of the numerator missing the least, with both about right.
 */
export const rateBounds = ['exact', 'at_most', 'at_least', 'about'] as const
export type RateBound = (typeof rateBounds)[number]

export type Rate = {
  /** Null where it cannot be said; `why` then says why, unless there is nothing to say it of. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly bound: RateBound
  readonly small: boolean
  /** Of a rate between two platform counts: the posts that have both, of all. */
  readonly posts: Coverage | null
  readonly why: Message | null
}

export const noRate = (why: Message | null): Rate => ({
  value: null,
  numerator: null,
  denominator: null,
  bound: 'exact',
  small: false,
  posts: null,
  why,
})

/** A share of what came before. More than all of it is no conversion, and no rate is made up from nothing. */
export function rateOf(numerator: number, denominator: number, bound: RateBound = 'exact'): Rate {
  if (denominator <= 0) return noRate({ key: 'funnel.rate.zero' })
  if (numerator > denominator) return noRate({ key: 'funnel.rate.above' })
  return {
    value: numerator / denominator,
    numerator,
    denominator,
    bound,
    small: denominator < smallSample,
    posts: null,
    why: null,
  }
}

/** What is known of one side of a rate: its posts, if it is a platform count, and its days. */
export type Grounds = { readonly posts: Coverage | null; readonly days: number }

/** A rate of events over what came before them, where either side may be known in part only. */
export function groundedRate(
  to: { readonly value: number } & Grounds,
  from: { readonly value: number } & Grounds,
): Rate {
  if (from.posts && from.posts.known < from.posts.total * enoughCoverage)
    return noRate({ key: 'funnel.rate.partial', values: { ...from.posts } })
  const [less, more] = [Math.min(to.days, from.days), Math.max(to.days, from.days)]
  if (less < more * enoughCoverage)
    return noRate({ key: 'funnel.rate.otherDays', values: { less, more } })
  const fewerPosts = from.posts !== null && from.posts.known < from.posts.total
  const most = fewerPosts || from.days < to.days
  const least = to.days < from.days
  const bound = most && least ? 'about' : most ? 'at_most' : least ? 'at_least' : 'exact'
  return rateOf(to.value, from.value, bound)
}

/** From the first day a list of ours says anything about, up to the day it was true for. */
export type Span = { readonly since: string; readonly until: string }

/** The part of `range` that is known; null: none of it. */
export function knownPart(range: DayRange, span: Span | null): DayRange | null {
  if (!span || span.until < range.from || span.since > range.to) return null
  return {
    from: span.since > range.from ? span.since : range.from,
    to: span.until < range.to ? span.until : range.to,
  }
}

/** How much more (0.1: a tenth) or less than before; null where there is nothing to compare with. */
export const changeOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : now / before - 1

type MonthPart = { readonly month: string; readonly days: number; readonly of: number }

/** The months a range touches (`YYYY-MM`), with the days of each that lie in it. */
export function monthsIn({ from, to }: DayRange): MonthPart[] {
  const parts: MonthPart[] = []
  for (let first = from; first <= to; ) {
    const month = first.slice(0, 7)
    const next = addDays(`${month}-28`, 4).slice(0, 7)
    const last = addDays(`${next}-01`, -1)
    const end = last < to ? last : to
    parts.push({ month, days: daysBetween(first, end) + 1, of: Number(last.slice(8)) })
    first = addDays(end, 1)
  }
  return parts
}

/**
 * What was spent in a range, from costs by month in fen: of a month that lies in it partly, its part by days.
 * Null while a month has no costs at all, because the sum would then be too low; `missing` names such months.
 */
export function costOver(
  range: DayRange,
  byMonth: ReadonlyMap<string, number>,
): { fen: number | null; missing: string[] } {
  const months = monthsIn(range)
  const missing = months.filter(({ month }) => !byMonth.has(month)).map(({ month }) => month)
  if (missing.length > 0) return { fen: null, missing }
  return {
    fen: months.reduce(
      (sum, { month, days, of }) => sum + Math.round(((byMonth.get(month) ?? 0) * days) / of),
      0,
    ),
    missing,
  }
}
