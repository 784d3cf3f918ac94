import type { Deps } from '../../deps.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { beginAlarm } from '../health/alarm.service.ts'
import { holdPostsOf } from '../publishing/account-posts.service.ts'
import type { AccountRow } from './account.repository.ts'
import { markHealth } from './connection.repository.ts'

/**
 * The platform no longer lets us act for the account: its health says so, its waiting posts say why they stay,
 * and its owner and the leads are told, all in one transaction. False: it was connected anew meanwhile.
 */
export async function markLost(
  deps: Deps,
  account: AccountRow & { accessToken: string },
  code: string,
): Promise<boolean> {
  const { institutionId, id, accessToken: before, displayName, health } = account
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const key = { institutionId, id, before }
    if (!(await markHealth(tx, key, { health: 'reauth_needed', updatedAt: at }))) return false
    const held = await holdPostsOf(tx, at, account, {
      key: 'account.reauthNeeded',
      values: { account: displayName },
    })
    await recordAudit(tx, systemActor(institutionId), at, {
      action: 'account.authorization_lost',
      subjectType: 'account',
      subjectId: id,
      detail: { code, health: [health, 'reauth_needed'], held },
    })
    await beginAlarm(deps, tx, {
      signal: 'authorization_lost',
      institutionId,
      subjectId: id,
      values: { platform: account.platform, account: displayName, count: held },
    })
    return true
  })
}
