import type { Actor } from '@xingbo/shared/identity/actor'
import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import { dueVerdict, publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type {
  cancelPublication,
  reschedulePublication,
  schedulePublications,
} from '@xingbo/shared/publishing/publication.schema'
import {
  declarationsOf,
  fitVerdict,
  postShapeOf,
  publishRouteOf,
} from '@xingbo/shared/publishing/schedule.rules'
import { type PublishSnapshot, snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { recordAudit, ringAfterCommit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { assetForSnapshot } from '../media/media.service.ts'
import { newestRevisionOf, scriptFactsOf } from '../scripts/script-facts.service.ts'
import { gateOf } from './gate.service.ts'
import { publishRing } from './publication.job.ts'
import {
  type AccountRow,
  findAccount,
  findActive,
  findContent,
  findPublicationView,
  insertPublication,
  type PublicationRow,
  type PublicationView,
  updatePublication,
} from './publication.repository.ts'
import { transition } from './transition.service.ts'

type Content = NonNullable<Awaited<ReturnType<typeof findContent>>>

/** Freezes what will go out: the signed words for this platform, the chosen cut and cover, the declarations. */
async function freeze(
  tx: Tx,
  institutionId: string,
  content: Content,
  account: AccountRow,
): Promise<PublishSnapshot> {
  const { signedSha256 } = await scriptFactsOf(tx, institutionId, content.id)
  const signed = await newestRevisionOf(tx, institutionId, content.id)
  if (!signed || signed.sha256 !== signedSha256)
    throw new DomainError('RULE_VIOLATION', { key: 'publishing.notSigned' })
  const written = signed.body.captions[account.platform]
  const words = written && { ...written, ...postShapeOf(account) }
  const cut = content.finalAssetId
    ? await assetForSnapshot(tx, institutionId, content.finalAssetId)
    : undefined
  const cover = content.coverAssetId
    ? await assetForSnapshot(tx, institutionId, content.coverAssetId)
    : undefined
  assertVerdict(
    fitVerdict(account.platform, words, cut && { ...cut, durationMs: cut.durationMs ?? 0 }),
  )
  if (!words || !cut) throw new Error('the rule let an item without words or cut through')
  return {
    platform: account.platform,
    accountId: account.id,
    contentId: content.id,
    scriptSha256: signed.sha256,
    form: words.form,
    title: words.title,
    body: words.body,
    tags: [...words.tags],
    ...(words.link !== undefined && { link: words.link }),
    rendered: renderCaption(account.platform, words),
    declarations: declarationsOf(account.platform, signed.body).map(({ id }) => id),
    media: {
      assetId: cut.assetId,
      sha256: cut.sha256,
      sizeBytes: cut.sizeBytes,
      mimeType: cut.mimeType,
      durationMs: cut.durationMs ?? 0,
      width: cut.width,
      height: cut.height,
    },
    cover: cover
      ? {
          assetId: cover.assetId,
          sha256: cover.sha256,
          sizeBytes: cover.sizeBytes,
          mimeType: cover.mimeType,
          width: cover.width,
          height: cover.height,
        }
      : null,
  }
}

/** Schedules one item on several accounts: all of them, or none and the first reason why not. */
export async function schedule(
  deps: Deps,
  actor: Actor,
  contentId: string,
  input: z.output<typeof schedulePublications.body>,
): Promise<PublicationView[]> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const content = found(await findContent(tx, institutionId, contentId))
    const ids: string[] = []
    for (const [index, item] of input.items.entries())
      ids.push(
        await atItem(index, () =>
          scheduleOne(tx, actor, at, content, { ...item, timeZone: input.timeZone }),
        ),
      )
    const views: PublicationView[] = []
    for (const id of ids) views.push(found(await findPublicationView(tx, institutionId, id)))
    return views
  })
}

/** Says which of the accounts a refusal is about, so that the form can show it there. */
async function atItem<T>(index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, reason } = error
    throw new DomainError(code, reason, [{ path: `items.${index}`, reason }])
  }
}

