import type { AccountHealth } from '@xingbo/shared/accounts/platform'
import type { Message } from '@xingbo/shared/messages'
import { and, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { accounts } from '../../db/schema/accounts.ts'

type Key = { readonly institutionId: string; readonly id: string }
const isIt = ({ institutionId, id }: Key) =>
  and(eq(accounts.institutionId, institutionId), eq(accounts.id, id))

export async function findPause(
  db: Reader,
  key: Key,
  now: Date,
): Promise<{ until: Date; reason: Message } | null> {
  const row = pauseOf(db).get(key)
  if (!row?.until || row.until <= now) return null
  return { until: row.until, reason: { key: row.key, values: row.values ?? {} } as Message }
}

const pauseOf = prepared((db) =>
  db
    .select({
      until: accounts.pausedUntil,
      key: accounts.pauseReasonKey,
      values: accounts.pauseReasonValues,
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.institutionId, sql.placeholder('institutionId')),
        eq(accounts.id, sql.placeholder('id')),
      ),
    )
    .prepare(),
)

export async function setPause(
  tx: Tx,
  key: Key,
  { until, reason }: { until: Date; reason: Message },
  at: Date,
): Promise<void> {
  await tx
    .update(accounts)
    .set({
      pausedUntil: until,
      pauseReasonKey: reason.key,
      pauseReasonValues: { ...reason.values },
      updatedAt: at,
      revision: sql`${accounts.revision} + 1`,
    })
    .where(isIt(key))
}

/** The health before; null when it was banned already or is not there. */
export async function setBanned(tx: Tx, key: Key, at: Date): Promise<AccountHealth | null> {
  const [row] = await tx.select({ health: accounts.health }).from(accounts).where(isIt(key))
  if (!row || row.health === 'banned') return null
  await tx
    .update(accounts)
    .set({ health: 'banned', updatedAt: at, revision: sql`${accounts.revision} + 1` })
    .where(isIt(key))
  return row.health
}
