import { createHash } from 'node:crypto'
import { type ImportKind, importKinds } from '@xingbo/shared/metrics/import-kind'
import { type FieldOf, formats } from './formats.ts'
import { textOf } from './numbers.ts'
import type { Cell, Sheet } from './read-table.ts'
import { UnreadableFile } from './unreadable-file.ts'

export type SourceRow<Field extends string> = {
  /** As a spreadsheet counts, from 1. */
  readonly rowNumber: number
  readonly cells: Readonly<Partial<Record<Field, Cell>>>
  /** Every column of the file by its own name, those we do not know included. */
  readonly raw: Readonly<Record<string, string | number | boolean | null>>
  /** The row as it stands, to tell exact duplicates. Personal where the file is; never kept. */
  readonly line: string
}

export type SourceTable<Field extends string> = {
  readonly rows: readonly SourceRow<Field>[]
  /** What the file calls each field, for sentences to the person who made it. */
  readonly names: Readonly<Record<Field, string>>
  /** Changes when the platform changes its columns. */
  readonly fingerprint: string
}

/** Notes above the header are a line or two; further down there are only data. */
const headerWithin = 20

const headerName = (cell: Cell | undefined): string =>
  textOf(cell)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')

type Found = { readonly sheet: Sheet; readonly at: number; readonly missing: readonly string[] }

/** The row of the file that carries most of the kind's required names. */
function findHeader(sheets: readonly Sheet[], kind: ImportKind): Found | undefined {
  const columns: Readonly<Record<string, readonly string[]>> = formats[kind].columns
  let best: Found | undefined
  for (const sheet of sheets)
    for (const [at, row] of sheet.rows.slice(0, headerWithin).entries()) {
      const present = new Set(row.map(headerName))
      const missing = formats[kind].required
        .filter((field) => !columns[field]?.some((name) => present.has(name)))
        .map((field) => columns[field]?.[0] ?? field)
      if (!best || missing.length < best.missing.length) best = { sheet, at, missing }
    }
  return best
}

/**
 * Finds the table of `kind` in a file by the names in its header row, wherever that row stands.
 * @throws UnreadableFile naming the missing columns, or the kind of file this really is
 */
export function findRows<K extends ImportKind>(
  sheets: readonly Sheet[],
  kind: K,
): SourceTable<FieldOf<K>> {
  const found = findHeader(sheets, kind)
  if (!found || found.missing.length > 0) {
    const other = importKinds.find((k) => k !== kind && findHeader(sheets, k)?.missing.length === 0)
    if (other) throw new UnreadableFile(`metrics.file.is.${other}`)
    const columns = found?.missing.map((name) => `「${name}」`).join('') ?? ''
    throw new UnreadableFile('metrics.file.noHeader', { columns })
  }

  const header = (found.sheet.rows[found.at] ?? []).map(headerName)
  const names: Partial<Record<FieldOf<K>, string>> = {}
  const positions: [field: FieldOf<K>, at: number][] = []
  for (const [field, aliases] of Object.entries(formats[kind].columns) as [
    FieldOf<K>,
    readonly string[],
  ][]) {
    const name = aliases.find((alias) => header.includes(alias))
    names[field] = name ?? aliases[0]
    if (name !== undefined) positions.push([field, header.indexOf(name)])
  }

  const rows = found.sheet.rows
    .map((row, index) => ({ row, rowNumber: index + 1 }))
    .slice(found.at + 1)
    .filter(({ row }) => row.some((cell) => textOf(cell) !== ''))
    .map(({ row, rowNumber }) => {
      const cells: Partial<Record<FieldOf<K>, Cell>> = {}
      for (const [field, at] of positions) cells[field] = row[at] ?? null
      const raw: SourceRow<FieldOf<K>>['raw'] = Object.fromEntries(
        header.flatMap((name, at) => (name === '' ? [] : [[name, rawOf(row[at])] as const])),
      )
      return { rowNumber, cells, raw, line: JSON.stringify(row) }
    })
  if (rows.length === 0) throw new UnreadableFile('metrics.file.noRows')
  const fingerprint = createHash('sha256').update(header.join('\u001f')).digest('hex').slice(0, 16)
  return { rows, names: names as Record<FieldOf<K>, string>, fingerprint }
}

const rawOf = (cell: Cell | undefined) =>
  cell instanceof Date ? cell.toISOString() : (cell ?? null)
