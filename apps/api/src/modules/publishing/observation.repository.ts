import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { publicationLooks } from '../../db/schema/publishing.ts'

export type LookRow = typeof publicationLooks.$inferSelect

export async function findLastLook(
  db: Reader,
  publicationId: string,
): Promise<LookRow | undefined> {
  return last(db).get({ publicationId })
}
const last = prepared((db) =>
  db
    .select()
    .from(publicationLooks)
    .where(eq(publicationLooks.publicationId, sql.placeholder('publicationId')))
    .orderBy(desc(publicationLooks.at), desc(publicationLooks.id))
    .limit(1)
    .prepare(),
)

export async function insertLook(tx: Tx, row: typeof publicationLooks.$inferInsert): Promise<void> {
  await tx.insert(publicationLooks).values(row)
}

/** The same was seen once more. */
export async function repeatLook(tx: Tx, row: LookRow, at: Date): Promise<void> {
  await tx
    .update(publicationLooks)
    .set({ at, times: row.times + 1 })
    .where(and(eq(publicationLooks.id, row.id), eq(publicationLooks.times, row.times)))
}

export async function listLooks(db: Reader, publicationId: string): Promise<LookRow[]> {
  return db
    .select()
    .from(publicationLooks)
    .where(eq(publicationLooks.publicationId, publicationId))
    .orderBy(asc(publicationLooks.firstAt), asc(publicationLooks.id))
}
