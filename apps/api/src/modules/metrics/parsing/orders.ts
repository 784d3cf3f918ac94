import { bizDate } from '@xingbo/shared/dates'
import type { Message } from '@xingbo/shared/messages'
import {
  type OrderStatus,
  orderStatuses,
  orderStatusLabels,
} from '@xingbo/shared/metrics/order-status'
import { findRows, type SourceRow } from './find-rows.ts'
import type { FieldOf } from './formats.ts'
import { instantIn8, readMoment } from './moments.ts'
import { readCount, readMoney, textOf, yuanText } from './numbers.ts'
import {
  foldDuplicates,
  type ParsedFile,
  type ParsedRow,
  quoted,
  type Resolve,
} from './parsed-row.ts'
import { isTestName, type Patient, readFreeText, readPatient } from './patients.ts'
import type { Cell, Sheet } from './read-table.ts'

export type ParsedOrder = {
  /** The order's identity; a later export of the same order updates it. */
  readonly orderNumber: string
  readonly packageName: string
  readonly orderedAt: Date
  readonly paidAt: Date | null
  readonly patient: Patient
  /** The account the order names, or null when it names none, an unknown one or an ambiguous one. */
  readonly accountId: string | null
  /** As the file names it, for a person to settle later. */
  readonly accountName: string | null
  /** In lower case; null when the order names none. */
  readonly touchCode: string | null
  readonly touchKnown: boolean
  readonly selfReported: string
  readonly quantity: number
  readonly amountFen: number
  readonly paidFen: number
  readonly refundFen: number
  readonly refundedAt: Date | null
  readonly status: OrderStatus
  readonly totalTimes: number | null
  readonly usedTimes: number | null
  readonly lastUsedOn: string | null
}

export type OrderOptions = {
  readonly asOf: Date
  /** Whether the order's 机构 cell names the importing institution; other institutions' rows stay outside. */
  readonly isOwn: (institutionName: string) => boolean
  readonly account: Resolve
  /** Whether the institution has this touch token (given in lower case). */
  readonly knowsTouchCode: (code: string) => boolean
}

type Row = SourceRow<FieldOf<'orders'>>
type Names = Readonly<Record<FieldOf<'orders'>, string>>

/** Nobody sells a package for a cent: it is how a payment channel is tried out. */
const testPaymentFen = 1

const statusByWord = new Map<string, OrderStatus>(
  orderStatuses.map((status) => [orderStatusLabels[status].zh, status]),
)

/** Reads one row's cells and remembers, in `problems`, what makes the row unusable. */
function cellReader(names: Names) {
  const problems: Message[] = []
  const asked: Message[] = []
  const unreadable = (field: FieldOf<'orders'>) =>
    problems.push({ key: 'metrics.row.unreadable', values: { column: names[field] } })
  return {
    problems,
    asked,
    moment(field: FieldOf<'orders'>, cell: Cell | undefined): { day: string; at: Date } | null {
      const moment = readMoment(cell)
      if (moment.kind === 'unreadable') unreadable(field)
      if (moment.kind === 'impossible')
        problems.push({
          key: 'metrics.row.impossibleDate',
          values: { column: names[field], text: moment.text },
        })
      return moment.kind === 'moment'
        ? { day: moment.day, at: instantIn8(moment.day, moment.time) }
        : null
    },
    money(field: FieldOf<'orders'>, cell: Cell | undefined): number | null {
      const money = readMoney(cell)
      if (money === undefined || (money && money.fen < 0)) unreadable(field)
      if (money?.mistyped)
        asked.push({
          key: 'metrics.row.letterInAmount',
          values: { column: names[field], text: money.mistyped, guess: yuanText(money.fen) },
        })
      return money?.fen ?? null
    },
    count(field: FieldOf<'orders'>, cell: Cell | undefined): number | null {
      const count = readCount(cell)
      if (count === undefined) unreadable(field)
      return count ?? null
    },
  }
}

