import { and, count, eq, gte, isNotNull, isNull, lt, lte, ne, notInArray, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { leadEvents, leads, orders, touches, touchTokens, visits } from '../../db/schema/leads.ts'
import type { Period } from './post.repository.ts'

/**
 * Days begin on a quarter of an hour of UTC in every zone in use today, so counts by quarter can be put
 * together to days without SQL knowing about zones.
 */
export const quarterMs = 900_000

const institutionId = sql.placeholder('institutionId')
const from = sql.placeholder('from')
const until = sql.placeholder('until')
const quarterOf = (at: typeof leads.createdAt | typeof touches.at) =>
  sql<number>`${at} / ${sql.raw(String(quarterMs))}`

/** What tells where a lead came from. */
const leadOrigin = {
  touchToken: leads.touchToken,
  publicationId: leads.publicationId,
  accountId: leads.accountId,
}
const touchOfVisit = {
  leadId: leads.id,
  leftAt: sql<number>`${leads.createdAt}`,
  ...leadOrigin,
}

const prepare = (db: Reader) => {
  const isConsultation = and(
    eq(leadEvents.institutionId, institutionId),
    eq(leadEvents.kind, 'consultation'),
    gte(leadEvents.at, from),
    lt(leadEvents.at, until),
  )
  const leftIn = and(
    eq(leads.institutionId, institutionId),
    gte(leads.createdAt, from),
    lt(leads.createdAt, until),
  )
  /** A visit that took place and was not wholly paid back. */
  const counted = and(
    eq(visits.institutionId, institutionId),
    gte(visits.visitOn, sql.placeholder('firstDay')),
    lte(visits.visitOn, sql.placeholder('lastDay')),
    notInArray(visits.payStatus, ['unpaid', 'refunded']),
    sql`not (coalesce(${visits.feeFen}, 0) > 0 and ${visits.refundFen} >= ${visits.feeFen})`,
  )
  const paid = and(
    eq(orders.institutionId, institutionId),
    gte(orders.paidAt, from),
    lt(orders.paidAt, until),
    notInArray(orders.status, ['unpaid', 'closed', 'refunded']),
    sql`not (${orders.paidFen} > 0 and ${orders.refundFen} >= ${orders.paidFen})`,
  )
  const visit = { id: visits.id, day: visits.visitOn, sourceNote: visits.sourceNote }
  const order = { id: orders.id }
  return {
    tokens: db
      .select({
        token: touchTokens.token,
        label: touchTokens.label,
        publicationId: touchTokens.publicationId,
        accountId: touchTokens.accountId,
        // Written with the table's name: drizzle leaves it out where nothing is joined, and the inner table has a token too.
        contacts: sql<number>`(select count(*) from ${touches} where ${touches}.token = ${touchTokens}.token and ${touches}.bot = 0 and ${touches}.at >= ${from} and ${touches}.at < ${until})`,
      })
      .from(touchTokens)
      .where(and(eq(touchTokens.institutionId, institutionId), lt(touchTokens.createdAt, until)))
      .prepare(),
    contactQuarters: db
      .select({ quarter: quarterOf(touches.at), n: count() })
      .from(touches)
      .where(
        and(
          sql`${touches.token} in (select value from json_each(${sql.placeholder('tokens')}))`,
          sql`${touches.bot} = 0`,
          gte(touches.at, from),
          lt(touches.at, until),
        ),
      )
      .groupBy(quarterOf(touches.at))
      .prepare(),
    leads: db
      .select({ ...leadOrigin, n: count() })
      .from(leads)
      .where(leftIn)
      .groupBy(leads.touchToken, leads.publicationId, leads.accountId)
      .prepare(),
    leadQuarters: db
      .select({ ...leadOrigin, quarter: quarterOf(leads.createdAt), n: count() })
      .from(leads)
      .where(leftIn)
      .groupBy(leads.touchToken, leads.publicationId, leads.accountId, quarterOf(leads.createdAt))
      .prepare(),
    consultations: db
      .select({ ...leadOrigin, n: sql<number>`count(distinct ${leads.id})` })
      .from(leadEvents)
      .innerJoin(leads, eq(leads.id, leadEvents.leadId))
      .where(isConsultation)
      .groupBy(leads.touchToken, leads.publicationId, leads.accountId)
      .prepare(),
    consultationQuarters: db
      .select({
        ...leadOrigin,
        quarter: sql<number>`min(${leadEvents.at}) / ${sql.raw(String(quarterMs))}`,
      })
      .from(leadEvents)
      .innerJoin(leads, eq(leads.id, leadEvents.leadId))
      .where(isConsultation)
      .groupBy(leads.id)
      .prepare(),
    // A visit has a lead whenever its phone has one, so the two halves below are all visits, once each.
    untouchedVisits: db
      .select({ day: visits.visitOn, sourceNote: visits.sourceNote, n: count() })
      .from(visits)
      .where(and(counted, isNull(visits.leadId)))
      .groupBy(visits.visitOn, visits.sourceNote)
      .prepare(),
    touchedVisits: db
      .select({ ...visit, ...touchOfVisit })
      .from(visits)
      .innerJoin(leads, eq(leads.id, visits.leadId))
      .where(counted)
      .prepare(),
    otherTouchesOfVisits: db
      .select({ id: visits.id, ...touchOfVisit })
      .from(visits)
      .innerJoin(
        leads,
        and(
          eq(leads.institutionId, visits.institutionId),
          eq(leads.phoneIndex, visits.phoneIndex),
          ne(leads.id, visits.leadId),
        ),
      )
      .where(and(counted, isNotNull(visits.leadId)))
      .prepare(),
    orders: db
      .select({
        ...order,
        paidAt: sql<number>`${orders.paidAt}`,
        orderedAt: sql<number>`${orders.orderedAt}`,
        netFen: sql<number>`${orders.paidFen} - ${orders.refundFen}`,
        touchToken: orders.touchToken,
        accountId: orders.accountId,
        selfReported: orders.selfReported,
      })
      .from(orders)
      .where(paid)
      .prepare(),
    touchesOfOrders: db
      .select({ ...order, ...touchOfVisit })
      .from(orders)
      .innerJoin(leads, eq(leads.id, orders.leadId))
      .where(paid)
      .prepare(),
    otherTouchesOfOrders: db
      .select({ ...order, ...touchOfVisit })
      .from(orders)
      .innerJoin(
        leads,
        and(
          eq(leads.institutionId, orders.institutionId),
          eq(leads.phoneIndex, orders.phoneIndex),
          ne(leads.id, orders.leadId),
        ),
      )
      .where(and(paid, isNotNull(orders.leadId)))
      .prepare(),
  }
}

const prepared = new WeakMap<Reader, ReturnType<typeof prepare>>()
function statements(db: Reader): ReturnType<typeof prepare> {
  const known = prepared.get(db)
  if (known) return known
  const fresh = prepare(db)
  prepared.set(db, fresh)
  return fresh
}

/** Touch tokens made by the end of the period, with the contacts they counted in it. */
export async function listTokens(db: Reader, period: Period) {
  return statements(db).tokens.all(period)
}
export type TokenRow = Awaited<ReturnType<typeof listTokens>>[number]

/** Contacts of some tokens by quarter of an hour since 1970. */
export async function countContactQuarters(
  db: Reader,
  period: Period,
  tokens: readonly string[],
): Promise<{ quarter: number; n: number }[]> {
  return statements(db).contactQuarters.all({ ...period, tokens: JSON.stringify(tokens) })
}

export type OriginRow = {
  readonly touchToken: string | null
  readonly publicationId: string | null
  readonly accountId: string | null
}

/** Leads left in the period, by where they came from. */
export async function countLeads(
  db: Reader,
  period: Period,
): Promise<(OriginRow & { n: number })[]> {
  return statements(db).leads.all(period)
}
/** Leads consulted in the period, each once, by where they came from. */
export async function countConsultations(
  db: Reader,
  period: Period,
): Promise<(OriginRow & { n: number })[]> {
  return statements(db).consultations.all(period)
}

export async function listLeadQuarters(
  db: Reader,
  period: Period,
  stage: 'lead' | 'consultation',
): Promise<(OriginRow & { quarter: number; n: number })[]> {
  if (stage === 'lead') return statements(db).leadQuarters.all(period)
  return statements(db)
    .consultationQuarters.all(period)
    .map((row) => ({ ...row, n: 1 }))
}

export type DayPeriod = {
  readonly institutionId: string
  readonly firstDay: string
  readonly lastDay: string
}

/** Visits whose phone never left a lead, by day and what was said at the desk. */
export async function countUntouchedVisits(db: Reader, period: DayPeriod) {
  return statements(db).untouchedVisits.all(period)
}

/** A lead of the same phone: a moment that person met us. */
export type TouchRow = OriginRow & {
  readonly id: string
  readonly leadId: string
  readonly leftAt: number
}

/** Visits whose phone left a lead, and every lead of that phone. */
export async function listTouchedVisits(db: Reader, period: DayPeriod) {
  const { touchedVisits, otherTouchesOfVisits } = statements(db)
  const rows = touchedVisits.all(period)
  const others: TouchRow[] = otherTouchesOfVisits.all(period)
  return { visits: rows, touches: [...rows, ...others] }
}

/** Paid orders of the period, and every lead of their phones. */
export async function listPaidOrders(db: Reader, period: Period) {
  const { orders: paid, touchesOfOrders, otherTouchesOfOrders } = statements(db)
  const others: TouchRow[] = otherTouchesOfOrders.all(period)
  return { orders: paid.all(period), touches: [...touchesOfOrders.all(period), ...others] }
}
