import type { Tx } from '../../db/database.ts'
import { institutions } from '../../db/schema/institutions.ts'

export async function insertFirstInstitution(
  tx: Tx,
  row: typeof institutions.$inferInsert,
): Promise<void> {
  await tx.insert(institutions).values(row)
}
