import { isUnknown, textOf } from './numbers.ts'
import type { Cell } from './read-table.ts'

/** A wall clock as an export writes it; exports are in UTC+8 and say no zone. */
export type Moment =
  | { readonly kind: 'moment'; readonly day: string; readonly time: string | null }
  | { readonly kind: 'blank' }
  /** Written like a date, but there is no such day or hour. */
  | { readonly kind: 'impossible'; readonly text: string }
  | { readonly kind: 'unreadable' }

/** Excel counts days from here (it believes in 1900-02-29, so the count starts a day early). */
const excelEpoch = Date.UTC(1899, 11, 30)
/** 2009 to 2064: a five-digit number outside is not a date anybody here means. */
const serialRange = { from: 40_000, to: 60_000 } as const
const dayMs = 86_400_000

const unreadable: Moment = { kind: 'unreadable' }
const pad = (value: string | undefined) => (value ?? '0').padStart(2, '0')

const exists = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

function fromUtcFields(at: Date): Moment {
  const iso = new Date(Math.round(at.getTime() / 1000) * 1000).toISOString()
  const time = iso.slice(11, 19)
  return { kind: 'moment', day: iso.slice(0, 10), time: time === '00:00:00' ? null : time }
}

const fromSerial = (serial: number): Moment =>
  serial < serialRange.from || serial >= serialRange.to
    ? unreadable
    : fromUtcFields(new Date(excelEpoch + serial * dayMs))

const written =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?$/
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/

/**
 * Reads a date, with a time of day if it has one: `2026-11-15 20:00:06`, `2026/9/22`, `2026.9.22`,
 * `2026年11月14日10时43分02秒`, `20261115`, an Excel serial such as 46303, or a date cell.
 */
export function readMoment(cell: Cell | undefined): Moment {
  if (isUnknown(cell)) return { kind: 'blank' }
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? unreadable : fromUtcFields(cell)
  const text = textOf(cell).normalize('NFKC')
  const found = written.exec(text) ?? compact.exec(text)
  if (!found) return /^\d{5}(?:\.\d+)?$/.test(text) ? fromSerial(Number(text)) : unreadable
  const [, year, month, date, hour, minute, second] = found
  const day = `${year}-${pad(month)}-${pad(date)}`
  const time = hour === undefined ? null : `${pad(hour)}:${pad(minute)}:${pad(second)}`
  const clockExists = Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) < 60
  if (!exists(day) || !clockExists) return { kind: 'impossible', text }
  return { kind: 'moment', day, time }
}

/**
 * The instant of a wall clock in UTC+8; a day without a time is its first second. The offset is the
 * exports' own and fixed, whatever zone the institution plans in.
 */
export const instantIn8 = (day: string, time: string | null): Date =>
  new Date(`${day}T${time ?? '00:00:00'}+08:00`)

/** A month as `YYYY-MM`, from `2026-10`, `2026/11`, `2026年10月`, `202610` or a date in it; undefined when unreadable. */
export function readMonth(cell: Cell | undefined): string | undefined {
  const text = textOf(cell).normalize('NFKC')
  const [, year, month = ''] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(text) ??
    /^((?:19|20)\d{2})(\d{2})$/.exec(text) ??
    []
  if (year !== undefined)
    return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${pad(month)}` : undefined
  const moment = readMoment(cell)
  return moment.kind === 'moment' ? moment.day.slice(0, 7) : undefined
}
