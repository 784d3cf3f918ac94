import { eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../db/database.ts'
import { answeredRequests } from '../db/schema/audit.ts'

export type Answered = Omit<typeof answeredRequests.$inferSelect, 'at'>

export async function findAnswer(db: Reader, id: string): Promise<Answered | null> {
  const [row] = await db.select().from(answeredRequests).where(eq(answeredRequests.id, id))
  return row ?? null
}

/** Keeps an answer, and forgets those older than `keptMs`. */
export async function keepAnswer(
  tx: Tx,
  answer: Answered,
  at: Date,
  keptMs: number,
): Promise<void> {
  await tx.delete(answeredRequests).where(lt(answeredRequests.at, new Date(at.getTime() - keptMs)))
  await tx
    .insert(answeredRequests)
    .values({ ...answer, at })
    .onConflictDoNothing()
}
