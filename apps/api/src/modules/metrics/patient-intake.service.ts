import { setImmediate } from 'node:timers/promises'
import { canonicalJson, type JsonValue } from '@xingbo/shared/canonical-json'
import { withoutPerson } from '@xingbo/shared/leads/mask.rules'
import type { Tx } from '../../db/database.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import {
  nameIndex,
  type OrderIntake,
  phoneIndex,
  type RefundIntake,
  recordOrders,
  recordRefund,
  recordVisits,
  type VisitIntake,
} from '../leads/patient-record.service.ts'
import type { ParsedOrder } from './parsing/orders.ts'
import type { ParsedRow } from './parsing/parsed-row.ts'
import type { Patient } from './parsing/patients.ts'
import type { ParsedVisit } from './parsing/visits-his.ts'
import type { PendingRow, RowOutcome } from './pending-row.service.ts'
import { earlierAnswers, type RecordImport, standing } from './row-standing.service.ts'

/** Hashing a row takes a tenth of a millisecond; after so many the server answers others. */
const ROWS_PER_TURN = 200

async function inTurns<T>(rows: readonly T[], work: (row: T) => void): Promise<void> {
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % ROWS_PER_TURN === 0) await setImmediate()
    work(row)
  }
}

const keysOf = (vault: InstitutionVault, patient: Patient) => ({
  phoneIndex: patient.phone === null ? null : phoneIndex(vault, patient.phone),
  nameIndex: nameIndex(vault, patient.name ?? ''),
})

function visitOf(vault: InstitutionVault, visit: ParsedVisit): VisitIntake {
  return {
    rowHash: vault.index('visit', visit.identity),
    visitOn: visit.day,
    departmentId: visit.departmentId,
    doctorId: visit.doctorId,
    ...keysOf(vault, visit.patient),
    feeFen: visit.feeFen,
    // 部分退费 does not say how much; a refund row of its own does.
    refundFen: visit.payStatus === 'refunded' ? Math.max(visit.feeFen ?? 0, 0) : 0,
    payStatus: visit.payStatus,
    sourceNote: withoutPerson(visit.source, visit.patient.name),
  }
}

function refundOf(
  vault: InstitutionVault,
  refund: ParsedVisit,
  visitHash: string | null,
): RefundIntake {
  return {
    rowHash: vault.index('visit', refund.identity),
    visitHash,
    day: refund.day,
    departmentId: refund.departmentId,
    ...keysOf(vault, refund.patient),
    amountFen: Math.abs(refund.feeFen ?? 0),
  }
}

/** Records a hospital's list of visits: first the visits, then the refunds that need them. */
export async function takeVisits(
  tx: Tx,
  vault: InstitutionVault,
  source: RecordImport,
  rows: readonly ParsedRow<ParsedVisit>[],
  departmentName: (id: string) => string,
): Promise<RowOutcome[]> {
  const earlier = await earlierAnswers(tx, source)
  const hashes = new Map<number, string>()
  await inTurns(rows, ({ rowNumber, value }) => {
    if (value) hashes.set(rowNumber, vault.index('visit', value.identity))
  })
  const stands = rows.map((row) => {
    const department = row.value?.departmentId && departmentName(row.value.departmentId)
    const label = row.value ? [row.value.day, department].filter(Boolean).join(' · ') : ''
    return { row, ...standing(row, hashes.get(row.rowNumber) ?? null, label, earlier) }
  })
  const counted: VisitIntake[] = []
  await inTurns(stands, ({ row: { value }, taken }) => {
    if (taken && value?.kind === 'visit') counted.push(visitOf(vault, value))
  })
  const told = await recordVisits(tx, source, counted)
  const recorded = new Set(counted.map(({ rowHash }) => rowHash))

  const outcomes: RowOutcome[] = []
  for (const { row, taken, outcome } of stands) {
    const { value } = row
    if (value?.kind === 'refund' && (taken || outcome.fate === 'needs_person')) {
      const visitHash = hashes.get(value.refundOf ?? 0) ?? null
      // Its visit stands in this file and waits: another visit must not be taken for it.
      const waits = visitHash !== null && !recorded.has(visitHash)
      const refund = refundOf(vault, value, visitHash)
      const given = waits ? null : await recordRefund(tx, source.institutionId, refund)
      outcomes.push(refundOutcome(outcome, refund, given, waits ? value.refundOf : null))
      continue
    }
    if (!value || (!taken && outcome.fate !== 'needs_person')) outcomes.push(outcome)
    else if (taken)
      outcomes.push({ ...outcome, fate: told.get(outcome.rowKey ?? '') ?? 'unchanged' })
    else outcomes.push({ ...outcome, parsed: { of: 'visit', visit: visitOf(vault, value) } })
  }
  return outcomes
}

