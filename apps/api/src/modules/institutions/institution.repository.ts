import { and, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { institutions } from '../../db/schema/institutions.ts'

export type InstitutionRow = typeof institutions.$inferSelect

export async function findInstitution(db: Reader, id: string): Promise<InstitutionRow | undefined> {
  return byId(db).get({ id })
}
const byId = prepared((db) =>
  db
    .select()
    .from(institutions)
    .where(eq(institutions.id, sql.placeholder('id')))
    .prepare(),
)

export async function insertInstitution(
  tx: Tx,
  row: typeof institutions.$inferInsert,
): Promise<void> {
  await tx.insert(institutions).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateInstitutionRow(
  tx: Tx,
  key: { id: string; revision: number },
  set: Partial<typeof institutions.$inferInsert>,
): Promise<InstitutionRow | undefined> {
  const [row] = await tx
    .update(institutions)
    .set({ ...set, revision: key.revision + 1 })
    .where(and(eq(institutions.id, key.id), eq(institutions.revision, key.revision)))
    .returning()
  return row
}
