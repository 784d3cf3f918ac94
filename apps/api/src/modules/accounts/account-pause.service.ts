import type { Message } from '@xingbo/shared/messages'
import type { Reader, Tx } from '../../db/database.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { findPause, setBanned, setPause } from './account-pause.repository.ts'

type Key = { readonly institutionId: string; readonly id: string }

/** Until when nothing is sent on the account, and why; null: it may be used now. */
export const pauseOf = (
  db: Reader,
  account: Key,
  now: Date,
): Promise<{ until: Date; reason: Message } | null> => findPause(db, account, now)

/**
 * Leaves the account alone until `until`: its platform asked for it, or would only say the same again. A longer
 * pause that stands already stays.
 */
export async function pauseAccount(
  tx: Tx,
  at: Date,
  account: Key,
  pause: { readonly until: Date; readonly reason: Message },
): Promise<void> {
  const standing = await findPause(tx, account, at)
  if (standing && standing.until >= pause.until) return
  await setPause(tx, account, pause, at)
  await recordAudit(tx, systemActor(account.institutionId), at, {
    action: 'account.left_alone',
    subjectType: 'account',
    subjectId: account.id,
    detail: { until: pause.until.toISOString(), reason: { ...pause.reason } },
  })
}

/** The platform says the account is banned: nothing goes out on it until a person has cleared that up. */
export async function markAccountBanned(
  tx: Tx,
  at: Date,
  account: Key,
  code: string,
): Promise<void> {
  const before = await setBanned(tx, account, at)
  if (before === null) return
  await recordAudit(tx, systemActor(account.institutionId), at, {
    action: 'account.found_banned',
    subjectType: 'account',
    subjectId: account.id,
    detail: { code, health: [before, 'banned'] },
  })
}
