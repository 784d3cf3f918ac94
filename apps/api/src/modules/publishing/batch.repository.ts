import { openStates } from '@xingbo/shared/publishing/publication-state'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { users } from '../../db/schema/identity.ts'
import { publications, scheduleBatches } from '../../db/schema/publishing.ts'
import type { PublicationRow } from './publication.repository.ts'

export type BatchRow = typeof scheduleBatches.$inferSelect
export type BatchView = { row: BatchRow; createdByName: string | null; made: number; open: number }

const canBeTakenBack = [...openStates, 'awaiting_person'] as const

const view = (db: Reader) =>
  db
    .select({
      row: scheduleBatches,
      createdByName: users.displayName,
      made: sql<number>`count(${publications.id})`,
      open: sql<number>`count(case when ${inArray(publications.state, [...canBeTakenBack])} then 1 end)`,
    })
    .from(scheduleBatches)
    .leftJoin(users, eq(users.id, scheduleBatches.createdBy))
    .leftJoin(publications, eq(publications.batchId, scheduleBatches.id))
    .groupBy(scheduleBatches.id)

export async function findBatchByKey(
  db: Reader,
  institutionId: string,
  key: string,
): Promise<BatchRow | undefined> {
  const [row] = await db
    .select()
    .from(scheduleBatches)
    .where(and(eq(scheduleBatches.institutionId, institutionId), eq(scheduleBatches.key, key)))
  return row
}

export async function findBatch(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<BatchView | undefined> {
  const [found] = await view(db).where(
    and(eq(scheduleBatches.institutionId, institutionId), eq(scheduleBatches.id, id)),
  )
  return found
}

/** Newest first. */
export const listBatchViews = (
  db: Reader,
  institutionId: string,
  limit: number,
): Promise<BatchView[]> =>
  view(db)
    .where(eq(scheduleBatches.institutionId, institutionId))
    .orderBy(desc(scheduleBatches.createdAt), desc(scheduleBatches.id))
    .limit(limit)

export async function insertBatch(tx: Tx, row: typeof scheduleBatches.$inferInsert): Promise<void> {
  await tx.insert(scheduleBatches).values(row)
}

export async function markUndone(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .update(scheduleBatches)
    .set({ undoneBy: by, undoneAt: at })
    .where(eq(scheduleBatches.id, id))
}

/** The posts a batch made. */
export const listBatchPosts = (
  db: Reader,
  institutionId: string,
  batchId: string,
): Promise<PublicationRow[]> =>
  db
    .select()
    .from(publications)
    .where(and(eq(publications.institutionId, institutionId), eq(publications.batchId, batchId)))

export const listPostsById = (
  db: Reader,
  institutionId: string,
  ids: readonly string[],
): Promise<PublicationRow[]> =>
  db
    .select()
    .from(publications)
    .where(and(eq(publications.institutionId, institutionId), inArray(publications.id, [...ids])))
