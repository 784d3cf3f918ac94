import { addDays, daysBetween } from '../dates.ts'
import type { Message } from '../messages.ts'
import { no, type Verdict, yes } from '../verdict.ts'

/** Below this many cases a rate says little and is marked (stack.md, conventions). */
export const smallSample = 30
/**
 * A rate over posts is computed from this share of them on. What is missing could only make it lower, so it is
 * shown with ≤; below, the gap is larger than what anybody would read out of it.
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

export type Rate = {
  /** Null where it cannot be said; `why` then says why, unless there is nothing to say it of. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  /** The denominator is incomplete, so the true rate is no higher. */
  readonly atMost: boolean
  readonly small: boolean
  /** Of a rate between two platform counts: the posts that have both, of all. */
  readonly posts: Coverage | null
  readonly why: Message | null
}

export const noRate = (why: Message | null): Rate => ({
  value: null,
  numerator: null,
  denominator: null,
  atMost: false,
  small: false,
  posts: null,
  why,
})

/** A share of what came before. More than all of it is no conversion, and no rate is made up from nothing. */
export function rateOf(numerator: number, denominator: number, atMost = false): Rate {
  if (denominator <= 0) return noRate({ key: 'funnel.rate.zero' })
  if (numerator > denominator) return noRate({ key: 'funnel.rate.above' })
  return {
    value: numerator / denominator,
    numerator,
    denominator,
    atMost,
    small: denominator < smallSample,
    posts: null,
    why: null,
  }
}

/** A rate of people's events over a platform count that may be incomplete. */
export function rateOverPosts(
  numerator: number,
  denominator: number,
  { known, total }: Coverage,
): Rate {
  if (known < total * enoughCoverage)
    return noRate({ key: 'funnel.rate.partial', values: { known, total } })
  return rateOf(numerator, denominator, known < total)
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
