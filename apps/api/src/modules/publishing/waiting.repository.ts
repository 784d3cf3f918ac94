import { and, asc, count, eq, gte, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { attempts, publications } from '../../db/schema/publishing.ts'
import type { PublicationRow } from './publication.repository.ts'

/** Posts of an account that wait, by its interface, for their time or their turn. */
export async function listWaitingOf(
  db: Reader,
  institutionId: string,
  accountId: string,
): Promise<PublicationRow[]> {
  return db
    .select()
    .from(publications)
    .where(
      and(
        eq(publications.institutionId, institutionId),
        eq(publications.accountId, accountId),
        eq(publications.route, 'api'),
        inArray(publications.state, ['scheduled', 'queued']),
      ),
    )
    .orderBy(asc(publications.dueAt))
}

/** Waiting posts that show `reasonKey`, of whatever institution. */
export const listHeldFor = async (db: Reader, reasonKey: string): Promise<PublicationRow[]> =>
  db
    .select()
    .from(publications)
    .where(
      and(
        inArray(publications.state, ['scheduled', 'queued']),
        eq(publications.reasonKey, reasonKey),
      ),
    )

/** Submissions of an account that left and ended with nobody knowing, since `since`. */
export async function countUnknownOutcomes(
  db: Reader,
  accountId: string,
  since: Date,
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(attempts)
    .innerJoin(publications, eq(publications.id, attempts.publicationId))
    .where(
      and(
        eq(publications.accountId, accountId),
        eq(attempts.outcome, 'unknown'),
        isNotNull(attempts.sentAt),
        gte(attempts.settledAt, since),
      ),
    )
  return row?.n ?? 0
}
