import type { AccountHealth } from '@xingbo/shared/accounts/platform'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
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
  const [row] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, id)))
  return row
}

type Tokens = Required<
  Pick<
    typeof accounts.$inferInsert,
    'accessToken' | 'accessTokenExpiresAt' | 'refreshToken' | 'refreshTokenExpiresAt'
  >
>
type Key = { institutionId: string; id: string }

/** What a person's consent gave us; the row's revision moves, because its health may. */
export async function saveConnection(
  tx: Tx,
  key: Key,
  set: Tokens & { openId: string; health: AccountHealth; updatedAt: Date; updatedBy: string },
): Promise<void> {
  await tx
    .update(accounts)
    .set({ ...set, revision: sql`${accounts.revision} + 1` })
    .where(and(eq(accounts.institutionId, key.institutionId), eq(accounts.id, key.id)))
}

/**
 * Puts refreshed tokens in the place of those they came from. `before` is the sealed refresh token that was
 * used: a reconnection meanwhile has put another there and wins. Nothing a person edits changes, so the
 * revision stays.
 */
export async function replaceTokens(
  tx: Tx,
  key: Key & { before: string },
  set: Tokens,
): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set(set)
    .where(
      and(
        eq(accounts.institutionId, key.institutionId),
        eq(accounts.id, key.id),
        eq(accounts.refreshToken, key.before),
      ),
    )
    .returning({ id: accounts.id })
  return rows.length > 0
}

/** Changes the health of an account whose tokens are still those of `before`. */
export async function markHealth(
  tx: Tx,
  key: Key & { before: string },
  set: { health: AccountHealth; updatedAt: Date },
): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set({ ...set, revision: sql`${accounts.revision} + 1` })
    .where(
      and(
        eq(accounts.institutionId, key.institutionId),
        eq(accounts.id, key.id),
        eq(accounts.refreshToken, key.before),
      ),
    )
    .returning({ id: accounts.id })
  return rows.length > 0
}
