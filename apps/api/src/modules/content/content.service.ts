import { contentCan, moveNeedsReason, stageCan } from '@xingbo/shared/content/content.rules'
import type * as api from '@xingbo/shared/content/content.schema'
import { type Stage, stages } from '@xingbo/shared/content/stage'
import { bizDate, defaultZone } from '@xingbo/shared/dates'
import type { Actor } from '@xingbo/shared/identity/actor'
import { no } from '@xingbo/shared/verdict'
import type { z } from 'zod'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { type CardMarks, readCardMarks } from './card-state.repository.ts'
import {
  type ContentDetail,
  type ContentView,
  countByStage,
  findContentView,
  findDoctorRef,
  insertContent,
  listColumn,
  setPosition,
  updateContentRow,
  zoneOf,
} from './content.repository.ts'
import { lineFactsOf } from './gate.service.ts'
import { listHoldViews } from './hold.repository.ts'
import { activeHolds } from './hold.service.ts'
import { changesOf, checkReferences } from './references.service.ts'
import { bottomOf, findContentRow, placeAfter, topOf } from './stage.repository.ts'
import { advanceStage } from './stage.service.ts'

/** The institution's calendar day now, `YYYY-MM-DD`. */
const todayOf = async (deps: Pick<Deps, 'now'>, db: Reader, institutionId: string) =>
  bizDate(deps.now(), (await zoneOf(db, institutionId)) ?? defaultZone)

export type BoardColumn = {
  readonly stage: Stage
  readonly total: number
  readonly overdue: number
  readonly views: readonly ContentView[]
}

/** Every column with its counts and its first cards; with `stage` only that one. */
export async function boardOf(
  deps: Deps,
  { institutionId }: Actor,
  { stage, limit, due, ...filter }: z.output<typeof api.listContents.query>,
): Promise<{ columns: BoardColumn[]; marks: CardMarks; today: string }> {
  const db = deps.db.read
  const today = await todayOf(deps, db, institutionId)
  const wanted = { ...filter, dueBefore: due && today }
  const counts = await countByStage(db, institutionId, wanted, today)
  const columns: BoardColumn[] = []
  for (const one of stage ? [stage] : stages) {
    const of = counts.find((row) => row.stage === one)
    columns.push({
      stage: one,
      total: of?.total ?? 0,
      overdue: of?.overdue ?? 0,
      views: of ? await listColumn(db, institutionId, one, wanted, limit) : [],
    })
  }
  const ids = columns.flatMap(({ views }) => views.map(({ row }) => row.id))
  return { columns, marks: await readCardMarks(db, institutionId, ids), today }
}

/** One item with what its page shows and what the rules ask. */
export async function contentOf(
  deps: Deps,
  institutionId: string,
  contentId: string,
): Promise<ContentDetail> {
  const db = deps.db.read
  const view = found(await findContentView(db, institutionId, contentId))
  const { doctorId, topicId } = view.row
  const standing = await activeHolds(db, institutionId, { contentId, doctorId, topicId })
  return {
    view,
    marks: await readCardMarks(db, institutionId, [contentId]),
    today: await todayOf(deps, db, institutionId),
    facts: await lineFactsOf(db, institutionId, contentId),
    holds: await listHoldViews(db, institutionId, { ids: standing.map(({ id }) => id) }),
  }
}

/** Puts an item on the board inside the caller's transaction; returns its id. */
export async function addContentIn(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: Actor,
  input: z.output<typeof api.createContent.body>,
): Promise<string> {
  const { institutionId } = actor
  await checkReferences(tx, institutionId, {
    ...input,
    userIds: [input.ownerUserId, input.producerUserId],
  })
  const doctor = input.doctorId && (await findDoctorRef(tx, institutionId, input.doctorId))
  const at = deps.now()
  const id = newId('con', at.getTime())
  await insertContent(tx, {
    id,
    institutionId,
    ...input,
    departmentId: input.departmentId ?? (doctor ? doctor.departmentId : null),
    ownerUserId: input.ownerUserId ?? actor.userId,
    stageEnteredAt: at,
    position: await bottomOf(tx, institutionId, input.stage),
    createdAt: at,
    updatedAt: at,
    updatedBy: actor.userId,
  })
  await recordAudit(tx, actor, at, {
    action: 'content.created',
    subjectType: 'content',
    subjectId: id,
    detail: { title: input.title, stage: input.stage, topicId: input.topicId },
  })
  return id
}

