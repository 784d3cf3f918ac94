import { addDays, instantOf } from '../dates.ts'
import type { DayRange } from './funnel.rules.ts'

/** The days of a range with the instants they begin at, in UTC milliseconds. */
export type Calendar = {
  readonly days: readonly string[]
  /** The day an instant falls on; undefined outside the range. */
  dayAt(at: number): string | undefined
  /** When a day begins. Throws for a day that is not in the range. */
  startOf(day: string): number
  /** When a day is over: the beginning of the next one. */
  endOf(day: string): number
}

export function calendarOf({ from, to }: DayRange, zone: string): Calendar {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  const starts = [...days, addDays(to, 1)].map((day) => instantOf(day, '00:00:00', zone).getTime())
  const positions = new Map(days.map((day, at) => [day, at]))
  const instant = (day: string, after: 0 | 1): number => {
    const at = positions.get(day)
    const found = at === undefined ? undefined : starts[at + after]
    if (found === undefined) throw new RangeError(`${day} is not in ${from} to ${to}`)
    return found
  }
  return {
    days,
    startOf: (day) => instant(day, 0),
    endOf: (day) => instant(day, 1),
    dayAt(at) {
      let [low, high] = [0, days.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((starts[middle + 1] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1
        else high = middle
      }
      return at < (starts[0] ?? 0) ? undefined : days[low]
    },
  }
}
