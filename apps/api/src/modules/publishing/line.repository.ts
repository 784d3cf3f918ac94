import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { accountPaces, publications } from '../../db/schema/publishing.ts'
import { lineReasons, type PublicationRow } from './publication.repository.ts'

const inLine = and(eq(publications.state, 'queued'), inArray(publications.reasonKey, lineReasons))

/** A post of the same account whose turn comes first: earlier due, and standing in line or about to be looked at. */
export async function findAhead(
  db: Reader,
  at: Date,
  row: PublicationRow,
): Promise<{ id: string } | undefined> {
  const { accountId, id } = row
  // A placeholder is not encoded by its column: instants are given as the milliseconds they are kept as.
  return ahead(db).get({ accountId, id, dueAt: row.dueAt.getTime(), at: at.getTime() })
}
const ahead = prepared((db) =>
  db
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(
        eq(publications.accountId, sql.placeholder('accountId')),
        inArray(publications.state, ['scheduled', 'queued']),
        eq(publications.route, 'api'),
        sql`(${publications.dueAt}, ${publications.id}) < (${sql.placeholder('dueAt')}, ${sql.placeholder('id')})`,
        or(
          inLine,
          and(
            lte(publications.dueAt, sql.placeholder('at')),
            or(
              isNull(publications.nextCheckAt),
              lte(publications.nextCheckAt, sql.placeholder('at')),
            ),
          ),
        ),
      ),
    )
    .limit(1)
    .prepare(),
)

/** The account's next post in line, earliest first. */
export async function findNextInLine(
  db: Reader,
  accountId: string,
): Promise<PublicationRow | undefined> {
  return nextInLine(db).get({ accountId })
}
const nextInLine = prepared((db) =>
  db
    .select()
    .from(publications)
    .where(and(eq(publications.accountId, sql.placeholder('accountId')), inLine))
    .orderBy(asc(publications.dueAt), asc(publications.id))
    .limit(1)
    .prepare(),
)

/**
 * The first of each line that nobody would wake: no post of the account is being sent, and it has no time of its
 * own to be looked at. Only a line whose front left without a word (canceled, moved) comes to this.
 */
export async function listLineHeads(db: Reader, limit: number) {
  const heads = db
    .select({
      id: publications.id,
      accountId: publications.accountId,
      attemptCount: publications.attemptCount,
      revision: publications.revision,
      nextCheckAt: publications.nextCheckAt,
      // SQLite gives the other columns of the row the minimum stands in.
      first: sql<number>`min(${publications.dueAt})`.as('first'),
    })
    .from(publications)
    .where(and(sql`state in ('scheduled', 'queued')`, inLine))
    .groupBy(publications.accountId)
    .as('heads')
  return db
    .select({ id: heads.id, attemptCount: heads.attemptCount, revision: heads.revision })
    .from(heads)
    .where(
      and(
        isNull(heads.nextCheckAt),
        sql`not exists (select 1 from publications q where q.account_id = ${heads.accountId} and q.state = 'submitting')`,
      ),
    )
    .limit(limit)
}

export async function findLastSent(db: Reader, accountId: string): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: accountPaces.lastSentAt })
    .from(accountPaces)
    .where(eq(accountPaces.accountId, accountId))
  return row?.at
}

export async function upsertLastSent(
  tx: Tx,
  { accountId, institutionId }: PublicationRow,
  at: Date,
): Promise<void> {
  await tx
    .insert(accountPaces)
    .values({ accountId, institutionId, lastSentAt: at })
    .onConflictDoUpdate({ target: accountPaces.accountId, set: { lastSentAt: at } })
}
