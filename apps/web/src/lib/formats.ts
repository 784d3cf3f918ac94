import { defaultZone } from '@xingbo/shared/dates'
import { sizeText } from '@xingbo/shared/media/size-text'
import type { Language } from '@xingbo/shared/text'
import { useLanguage } from './i18n.ts'
import { createValue, useValue } from './value.ts'

/** Stands where a figure is not known; never a zero. */
export const unknown = '—'

type Maybe = number | null | undefined
const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The institution's zone; the desk sets it from `me`, the phone pages from their session. */
export const businessZone = createValue<string>(defaultZone)

const scales = {
  zh: [
    { from: 1e8, sign: '亿' },
    { from: 1e4, sign: '万' },
  ],
  en: [
    { from: 1e9, sign: 'B' },
    { from: 1e6, sign: 'M' },
    { from: 1e3, sign: 'K' },
  ],
} as const

const trimmed = (value: number) => String(Math.round(value * 100) / 100)

/** 12,345 → 1.23万 / 12.35K, from 10,000 on, at most two decimals; below it the whole number. */
function short(value: number, language: Language, whole: (n: number) => string): string {
  const size = Math.abs(value)
  if (size < 10_000) return whole(value)
  const steps = scales[language]
  const index = steps.findIndex(({ from }) => size >= from)
  const step = steps[index]
  const bigger = steps[index - 1]
  if (!step) return whole(value)
  // 99,999,999 is 1亿 and not 10000万 once it is rounded.
  if (bigger && Math.round((size / step.from) * 100) / 100 >= bigger.from / step.from)
    return `${trimmed(value / bigger.from)}${bigger.sign}`
  return `${trimmed(value / step.from)}${step.sign}`
}

type Clock = Readonly<Record<'year' | 'month' | 'day' | 'weekday' | 'hour' | 'minute', string>>

