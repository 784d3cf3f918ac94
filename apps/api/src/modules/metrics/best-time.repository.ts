import { and, desc, eq, gte, isNotNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { institutions } from '../../db/schema/institutions.ts'
import { metricSnapshots } from '../../db/schema/metrics.ts'
import { publications } from '../../db/schema/publishing.ts'

/** The account's posts since `from` with every known count of plays, newest count first. */
export const listPlays = (db: Reader, institutionId: string, accountId: string, from: Date) =>
  db
    .select({
      publicationId: publications.id,
      publishedAt: publications.publishedAt,
      plays: metricSnapshots.plays,
    })
    .from(publications)
    .innerJoin(metricSnapshots, eq(metricSnapshots.publicationId, publications.id))
    .where(
      and(
        eq(publications.institutionId, institutionId),
        eq(publications.accountId, accountId),
        gte(publications.publishedAt, from),
        isNotNull(metricSnapshots.plays),
      ),
    )
    .orderBy(desc(metricSnapshots.asOf))

/** The zone of the institution an account belongs to; undefined where there is no such account here. */
export async function findAccountZone(db: Reader, institutionId: string, accountId: string) {
  const [row] = await db
    .select({ zone: institutions.timeZone })
    .from(accounts)
    .innerJoin(institutions, eq(institutions.id, accounts.institutionId))
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, accountId)))
  return row?.zone
}
