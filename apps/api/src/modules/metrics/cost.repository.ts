import { eq, inArray } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { costs } from '../../db/schema/metrics.ts'

export type CostRow = typeof costs.$inferSelect

/** Every cost of the institution; some hundred a year. */
export async function listCosts(db: Reader, institutionId: string): Promise<CostRow[]> {
  return db.select().from(costs).where(eq(costs.institutionId, institutionId))
}

export async function insertCost(tx: Tx, row: typeof costs.$inferInsert): Promise<void> {
  await tx.insert(costs).values(row)
}

export async function deleteCosts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(costs).where(inArray(costs.id, [...ids]))
}
