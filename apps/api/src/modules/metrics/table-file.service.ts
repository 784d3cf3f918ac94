import { stringify } from 'csv-stringify/sync'
import writeWorkbook from 'write-excel-file/node'
import { DomainError } from '../../http/errors.ts'
import { readMoment } from './parsing/moments.ts'
import { type Cell, readTable, type Sheet } from './parsing/read-table.ts'
import { UnreadableFile } from './parsing/unreadable-file.ts'

export type { Cell, Sheet }

/**
 * Reads a file a person gives us, by the same guarded reader as every import.
 * @throws DomainError with the sentence that says what to do, when nobody can read it
 */
export async function readTableFile(bytes: Buffer): Promise<readonly Sheet[]> {
  try {
    return await readTable(bytes)
  } catch (error) {
    if (error instanceof UnreadableFile) throw new DomainError('RULE_VIOLATION', error.reason)
    throw error
  }
}

/** A date cell as `YYYY-MM-DD`, with its `HH:mm` where it has one; null where it is neither. */
export function dayAndTimeOf(cell: Cell | undefined): { day: string; time: string | null } | null {
  const moment = readMoment(cell)
  if (moment.kind !== 'moment') return null
  return { day: moment.day, time: moment.time?.slice(0, 5) ?? null }
}

/** One line, and nothing a spreadsheet would take for the start of a formula behind blanks. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** Rows of text as a CSV file Excel opens as it is; what looks like a formula is made harmless. */
export const csvFile = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map(oneLine)),
      { bom: true, escape_formulas: true, record_delimiter: 'windows' },
    ),
  )

type OutSheet = {
  readonly name: string
  readonly widths: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

/** Sheets of text cells, the first row of each in bold and kept in view. Text cells are never formulas. */
export const xlsxFile = (sheets: readonly OutSheet[]): Promise<Buffer> =>
  writeWorkbook(
    sheets.map(({ name, widths, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: widths.map((width) => ({ width })),
      data: rows.map((row, index) =>
        row.map((value) => ({
          value: oneLine(value),
          type: String,
          ...(index === 0 && { fontWeight: 'bold' as const }),
        })),
      ),
    })),
  ).toBuffer()
