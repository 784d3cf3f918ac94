import { and, eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { publications, webhookDeliveries } from '../../db/schema/publishing.ts'

export async function findDelivery(
  db: Reader,
  id: string,
): Promise<typeof webhookDeliveries.$inferSelect | undefined> {
  const [row] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id))
  return row
}

/** Returns how many there were. */
export async function deleteDeliveriesBefore(tx: Tx, at: Date): Promise<number> {
  const rows = await tx
    .delete(webhookDeliveries)
    .where(lt(webhookDeliveries.at, at))
    .returning({ id: webhookDeliveries.id })
  return rows.length
}

/** The account's post the platform knows by this id. */
export async function findPublicationOfAccount(
  db: Reader,
  accountId: string,
  remoteId: string,
): Promise<Pick<typeof publications.$inferSelect, 'id' | 'platform'> | undefined> {
  const [row] = await db
    .select({ id: publications.id, platform: publications.platform })
    .from(publications)
    .where(and(eq(publications.accountId, accountId), eq(publications.remoteId, remoteId)))
  return row
}
