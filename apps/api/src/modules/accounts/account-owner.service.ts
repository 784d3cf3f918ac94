import type { Actor } from '@xingbo/shared/identity/actor'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import {
  type AccountView,
  findAccountView,
  isActiveMember,
  updateAccountRow,
} from './account.repository.ts'

/**
 * Says who looks after an account. A small act of its own, so that operators and managers may do it without
 * the right to change the account; the last word wins, and the log keeps them all.
 */
export async function changeOwner(
  deps: Deps,
  actor: Actor,
  id: string,
  userId: string | null,
): Promise<AccountView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row } = found(await findAccountView(tx, institutionId, id))
    if (row.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    if (userId !== null && !(await isActiveMember(tx, institutionId, userId)))
      throw new DomainError('RULE_VIOLATION', { key: 'account.personUnknown' })
    const at = deps.now()
    await updateAccountRow(
      tx,
      { institutionId, id, revision: row.revision },
      { ownerUserId: userId, updatedAt: at, updatedBy: actor.userId },
    )
    await recordAudit(tx, actor, at, {
      action: 'account.owner_changed',
      subjectType: 'account',
      subjectId: id,
      detail: { ownerUserId: [row.ownerUserId, userId] },
    })
    return found(await findAccountView(tx, institutionId, id))
  })
}
