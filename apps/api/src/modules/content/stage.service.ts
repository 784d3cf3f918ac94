import type { Stage } from '@xingbo/shared/content/stage'
import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { type AuditActor, recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import {
  bottomOf,
  type ContentRow,
  findContentRow,
  setResumeStage,
  setStage,
} from './stage.repository.ts'

type Advance = {
  readonly contentId: string
  /** Stages it may come from; standing anywhere else is a lost race. */
  readonly from: readonly Stage[]
  readonly to: Stage
  /** Shown on the card and kept in the audit log; empty when the move speaks for itself. */
  readonly reason?: string
  /** The revision the person had on screen; left out by the product's own moves. */
  readonly revision?: number
  /** Order in the column; the bottom unless given. */
  readonly position?: number
}

/**
 * The one way an item changes its stage. It does not ask the rules: whoever calls has just asked
 * `stageCan`, or records a fact (a doctor signed, a post went out) that moves the item by itself.
 * @throws 404 for another institution's item, 409 when it does not stand in `from` or at `revision` any more.
 */
export async function advanceStage(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  move: Advance,
): Promise<ContentRow> {
  const moved = await advanceStageIf(deps, tx, actor, move)
  if (!moved) throw await stale(tx, 'content', move.contentId)
  return moved
}

/** Like `advanceStage`, for callers to whom an item that has gone elsewhere is nothing to complain about. */
export async function advanceStageIf(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  { contentId, from, to, reason = '', revision, position }: Advance,
): Promise<ContentRow | undefined> {
  const { institutionId } = actor
  const before = found(await findContentRow(tx, institutionId, contentId))
  const at = deps.now()
  const row = await setStage(
    tx,
    { institutionId, id: contentId, from, revision },
    {
      stage: to,
      resumeStage: to === 'on_hold' ? before.stage : null,
      stageReason: reason,
      position: position ?? (await bottomOf(tx, institutionId, to)),
      at,
      by: actor.userId,
    },
  )
  if (!row) return undefined
  await recordAudit(tx, actor, at, {
    action: 'content.moved',
    subjectType: 'content',
    subjectId: contentId,
    detail: { from: before.stage, to, ...(reason && { reason }) },
  })
  return row
}

/** Stages whose work rests on the signed words. */
const restsOnSignOff = [
  'compliance_review',
  'production',
  'final_review',
  'ready',
] as const satisfies Stage[]

/**
 * After an edit voided the sign-off (product §3 law 1): an item that had gone on returns to
 * `doctor_review`, a paused one will resume there. Drafting and what is already out stay where they are:
 * posts carry their frozen words. Returns the row as it stands now.
 */
export async function reopenForScript(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  contentId: string,
  reason: string,
): Promise<ContentRow> {
  const moved = await advanceStageIf(deps, tx, actor, {
    contentId,
    from: restsOnSignOff,
    to: 'doctor_review',
    reason,
  })
  if (moved) return moved
  const row = found(await findContentRow(tx, actor.institutionId, contentId))
  if (row.stage === 'on_hold' && restsOnSignOff.some((stage) => stage === row.resumeStage))
    await resumeLater(deps, tx, actor, contentId, 'doctor_review')
  return found(await findContentRow(tx, actor.institutionId, contentId))
}

/**
 * A post of this item is out: `ready` becomes `live`. A paused item resumes as live. An item that somebody
 * has meanwhile sent back stays where its new work is.
 */
export async function enterLive(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  contentId: string,
): Promise<void> {
  const moved = await advanceStageIf(deps, tx, actor, { contentId, from: ['ready'], to: 'live' })
  if (moved) return
  const row = found(await findContentRow(tx, actor.institutionId, contentId))
  if (row.stage === 'on_hold' && row.resumeStage === 'ready')
    await resumeLater(deps, tx, actor, contentId, 'live')
}

async function resumeLater(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  contentId: string,
  resumeStage: Stage,
): Promise<void> {
  const at = deps.now()
  await setResumeStage(tx, actor.institutionId, contentId, resumeStage, at)
  await recordAudit(tx, actor, at, {
    action: 'content.resume_changed',
    subjectType: 'content',
    subjectId: contentId,
    detail: { resumeStage },
  })
}
