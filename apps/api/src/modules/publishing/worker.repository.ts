import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'
import { users } from '../../db/schema/identity.ts'
import { attempts, publications, workers } from '../../db/schema/publishing.ts'

export type WorkerRow = typeof workers.$inferSelect

/** Who is behind a credential; a revoked one is nobody. Asked at each call of a worker. */
export async function findByTokenHash(
  db: Reader,
  tokenHash: string,
): Promise<{ id: string; institutionId: string } | undefined> {
  return byHash(db).get({ tokenHash })
}
const byHash = prepared((db) =>
  db
    .select({ id: workers.id, institutionId: workers.institutionId })
    .from(workers)
    .where(and(eq(workers.tokenHash, sql.placeholder('tokenHash')), isNull(workers.revokedAt)))
    .prepare(),
)

export async function insertWorker(tx: Tx, row: typeof workers.$inferInsert): Promise<void> {
  await tx.insert(workers).values(row)
}

/** Undefined: it is not there, or has been revoked before. */
export async function markRevoked(
  tx: Tx,
  key: { id: string; institutionId: string },
  by: { at: Date; userId: string },
): Promise<WorkerRow | undefined> {
  const [row] = await tx
    .update(workers)
    .set({ revokedAt: by.at, revokedBy: by.userId })
    .where(
      and(
        eq(workers.id, key.id),
        eq(workers.institutionId, key.institutionId),
        isNull(workers.revokedAt),
      ),
    )
    .returning()
  return row
}

export async function noteSeen(
  tx: Tx,
  ids: readonly string[],
  seen: Pick<WorkerRow, 'lastSeenAt' | 'version' | 'host' | 'skewMs'>,
): Promise<void> {
  await tx
    .update(workers)
    .set(seen)
    .where(inArray(workers.id, [...ids]))
}

export type WorkerRead = { row: WorkerRow; createdByName: string | null }

export async function listWorkerRows(db: Reader, institutionId: string): Promise<WorkerRead[]> {
  return db
    .select({ row: workers, createdByName: users.displayName })
    .from(workers)
    .leftJoin(users, eq(users.id, workers.createdBy))
    .where(eq(workers.institutionId, institutionId))
    .orderBy(asc(workers.createdAt), asc(workers.id))
}

/** What workers hold right now, oldest first. */
export async function listHeld(db: Reader, institutionId: string) {
  return db
    .select({
      workerId: attempts.workerId,
      publicationId: publications.id,
      contentTitle: contentItems.title,
      accountName: accounts.displayName,
      since: attempts.startedAt,
      sentAt: attempts.sentAt,
    })
    .from(publications)
    .innerJoin(
      attempts,
      and(eq(attempts.publicationId, publications.id), eq(attempts.fence, publications.fence)),
    )
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .where(and(eq(publications.institutionId, institutionId), eq(publications.state, 'submitting')))
    .orderBy(asc(attempts.startedAt))
}
export type HeldRead = Awaited<ReturnType<typeof listHeld>>[number]
