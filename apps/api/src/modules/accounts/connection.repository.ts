import type { AccountHealth } from '@xingbo/shared/accounts/platform'
import { and, eq, gt, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { accounts, oauthStates } from '../../db/schema/accounts.ts'
import type { AccountRow } from './account.repository.ts'

export type OauthState = typeof oauthStates.$inferSelect

export async function insertOauthState(tx: Tx, row: OauthState): Promise<void> {
  await tx.insert(oauthStates).values(row)
}

export async function deleteOauthStatesBefore(tx: Tx, at: Date): Promise<void> {
  await tx.delete(oauthStates).where(lte(oauthStates.createdAt, at))
}

/** Spends a state: of two returns at once exactly one gets the row, and only the person it was made for. */
export async function spendOauthState(
  tx: Tx,
  key: { state: string; userId: string; madeAfter: Date },
): Promise<OauthState | undefined> {
  const [row] = await tx
    .delete(oauthStates)
    .where(
      and(
        eq(oauthStates.state, key.state),
        eq(oauthStates.userId, key.userId),
        gt(oauthStates.createdAt, key.madeAfter),
      ),
    )
    .returning()
  return row
}

export async function findConnection(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<AccountRow | undefined> {
  return connection(db).get({ institutionId, id })
}
const connection = prepared((db) =>
  db
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.institutionId, sql.placeholder('institutionId')),
        eq(accounts.id, sql.placeholder('id')),
      ),
    )
    .prepare(),
)

/** By its id alone: a platform's call names no institution. What comes of it is checked by signature. */
export async function findAccountAnywhere(db: Reader, id: string): Promise<AccountRow | undefined> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, id))
  return row
}

/** The account in use that stands for this one of the platform's. */
export async function findAccountByOpenId(
  db: Reader,
  platform: AccountRow['platform'],
  openId: string,
): Promise<AccountRow | undefined> {
  const [row] = await db
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.platform, platform),
        eq(accounts.openId, openId),
        isNull(accounts.archivedAt),
      ),
    )
  return row
}

/** Both sealed. Nothing a person edits changes, so the revision stays. */
export async function saveEventKeys(
  tx: Tx,
  key: { institutionId: string; id: string },
  set: { eventToken: string; eventKey: string },
): Promise<void> {
  await tx
    .update(accounts)
    .set(set)
    .where(and(eq(accounts.institutionId, key.institutionId), eq(accounts.id, key.id)))
}

type Tokens = Required<
  Pick<
    typeof accounts.$inferInsert,
    'accessToken' | 'accessTokenExpiresAt' | 'refreshToken' | 'refreshTokenExpiresAt'
  >
>
type Keeping = Pick<
  typeof accounts.$inferInsert,
  'scopes' | 'refreshedAt' | 'nextRefreshAt' | 'refreshError' | 'refreshFailures' | 'renewals'
>
type Key = { institutionId: string; id: string }
/** `before` is the sealed access token one started from: sealing never gives the same text twice. */
type Since = Key & { before: string }

const ofKey = (key: Key) =>
  and(eq(accounts.institutionId, key.institutionId), eq(accounts.id, key.id))
const unchangedSince = (key: Since) => and(ofKey(key), eq(accounts.accessToken, key.before))

/** What a person's consent gave us; the row's revision moves, because its health may. */
export async function saveConnection(
  tx: Tx,
  key: Key,
  set: Tokens &
    Keeping & {
      openId: string
      connectedAt: Date
      health: AccountHealth
      updatedAt: Date
      updatedBy: string
    },
): Promise<void> {
  await tx
    .update(accounts)
    .set({ ...set, revision: sql`${accounts.revision} + 1` })
    .where(ofKey(key))
}

/**
 * Puts refreshed tokens in the place of those they came from; a reconnection meanwhile wins. Nothing a person
 * edits changes, so the revision stays.
 */
export async function replaceTokens(tx: Tx, key: Since, set: Tokens & Keeping): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set(set)
    .where(unchangedSince(key))
    .returning({ id: accounts.id })
  return rows.length > 0
}

/** A refresh that failed, for the account's page and for when to try again. */
export async function noteRefreshFailure(
  tx: Tx,
  key: Since,
  set: Pick<Keeping, 'refreshError' | 'refreshFailures' | 'nextRefreshAt'>,
): Promise<void> {
  await tx.update(accounts).set(set).where(unchangedSince(key))
}

/** Changes the health of an account whose tokens are still those of `before`. */
export async function markHealth(
  tx: Tx,
  key: Since,
  set: { health: AccountHealth; updatedAt: Date },
): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set({ ...set, nextRefreshAt: null, revision: sql`${accounts.revision} + 1` })
    .where(unchangedSince(key))
    .returning({ id: accounts.id })
  return rows.length > 0
}

/**
 * Accounts whose token is due anew; `oldRows` is the same for those connected before refreshes had an hour of
 * their own. An account whose owner must consent again has nothing to refresh with.
 */
export async function listRefreshDue(
  db: Reader,
  now: Date,
  oldRows: Date,
  limit: number,
): Promise<Pick<AccountRow, 'id' | 'institutionId' | 'nextRefreshAt'>[]> {
  return db
    .select({
      id: accounts.id,
      institutionId: accounts.institutionId,
      nextRefreshAt: accounts.nextRefreshAt,
    })
    .from(accounts)
    .where(
      and(
        isNull(accounts.archivedAt),
        isNotNull(accounts.accessToken),
        isNotNull(accounts.refreshToken),
        ne(accounts.health, 'reauth_needed'),
        or(
          lte(accounts.nextRefreshAt, now),
          and(isNull(accounts.nextRefreshAt), lte(accounts.accessTokenExpiresAt, oldRows)),
        ),
      ),
    )
    .limit(limit)
}

/** Pauses an account unless it is paused already. */
export async function pauseRow(
  tx: Tx,
  key: Key,
  set: { pausedAt: Date; pausedKey: string; pausedValues: Record<string, string | number> },
): Promise<AccountRow | undefined> {
  const [row] = await tx
    .update(accounts)
    .set({ ...set, updatedAt: set.pausedAt, revision: sql`${accounts.revision} + 1` })
    .where(and(ofKey(key), isNull(accounts.pausedAt)))
    .returning()
  return row
}

/** Lets a paused account go on; of two people at once the second finds it going. */
export async function resumeRow(
  tx: Tx,
  key: Key,
  at: Date,
  by: string,
): Promise<AccountRow | undefined> {
  const [row] = await tx
    .update(accounts)
    .set({
      pausedAt: null,
      pausedKey: null,
      pausedValues: null,
      resumedAt: at,
      updatedAt: at,
      updatedBy: by,
      revision: sql`${accounts.revision} + 1`,
    })
    .where(and(ofKey(key), isNotNull(accounts.pausedAt)))
    .returning()
  return row
}
