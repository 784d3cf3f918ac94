import { setImmediate } from 'node:timers/promises'
import {
  type AnyColumn,
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
} from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { departments } from '../../db/schema/institutions.ts'
import { leads, orders, touchTokens, visits } from '../../db/schema/leads.ts'

export type VisitRow = typeof visits.$inferSelect
export type OrderRow = typeof orders.$inferSelect

/** SQLite takes 32,766 values in one statement; a visit has 16, an order 21. */
const rowsAtOnce = 500

async function inPieces<T, R>(list: readonly T[], of: (piece: T[]) => Promise<R[]>): Promise<R[]> {
  const all: R[] = []
  for (let at = 0; at < list.length; at += rowsAtOnce) {
    // Between two pieces the server answers others.
    if (at > 0) await setImmediate()
    all.push(...(await of(list.slice(at, at + rowsAtOnce))))
  }
  return all
}

/** Every lead that can still be found by phone, the first one left first. */
export async function listLeadPhones(db: Reader, institutionId: string) {
  return db
    .select({ id: leads.id, phoneIndex: leads.phoneIndex, createdAt: leads.createdAt })
    .from(leads)
    .where(and(eq(leads.institutionId, institutionId), isNotNull(leads.phoneIndex)))
    .orderBy(asc(leads.createdAt), asc(leads.id))
}

export const listVisitsByHash = (
  db: Reader,
  institutionId: string,
  hashes: readonly string[],
): Promise<VisitRow[]> =>
  inPieces(hashes, async (piece) =>
    db
      .select()
      .from(visits)
      .where(and(eq(visits.institutionId, institutionId), inArray(visits.rowHash, piece))),
  )

export async function insertVisits(
  tx: Tx,
  rows: readonly (typeof visits.$inferInsert)[],
): Promise<void> {
  await inPieces(rows, async (piece) => {
    await tx.insert(visits).values(piece)
    return []
  })
}

export async function updateVisit(
  tx: Tx,
  id: string,
  set: Partial<typeof visits.$inferInsert>,
): Promise<void> {
  await tx.update(visits).set(set).where(eq(visits.id, id))
}

export async function findVisitRefundedBy(db: Reader, institutionId: string, refundHash: string) {
  const [row] = await db
    .select()
    .from(visits)
    .where(and(eq(visits.institutionId, institutionId), eq(visits.refundHash, refundHash)))
  return row
}

export type RefundKey = {
  readonly day: string
  readonly departmentId: string | null
  readonly phoneIndex: string | null
  readonly nameIndex: string
  readonly amountFen: number
}

/** The latest visit of the same person, department and amount up to the refund's day that no refund has taken. */
export async function findRefundable(db: Reader, institutionId: string, refund: RefundKey) {
  const [row] = await db
    .select()
    .from(visits)
    .where(
      and(
        eq(visits.institutionId, institutionId),
        eq(visits.nameIndex, refund.nameIndex),
        refund.phoneIndex === null
          ? isNull(visits.phoneIndex)
          : eq(visits.phoneIndex, refund.phoneIndex),
        refund.departmentId === null
          ? isNull(visits.departmentId)
          : eq(visits.departmentId, refund.departmentId),
        eq(visits.feeFen, refund.amountFen),
        lte(visits.visitOn, refund.day),
        isNull(visits.refundHash),
      ),
    )
    .orderBy(desc(visits.visitOn), desc(visits.id))
    .limit(1)
  return row
}

export const listOrdersByNumber = (
  db: Reader,
  institutionId: string,
  numbers: readonly string[],
): Promise<OrderRow[]> =>
  inPieces(numbers, async (piece) =>
    db
      .select()
      .from(orders)
      .where(and(eq(orders.institutionId, institutionId), inArray(orders.orderNumber, piece))),
  )

export async function insertOrders(
  tx: Tx,
  rows: readonly (typeof orders.$inferInsert)[],
): Promise<void> {
  await inPieces(rows, async (piece) => {
    await tx.insert(orders).values(piece)
    return []
  })
}

export async function updateOrder(
  tx: Tx,
  id: string,
  set: Partial<typeof orders.$inferInsert>,
): Promise<void> {
  await tx.update(orders).set(set).where(eq(orders.id, id))
}

/** A lead has just been left: visits and orders that came earlier under its phone are the same person's. */
export async function linkByPhone(
  tx: Tx,
  institutionId: string,
  phoneIndex: string,
  leadId: string,
): Promise<void> {
  for (const table of [visits, orders])
    await tx
      .update(table)
      .set({ leadId })
      .where(
        and(
          eq(table.institutionId, institutionId),
          eq(table.phoneIndex, phoneIndex),
          isNull(table.leadId),
        ),
      )
}

/** After this nothing in the hospital's lists leads back to the person by phone. */
export async function forgetPhone(tx: Tx, institutionId: string, leadId: string): Promise<void> {
  for (const table of [visits, orders])
    await tx
      .update(table)
      .set({ phoneIndex: null })
      .where(and(eq(table.institutionId, institutionId), eq(table.leadId, leadId)))
}

const leadColumns = {
  id: leads.id,
  name: leads.name,
  phone: leads.phone,
  createdAt: leads.createdAt,
}

type RecordFilter = {
  matched?: 'yes' | 'no' | undefined
  leadId?: string | undefined
  page: number
  pageSize: number
}

const fits = (leadId: AnyColumn, { matched, leadId: wanted }: RecordFilter) =>
  and(
    matched && (matched === 'yes' ? isNotNull(leadId) : isNull(leadId)),
    wanted ? eq(leadId, wanted) : undefined,
  )

/** Newest first, each with the lead of the same phone. */
export async function listVisitViews(db: Reader, institutionId: string, filter: RecordFilter) {
  const where = and(eq(visits.institutionId, institutionId), fits(visits.leadId, filter))
  const items = await db
    .select({
      row: visits,
      departmentName: departments.name,
      doctorName: doctors.name,
      lead: leadColumns,
    })
    .from(visits)
    .leftJoin(departments, eq(departments.id, visits.departmentId))
    .leftJoin(doctors, eq(doctors.id, visits.doctorId))
    .leftJoin(leads, eq(leads.id, visits.leadId))
    .where(where)
    .orderBy(desc(visits.visitOn), desc(visits.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(visits).where(where)
  return { items, total: total?.n ?? 0 }
}
export type VisitView = Awaited<ReturnType<typeof listVisitViews>>['items'][number]

/** Newest first, each with the lead of the same phone. */
export async function listOrderViews(
  db: Reader,
  institutionId: string,
  filter: RecordFilter & { status?: OrderRow['status'] | undefined },
) {
  const where = and(
    eq(orders.institutionId, institutionId),
    fits(orders.leadId, filter),
    filter.status && eq(orders.status, filter.status),
  )
  const items = await db
    .select({
      row: orders,
      accountName: accounts.displayName,
      platform: accounts.platform,
      touchLabel: touchTokens.label,
      lead: leadColumns,
    })
    .from(orders)
    .leftJoin(accounts, eq(accounts.id, orders.accountId))
    .leftJoin(touchTokens, eq(touchTokens.token, orders.touchToken))
    .leftJoin(leads, eq(leads.id, orders.leadId))
    .where(where)
    .orderBy(desc(orders.orderedAt), desc(orders.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(orders).where(where)
  return { items, total: total?.n ?? 0 }
}
export type OrderView = Awaited<ReturnType<typeof listOrderViews>>['items'][number]
