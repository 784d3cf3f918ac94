import type { Actor } from '@xingbo/shared/identity/actor'
import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { beginAlarm, endAlarm } from '../health/alarm.service.ts'
import {
  holdPostsOf,
  releasePostsOf,
  unknownOutcomesOf,
} from '../publishing/account-posts.service.ts'
import { type AccountView, findAccountView } from './account.repository.ts'
import { findConnection, pauseRow, resumeRow } from './connection.repository.ts'

/** So many submissions of unknown outcome within so long pause their account (reliability §1.8, step 7). */
const UNSURE_LIMIT = 3
const UNSURE_WITHIN_MS = 10 * 60_000

/** Called in the transaction in which a post became `unconfirmed`: one more may be one too many. */
export async function pauseIfUnsure(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  { institutionId, accountId }: { institutionId: string; accountId: string },
): Promise<void> {
  const account = await findConnection(tx, institutionId, accountId)
  if (!account || account.pausedAt) return
  const at = deps.now()
  const within = at.getTime() - UNSURE_WITHIN_MS
  // What a person has looked into before letting the account go on does not count again.
  const since = new Date(Math.max(within, account.resumedAt?.getTime() ?? 0))
  const unsure = await unknownOutcomesOf(tx, accountId, since)
  if (unsure < UNSURE_LIMIT) return
  const values = {
    account: account.displayName,
    count: unsure,
    minutes: UNSURE_WITHIN_MS / 60_000,
  }
  const key = { institutionId, id: accountId }
  const set = { pausedAt: at, pausedKey: 'account.pausedUnsure', pausedValues: values }
  if (!(await pauseRow(tx, key, set))) return
  const held = await holdPostsOf(tx, at, key, { key: 'account.pausedUnsure', values })
  await recordAudit(tx, systemActor(institutionId), at, {
    action: 'account.paused',
    subjectType: 'account',
    subjectId: accountId,
    detail: { unsure, minutes: values.minutes, held },
  })
  await beginAlarm(deps, tx, {
    signal: 'account_paused',
    institutionId,
    subjectId: accountId,
    values: { ...values, platform: account.platform },
    worst: unsure,
  })
}

/** A person has looked and says go on: held posts leave by themselves if they are still in time. */
export async function resumeAccount(
  deps: Deps,
  actor: Actor,
  accountId: string,
  reason: string,
): Promise<AccountView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findConnection(tx, institutionId, accountId))
    const at = deps.now()
    const key = { institutionId, id: accountId }
    if (!(await resumeRow(tx, key, at, actor.userId)))
      throw new DomainError('RULE_VIOLATION', { key: 'account.notPaused' })
    const released = before.health === 'reauth_needed' ? 0 : await releasePostsOf(tx, at, before)
    await recordAudit(tx, actor, at, {
      action: 'account.resumed',
      subjectType: 'account',
      subjectId: accountId,
      detail: { reason, released, pausedAt: before.pausedAt?.toISOString() },
    })
    await endAlarm(deps, tx, 'account_paused', accountId)
    return found(await findAccountView(tx, institutionId, accountId))
  })
}
