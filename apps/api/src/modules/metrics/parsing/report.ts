import { defaultZone } from '@xingbo/shared/dates'
import { type Message, say } from '@xingbo/shared/messages'
import { type ImportRowFate, importRowFateLabels } from '@xingbo/shared/metrics/import-fate'
import type { Bilingual, Language } from '@xingbo/shared/text'
import { stringify } from 'csv-stringify/sync'

export type ReportRow = {
  readonly rowNumber: number
  readonly fate: ImportRowFate
  /** What the row is about, in words that may leave the house: a title, a month, an order number. */
  readonly label: string
  readonly reasons: readonly Message[]
  /** The publication or other row of ours it went to. */
  readonly matchedTo: string | null
  readonly resolvedAt: Date | null
}

const headers = {
  rowNumber: { zh: '行号', en: 'Row' },
  fate: { zh: '结果', en: 'Outcome' },
  label: { zh: '内容', en: 'About' },
  reasons: { zh: '原因', en: 'Why' },
  matchedTo: { zh: '对应的发布单', en: 'Publication' },
  resolvedAt: { zh: '人工确认时间', en: 'Confirmed at' },
} as const satisfies Record<keyof ReportRow, Bilingual>

const separator: Bilingual = { zh: '；', en: '; ' }

const wallClock = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: defaultZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)

/** One line, and nothing a spreadsheet would take for the start of a formula behind blanks. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/**
 * The report of an import as a CSV file that Excel opens as it is: UTF-8 with its mark, CRLF, text
 * that looks like a formula made harmless.
 */
export function importReportCsv(rows: readonly ReportRow[], language: Language): string {
  const lines = rows.map((row) => [
    row.rowNumber,
    importRowFateLabels[row.fate][language],
    oneLine(row.label),
    oneLine(row.reasons.map((reason) => say(language, reason)).join(separator[language])),
    oneLine(row.matchedTo ?? ''),
    row.resolvedAt ? wallClock(row.resolvedAt) : '',
  ])
  return stringify([Object.values(headers).map((header) => header[language]), ...lines], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
