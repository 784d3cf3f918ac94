import type { Actor } from '@xingbo/shared/identity/actor'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { clockText } from '../audit/stale.ts'
import { notify, settleNotices } from '../inbox/notice.service.ts'
import type { HandOffPeople } from './hand-off.presenter.ts'
import {
  displayNameOf,
  dropTakeover,
  listNames,
  listTakeovers,
  putTakeover,
  roleHere,
} from './hand-off.repository.ts'
import { findPublicationView, type PublicationView } from './publication.repository.ts'

/** Whoever hands these posts off, with their names. */
export async function peopleOf(
  db: Reader,
  views: readonly PublicationView[],
): Promise<HandOffPeople> {
  const takeovers = await listTakeovers(
    db,
    views.map(({ row }) => row.id),
  )
  const owners = views.flatMap(({ accountOwnerUserId }) => accountOwnerUserId ?? [])
  const names = await listNames(db, [...new Set([...owners, ...takeovers.values()])])
  return { takeovers, names }
}

/**
 * Says who hands a post off: oneself, or somebody else where one's role hands out work; null gives it back to
 * the account's owner. Whoever gets it is told, whoever loses it is no longer reminded.
 */
export async function takeOver(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  userId: string | null,
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const { institutionId } = actor
    const view = found(await findPublicationView(tx, institutionId, publicationId))
    assertVerdict(publicationCan.takeOver(view.row))
    if (actor.role === 'producer' && userId !== actor.userId)
      throw new DomainError('RULE_VIOLATION', { key: 'publishing.takeOver.selfOnly' })
    const at = deps.now()
    if (userId === null) await dropTakeover(tx, publicationId)
    else {
      const role = await roleHere(tx, institutionId, userId)
      if (!role || !mayCall('POST /api/hand-offs/:publicationId/proof', role)) {
        const who = role && (await displayNameOf(tx, userId))
        throw new DomainError('RULE_VIOLATION', {
          key: 'publishing.takeOver.cannot',
          values: { who: who ?? '—' },
        })
      }
      const takenBy = actor.userId
      await putTakeover(tx, { publicationId, institutionId, userId, at, takenBy })
    }
    await recordAudit(tx, actor, at, {
      action: 'publication.taken_over',
      subjectType: 'publication',
      subjectId: publicationId,
      detail: { userId },
    })
    await settleNotices(tx, at, { institutionId, subjectId: publicationId, kinds: ['hand_off'] })
    if (userId !== actor.userId)
      await notify(tx, deps, {
        institutionId,
        to: userId === null ? { ownerOf: view.row.accountId } : { users: [userId] },
        kind: 'hand_off',
        severity: 'warning',
        subject: { type: 'publication', id: publicationId },
        message: {
          key: 'publishing.tell.handedOver',
          values: {
            who: actor.displayName,
            title: view.contentTitle,
            account: view.accountName,
            when: clockText(view.row.dueAt),
          },
        },
        mergeKey: `handed:${publicationId}:${userId ?? 'owner'}:${at.getTime()}`,
        groupKey: `hand-off:${view.row.contentId}`,
      })
    return view
  })
}
