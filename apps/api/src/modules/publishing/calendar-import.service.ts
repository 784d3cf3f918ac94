import { instantOf } from '@xingbo/shared/dates'
import type { Message } from '@xingbo/shared/messages'
import { MOST_ROWS, type PlannedRow } from '@xingbo/shared/publishing/batch.schema'
import {
  type CalendarColumn,
  calendarColumns,
} from '@xingbo/shared/publishing/calendar-file.labels'
import type { FileRow } from '@xingbo/shared/publishing/calendar-file.schema'
import { publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type { Reader } from '../../db/database.ts'
import { DomainError, found } from '../../http/errors.ts'
import { clockText } from '../audit/stale.ts'
import {
  type Cell,
  dayAndTimeOf,
  readTableFile,
  type Sheet,
} from '../metrics/table-file.service.ts'
import { listPostsById } from './batch.repository.ts'
import { check } from './batch.service.ts'
import { listNamedAccounts, listNamedItems } from './calendar-file.repository.ts'
import { platformNamed } from './calendar-file.service.ts'
import { findScheduling, listPairs } from './plan.repository.ts'

/** One row as it stands in the file. */
type Written = { readonly rowNumber: number } & Readonly<Record<CalendarColumn, string>> & {
    readonly dateCell: Cell
    readonly timeCell: Cell
  }
/** A row with what it means here, or why it means nothing. */
type Meant = {
  readonly row: Written
  readonly reasons: Message[]
  readonly contentId?: string
  readonly accountId?: string
  readonly dueAt?: Date
}

/** What a cell says, without the mark our own writer puts before what looks like a formula. */
const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ')
  return String(cell)
    .trim()
    .replace(/^'(?=[=+\-@\t])/, '')
}

const columns = Object.keys(calendarColumns) as CalendarColumn[]
const columnNamed = (cell: Cell | undefined): CalendarColumn | undefined => {
  const text = textOf(cell).toLowerCase()
  return columns.find(
    (column) =>
      calendarColumns[column].zh === text || calendarColumns[column].en.toLowerCase() === text,
  )
}

/** The header within the first rows of any sheet: a file may begin with a note. */
function findTable(sheets: readonly Sheet[]) {
  for (const { rows } of sheets)
    for (const [at, row] of rows.slice(0, 10).entries()) {
      const places = new Map<CalendarColumn, number>()
      for (const [index, cell] of row.entries()) {
        const column = columnNamed(cell)
        if (column && !places.has(column)) places.set(column, index)
      }
      const names = places.has('item') || places.has('contentId')
      if (names && places.has('account') && places.has('date') && places.has('time'))
        return { rows, at, places }
    }
  throw new DomainError('RULE_VIOLATION', { key: 'publishing.file.noColumns' })
}

function readRows(sheets: readonly Sheet[]): Written[] {
  const { rows, at, places } = findTable(sheets)
  const written = rows.slice(at + 1).flatMap((cells, index): Written[] => {
    const cellOf = (column: CalendarColumn): Cell => {
      const place = places.get(column)
      return (place === undefined ? null : cells[place]) ?? null
    }
    const texts = Object.fromEntries(columns.map((column) => [column, textOf(cellOf(column))]))
    const row = {
      rowNumber: at + index + 2,
      ...(texts as Record<CalendarColumn, string>),
      dateCell: cellOf('date'),
      timeCell: cellOf('time'),
    }
    // An item of the template to which nobody gave an account or a time is not meant to be scheduled.
    return row.account || row.date || row.time ? [row] : []
  })
  if (written.length > MOST_ROWS)
    throw new DomainError('RULE_VIOLATION', {
      key: 'publishing.file.tooManyRows',
      values: { max: MOST_ROWS },
    })
  return written
}

const two = (n: number) => String(n).padStart(2, '0')

/** `HH:mm` of `19:30`, `7点5分`, a time cell, or a fraction of a day; null where it is none of them. */
function clockOf(cell: Cell): string | null {
  if (cell instanceof Date) return cell.toISOString().slice(11, 16)
  if (typeof cell === 'number' && cell >= 0 && cell < 1) {
    const minutes = Math.round(cell * 24 * 60) % (24 * 60)
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  }
  const [, hour, minute = '0'] =
    /^(\d{1,2})\s*[:点时]\s*(\d{1,2})?\s*分?(?::\d{1,2})?$/.exec(textOf(cell).normalize('NFKC')) ??
    []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  return `${two(Number(hour))}:${two(Number(minute))}`
}

function whenOf(row: Written, zone: string): { dueAt?: Date; reason?: Message } {
  const day = dayAndTimeOf(row.dateCell)
  if (!day)
    return { reason: { key: 'publishing.file.dateUnreadable', values: { date: short(row.date) } } }
  const time = row.time === '' ? day.time : clockOf(row.timeCell)
  if (!time)
    return { reason: { key: 'publishing.file.timeUnreadable', values: { time: short(row.time) } } }
  return { dueAt: instantOf(day.day, time, zone) }
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
const same = (text: string) => text.normalize('NFKC').replace(/\s/gu, '').toLowerCase()

type Named = Awaited<ReturnType<typeof listNamedAccounts>>[number]
function accountOf(row: Written, accounts: readonly Named[]): { id?: string; reason?: Message } {
  if (!row.account) return { reason: { key: 'publishing.file.accountMissing' } }
  const platform = row.platform ? platformNamed(row.platform) : undefined
  const fits = accounts.filter(
    (one) =>
      (one.id === row.account ||
        same(one.name) === same(row.account) ||
        (one.handle !== '' && same(one.handle) === same(row.account))) &&
      (!row.platform || one.platform === platform),
  )
  const [one] = fits
  const values = { account: short(row.account), count: fits.length }
  if (!one) return { reason: { key: 'publishing.file.accountUnknown', values } }
  if (fits.length > 1) return { reason: { key: 'publishing.file.accountAmbiguous', values } }
  return { id: one.id }
}

type Item = Awaited<ReturnType<typeof listNamedItems>>[number]
function itemOf(row: Written, items: readonly Item[]): { id?: string; reason?: Message } {
  if (!row.contentId && !row.item) return { reason: { key: 'publishing.file.itemMissing' } }
  const fits = row.contentId
    ? items.filter(({ id }) => id === row.contentId)
    : items.filter(({ title, stage }) => title === row.item && stage !== 'archived')
  const [one] = fits
  const values = { item: short(row.item || row.contentId), count: fits.length }
  if (!one) return { reason: { key: 'publishing.file.itemUnknown', values } }
  if (fits.length > 1) return { reason: { key: 'publishing.file.itemAmbiguous', values } }
  return { id: one.id }
}

/** What would become of every row of a file; saves nothing. */
export async function readCalendar(
  db: Reader,
  institutionId: string,
  now: Date,
  bytes: Buffer,
): Promise<FileRow[]> {
  const rows = readRows(await readTableFile(bytes))
  const { zone } = found(await findScheduling(db, institutionId))
  const accounts = await listNamedAccounts(db, institutionId)
  const items = await listNamedItems(
    db,
    institutionId,
    rows.flatMap(({ contentId }) => contentId || []),
    rows.flatMap(({ contentId, item }) => (contentId ? [] : item || [])),
  )
  const meant = rows.map((row): Meant => {
    const item = itemOf(row, items)
    const account = accountOf(row, accounts)
    const when = whenOf(row, zone)
    return {
      row,
      reasons: [item.reason, account.reason, when.reason].flatMap((reason) => reason ?? []),
      ...(item.id && { contentId: item.id }),
      ...(account.id && { accountId: account.id }),
      ...(when.dueAt && { dueAt: when.dueAt }),
    }
  })
  return judgeRows(db, institutionId, now, meant)
}

type Complete = Meant & { contentId: string; accountId: string; dueAt: Date }
const isComplete = (one: Meant): one is Complete =>
  one.reasons.length === 0 && !!one.contentId && !!one.accountId && !!one.dueAt

async function judgeRows(
  db: Reader,
  institutionId: string,
  now: Date,
  meant: readonly Meant[],
): Promise<FileRow[]> {
  const complete = meant.filter(isComplete)
  const pairs = await listPairs(
    db,
    institutionId,
    complete.map(({ contentId }) => contentId),
    complete.map(({ accountId }) => accountId),
  )
  const named = await listPostsById(
    db,
    institutionId,
    complete.flatMap(({ row }) => row.publicationId || []),
  )
  const first = new Map<string, number>()
  const results = new Map<number, FileRow>()
  const lines: { one: Complete; publicationId: string | null }[] = []
  for (const one of complete) {
    const { row, contentId, accountId, dueAt } = one
    const key = `${contentId} ${accountId}`
    const earlier = first.get(key)
    first.set(key, earlier ?? row.rowNumber)
    const own = [...named, ...pairs].filter(
      (post) => post.contentId === contentId && post.accountId === accountId,
    )
    const standing =
      named.find((post) => post.id === row.publicationId && own.includes(post)) ??
      pairs.find((post) => own.includes(post))
    if (earlier !== undefined)
      results.set(
        row.rowNumber,
        present(one, 'refused', [{ key: 'publishing.file.twice', values: { row: earlier } }]),
      )
    else if (standing && Math.abs(standing.dueAt.getTime() - dueAt.getTime()) < 60_000)
      results.set(row.rowNumber, present(one, 'same'))
    else if (standing && !publicationCan.reschedule(standing).ok)
      results.set(
        row.rowNumber,
        present(one, 'refused', [
          { key: 'publishing.file.cannotMove', values: { when: clockText(standing.dueAt) } },
        ]),
      )
    else lines.push({ one, publicationId: standing?.id ?? null })
  }
  const judged =
    lines.length === 0
      ? []
      : await check(db, institutionId, now, {
          rows: lines.map(({ one, publicationId }) => ({
            contentId: one.contentId,
            accountId: one.accountId,
            dueAt: one.dueAt.toISOString(),
            repeatReason: one.row.repeatReason.slice(0, 200),
            publicationId,
          })),
        })
  for (const [index, { one, publicationId }] of lines.entries())
    results.set(one.row.rowNumber, judgedRow(one, publicationId, found(judged[index])))
  return meant.map((one) => results.get(one.row.rowNumber) ?? present(one, 'refused', one.reasons))
}

function judgedRow(one: Complete, publicationId: string | null, line: PlannedRow): FileRow {
  const refusal = line.refusal ?? (one.row.repeatReason.length >= 2 ? null : line.repeat)
  if (refusal) return present(one, 'refused', [refusal as Message])
  return { ...present(one, publicationId ? 'move' : 'new'), line }
}

const present = (
  { row }: Meant,
  fate: FileRow['fate'],
  reasons: readonly Message[] = [],
): FileRow => ({
  rowNumber: row.rowNumber,
  item: short(row.item || row.contentId),
  account: short([row.platform, row.account].filter(Boolean).join(' ')),
  when: short([row.date, row.time].filter(Boolean).join(' ')),
  fate,
  reasons: reasons.map(({ key, values }) => ({ key, values: { ...values } })),
  line: null,
  repeatReason: row.repeatReason.slice(0, 200),
})
