import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared, preparedUpdate } from '../../db/prepared.ts'
import { attempts, webhookDeliveries } from '../../db/schema/publishing.ts'

export type AttemptRow = typeof attempts.$inferSelect

export async function insertAttempt(tx: Tx, row: typeof attempts.$inferInsert): Promise<void> {
  await tx.insert(attempts).values(row)
}

/** Only the attempt that holds this fence is written: a worker that slept writes nothing. */
export async function updateAttempt(
  tx: Tx,
  key: { publicationId: string; fence: number },
  set: Partial<typeof attempts.$inferInsert>,
): Promise<AttemptRow | undefined> {
  return update(tx, key, set)
}
const update = preparedUpdate(
  attempts,
  and(
    eq(attempts.publicationId, sql.placeholder('key.publicationId')),
    eq(attempts.fence, sql.placeholder('key.fence')),
  ),
)

export async function listAttempts(db: Reader, publicationId: string): Promise<AttemptRow[]> {
  return db
    .select()
    .from(attempts)
    .where(eq(attempts.publicationId, publicationId))
    .orderBy(attempts.number)
}

export async function findLastAttempt(
  db: Reader,
  publicationId: string,
): Promise<AttemptRow | undefined> {
  return last(db).get({ publicationId })
}
const last = prepared((db) =>
  db
    .select()
    .from(attempts)
    .where(eq(attempts.publicationId, sql.placeholder('publicationId')))
    .orderBy(desc(attempts.number))
    .limit(1)
    .prepare(),
)

/** The first attempt that was sent and never answered: from then on its post may be on the platform. */
export async function findFirstUnknown(
  db: Reader,
  publicationId: string,
): Promise<AttemptRow | undefined> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.publicationId, publicationId),
        eq(attempts.outcome, 'unknown'),
        isNotNull(attempts.sentAt),
      ),
    )
    .orderBy(attempts.number)
    .limit(1)
  return row
}

/** The attempt a platform's share ticket belongs to. */
export async function findAttemptByUpload(
  db: Reader,
  uploadId: string,
): Promise<AttemptRow | undefined> {
  const [row] = await db.select().from(attempts).where(eq(attempts.uploadId, uploadId))
  return row
}

/** False when this delivery was acted on before. */
export async function recordDelivery(
  tx: Tx,
  row: typeof webhookDeliveries.$inferInsert,
): Promise<boolean> {
  const rows = await tx.insert(webhookDeliveries).values(row).onConflictDoNothing().returning()
  return rows.length > 0
}
