import type { Actor } from '@xingbo/shared/identity/actor'
import { proofLinkVerdict } from '@xingbo/shared/publishing/proof.rules'
import {
  declaredVerdict,
  HAND_OFF_GRACE_MS,
  publicationCan,
} from '@xingbo/shared/publishing/publication.rules'
import type { resolvePublication } from '@xingbo/shared/publishing/publication.schema'
import { type Verdict, yes } from '@xingbo/shared/verdict'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import type { HandoffTicket } from '../../platforms/platform.port.ts'
import { recordAudit, ringAfterCommit, systemActor } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { createPhoneLink, mayHoldLink } from '../identity/session.service.ts'
import { signedMediaUrl } from '../media/media.service.ts'
import { findAttemptByUpload, insertAttempt, recordDelivery } from './attempt.repository.ts'
import { candidateOf, frozenVerdict, gateOf } from './gate.service.ts'
import { becomePublished } from './outcome.service.ts'
import { checkLinkAccount } from './proof-check.service.ts'
import { publishRing } from './publication.job.ts'
import { snapshotOf } from './publication.presenter.ts'
import {
  findByRemoteId,
  findPublication,
  findPublicationView,
  insertProof,
  type PublicationRow,
  type PublicationView,
  updatePublication,
} from './publication.repository.ts'
import { transition } from './transition.service.ts'

/** Long enough for a person to save the video on a slow line, short enough to be worthless when leaked. */
export const MEDIA_URL_SECONDS = 3 * 3600
const LINK_LIFE_MS = HAND_OFF_GRACE_MS

/**
 * Whether a person may still post this one: asked each time its card is opened, because nobody can call a phone
 * back. What was posted before is still taken as proof.
 */
export async function handOffVerdict(deps: Deps, { row }: PublicationView): Promise<Verdict> {
  if (row.state !== 'awaiting_person') return yes
  const frozen = frozenVerdict(row)
  return frozen.ok ? gateOf(deps.db.read, deps.now(), candidateOf(row)) : frozen
}

export const deadlineOf = (row: PublicationRow): Date =>
  new Date(row.dueAt.getTime() + HAND_OFF_GRACE_MS)

/**
 * The platform's own share link for this post, asked for when its card is opened (Douyin: ticket, share id,
 * signature). The share id is on disk before the link is shown: the platform's webhook will name it.
 * Null where there is no such way or the platform cannot be reached; copying by hand always works.
 */
export async function openShare(deps: Deps, view: PublicationView): Promise<HandoffTicket | null> {
  const { row } = view
  const adapter = deps.platforms[row.platform]
  if (row.route !== 'handoff' || adapter.route !== 'handoff' || !adapter.configured) return null
  if (row.state !== 'awaiting_person') return null
  const snapshot = snapshotOf(row)
  const mediaUrl = signedMediaUrl(deps, snapshot.media.assetId, MEDIA_URL_SECONDS)
  const ticket = await adapter.prepare({ mediaUrl }, snapshot)
  if (ticket.kind !== 'ok') {
    deps.log.warn({ publicationId: row.id, kind: ticket.kind }, 'no share link')
    return null
  }
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const current = await findPublication(tx, row.id)
    if (current?.state !== 'awaiting_person') return
    const moved = await updatePublication(
      tx,
      { id: row.id, state: 'awaiting_person', fence: current.fence },
      { fence: current.fence + 1, attemptCount: current.attemptCount + 1 },
    )
    if (!moved) return
    await insertAttempt(tx, {
      id: newId('att', at.getTime()),
      institutionId: row.institutionId,
      publicationId: row.id,
      number: moved.attemptCount,
      fence: moved.fence,
      step: 'uploaded',
      uploadId: ticket.value.shareId,
      startedAt: at,
      uploadedAt: at,
    })
  })
  return ticket.value
}

/** Closes a hand-off, or settles an unconfirmed post, with the link of the post. */
export async function takeLink(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  input: { link: string; declared: readonly string[] },
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    assertVerdict(publicationCan.takeProof(view.row))
    assertVerdict(declaredVerdict(snapshotOf(view.row), input.declared))
    await closeWithLink(deps, tx, actor, view.row, input.link, input.declared)
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}

async function closeWithLink(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  row: PublicationRow,
  link: string,
  declared: readonly string[],
): Promise<void> {
  const at = deps.now()
  const verdict = proofLinkVerdict(row.platform, link)
  if (!verdict.ok) throw new DomainError('RULE_VIOLATION', verdict.reason)
  if (verdict.remoteId) {
    const other = await findByRemoteId(tx, row.platform, verdict.remoteId)
    if (other && other.id !== row.id)
      throw new DomainError('CONFLICT', { key: 'publishing.linkTaken' })
  }
  const proof = { id: newId('prf', at.getTime()), linkAccountId: verdict.linkAccountId }
  await insertProof(tx, {
    ...proof,
    institutionId: row.institutionId,
    publicationId: row.id,
    kind: 'link',
    link: verdict.url,
    declared: [...declared],
    givenBy: actor.userId,
    at,
  })
  const moved = await becomePublished(
    deps,
    tx,
    at,
    row,
    {
      ...(verdict.remoteId && { remoteId: verdict.remoteId }),
      remoteUrl: verdict.url,
      publishedAt: at,
    },
    { actor, note: 'link' },
  )
  if (!moved) throw await stale(tx, 'publication', row.id)
  await checkLinkAccount(tx, at, moved, proof)
}

