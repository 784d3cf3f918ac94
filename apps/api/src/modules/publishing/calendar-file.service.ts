import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { bizDate } from '@xingbo/shared/dates'
import { type Message, say } from '@xingbo/shared/messages'
import { MOST_ROWS } from '@xingbo/shared/publishing/batch.schema'
import {
  type CalendarColumn,
  calendarColumns,
  calendarFileWords,
} from '@xingbo/shared/publishing/calendar-file.labels'
import type { FileFormat, FileRow } from '@xingbo/shared/publishing/calendar-file.schema'
import { publicationStateLabels } from '@xingbo/shared/publishing/publication-state'
import type { Language } from '@xingbo/shared/text'
import type { Reader } from '../../db/database.ts'
import { csvFile, xlsxFile } from '../metrics/table-file.service.ts'
import { listNamedAccounts, listReadyItems } from './calendar-file.repository.ts'
import type { PublicationView } from './publication.repository.ts'

type Row = Partial<Record<CalendarColumn, string>>

const given: readonly CalendarColumn[] = [
  'contentId',
  'item',
  'platform',
  'account',
  'date',
  'time',
  'repeatReason',
]
const widths: Readonly<Record<CalendarColumn, number>> = {
  contentId: 32,
  item: 40,
  platform: 12,
  account: 24,
  date: 14,
  time: 10,
  repeatReason: 24,
  publicationId: 32,
  state: 12,
  link: 40,
}

const table = (columns: readonly CalendarColumn[], rows: readonly Row[], language: Language) => [
  columns.map((column) => calendarColumns[column][language]),
  ...rows.map((row) => columns.map((column) => row[column] ?? '')),
]

/** A file to fill in: the ready items stand in it, the accounts on a sheet of their own. */
export async function templateFile(
  db: Reader,
  institutionId: string,
  language: Language,
  format: FileFormat,
): Promise<Buffer> {
  const items = await listReadyItems(db, institutionId, MOST_ROWS)
  const rows = table(
    given,
    items.map(({ id, title }) => ({ contentId: id, item: title })),
    language,
  )
  if (format === 'csv') return csvFile(rows)
  const accounts = await listNamedAccounts(db, institutionId)
  return xlsxFile([
    {
      name: calendarFileWords.calendar[language],
      widths: given.map((column) => widths[column]),
      rows,
    },
    {
      name: calendarFileWords.accounts[language],
      widths: [widths.platform, widths.account],
      rows: [
        [calendarColumns.platform[language], calendarColumns.account[language]],
        ...accounts.map(({ platform, name }) => [platformLabels[platform][language], name]),
      ],
    },
  ])
}

/** Posts as a file; imported again as it is, it changes nothing. */
export async function exportFile(
  views: readonly PublicationView[],
  zone: string,
  language: Language,
  format: FileFormat,
): Promise<Buffer> {
  const columns = Object.keys(calendarColumns) as CalendarColumn[]
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const rows = table(
    columns,
    views.map(({ row, contentTitle, accountName }) => ({
      contentId: row.contentId,
      item: contentTitle,
      platform: platformLabels[row.platform][language],
      account: accountName,
      date: bizDate(row.dueAt, zone),
      time: clock.format(row.dueAt),
      publicationId: row.id,
      state: publicationStateLabels[row.state][language],
      link: row.remoteUrl ?? '',
    })),
    language,
  )
  if (format === 'csv') return csvFile(rows)
  return xlsxFile([
    {
      name: calendarFileWords.calendar[language],
      widths: columns.map((column) => widths[column]),
      rows,
    },
  ])
}

/** The refused rows with their reasons, to be put right in the file they came from. */
export const errorsFile = (rows: readonly FileRow[], language: Language): Buffer =>
  csvFile([
    [
      calendarFileWords.row[language],
      calendarColumns.item[language],
      calendarColumns.account[language],
      calendarColumns.date[language],
      calendarFileWords.why[language],
    ],
    ...rows
      .filter(({ fate }) => fate === 'refused')
      .map(({ rowNumber, item, account, when, reasons }) => [
        String(rowNumber),
        item,
        account,
        when,
        reasons
          .map((reason) => say(language, reason as Message))
          .join(calendarFileWords.separator[language]),
      ]),
  ])

/** A platform by its name in either language, or by its code. */
export function platformNamed(text: string): Platform | undefined {
  const wanted = text.trim().toLowerCase()
  return platforms.find(
    (one) =>
      one === wanted ||
      platformLabels[one].zh === text.trim() ||
      platformLabels[one].en.toLowerCase() === wanted,
  )
}
