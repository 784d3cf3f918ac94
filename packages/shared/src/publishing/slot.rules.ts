import { addDays, bizDate, instantOf } from '../dates.ts'

/** A named time of the week; days are `YYYY-MM-DD`, `time` is `HH:mm`, weekdays ISO (1 Monday to 7 Sunday). */
export type Slot = {
  readonly id: string
  readonly name: string
  readonly weekdays: readonly number[]
  readonly time: string
  readonly startsOn: string
  readonly endsOn: string | null
}
export type SlotTime = { readonly slotId: string; readonly slotName: string; readonly at: Date }

/** ISO weekday of a calendar day. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

const strikes = (slot: Slot, date: string): boolean =>
  slot.weekdays.includes(weekdayOf(date)) &&
  date >= slot.startsOn &&
  (slot.endsOn === null || date <= slot.endsOn)

/**
 * The instants these slots fall on from `after` (exclusive) through `days` calendar days of `zone`, earliest first. They
 * are made of day and wall clock, day by day, so a change of clocks moves no slot.
 */
export function* slotStrikes(
  slots: readonly Slot[],
  after: Date,
  zone: string,
  days: number,
): Generator<SlotTime> {
  const first = bizDate(after, zone)
  for (let n = 0; n < days; n += 1) {
    const date = addDays(first, n)
    const ofDay = slots
      .filter((slot) => strikes(slot, date))
      .map((slot) => ({
        slotId: slot.id,
        slotName: slot.name,
        at: instantOf(date, slot.time, zone),
      }))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.slotId < b.slotId ? -1 : 1))
    for (const one of ofDay) if (one.at > after) yield one
  }
}

/** Slots are looked for this far ahead: a year, as far as anybody plans. */
export const SLOT_DAYS = 366
