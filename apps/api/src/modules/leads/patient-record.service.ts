import { bizDate } from '@xingbo/shared/dates'
import { isBehind } from '@xingbo/shared/metrics/order-progress.rules'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import {
  findRefundable,
  findVisitRefundedBy,
  insertOrders,
  insertVisits,
  listLeadPhones,
  listOrdersByNumber,
  listVisitsByHash,
  type OrderRow,
  type RefundKey,
  updateOrder,
  updateVisit,
  type VisitRow,
} from './patient-record.repository.ts'

/** How a phone is looked up, in leads, visits and orders alike. `e164` as `readPhone` gives it. */
export const phoneIndex = (vault: InstitutionVault, e164: string): string =>
  vault.index('phone', e164)
/** How two people on one phone are told apart. */
export const nameIndex = (vault: InstitutionVault, name: string): string =>
  vault.index('name', name)

/** Where records come from. */
type Source = {
  readonly institutionId: string
  readonly importId: string
  /** The zone the institution counts its days in. */
  readonly zone: string
}

/** A visit without the patient: keyed hashes stand in the place of name and phone. */
export type VisitIntake = Pick<
  VisitRow,
  | 'rowHash'
  | 'visitOn'
  | 'departmentId'
  | 'doctorId'
  | 'phoneIndex'
  | 'nameIndex'
  | 'feeFen'
  | 'refundFen'
  | 'payStatus'
  | 'sourceNote'
>
export type RefundIntake = RefundKey & {
  readonly rowHash: string
  /** `rowHash` of the visit it was paired with inside the file, if any. */
  readonly visitHash: string | null
}
export type OrderIntake = Omit<OrderRow, 'id' | 'institutionId' | 'importId' | 'leadId'>

export type Recorded = 'added' | 'updated' | 'unchanged'

/** Finds the lead of a phone: the last one left before, else the first one left after. */
async function leadFinder(tx: Tx, institutionId: string) {
  const byPhone = new Map<string, { id: string; createdAt: Date }[]>()
  for (const { id, phoneIndex, createdAt } of await listLeadPhones(tx, institutionId))
    if (phoneIndex !== null)
      byPhone.set(phoneIndex, [...(byPhone.get(phoneIndex) ?? []), { id, createdAt }])
  return (phone: string | null, isBefore: (createdAt: Date) => boolean): string | null => {
    const leads = (phone !== null && byPhone.get(phone)) || []
    const lead = leads.findLast(({ createdAt }) => isBefore(createdAt)) ?? leads[0]
    return lead?.id ?? null
  }
}

/** Records visits; one that is known changes only in how it was paid. Says by `rowHash` what happened. */
export async function recordVisits(
  tx: Tx,
  source: Source,
  intakes: readonly VisitIntake[],
): Promise<ReadonlyMap<string, Recorded>> {
  const { institutionId, importId, zone } = source
  const hashes = intakes.map(({ rowHash }) => rowHash)
  const known = new Map(
    (await listVisitsByHash(tx, institutionId, hashes)).map((row) => [row.rowHash, row]),
  )
  const leadOf = await leadFinder(tx, institutionId)
  const fresh: Parameters<typeof insertVisits>[1][number][] = []
  const told = new Map<string, Recorded>()
  for (const intake of intakes) {
    const row = known.get(intake.rowHash)
    if (!row) {
      const leadId = leadOf(
        intake.phoneIndex,
        (createdAt) => bizDate(createdAt, zone) <= intake.visitOn,
      )
      fresh.push({ ...intake, id: newId('vis'), institutionId, importId, leadId })
      told.set(intake.rowHash, 'added')
      continue
    }
    const set = {
      payStatus: intake.payStatus,
      doctorId: row.doctorId ?? intake.doctorId,
      // What a refund row gave back stays given back.
      refundFen: row.refundHash === null ? intake.refundFen : row.refundFen,
    }
    const same =
      set.payStatus === row.payStatus &&
      set.doctorId === row.doctorId &&
      set.refundFen === row.refundFen
    if (!same) await updateVisit(tx, row.id, set)
    told.set(intake.rowHash, same ? 'unchanged' : 'updated')
  }
  await insertVisits(tx, fresh)
  return told
}

/** Gives a refund to its visit, once. Null: there is no such visit yet. */
export async function recordRefund(
  tx: Tx,
  institutionId: string,
  refund: RefundIntake,
): Promise<{ recorded: Recorded; visitOn: string } | null> {
  const done = await findVisitRefundedBy(tx, institutionId, refund.rowHash)
  if (done) return { recorded: 'unchanged', visitOn: done.visitOn }
  const [paired] =
    refund.visitHash === null
      ? []
      : (await listVisitsByHash(tx, institutionId, [refund.visitHash])).filter(
          ({ refundHash }) => refundHash === null,
        )
  const visit = paired ?? (await findRefundable(tx, institutionId, refund))
  if (!visit) return null
  await updateVisit(tx, visit.id, { refundFen: refund.amountFen, refundHash: refund.rowHash })
  return { recorded: 'added', visitOn: visit.visitOn }
}

const shownBy = ({ phoneIndex: _, ...order }: OrderIntake) => order

/** Records orders; one that is known moves on, never back. Says by order number what happened. */
export async function recordOrders(
  tx: Tx,
  source: Source,
  intakes: readonly OrderIntake[],
): Promise<ReadonlyMap<string, Recorded | 'behind'>> {
  const { institutionId, importId } = source
  const numbers = intakes.map(({ orderNumber }) => orderNumber)
  const known = new Map(
    (await listOrdersByNumber(tx, institutionId, numbers)).map((row) => [row.orderNumber, row]),
  )
  const leadOf = await leadFinder(tx, institutionId)
  const fresh: Parameters<typeof insertOrders>[1][number][] = []
  const told = new Map<string, Recorded | 'behind'>()
  for (const intake of intakes) {
    const row = known.get(intake.orderNumber)
    if (!row) {
      const leadId = leadOf(intake.phoneIndex, (createdAt) => createdAt <= intake.orderedAt)
      fresh.push({ ...intake, id: newId('ord'), institutionId, importId, leadId })
      told.set(intake.orderNumber, 'added')
      continue
    }
    if (isBehind(intake, row)) {
      told.set(intake.orderNumber, 'behind')
      continue
    }
    // The phone is taken once: a person who was erased does not come back with the next file.
    const set = {
      ...shownBy(intake),
      accountId: intake.accountId ?? row.accountId,
      touchToken: intake.touchToken ?? row.touchToken,
    }
    const same = Object.entries(set).every(
      ([column, value]) => plain(value) === plain(row[column as keyof typeof set]),
    )
    if (!same) await updateOrder(tx, row.id, set)
    told.set(intake.orderNumber, same ? 'unchanged' : 'updated')
  }
  await insertOrders(tx, fresh)
  return told
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)
