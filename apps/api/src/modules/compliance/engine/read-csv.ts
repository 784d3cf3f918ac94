import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

export type CsvRow = Readonly<Record<string, string>>

/** A UTF-8 CSV file with a header row, by column name; the raw text goes into fingerprints. */
export const readCsv = (file: URL): { content: string; rows: CsvRow[] } => {
  const content = readFileSync(file, 'utf8')
  const rows = parse<CsvRow>(content, { columns: true, bom: true, skip_empty_lines: true })
  return { content, rows }
}