function parseOrder(
  { rowNumber, cells }: Row,
  names: Names,
  options: OrderOptions,
): ParsedRow<ParsedOrder> {
  const end = (fate: 'invalid' | 'ignored', ...reasons: Message[]) => ({
    rowNumber,
    fate,
    reasons,
    value: null,
  })
  const institution = textOf(cells.institution)
  if (institution !== '' && !options.isOwn(institution))
    return end('ignored', { key: 'metrics.row.otherInstitution' })

  const read = cellReader(names)
  const orderedAt = read.moment('orderedAt', cells.orderedAt)
  const paidAt = read.moment('paidAt', cells.paidAt)
  const refundedAt = read.moment('refundedAt', cells.refundedAt)
  const lastUsedOn = read.moment('lastUsedOn', cells.lastUsedOn)
  const paidFen = read.money('paid', cells.paid)
  const amountFen = read.money('amount', cells.amount) ?? paidFen
  const refundFen = read.money('refund', cells.refund) ?? 0
  const quantity = read.count('quantity', cells.quantity) ?? 1
  const totalTimes = read.count('totalTimes', cells.totalTimes)
  const usedTimes = read.count('usedTimes', cells.usedTimes)

  const status = statusByWord.get(textOf(cells.status))
  const paidInEarnest = paidFen === null || paidFen > testPaymentFen || paidFen === 0
  if (isTestName(cells.name, cells.note) || !paidInEarnest)
    return end('ignored', { key: 'metrics.row.test' })
  const orderNumber = textOf(cells.orderNumber)
  for (const [field, value] of [
    ['orderNumber', orderNumber],
    ['package', textOf(cells.package)],
    ['orderedAt', textOf(cells.orderedAt)],
    ['paid', textOf(cells.paid)],
    ['status', textOf(cells.status)],
  ] as const)
    if (value === '')
      read.problems.push({ key: 'metrics.row.missing', values: { column: names[field] } })
  if (!status && textOf(cells.status) !== '')
    read.problems.push({
      key: 'metrics.row.statusUnknown',
      values: { text: quoted(textOf(cells.status)) },
    })
  if (orderedAt && orderedAt.at > options.asOf)
    read.problems.push({
      key: 'metrics.row.futureDate',
      values: { column: names.orderedAt, text: orderedAt.day },
    })
  if (read.problems.length > 0 || !status || !orderedAt || paidFen === null || amountFen === null)
    return end('invalid', ...read.problems)

  const { patient, reasons: noticed } = readPatient(cells.name, cells.phone)
  const { text: selfReported, neutralised } = readFreeText(cells.source)
  if (neutralised)
    noticed.push({ key: 'metrics.row.formulaText', values: { column: names.source } })
  const accountName = textOf(cells.account) || null
  const accounts = accountName === null ? [] : options.account(accountName)
  if (accountName !== null && accounts.length === 0)
    noticed.push({ key: 'metrics.row.accountUnknown', values: { name: quoted(accountName) } })
  if (accountName !== null && accounts.length > 1)
    noticed.push({
      key: 'metrics.row.accountAmbiguous',
      values: { name: quoted(accountName), count: accounts.length },
    })
  const touchCode = textOf(cells.touchCode).toLowerCase() || null
  const touchKnown = touchCode !== null && options.knowsTouchCode(touchCode)
  if (touchCode !== null && !touchKnown)
    noticed.push({ key: 'metrics.row.touchUnknown', values: { code: quoted(touchCode) } })

  const refundAgrees =
    status === 'refunded'
      ? refundFen === paidFen
      : status === 'partly_refunded'
        ? refundFen > 0 && refundFen < paidFen
        : refundFen === 0
  const odd: Message[] = []
  if (!refundAgrees) odd.push({ key: 'metrics.row.refundMismatch' })
  if (refundedAt && lastUsedOn && lastUsedOn.day > bizDate(refundedAt.at))
    odd.push({ key: 'metrics.row.redeemedAfterRefund' })
  if (totalTimes !== null && usedTimes !== null && usedTimes > totalTimes)
    odd.push({
      key: 'metrics.row.redeemedTooOften',
      values: { used: usedTimes, total: totalTimes },
    })
  if (paidFen > 0 && !paidAt) odd.push({ key: 'metrics.row.paidWithoutTime' })

  return {
    rowNumber,
    fate: read.asked.length > 0 ? 'needs_person' : 'ok',
    reasons: [...read.asked, ...odd, ...noticed],
    value: {
      orderNumber,
      packageName: textOf(cells.package),
      orderedAt: orderedAt.at,
      paidAt: paidAt?.at ?? null,
      patient,
      accountId: accounts.length === 1 ? (accounts[0] ?? null) : null,
      accountName,
      touchCode,
      touchKnown,
      selfReported,
      quantity,
      amountFen,
      paidFen,
      refundFen,
      refundedAt: refundedAt?.at ?? null,
      status,
      totalTimes,
      usedTimes,
      lastUsedOn: lastUsedOn?.day ?? null,
    },
  }
}

/** Lower is further along: refunded money, then redemptions, then the later redemption, then payment. */
const progress = (order: ParsedOrder): string =>
  [
    10 ** 12 - order.refundFen,
    10 ** 6 - (order.usedTimes ?? 0),
    10 ** 8 - Number((order.lastUsedOn ?? '0').replaceAll('-', '')),
    order.paidAt ? 0 : 1,
  ]
    .map((part) => String(part).padStart(13, '0'))
    .join('|')

/**
 * Reads a list of service-package orders. An order listed in two states counts once, in the later one.
 * @throws UnreadableFile when this is no such list
 */
export function parseOrders(
  sheets: readonly Sheet[],
  options: OrderOptions,
): ParsedFile<ParsedOrder> {
  const { rows, names, fingerprint } = findRows(sheets, 'orders')
  const read = rows.map((source) => ({ source, row: parseOrder(source, names, options) }))
  const { folded } = foldDuplicates(
    read.flatMap(({ source, row: { rowNumber, value } }) =>
      value
        ? [{ rowNumber, identity: value.orderNumber, line: source.line, rank: progress(value) }]
        : [],
    ),
    undefined,
    { fate: 'duplicate', key: 'metrics.row.orderOlder' },
  )
  return {
    rows: read.map(({ row }) => ({ ...row, ...folded.get(row.rowNumber) })),
    fingerprint,
  }
}
