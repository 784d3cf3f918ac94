import type { Platform } from '@xingbo/shared/accounts/platform'
import { closedStages } from '@xingbo/shared/content/content.rules'
import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { Stage } from '@xingbo/shared/content/stage'
import { and, asc, count, eq, inArray, isNull, lt, notInArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { contentItems, topics } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { memberships, users } from '../../db/schema/identity.ts'
import { departments, institutions, specialtyLines } from '../../db/schema/institutions.ts'
import type { CardMarks } from './card-state.repository.ts'
import type { HoldView } from './hold.repository.ts'
import type { ContentRow } from './stage.repository.ts'

const producers = alias(users, 'producers')

export type ContentView = {
  row: ContentRow
  doctorName: string | null
  lineName: string | null
  ownerName: string | null
  producerName: string | null
  departmentName: string | null
  topicTitle: string | null
}

/** One item with everything its page shows and the rules ask. */
export type ContentDetail = {
  readonly view: ContentView
  readonly marks: CardMarks
  readonly today: string
  readonly facts: LineFacts
  readonly holds: readonly HoldView[]
}

const view = (db: Reader) =>
  db
    .select({
      row: contentItems,
      doctorName: doctors.name,
      lineName: specialtyLines.name,
      ownerName: users.displayName,
      producerName: producers.displayName,
      departmentName: departments.name,
      topicTitle: topics.title,
    })
    .from(contentItems)
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))
    .leftJoin(specialtyLines, eq(specialtyLines.id, contentItems.specialtyLineId))
    .leftJoin(users, eq(users.id, contentItems.ownerUserId))
    .leftJoin(producers, eq(producers.id, contentItems.producerUserId))
    .leftJoin(departments, eq(departments.id, contentItems.departmentId))
    .leftJoin(topics, eq(topics.id, contentItems.topicId))

export type ContentFilter = {
  doctorId?: string | undefined
  specialtyLineId?: string | undefined
  platform?: Platform | undefined
  ownerUserId?: string | undefined
  /** Only what was due before this day (`YYYY-MM-DD`) and is still on the line. */
  dueBefore?: string | undefined
  q?: string | undefined
}

const dueBefore = (day: string): SQL | undefined =>
  and(lt(contentItems.dueOn, day), notInArray(contentItems.stage, [...closedStages]))

const matching = (institutionId: string, filter: ContentFilter): SQL | undefined =>
  and(
    eq(contentItems.institutionId, institutionId),
    filter.doctorId ? eq(contentItems.doctorId, filter.doctorId) : undefined,
    filter.specialtyLineId ? eq(contentItems.specialtyLineId, filter.specialtyLineId) : undefined,
    filter.ownerUserId ? eq(contentItems.ownerUserId, filter.ownerUserId) : undefined,
    filter.platform
      ? sql`exists (select 1 from json_each(${contentItems.platforms}) where value = ${filter.platform})`
      : undefined,
    filter.dueBefore ? dueBefore(filter.dueBefore) : undefined,
    filter.q ? contains(contentItems.title, filter.q) : undefined,
  )

/** How many items stand in each stage, and how many of them are past `today`. */
export async function countByStage(
  db: Reader,
  institutionId: string,
  filter: ContentFilter,
  today: string,
): Promise<{ stage: Stage; total: number; overdue: number }[]> {
  return db
    .select({
      stage: contentItems.stage,
      total: count(),
      overdue: sql<number>`sum(case when ${dueBefore(today)} then 1 else 0 end)`,
    })
    .from(contentItems)
    .where(matching(institutionId, filter))
    .groupBy(contentItems.stage)
}

/** The first `limit` cards of one column, in board order. */
export async function listColumn(
  db: Reader,
  institutionId: string,
  stage: Stage,
  filter: ContentFilter,
  limit: number,
): Promise<ContentView[]> {
  return view(db)
    .where(and(matching(institutionId, filter), eq(contentItems.stage, stage)))
    .orderBy(asc(contentItems.position), asc(contentItems.id))
    .limit(limit)
}

export async function findContentView(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<ContentView | undefined> {
  const [row] = await view(db).where(
    and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, contentId)),
  )
  return row
}

export async function insertContent(tx: Tx, row: typeof contentItems.$inferInsert): Promise<void> {
  await tx.insert(contentItems).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateContentRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof contentItems.$inferInsert>,
): Promise<ContentRow | undefined> {
  const [row] = await tx
    .update(contentItems)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(contentItems.institutionId, key.institutionId),
        eq(contentItems.id, key.id),
        eq(contentItems.revision, key.revision),
      ),
    )
    .returning()
  return row
}

/** Order in a column is nobody's edit: it leaves the revision alone. */
export async function setPosition(
  tx: Tx,
  institutionId: string,
  id: string,
  position: number,
): Promise<void> {
  await tx
    .update(contentItems)
    .set({ position })
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, id)))
}

/** The zone this institution counts its days in. */
export async function zoneOf(db: Reader, institutionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ zone: institutions.timeZone })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  return row?.zone
}

export async function findDoctorRef(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select({
      name: doctors.name,
      departmentId: doctors.departmentId,
      archivedAt: doctors.archivedAt,
    })
    .from(doctors)
    .where(and(eq(doctors.institutionId, institutionId), eq(doctors.id, id)))
  return row
}

export async function findDepartmentRef(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.institutionId, institutionId), eq(departments.id, id)))
  return row
}

export async function findLineRef(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select({ id: specialtyLines.id })
    .from(specialtyLines)
    .where(and(eq(specialtyLines.institutionId, institutionId), eq(specialtyLines.id, id)))
  return row
}

/** Which of these users work in this institution today. */
export async function listMembersAmong(
  db: Reader,
  institutionId: string,
  userIds: readonly string[],
): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await db
    .select({ id: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.institutionId, institutionId),
        inArray(memberships.userId, [...userIds]),
        isNull(memberships.disabledAt),
      ),
    )
  return rows.map(({ id }) => id)
}
