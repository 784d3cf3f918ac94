import { activeStates } from '@xingbo/shared/publishing/publication-state'
import type { RenderedCaption } from '@xingbo/shared/publishing/snapshot.schema'
import { and, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'
import { institutions } from '../../db/schema/institutions.ts'
import { publications } from '../../db/schema/publishing.ts'

/** What scheduling asks about an item itself. */
export type PlanItem = Awaited<ReturnType<typeof listPlanItems>>[number]

export const listPlanItems = (db: Reader, institutionId: string, ids: readonly string[]) =>
  db
    .select({
      id: contentItems.id,
      title: contentItems.title,
      stage: contentItems.stage,
      nature: contentItems.nature,
      doctorId: contentItems.doctorId,
      departmentId: contentItems.departmentId,
      topicId: contentItems.topicId,
      platforms: contentItems.platforms,
      finalAssetId: contentItems.finalAssetId,
      coverAssetId: contentItems.coverAssetId,
    })
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), inArray(contentItems.id, [...ids])))

export const listPlanAccounts = (
  db: Reader,
  institutionId: string,
  ids: readonly string[],
): Promise<(typeof accounts.$inferSelect)[]> =>
  db
    .select()
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), inArray(accounts.id, [...ids])))

export type Standing = {
  readonly id: string
  readonly contentId: string
  readonly contentTitle: string
  readonly accountId: string
  readonly state: (typeof activeStates)[number]
  readonly dueAt: Date
  readonly revision: number
  readonly rendered: RenderedCaption
  readonly mediaSha256: string
}

const columns = {
  id: publications.id,
  contentId: publications.contentId,
  contentTitle: contentItems.title,
  accountId: publications.accountId,
  state: publications.state,
  dueAt: publications.dueAt,
  revision: publications.revision,
  // Of a frozen post of some kilobytes only what is compared.
  rendered: sql<string>`json_extract(${publications.snapshot}, '$.rendered')`,
  mediaSha256: sql<string>`json_extract(${publications.snapshot}, '$.media.sha256')`,
}

async function listStanding(
  db: Reader,
  institutionId: string,
  ...where: SQL[]
): Promise<Standing[]> {
  const rows = await db
    .select(columns)
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(
      and(
        eq(publications.institutionId, institutionId),
        inArray(publications.state, [...activeStates]),
        ...where,
      ),
    )
  return rows.map((row) => ({
    ...row,
    state: row.state as Standing['state'],
    rendered: JSON.parse(row.rendered) as RenderedCaption,
  }))
}

/** Posts of these accounts that stand, or have gone out, between two instants. */
export const listNeighbours = (
  db: Reader,
  institutionId: string,
  accountIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Standing[]> =>
  listStanding(
    db,
    institutionId,
    inArray(publications.accountId, [...accountIds]),
    gte(publications.dueAt, from),
    lte(publications.dueAt, to),
  )

/** Posts these items have on these accounts, whenever they are due; the database allows one a pair. */
export const listPairs = (
  db: Reader,
  institutionId: string,
  contentIds: readonly string[],
  accountIds: readonly string[],
): Promise<Standing[]> =>
  listStanding(
    db,
    institutionId,
    inArray(publications.contentId, [...contentIds]),
    inArray(publications.accountId, [...accountIds]),
  )

export async function findScheduling(db: Reader, institutionId: string) {
  const [row] = await db
    .select({ zone: institutions.timeZone, duplicateDays: institutions.duplicateDays })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  return row
}
