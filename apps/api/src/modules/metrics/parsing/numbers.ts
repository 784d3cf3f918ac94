import type { Cell } from './read-table.ts'

/** What exports write where they do not know; never zero. */
const unknownMarks = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '–',
  '/',
  '\\',
  '无',
  '暂无',
  '未知',
  'n/a',
  '#n/a',
  'null',
])

/** The text of a cell, without the spaces around it. */
export const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString() : String(cell).trim()
}

const plain = (cell: Cell | undefined): string => textOf(cell).normalize('NFKC').trim()

export const isUnknown = (cell: Cell | undefined): boolean =>
  unknownMarks.has(plain(cell).toLowerCase())

const multipliers: Record<string, number> = { 万: 10_000, w: 10_000, 亿: 100_000_000 }

/** A number as people write it: `12,345`, `41.2万`, full-width digits. */
function decimal(text: string): number | undefined {
  const [, digits = '', unit = ''] =
    /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)\s*([万亿w]?)$/i.exec(text) ?? []
  if (digits === '') return undefined
  return Number(digits.replaceAll(',', '')) * (multipliers[unit.toLowerCase()] ?? 1)
}

// Every reader below answers null for "the file does not know" and undefined for "we cannot read it".

/** A count of people or actions; may be negative only where a balance is counted (followers). */
export function readCount(
  cell: Cell | undefined,
  { negative = false } = {},
): number | null | undefined {
  if (isUnknown(cell)) return null
  const value = decimal(plain(cell))
  if (value === undefined) return undefined
  // 41.2万 is 412,000 but comes out of binary arithmetic a hair off.
  const count = Math.round(value)
  if (Math.abs(value - count) > 1e-6 || !Number.isSafeInteger(count)) return undefined
  return count < 0 && !negative ? undefined : count
}

/**
 * A rate as a fraction of 1, from `12.3%` or from the fraction itself. A bare number above 1 may be a
 * percentage or nonsense, and nobody can tell which: unreadable.
 */
export function readRate(cell: Cell | undefined): number | null | undefined {
  if (isUnknown(cell)) return null
  const text = plain(cell)
  const percent = text.endsWith('%')
  const value = decimal(percent ? text.slice(0, -1).trim() : text)
  if (value === undefined) return undefined
  const rate = Number((percent ? value / 100 : value).toFixed(6))
  return rate < 0 || rate > 1 ? undefined : rate
}

/** A length of time in seconds, from `15.4`, `9.1秒`, `1分20秒` or `01:20`. */
export function readSeconds(cell: Cell | undefined): number | null | undefined {
  if (isUnknown(cell)) return null
  const text = plain(cell).replace(/\s/g, '')
  const [, minutes, seconds] =
    /^(?:(\d+)(?:分钟?|m|:))?(?:(\d+(?:\.\d+)?)(?:秒|s)?)?$/i.exec(text) ?? []
  if (minutes === undefined && seconds === undefined) return undefined
  return Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}

export type Money = {
  readonly fen: number
  /** The text as it was, when a letter O or l stood among the digits and was read as a digit. */
  readonly mistyped: string | null
}

/** An amount of yuan in fen, from `168.00`, `¥1,280.00`, `-45.00`, `1,500元`. */
export function readMoney(cell: Cell | undefined): Money | null | undefined {
  if (isUnknown(cell)) return null
  const written = plain(cell)
  const bare = written.replace(/^([+-]?)\s*(?:[¥￥]|rmb|cny)\s*/i, '$1').replace(/\s*元$/, '')
  const fen = fenOf(bare)
  if (fen !== undefined) return { fen, mistyped: null }
  const corrected = /\d/.test(bare)
    ? fenOf(bare.replace(/[o〇]/gi, '0').replace(/[li]/gi, '1'))
    : undefined
  return corrected === undefined ? undefined : { fen: corrected, mistyped: written }
}

function fenOf(text: string): number | undefined {
  const yuan = decimal(text)
  if (yuan === undefined) return undefined
  const fen = Math.round(yuan * 100)
  return Math.abs(yuan * 100 - fen) > 1e-4 || !Number.isSafeInteger(fen) ? undefined : fen
}

/** Fen as `300.00`, for sentences. */
export const yuanText = (fen: number): string => (fen / 100).toFixed(2)
