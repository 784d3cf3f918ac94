import type { FunnelFilter } from '@xingbo/shared/funnel/origin'
import { and, asc, eq, inArray, max, min, sql, sum } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { institutions, specialtyLines } from '../../db/schema/institutions.ts'
import { orders, visits } from '../../db/schema/leads.ts'
import { costs, imports } from '../../db/schema/metrics.ts'

export async function findZone(db: Reader, institutionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ zone: institutions.timeZone })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  return row?.zone
}

/** What events can belong to, archived or not: history stays where it was. */
export async function listScope(db: Reader, institutionId: string) {
  return {
    accounts: await db
      .select({
        id: accounts.id,
        name: accounts.displayName,
        platform: accounts.platform,
        doctorId: accounts.doctorId,
        archivedAt: accounts.archivedAt,
      })
      .from(accounts)
      .where(eq(accounts.institutionId, institutionId))
      .orderBy(asc(accounts.createdAt), asc(accounts.id)),
    doctors: await db
      .select({ id: doctors.id, name: doctors.name })
      .from(doctors)
      .where(eq(doctors.institutionId, institutionId)),
    lines: await db
      .select({ id: specialtyLines.id, name: specialtyLines.name })
      .from(specialtyLines)
      .where(eq(specialtyLines.institutionId, institutionId)),
  }
}
export type Scope = Awaited<ReturnType<typeof listScope>>

/** From when the lists of visits and orders speak, and the latest moment one was true for. */
export async function findListSpans(db: Reader, institutionId: string) {
  const [visit] = await db
    .select({ since: min(visits.visitOn) })
    .from(visits)
    .where(eq(visits.institutionId, institutionId))
  const [order] = await db
    .select({ since: min(orders.paidAt) })
    .from(orders)
    .where(eq(orders.institutionId, institutionId))
  const files = await db
    .select({ kind: imports.kind, asOf: max(imports.asOf) })
    .from(imports)
    .where(
      and(eq(imports.institutionId, institutionId), inArray(imports.kind, ['visits', 'orders'])),
    )
    .groupBy(imports.kind)
  const asOf = (kind: 'visits' | 'orders') => files.find((one) => one.kind === kind)?.asOf ?? null
  return {
    visits: { since: visit?.since ?? null, asOf: asOf('visits') },
    orders: { since: order?.since ?? null, asOf: asOf('orders') },
  }
}

/** Costs by month (`YYYY-MM`), in fen: all, or only those that name the account, platform or line asked for. */
export async function sumCosts(
  db: Reader,
  institutionId: string,
  months: readonly string[],
  filter: FunnelFilter,
): Promise<ReadonlyMap<string, number>> {
  const ofPlatform = filter.platform
    ? sql`${costs.accountId} in (select ${accounts.id} from ${accounts} where ${accounts.institutionId} = ${institutionId} and ${accounts.platform} = ${filter.platform})`
    : undefined
  const rows = await db
    .select({ month: costs.month, fen: sum(costs.amountFen).mapWith(Number) })
    .from(costs)
    .where(
      and(
        eq(costs.institutionId, institutionId),
        inArray(costs.month, [...months]),
        filter.accountId ? eq(costs.accountId, filter.accountId) : undefined,
        filter.specialtyLineId ? eq(costs.specialtyLineId, filter.specialtyLineId) : undefined,
        ofPlatform,
      ),
    )
    .groupBy(costs.month)
  return new Map(rows.map(({ month, fen }) => [month, fen]))
}