/** Closes a hand-off with a photograph of the screen, already stored as a proof asset. */
export async function takeScreenshot(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  input: { assetId: string; declared: readonly string[] },
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    assertVerdict(publicationCan.takeProof(view.row))
    assertVerdict(declaredVerdict(snapshotOf(view.row), input.declared))
    await insertProof(tx, {
      id: newId('prf', at.getTime()),
      institutionId: view.row.institutionId,
      publicationId,
      kind: 'screenshot',
      assetId: input.assetId,
      declared: [...input.declared],
      givenBy: actor.userId,
      at,
    })
    const moved = await becomePublished(
      deps,
      tx,
      at,
      view.row,
      { remoteUrl: null, publishedAt: at },
      { actor, note: 'screenshot' },
    )
    if (!moved) throw await stale(tx, 'publication', publicationId)
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}

/** The platform says a share went out. The same delivery twice, or of a post already closed, changes nothing. */
export async function takeShareEvent(
  deps: Deps,
  event: { messageId: string | null; shareId: string; remoteId: string; remoteUrl: string | null },
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const deliveryId = event.messageId ?? `${event.shareId}:${event.remoteId}`
    const fresh = await recordDelivery(tx, {
      id: deliveryId,
      platform: 'douyin',
      event: 'create_video',
      at,
    })
    if (!fresh) return
    const attempt = await findAttemptByUpload(tx, event.shareId)
    const row = attempt && (await findPublication(tx, attempt.publicationId))
    if (row?.state !== 'awaiting_person') return
    if (await findByRemoteId(tx, row.platform, event.remoteId)) return
    await insertProof(tx, {
      id: newId('prf', at.getTime()),
      institutionId: row.institutionId,
      publicationId: row.id,
      kind: 'webhook',
      link: event.remoteUrl,
      // The platform's own word needs no checking.
      standing: 'confirmed',
      checkedAt: at,
      at,
    })
    await becomePublished(
      deps,
      tx,
      at,
      row,
      { remoteId: event.remoteId, remoteUrl: event.remoteUrl, publishedAt: at },
      { actor: systemActor(row.institutionId), note: 'webhook' },
    )
  })
}

/** A single-use link for a phone: the person named, or the account's owner, or whoever asks. */
export async function createHandOffLink(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  userId: string | undefined,
): Promise<{ url: string; expiresAt: Date }> {
  return deps.db.inTransaction(async (tx) => {
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    const { institutionId } = actor
    const owner = view.accountOwnerUserId
    const ownerMay = owner && (await mayHoldLink(tx, { institutionId, userId: owner }, 'hand_off'))
    const holder = userId ?? (ownerMay ? owner : actor.userId)
    const { token, expiresAt } = await createPhoneLink(deps, tx, {
      institutionId,
      userId: holder,
      createdBy: actor.userId,
      scope: { kind: 'hand_off', publicationId },
      lifeMs: LINK_LIFE_MS,
    })
    await recordAudit(tx, actor, deps.now(), {
      action: 'publication.handed_to',
      subjectType: 'publication',
      subjectId: publicationId,
      detail: { userId: holder, expiresAt },
    })
    const url = `${deps.settings.publicUrl}/m/hand-off/${publicationId}#token=${token}`
    return { url, expiresAt }
  })
}

/** The three audited choices for an outcome nobody knows. Sending again needs a person's word that it is absent. */
export async function resolve(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  input: z.output<typeof resolvePublication.body>,
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    const { row } = view
    assertVerdict(publicationCan.resolve(row))
    if (row.revision !== input.revision) throw await stale(tx, 'publication', publicationId)
    if (input.choice === 'bind') {
      const declared = snapshotOf(row).declarations
      await closeWithLink(deps, tx, actor, row, input.link, declared)
    } else if (input.choice === 'give_up') {
      const moved = await transition(tx, at, row, 'failed', {
        actor,
        set: { nextCheckAt: null },
        note: input.reason,
      })
      if (!moved) throw await stale(tx, 'publication', publicationId)
    } else {
      assertVerdict(await gateOf(tx, at, candidateOf(row)))
      const moved = await transition(tx, at, row, 'scheduled', {
        actor,
        // A person has just decided: the post is due now, whatever its old time was.
        set: {
          dueAt: at,
          nextCheckAt: null,
          fence: row.fence + 1,
          attemptsForgiven: row.attemptCount,
        },
        note: input.reason,
      })
      if (!moved) throw await stale(tx, 'publication', publicationId)
      await ringAfterCommit(tx, at, publishRing(moved, at))
    }
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}