async function scheduleOne(
  tx: Tx,
  actor: Actor,
  at: Date,
  content: Content,
  item: { accountId: string; dueAt: string; timeZone: string },
): Promise<string> {
  const { institutionId } = actor
  const account = found(await findAccount(tx, institutionId, item.accountId))
  if (account.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
  const dueAt = new Date(item.dueAt)
  assertVerdict(dueVerdict(dueAt, at))
  if (await findActive(tx, content.id, account.id))
    throw new DomainError('CONFLICT', {
      key: 'publishing.alreadyScheduled',
      values: { account: account.displayName },
    })
  const snapshot = await freeze(tx, institutionId, content, account)
  assertVerdict(
    await gateOf(tx, at, {
      institutionId,
      contentId: content.id,
      accountId: account.id,
      scriptSha256: snapshot.scriptSha256,
      mediaAssetId: snapshot.media.assetId,
      mediaSha256: snapshot.media.sha256,
    }),
  )
  const id = newId('pub', at.getTime())
  await insertPublication(tx, {
    id,
    institutionId,
    contentId: content.id,
    accountId: account.id,
    platform: account.platform,
    route: publishRouteOf(account),
    state: 'scheduled',
    stateEnteredAt: at,
    dueAt,
    timeZone: item.timeZone,
    snapshot,
    snapshotSha256: sha256Hex(snapshotText(snapshot)),
    scriptSha256: snapshot.scriptSha256,
    createdBy: actor.userId,
    createdAt: at,
    updatedAt: at,
    updatedBy: actor.userId,
  })
  await recordAudit(tx, actor, at, {
    action: 'publication.scheduled',
    subjectType: 'publication',
    subjectId: id,
    detail: {
      from: 'draft',
      to: 'scheduled',
      dueAt: item.dueAt,
      contentId: content.id,
      accountId: account.id,
    },
  })
  await ringAfterCommit(tx, at, publishRing({ id, revision: 1, attemptCount: 0 }, dueAt))
  return id
}

/** Moves the time. The old ring finds a changed row and does nothing. */
export async function reschedule(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  input: z.output<typeof reschedulePublication.body>,
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    assertVerdict(publicationCan.reschedule(view.row))
    const dueAt = new Date(input.dueAt)
    assertVerdict(dueVerdict(dueAt, at))
    const moved = await moveTime(tx, view.row, dueAt, input.revision, at)
    if (!moved) throw await stale(tx, 'publication', publicationId)
    await recordAudit(tx, actor, at, {
      action: 'publication.rescheduled',
      subjectType: 'publication',
      subjectId: publicationId,
      detail: { from: view.row.state, to: 'scheduled', dueAt: [view.row.dueAt, dueAt] },
    })
    await ringAfterCommit(tx, at, publishRing(moved, dueAt))
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}

async function moveTime(
  tx: Tx,
  row: PublicationRow,
  dueAt: Date,
  revision: number,
  at: Date,
): Promise<PublicationRow | undefined> {
  const set = { dueAt, nextCheckAt: null, updatedAt: at }
  if (row.state === 'queued')
    return transition(tx, at, row, 'scheduled', { revision, set: { dueAt, nextCheckAt: null } })
  return updatePublication(
    tx,
    { id: row.id, state: row.state, fence: row.fence, revision },
    { ...set, reasonKey: null, reasonValues: null },
  )
}

/** Canceled means nothing was accepted; once it is being sent the answer is "too late", never a maybe. */
export async function cancel(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  input: z.output<typeof cancelPublication.body>,
): Promise<PublicationView> {
  return deps.db.inTransaction(async (tx) => {
    const view = found(await findPublicationView(tx, actor.institutionId, publicationId))
    assertVerdict(publicationCan.cancel(view.row))
    const moved = await transition(tx, deps.now(), view.row, 'canceled', {
      actor,
      revision: input.revision,
      set: { nextCheckAt: null },
      note: input.reason,
    })
    if (!moved) throw await stale(tx, 'publication', publicationId)
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}
