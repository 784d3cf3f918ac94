import type { Actor } from '@xingbo/shared/identity/actor'
import type { Message } from '@xingbo/shared/messages'
import { repeatVerdict } from '@xingbo/shared/publishing/neighbour.rules'
import { dueVerdict, publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type {
  cancelPublication,
  reschedulePublication,
  schedulePublications,
} from '@xingbo/shared/publishing/publication.schema'
import { publishRouteOf } from '@xingbo/shared/publishing/schedule.rules'
import { snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { recordAudit, ringAfterCommit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { type Judged, judge, planFactsOf, spanOf } from './plan.service.ts'
import { publishRing } from './publication.job.ts'
import {
  findPublicationView,
  insertPublication,
  type PublicationRow,
  type PublicationView,
  updatePublication,
} from './publication.repository.ts'
import { transition } from './transition.service.ts'

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
    const lines = input.items.map((item) => ({ contentId, ...item }))
    const facts = await planFactsOf(tx, institutionId, at, {
      contentIds: [contentId],
      accountIds: lines.map(({ accountId }) => accountId),
      span: spanOf(lines.map(({ dueAt }) => dueAt)),
    })
    const ids: string[] = []
    for (const [index, judged] of judge(facts, lines).entries()) {
      const line = lines[index]
      if (!line) throw new Error('a judgement without its line')
      const no = [judged.verdict, repeatVerdict(judged.repeat, line.repeatReason, facts.zone)].find(
        ({ ok }) => !ok,
      )
      if (no && !no.ok) throw refusalAt(index, no.reason)
      ids.push(await place(tx, actor, at, judged, { ...line, timeZone: input.timeZone }))
    }
    const views: PublicationView[] = []
    for (const id of ids) views.push(found(await findPublicationView(tx, institutionId, id)))
    return views
  })
}

/** Says which of the accounts a refusal is about, so that the form can show it there. */
function refusalAt(index: number, reason: Message): DomainError {
  const code = reason.key === 'publishing.alreadyScheduled' ? 'CONFLICT' : 'RULE_VIOLATION'
  return new DomainError(code, reason, [{ path: `items.${index}`, reason }])
}

/** Writes a judged line as a post, with its audit line and its ring; returns its id. */
export async function place(
  tx: Tx,
  actor: Actor,
  at: Date,
  { item, account, snapshot, repeat }: Judged,
  line: { dueAt: string; timeZone: string; repeatReason: string; batchId?: string },
): Promise<string> {
  if (!snapshot) throw new Error('the rules let a line without frozen words through')
  const { institutionId } = actor
  const dueAt = new Date(line.dueAt)
  const id = newId('pub', at.getTime())
  await insertPublication(tx, {
    id,
    institutionId,
    contentId: item.id,
    accountId: account.id,
    platform: account.platform,
    route: publishRouteOf(account),
    state: 'scheduled',
    stateEnteredAt: at,
    dueAt,
    timeZone: line.timeZone,
    snapshot,
    snapshotSha256: sha256Hex(snapshotText(snapshot)),
    scriptSha256: snapshot.scriptSha256,
    createdBy: actor.userId,
    batchId: line.batchId ?? null,
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
      dueAt: line.dueAt,
      contentId: item.id,
      accountId: account.id,
      ...(line.batchId && { batchId: line.batchId }),
    },
  })
  if (repeat)
    await recordAudit(tx, actor, at, {
      action: 'publication.repeated',
      subjectType: 'publication',
      subjectId: id,
      detail: {
        note: line.repeatReason,
        of: repeat.of,
        repeats: repeat.post.contentId,
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
    await moveTo(tx, actor, at, view.row, dueAt, input.revision)
    return found(await findPublicationView(tx, actor.institutionId, publicationId))
  })
}

/** Gives a post another time, with its audit line and its ring. */
export async function moveTo(
  tx: Tx,
  actor: Actor,
  at: Date,
  row: PublicationRow,
  dueAt: Date,
  revision: number,
): Promise<void> {
  const moved = await moveTime(tx, row, dueAt, revision, at)
  if (!moved) throw await stale(tx, 'publication', row.id)
  await recordAudit(tx, actor, at, {
    action: 'publication.rescheduled',
    subjectType: 'publication',
    subjectId: row.id,
    // The move of a queued one has told of its state already; this line is about the time.
    detail: { from: moved.state, to: moved.state, dueAt: [row.dueAt, dueAt] },
  })
  await ringAfterCommit(tx, at, publishRing(moved, dueAt))
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
