import { addDays } from '../dates.ts'
import type { Bilingual } from '../text.ts'

type Holiday = {
  readonly name: Bilingual
  /** First and last day off, `YYYY-MM-DD`. */
  readonly off: readonly [string, string]
  /** Days at the weekend that are worked instead. */
  readonly work: readonly string[]
}

const newYear: Bilingual = { zh: '元旦', en: 'New Year' }
const spring: Bilingual = { zh: '春节', en: 'Spring Festival' }
const qingming: Bilingual = { zh: '清明节', en: 'Qingming' }
const labour: Bilingual = { zh: '劳动节', en: 'Labour Day' }
const dragonBoat: Bilingual = { zh: '端午节', en: 'Dragon Boat' }
const midAutumn: Bilingual = { zh: '中秋节', en: 'Mid-Autumn' }
const national: Bilingual = { zh: '国庆节', en: 'National Day' }

/**
 * Days off and make-up working days as the State Council announces them, each November for the year after. A year that
 * stands here is announced in full; one that does not is unknown and must be shown as such.
 * 2026: 国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04). 2027: not announced when this was written (2026-11-20).
 */
const announced: Readonly<Record<string, readonly Holiday[]>> = {
  '2026': [
    { name: newYear, off: ['2026-01-01', '2026-01-03'], work: ['2026-01-04'] },
    { name: spring, off: ['2026-02-15', '2026-02-23'], work: ['2026-02-14', '2026-02-28'] },
    { name: qingming, off: ['2026-04-04', '2026-04-06'], work: [] },
    { name: labour, off: ['2026-05-01', '2026-05-05'], work: ['2026-05-09'] },
    { name: dragonBoat, off: ['2026-06-19', '2026-06-21'], work: [] },
    { name: midAutumn, off: ['2026-09-25', '2026-09-27'], work: [] },
    { name: national, off: ['2026-10-01', '2026-10-07'], work: ['2026-09-20', '2026-10-10'] },
  ],
}

export type HolidayMark = { readonly kind: 'off' | 'work'; readonly name: Bilingual }

const marks = new Map<string, HolidayMark>()
for (const { name, off, work } of Object.values(announced).flat()) {
  for (let day = off[0]; day <= off[1]; day = addDays(day, 1)) marks.set(day, { kind: 'off', name })
  for (const day of work) marks.set(day, { kind: 'work', name })
}

/** Whether the holidays of the year of `date` (`YYYY-MM-DD`) have been announced and stand here. */
export const holidaysKnown = (date: string): boolean => date.slice(0, 4) in announced

/** 休 or 班 on `date` (`YYYY-MM-DD`); null on an ordinary day, and on any day of a year not yet announced. */
export const holidayOf = (date: string): HolidayMark | null => marks.get(date) ?? null

export const holidayGlyphs = {
  off: { zh: '休', en: 'Off' },
  work: { zh: '班', en: 'Work' },
} as const satisfies Record<HolidayMark['kind'], Bilingual>

/** `leap`: 闰月, which bears the number of the month before it. */
export type LunarDay = { readonly month: number; readonly leap: boolean; readonly day: number }

// A date has no zone; read at midnight UTC and written in UTC it cannot slip a day.
const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
})

/** The day of the Chinese calendar that `date` (`YYYY-MM-DD`) is. */
export function lunarOf(date: string): LunarDay {
  const parts = chinese.formatToParts(new Date(`${date}T00:00:00Z`))
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const month = of('month')
  return { month: Number.parseInt(month, 10), leap: month.endsWith('bis'), day: Number(of('day')) }
}

const monthNames = '正二三四五六七八九十冬腊'
const digits = '一二三四五六七八九十'
/** 初一 … 三十. */
function dayName(day: number): string {
  if (day === 20) return '二十'
  if (day === 30) return '三十'
  const tens = ['初', '十', '廿'][Math.floor((day - 1) / 10)] ?? ''
  return `${tens}${digits[(day - 1) % 10] ?? ''}`
}

const festivals: Readonly<Record<string, Bilingual>> = {
  '1-1': spring,
  '1-15': { zh: '元宵', en: 'Lantern' },
  '5-5': { zh: '端午', en: 'Dragon Boat' },
  '7-7': { zh: '七夕', en: 'Qixi' },
  '8-15': { zh: '中秋', en: 'Mid-Autumn' },
  '9-9': { zh: '重阳', en: 'Double Ninth' },
  '12-8': { zh: '腊八', en: 'Laba' },
}

/** What a calendar writes beside `date`: the festival, the month on its first day, else the day (十月 · 十四). */
export function lunarLabel(date: string): Bilingual {
  const { month, leap, day } = lunarOf(date)
  const festival = leap ? undefined : festivals[`${month}-${day}`]
  if (festival) return festival
  if (month === 12 && lunarOf(addDays(date, 1)).month === 1) return { zh: '除夕', en: 'Eve' }
  const en = `${leap ? 'L' : ''}${month}/${day}`
  if (day === 1) return { zh: `${leap ? '闰' : ''}${monthNames[month - 1] ?? ''}月`, en }
  return { zh: dayName(day), en }
}
