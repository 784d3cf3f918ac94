import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { postingSlots } from '../../db/schema/publishing.ts'

export type SlotRow = typeof postingSlots.$inferSelect

/** Of all accounts, or of those given; by clock. */
export const listSlotsOf = (
  db: Reader,
  institutionId: string,
  accountIds?: readonly string[],
): Promise<SlotRow[]> =>
  db
    .select()
    .from(postingSlots)
    .where(
      and(
        eq(postingSlots.institutionId, institutionId),
        isNull(postingSlots.archivedAt),
        accountIds && inArray(postingSlots.accountId, [...accountIds]),
      ),
    )
    .orderBy(asc(postingSlots.accountId), asc(postingSlots.time), asc(postingSlots.id))

export async function findSlot(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<SlotRow | undefined> {
  const [row] = await db
    .select()
    .from(postingSlots)
    .where(
      and(
        eq(postingSlots.institutionId, institutionId),
        eq(postingSlots.id, id),
        isNull(postingSlots.archivedAt),
      ),
    )
  return row
}

export async function insertSlot(tx: Tx, row: typeof postingSlots.$inferInsert): Promise<void> {
  await tx.insert(postingSlots).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateSlotRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof postingSlots.$inferInsert>,
): Promise<SlotRow | undefined> {
  const [row] = await tx
    .update(postingSlots)
    .set({ ...set, revision: sql`${postingSlots.revision} + 1` })
    .where(
      and(
        eq(postingSlots.institutionId, key.institutionId),
        eq(postingSlots.id, key.id),
        eq(postingSlots.revision, key.revision),
        isNull(postingSlots.archivedAt),
      ),
    )
    .returning()
  return row
}