function buildFormats(language: Language, zone: string, viewer: string) {
  const locale = language === 'zh' ? 'zh-CN' : 'en-US'
  const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const yuan = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const wholeYuan = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const relativeTime = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const partsIn = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: language === 'zh' ? 'numeric' : 'short',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  const here = partsIn(zone)
  const viewers = partsIn(viewer)
  const plainDays = partsIn('UTC')
  const zoneNames = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'long' })

  const clockOf = (format: Intl.DateTimeFormat, at: Date): Clock => {
    const parts = format.formatToParts(at)
    const of = (type: keyof Clock) => parts.find((part) => part.type === type)?.value ?? ''
    return {
      year: of('year'),
      month: of('month'),
      day: of('day'),
      weekday: of('weekday'),
      hour: of('hour'),
      minute: of('minute'),
    }
  }
  const dayText = (c: Clock, thisYear: string): string => {
    const year = c.year === thisYear ? '' : c.year
    return language === 'zh'
      ? `${year && `${year}年`}${c.month}月${c.day}日 ${c.weekday}`
      : `${c.weekday}, ${c.month} ${c.day}${year && `, ${year}`}`
  }
  const zoneNameAt = (at: Date): string =>
    zoneNames.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone
  const sameClock = (at: Date) => {
    const [a, b] = [clockOf(here, at), clockOf(viewers, at)]
    return a.hour === b.hour && a.minute === b.minute && a.day === b.day
  }
  /** The zone's name where its clock is not the viewer's, nothing otherwise. */
  const zoneNote = (iso: string): string => {
    const at = new Date(iso)
    return sameClock(at) ? '' : zoneNameAt(at)
  }
  const whole = (value: Maybe) => (value == null ? unknown : wholeNumber.format(value))

  return {
    zone,
    zoneNote,
    /** 中国标准时间, also where it is the viewer's own. */
    zoneName: (iso: string) => zoneNameAt(new Date(iso)),
    /** A count with 万/亿 or K/M; `null` is drawn as unknown. */
    count: (value: Maybe) => (value == null ? unknown : short(value, language, wholeNumber.format)),
    /** A count to the last digit: tooltips, tables that are added up. */
    exact: whole,
    /** Fen → ¥1,234.50, from ¥10,000 on ¥1.23万. */
    money: (fen: Maybe) =>
      fen == null
        ? unknown
        : `${fen < 0 ? '-' : ''}¥${
            Math.abs(fen) < 1_000_000
              ? (fen % 100 === 0 ? wholeYuan : yuan).format(Math.abs(fen) / 100)
              : short(Math.abs(fen) / 100, language, wholeNumber.format)
          }`,
    /** Fen → ¥ to the last fen. */
    exactMoney: (fen: Maybe) =>
      fen == null ? unknown : `${fen < 0 ? '-' : ''}¥${yuan.format(Math.abs(fen) / 100)}`,
    /** 0.1234 → 12.3%; below 1% two decimals, below 0.01% 「<0.01%」. */
    rate: (value: Maybe) => {
      if (value == null || !Number.isFinite(value)) return unknown
      const percent = value * 100
      if (percent > 0 && percent < 0.01) return '<0.01%'
      return `${percent === 0 ? '0' : percent.toFixed(percent < 1 ? 2 : 1)}%`
    },
    /** 11月22日 周日 19:30, the zone named where it is not the viewer's, the year where it is not this one. */
    dateTime: (iso: string | null | undefined, now: Date = new Date()) => {
      if (!iso) return unknown
      const at = new Date(iso)
      const c = clockOf(here, at)
      const note = zoneNote(iso)
      const text = `${dayText(c, clockOf(here, now).year)}${language === 'zh' ? '' : ','} ${c.hour}:${c.minute}`
      return note ? (language === 'zh' ? `${text}（${note}）` : `${text} (${note})`) : text
    },
    /** The day an instant falls on: 11月22日 周日. */
    date: (iso: string | null | undefined, now: Date = new Date()) =>
      iso ? dayText(clockOf(here, new Date(iso)), clockOf(here, now).year) : unknown,
    /** A calendar day (`YYYY-MM-DD`), which has no zone: 11月22日 周日. */
    day: (date: string | null | undefined, now: Date = new Date()) =>
      date
        ? dayText(clockOf(plainDays, new Date(`${date}T00:00:00Z`)), clockOf(here, now).year)
        : unknown,
    /** 19:30 */
    time: (iso: string | null | undefined) => {
      if (!iso) return unknown
      const c = clockOf(here, new Date(iso))
      return `${c.hour}:${c.minute}`
    },
    /** 3分钟前, 2小时后; `null` beyond 24 hours, where a relative time says too little. */
    relative: (iso: string, now: Date = new Date()): string | null => {
      const seconds = (Date.parse(iso) - now.getTime()) / 1000
      const size = Math.abs(seconds)
      if (size >= 86_400) return null
      if (size < 60) return language === 'zh' ? '刚刚' : 'just now'
      if (size < 3600) return relativeTime.format(Math.trunc(seconds / 60), 'minute')
      return relativeTime.format(Math.trunc(seconds / 3600), 'hour')
    },
    /** Seconds → 1:05 or 1:02:03. */
    duration: (seconds: Maybe) => {
      if (seconds == null) return unknown
      const total = Math.round(seconds)
      const two = (n: number) => String(n).padStart(2, '0')
      const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
      return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
    },
    /** Bytes → 12 MB. */
    bytes: (size: Maybe) => (size == null ? unknown : sizeText(size)),
  } as const
}
export type Formats = ReturnType<typeof buildFormats>

const built = new Map<string, Formats>()

/** Every way a number or a time is written; `useFormats()` binds it to the reader and the institution. */
export function formatsFor(
  language: Language,
  zone: string = defaultZone,
  viewer: string = viewerZone,
): Formats {
  const key = `${language} ${zone} ${viewer}`
  const known = built.get(key)
  if (known) return known
  const fresh = buildFormats(language, zone, viewer)
  built.set(key, fresh)
  return fresh
}

export const useFormats = (): Formats => formatsFor(useLanguage(), useValue(businessZone))
