import { bizDate } from '@xingbo/shared/dates'
import type { Message } from '@xingbo/shared/messages'
import { type CostKind, costKindLabels, costKinds } from '@xingbo/shared/metrics/cost-kind'
import { findRows, type SourceRow } from './find-rows.ts'
import type { FieldOf } from './formats.ts'
import { readMonth } from './moments.ts'
import { readMoney, textOf, yuanText } from './numbers.ts'
import {
  foldDuplicates,
  type ParsedFile,
  type ParsedRow,
  quoted,
  type Resolve,
} from './parsed-row.ts'
import type { Sheet } from './read-table.ts'

export type ParsedCost = {
  /** `YYYY-MM`. */
  readonly month: string
  /** Null is a cost shared by all specialty lines. */
  readonly specialtyLineId: string | null
  readonly accountId: string | null
  readonly kind: CostKind
  /** Negative for a credit. */
  readonly amountFen: number
  /** The same cost has the same identity in a later export. */
  readonly identity: string
}

export type CostOptions = {
  readonly asOf: Date
  readonly specialtyLine: Resolve
  readonly account: Resolve
}

type Row = SourceRow<FieldOf<'costs'>>
type Names = Readonly<Record<FieldOf<'costs'>, string>>

const kindByWord = new Map<string, CostKind>(
  costKinds.map((kind) => [costKindLabels[kind].zh, kind]),
)

function parseCost(
  { rowNumber, cells }: Row,
  names: Names,
  options: CostOptions,
): ParsedRow<ParsedCost> {
  const end = (reason: Message) => ({
    rowNumber,
    fate: 'invalid' as const,
    reasons: [reason],
    value: null,
  })
  const month = readMonth(cells.month)
  if (month === undefined)
    return end({ key: 'metrics.row.unreadable', values: { column: names.month } })
  const thisMonth = bizDate(options.asOf).slice(0, 7)
  if (month > thisMonth)
    return end({ key: 'metrics.row.futureDate', values: { column: names.month, text: month } })
  const amount = readMoney(cells.amount)
  if (amount === null) return end({ key: 'metrics.row.missing', values: { column: names.amount } })
  if (amount === undefined)
    return end({ key: 'metrics.row.unreadable', values: { column: names.amount } })
  const lineName = textOf(cells.line)
  const lines = lineName === '' ? [] : options.specialtyLine(lineName)
  if (lineName !== '' && lines.length !== 1)
    return end({ key: 'metrics.row.lineUnknown', values: { name: quoted(lineName) } })

  const asked: Message[] = []
  const noticed: Message[] = []
  if (amount.mistyped)
    asked.push({
      key: 'metrics.row.letterInAmount',
      values: { column: names.amount, text: amount.mistyped, guess: yuanText(amount.fen) },
    })
  const kindText = textOf(cells.kind)
  const kind = kindByWord.get(kindText)
  if (!kind) asked.push({ key: 'metrics.row.costKindOther', values: { text: quoted(kindText) } })
  if (lineName === '') noticed.push({ key: 'metrics.row.costShared' })
  const accountName = textOf(cells.account)
  const accounts = accountName === '' ? [] : options.account(accountName)
  if (accountName !== '' && accounts.length === 0)
    noticed.push({ key: 'metrics.row.accountUnknown', values: { name: quoted(accountName) } })
  if (accounts.length > 1)
    noticed.push({
      key: 'metrics.row.accountAmbiguous',
      values: { name: quoted(accountName), count: accounts.length },
    })
  if (month === thisMonth) noticed.push({ key: 'metrics.row.partMonth' })
  return {
    rowNumber,
    fate: asked.length > 0 ? 'needs_person' : 'ok',
    reasons: [...asked, ...noticed],
    value: {
      month,
      specialtyLineId: lines[0] ?? null,
      accountId: accounts.length === 1 ? (accounts[0] ?? null) : null,
      kind: kind ?? 'production',
      amountFen: amount.fen,
      identity: [month, lineName, accountName, kindText, amount.fen].join('|'),
    },
  }
}

/**
 * Reads a sheet of costs by month, specialty line, account and kind.
 * @throws UnreadableFile when this is no such sheet
 */
export function parseCosts(sheets: readonly Sheet[], options: CostOptions): ParsedFile<ParsedCost> {
  const { rows, names, fingerprint } = findRows(sheets, 'costs')
  const read = rows.map((source) => ({ source, row: parseCost(source, names, options) }))
  const { folded } = foldDuplicates(
    read.flatMap(({ source, row: { rowNumber, value } }) =>
      value ? [{ rowNumber, identity: value.identity, line: source.line, rank: '' }] : [],
    ),
  )
  return {
    rows: read.map(({ row }) => ({ ...row, ...folded.get(row.rowNumber) })),
    fingerprint,
  }
}
