import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { contentItems, topics } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { departments, specialtyLines } from '../../db/schema/institutions.ts'

export type TopicRow = typeof topics.$inferSelect
export type TopicView = {
  row: TopicRow
  doctorName: string | null
  departmentName: string | null
  lineName: string | null
  contentCount: number
}

/** Items already made from a topic. */
const made = sql<number>`(select count(*) from ${contentItems} where ${contentItems.topicId} = ${topics.id})`

const view = (db: Reader) =>
  db
    .select({
      row: topics,
      doctorName: doctors.name,
      departmentName: departments.name,
      lineName: specialtyLines.name,
      contentCount: made,
    })
    .from(topics)
    .leftJoin(doctors, eq(doctors.id, topics.doctorId))
    .leftJoin(departments, eq(departments.id, topics.departmentId))
    .leftJoin(specialtyLines, eq(specialtyLines.id, topics.specialtyLineId))

export type TopicFilter = {
  q?: string | undefined
  archived: 'exclude' | 'only' | 'all'
  doctorId?: string | undefined
  specialtyLineId?: string | undefined
  used?: 'no' | 'yes' | undefined
  page: number
  pageSize: number
}

/** Urgent ones first, then the newest. */
export async function listTopicViews(
  db: Reader,
  institutionId: string,
  filter: TopicFilter,
): Promise<{ items: TopicView[]; total: number }> {
  const where = and(
    eq(topics.institutionId, institutionId),
    filter.archived === 'exclude' ? isNull(topics.archivedAt) : undefined,
    filter.archived === 'only' ? isNotNull(topics.archivedAt) : undefined,
    filter.doctorId ? eq(topics.doctorId, filter.doctorId) : undefined,
    filter.specialtyLineId ? eq(topics.specialtyLineId, filter.specialtyLineId) : undefined,
    filter.used ? (filter.used === 'yes' ? sql`${made} > 0` : sql`${made} = 0`) : undefined,
    filter.q ? contains(topics.title, filter.q) : undefined,
  )
  const items = await view(db)
    .where(where)
    .orderBy(asc(topics.priority), desc(topics.createdAt), asc(topics.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [all] = await db.select({ n: count() }).from(topics).where(where)
  return { items, total: all?.n ?? 0 }
}

export async function findTopicView(
  db: Reader,
  institutionId: string,
  topicId: string,
): Promise<TopicView | undefined> {
  const [row] = await view(db).where(
    and(eq(topics.institutionId, institutionId), eq(topics.id, topicId)),
  )
  return row
}

export async function findTopicRow(
  db: Reader,
  institutionId: string,
  topicId: string,
): Promise<TopicRow | undefined> {
  const [row] = await db
    .select()
    .from(topics)
    .where(and(eq(topics.institutionId, institutionId), eq(topics.id, topicId)))
  return row
}

export async function insertTopic(tx: Tx, row: typeof topics.$inferInsert): Promise<void> {
  await tx.insert(topics).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateTopicRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof topics.$inferInsert>,
): Promise<TopicRow | undefined> {
  const [row] = await tx
    .update(topics)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(topics.institutionId, key.institutionId),
        eq(topics.id, key.id),
        eq(topics.revision, key.revision),
      ),
    )
    .returning()
  return row
}