export async function addContent(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof api.createContent.body>,
): Promise<ContentDetail> {
  const id = await deps.db.inTransaction((tx) => addContentIn(deps, tx, actor, input))
  return contentOf(deps, actor.institutionId, id)
}

export async function changeContent(
  deps: Deps,
  actor: Actor,
  {
    contentId,
    revision,
    ...patch
  }: z.output<typeof api.updateContent.body> & { contentId: string },
): Promise<ContentDetail> {
  const { institutionId } = actor
  await deps.db.inTransaction(async (tx) => {
    const before = found(await findContentRow(tx, institutionId, contentId))
    if (before.revision !== revision) throw await stale(tx, 'content', contentId)
    assertVerdict(contentCan.edit(before))
    const { set, changes } = changesOf(before, patch)
    if (Object.keys(changes).length === 0) return
    if (set.doctorId !== undefined) assertVerdict(contentCan.changeDoctor(before))
    if (set.nature !== undefined) assertVerdict(contentCan.changeNature(before))
    await checkReferences(tx, institutionId, {
      ...set,
      userIds: [set.ownerUserId, set.producerUserId],
    })
    const at = deps.now()
    const row = await updateContentRow(
      tx,
      { institutionId, id: contentId, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'content', contentId)
    await recordAudit(tx, actor, at, {
      action: 'content.changed',
      subjectType: 'content',
      subjectId: contentId,
      detail: { changes },
    })
  })
  return contentOf(deps, institutionId, contentId)
}

/** Where in the column of `stage` the item comes to lie; a neighbour that has left means the bottom. */
async function positionFor(
  tx: Tx,
  institutionId: string,
  stage: Stage,
  afterId: string | null | undefined,
): Promise<number> {
  const below = afterId && (await placeAfter(tx, institutionId, stage, afterId))
  if (below) return below
  return (afterId === null ? topOf : bottomOf)(tx, institutionId, stage)
}

/**
 * A person's move: to another stage if the rules say yes on the facts as they are inside this transaction,
 * or to another place in the same column.
 */
export async function moveContent(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof api.moveContent.body> & { contentId: string },
): Promise<ContentDetail> {
  const { institutionId } = actor
  const { contentId, to, reason, afterId, revision } = input
  await deps.db.inTransaction(async (tx) => {
    const before = found(await findContentRow(tx, institutionId, contentId))
    // Told first: a rule's sentence about a stage the person never saw would only confuse.
    if (before.revision !== revision) throw await stale(tx, 'content', contentId)
    if (to === before.stage && afterId !== undefined) {
      assertVerdict(contentCan.place(actor))
      await setPosition(
        tx,
        institutionId,
        contentId,
        await positionFor(tx, institutionId, to, afterId),
      )
      return recordAudit(tx, actor, deps.now(), {
        action: 'content.placed',
        subjectType: 'content',
        subjectId: contentId,
        detail: { stage: to, afterId },
      })
    }
    const facts = await lineFactsOf(tx, institutionId, contentId)
    assertVerdict(stageCan(before, facts, actor, to))
    if (moveNeedsReason(before.stage, to) && reason === '')
      assertVerdict(no('content.reasonNeeded'))
    await advanceStage(deps, tx, actor, {
      contentId,
      from: [before.stage],
      to,
      reason,
      revision,
      position: await positionFor(tx, institutionId, to, afterId),
    })
  })
  return contentOf(deps, institutionId, contentId)
}