function refundOutcome(
  outcome: RowOutcome,
  refund: RefundIntake,
  given: Awaited<ReturnType<typeof recordRefund>>,
  waitsFor: number | null,
): RowOutcome {
  const others = outcome.reasons.filter(
    ({ key }) => key !== 'metrics.row.refundOrphan' && key !== 'metrics.row.refundOf',
  )
  if (given) {
    // A row that finds its visit by person, department, day and amount has been read rightly.
    const reason = outcome.reasons.find(({ key }) => key === 'metrics.row.refundOf') ?? {
      key: 'metrics.row.refundOfVisit' as const,
      values: { day: given.visitOn },
    }
    return { ...outcome, fate: given.recorded, reasons: [reason, ...others] }
  }
  const reason =
    waitsFor === null
      ? { key: 'metrics.row.refundOrphan' as const }
      : { key: 'metrics.row.refundOfWaiting' as const, values: { row: waitsFor } }
  return {
    ...outcome,
    fate: 'needs_person',
    reasons: [reason, ...others],
    parsed: { of: 'refund', refund },
  }
}

type Tokens = ReadonlyMap<string, string | null>

function orderOf(vault: InstitutionVault, order: ParsedOrder, tokens: Tokens): OrderIntake {
  const touchToken = order.touchKnown ? order.touchCode : null
  const { phoneIndex } = keysOf(vault, order.patient)
  return {
    orderNumber: order.orderNumber,
    packageName: order.packageName,
    accountId: order.accountId ?? (touchToken === null ? null : (tokens.get(touchToken) ?? null)),
    touchToken,
    selfReported: withoutPerson(order.selfReported, order.patient.name),
    phoneIndex,
    orderedAt: order.orderedAt,
    paidAt: order.paidAt,
    amountFen: order.amountFen,
    paidFen: order.paidFen,
    refundFen: order.refundFen,
    refundedAt: order.refundedAt,
    status: order.status,
    quantity: order.quantity,
    totalTimes: order.totalTimes,
    usedTimes: order.usedTimes,
  }
}

/** A later state of an order is another row: an answer to one says nothing about the other. */
const orderKey = (vault: InstitutionVault, order: ParsedOrder): string =>
  vault.index('order', canonicalJson(JSON.parse(JSON.stringify(order)) as JsonValue))

/** Records a list of service-package orders. `tokens`: the account of each touch token, if it has one. */
export async function takeOrders(
  tx: Tx,
  vault: InstitutionVault,
  source: RecordImport,
  rows: readonly ParsedRow<ParsedOrder>[],
  tokens: Tokens,
): Promise<RowOutcome[]> {
  const earlier = await earlierAnswers(tx, source)
  const keys = new Map<ParsedRow<ParsedOrder>, string>()
  await inTurns(rows, (row) => {
    if (row.value) keys.set(row, orderKey(vault, row.value))
  })
  const stands = rows.map((row) => {
    const { value } = row
    const label = value ? withoutPerson(value.packageName, value.patient.name) : ''
    const key = keys.get(row) ?? null
    const number = value?.orderNumber ?? ''
    return {
      value,
      number,
      ...standing(row, key, [number, label].filter(Boolean).join(' · '), earlier),
    }
  })
  const counted: OrderIntake[] = []
  await inTurns(stands, ({ value, taken }) => {
    if (taken && value) counted.push(orderOf(vault, value, tokens))
  })
  const told = await recordOrders(tx, source, counted)
  return stands.map(({ value, number, taken, outcome }): RowOutcome => {
    if (taken) {
      const recorded = told.get(number) ?? 'unchanged'
      return recorded === 'behind'
        ? {
            ...outcome,
            fate: 'unchanged',
            reasons: [{ key: 'metrics.row.orderBehind' }, ...outcome.reasons],
          }
        : { ...outcome, fate: recorded }
    }
    const parsed: PendingRow | null =
      value && outcome.fate === 'needs_person'
        ? { of: 'order', order: orderOf(vault, value, tokens) }
        : null
    return { ...outcome, parsed }
  })
}
