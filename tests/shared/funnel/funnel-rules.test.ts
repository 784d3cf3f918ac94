import { instantOf } from '@xingbo/shared/dates'
import { calendarOf } from '@xingbo/shared/funnel/calendar'
import {
  changeOf,
  costOver,
  funnelCan,
  groundedRate,
  knownPart,
  monthsIn,
  previousRange,
  rateOf,
} from '@xingbo/shared/funnel/funnel.rules'
import { expect, test } from 'vitest'

test('a rate is a share of what came before, marked when the sample is small', () => {
  expect(rateOf(3, 30)).toMatchObject({ value: 0.1, small: false, bound: 'exact', why: null })
  expect(rateOf(3, 29)).toMatchObject({ value: 3 / 29, small: true })
  expect(rateOf(0, 50)).toMatchObject({ value: 0 })
  expect(rateOf(0, 0)).toMatchObject({ value: null, why: { key: 'funnel.rate.zero' } })
  expect(rateOf(31, 30)).toMatchObject({ value: null, why: { key: 'funnel.rate.above' } })
})

test('a rate says how it stands to the true one where a part is unknown, and below four in five is none', () => {
  const rate = (known: number, fromDays = 30, toDays = 30) =>
    groundedRate(
      { value: 5, posts: null, days: toDays },
      { value: 100, posts: { known, total: 10 }, days: fromDays },
    )
  expect(rate(10)).toMatchObject({ value: 0.05, bound: 'exact' })
  // Posts missing below, the true rate is lower; days missing above, higher; both, nobody knows.
  expect(rate(8)).toMatchObject({ value: 0.05, bound: 'at_most' })
  expect(rate(10, 30, 24)).toMatchObject({ value: 0.05, bound: 'at_least' })
  expect(rate(8, 30, 24)).toMatchObject({ value: 0.05, bound: 'about' })
  expect(rate(10, 24, 30)).toMatchObject({ value: 0.05, bound: 'at_most' })
  expect(rate(10, 24, 24)).toMatchObject({ value: 0.05, bound: 'exact' })
  expect(rate(7)).toMatchObject({
    value: null,
    why: { key: 'funnel.rate.partial', values: { known: 7, total: 10 } },
  })
  expect(rate(10, 30, 23)).toMatchObject({
    value: null,
    why: { key: 'funnel.rate.otherDays', values: { less: 23, more: 30 } },
  })
})

test('the period before has the same length and ends the day before', () => {
  expect(previousRange({ from: '2026-11-15', to: '2026-11-21' })).toEqual({
    from: '2026-11-08',
    to: '2026-11-14',
  })
  expect(previousRange({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
    from: '2026-02-28',
    to: '2026-02-28',
  })
})

test('a range goes forward and is a year at most', () => {
  expect(funnelCan.ask({ from: '2026-01-01', to: '2026-01-01' }).ok).toBe(true)
  expect(funnelCan.ask({ from: '2026-01-01', to: '2027-01-01' }).ok).toBe(true)
  expect(funnelCan.ask({ from: '2026-01-01', to: '2027-01-02' })).toMatchObject({
    reason: { key: 'funnel.range.long' },
  })
  expect(funnelCan.ask({ from: '2026-01-02', to: '2026-01-01' })).toMatchObject({
    reason: { key: 'funnel.range.order' },
  })
})

test('what a list does not speak of is not known, and the rest says which part is', () => {
  const range = { from: '2026-11-01', to: '2026-11-30' }
  expect(knownPart(range, null)).toBeNull()
  expect(knownPart(range, { since: '2026-12-01', until: '2026-12-31' })).toBeNull()
  expect(knownPart(range, { since: '2026-09-01', until: '2026-10-31' })).toBeNull()
  expect(knownPart(range, { since: '2026-09-01', until: '2026-11-20' })).toEqual({
    from: '2026-11-01',
    to: '2026-11-20',
  })
  expect(knownPart(range, { since: '2026-11-05', until: '2027-01-01' })).toEqual({
    from: '2026-11-05',
    to: '2026-11-30',
  })
})

test('nothing is compared with nothing', () => {
  expect(changeOf(110, 100)).toBeCloseTo(0.1)
  expect(changeOf(0, 100)).toBe(-1)
  expect(changeOf(5, 0)).toBeNull()
  expect(changeOf(null, 5)).toBeNull()
  expect(changeOf(5, null)).toBeNull()
})

test('months count by the days that lie in the range, leap years and year ends too', () => {
  expect(monthsIn({ from: '2026-11-15', to: '2026-11-21' })).toEqual([
    { month: '2026-11', days: 7, of: 30 },
  ])
  expect(monthsIn({ from: '2027-12-31', to: '2028-03-01' })).toEqual([
    { month: '2027-12', days: 1, of: 31 },
    { month: '2028-01', days: 31, of: 31 },
    { month: '2028-02', days: 29, of: 29 },
    { month: '2028-03', days: 1, of: 31 },
  ])
})

test('costs of whole months are whole, of parts by days, and a month without costs makes the sum unknown', () => {
  const byMonth = new Map([
    ['2026-10', 310_000],
    ['2026-11', 300_000],
  ])
  expect(costOver({ from: '2026-10-01', to: '2026-11-30' }, byMonth).fen).toBe(610_000)
  expect(costOver({ from: '2026-10-31', to: '2026-11-07' }, byMonth).fen).toBe(10_000 + 70_000)
  expect(costOver({ from: '2026-09-30', to: '2026-10-02' }, byMonth)).toEqual({
    fen: null,
    missing: ['2026-09'],
  })
})

test.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'])(
  'the days of %s begin where its clock says midnight, over a change of the clock too',
  (zone) => {
    const calendar = calendarOf({ from: '2026-10-30', to: '2026-11-03' }, zone)
    expect(calendar.days).toHaveLength(5)
    for (const day of calendar.days) {
      expect(calendar.startOf(day)).toBe(instantOf(day, '00:00:00', zone).getTime())
      expect(calendar.dayAt(calendar.startOf(day))).toBe(day)
      expect(calendar.dayAt(calendar.endOf(day) - 1)).toBe(day)
    }
    expect(calendar.dayAt(calendar.startOf('2026-10-30') - 1)).toBeUndefined()
    expect(calendar.dayAt(calendar.endOf('2026-11-03'))).toBeUndefined()
    expect(() => calendar.startOf('2026-11-04')).toThrow(RangeError)
  },
)
