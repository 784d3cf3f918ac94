import type { Message } from '@xingbo/shared/messages'
import { HAND_OFF_GRACE_MS } from '@xingbo/shared/publishing/publication.rules'
import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { RemoteStatus } from '../../platforms/platform.port.ts'
import { type AuditActor, systemActor } from '../audit/audit.ts'
import { enterLive } from '../content/stage.service.ts'
import { later, RECONCILE_AFTER_MS, STATUS_AFTER_MS, stepOf } from './pacing.ts'
import {
  findByRemoteId,
  findPublication,
  findTwin,
  type PublicationRow,
} from './publication.repository.ts'
import { lookAgain, transition } from './transition.service.ts'

/** The platform has it for good: the item goes live with its first post. */
export async function becomePublished(
  deps: Deps,
  tx: Tx,
  at: Date,
  row: PublicationRow,
  set: { remoteId?: string; remoteUrl: string | null; publishedAt: Date },
  told: { reason?: Message; actor?: AuditActor; note?: string } = {},
): Promise<PublicationRow | undefined> {
  const moved = await transition(tx, at, row, 'published', {
    ...told,
    set: { ...set, nextCheckAt: null, leaseUntil: null },
  })
  if (moved) await enterLive(deps, tx, systemActor(row.institutionId), row.contentId)
  return moved
}

/** Writes down what the platform says of an accepted post. */
export async function noteStatus(
  deps: Deps,
  publicationId: string,
  status: RemoteStatus,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'accepted') return
    if (status.kind === 'published') {
      await becomePublished(deps, tx, at, row, {
        remoteUrl: status.remoteUrl,
        publishedAt: status.createdAt ?? at,
      })
      return
    }
    if (status.kind === 'rejected') {
      await transition(tx, at, row, 'failed', {
        reason: { key: 'publishing.rejectedByPlatform', values: { message: status.reason || '—' } },
        set: { nextCheckAt: null },
      })
      return
    }
    // Pending, not to be seen yet, or no answer: ask again, ever more seldom, and never give up by itself.
    const age = at.getTime() - row.stateEnteredAt.getTime()
    const wait = stepOf(STATUS_AFTER_MS, age) || 900_000
    await lookAgain(tx, at, row, later(at, wait))
  })
}

export type Candidates =
  | {
      readonly kind: 'one'
      readonly remoteId: string
      readonly remoteUrl: string
      readonly pending: boolean
      readonly createdAt: Date
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly count: number }
  /** The list could not be read; nothing was learnt. */
  | { readonly kind: 'unread' }

/** Writes down what the account's own list shows of an unconfirmed post. It binds, asks a person, or waits; it never sends. */
export async function noteReconciliation(
  deps: Deps,
  publicationId: string,
  seen: Candidates,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'unconfirmed') return
    const twin = seen.kind === 'one' && (await findTwin(tx, row))
    if (seen.kind === 'one' && !twin && !(await findByRemoteId(tx, row.platform, seen.remoteId))) {
      const found: Message = { key: 'publishing.foundOnPlatform' }
      const { remoteId, remoteUrl } = seen
      if (seen.pending)
        await transition(tx, at, row, 'accepted', {
          reason: found,
          set: { remoteId, remoteUrl, nextCheckAt: later(at, STATUS_AFTER_MS[0] ?? 0) },
        })
      else
        await becomePublished(
          deps,
          tx,
          at,
          row,
          { remoteId, remoteUrl, publishedAt: seen.createdAt },
          { reason: found },
        )
      return
    }
    const age = at.getTime() - row.stateEnteredAt.getTime()
    const wait = stepOf(RECONCILE_AFTER_MS, age)
    const reason: Message | null =
      seen.kind === 'several'
        ? { key: 'publishing.severalCandidates', values: { count: seen.count } }
        : wait === 0 || twin
          ? { key: 'publishing.needsPerson' }
          : null
    const next =
      wait === 0 || twin || seen.kind === 'several' ? null : later(row.stateEnteredAt, wait)
    await lookAgain(tx, at, row, next, reason ?? undefined)
  })
}

/** A hand-off nobody took up in time ends where everybody can see it. */
export async function expireHandOff(deps: Deps, publicationId: string): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'awaiting_person' || !row.nextCheckAt || row.nextCheckAt > at) return
    await transition(tx, at, row, 'expired', {
      reason: {
        key: 'publishing.handOffMissed',
        values: { hours: Math.round(HAND_OFF_GRACE_MS / 3_600_000) },
      },
      set: { nextCheckAt: null },
    })
  })
}
