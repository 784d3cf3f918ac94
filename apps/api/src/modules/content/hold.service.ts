import type { HoldKind } from '@xingbo/shared/content/hold.schema'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import {
  findActiveHolds,
  findHold,
  findHoldSubject,
  type HoldRow,
  type HoldView,
  insertHold,
  listActiveHolds,
  listHoldViews,
  markLifted,
} from './hold.repository.ts'

/** What a publication touches; null where it touches nothing of that kind. */
export type HoldSubjects = {
  readonly doctorId?: string | null
  readonly accountId?: string | null
  readonly topicId?: string | null
  readonly contentId?: string | null
}

/**
 * Holds in force on any of these, oldest first. The publishing gate asks this again inside the
 * transaction that submits (product §3 law 5).
 */
export async function activeHolds(
  db: Reader,
  institutionId: string,
  { doctorId, accountId, topicId, contentId }: HoldSubjects,
): Promise<HoldRow[]> {
  const named: { kind: HoldKind; id: string | null | undefined }[] = [
    { kind: 'doctor', id: doctorId },
    { kind: 'account', id: accountId },
    { kind: 'topic', id: topicId },
    { kind: 'content', id: contentId },
  ]
  return findActiveHolds(
    db,
    institutionId,
    named.flatMap(({ kind, id }) => (id ? [{ kind, id }] : [])),
  )
}

/** Every hold in force in the institution, oldest first: for who asks about many items at once. */
export const allActiveHolds = (db: Reader, institutionId: string): Promise<HoldRow[]> =>
  listActiveHolds(db, institutionId)

async function viewOf(db: Reader, institutionId: string, id: string): Promise<HoldView> {
  return found((await listHoldViews(db, institutionId, { ids: [id] }))[0])
}

/** Stops a doctor, an account, a topic or an item; one hold per subject stands at a time. */
export async function placeHold(
  deps: Deps,
  actor: Actor,
  input: { kind: HoldKind; subjectId: string; reason: string },
): Promise<HoldView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const name = found(await findHoldSubject(tx, institutionId, input.kind, input.subjectId))
    const [standing] = await findActiveHolds(tx, institutionId, [
      { kind: input.kind, id: input.subjectId },
    ])
    if (standing)
      throw new DomainError('CONFLICT', {
        key: 'content.alreadyHeld',
        values: { reason: standing.reason },
      })
    const at = deps.now()
    const id = newId('hold', at.getTime())
    await insertHold(tx, {
      id,
      institutionId,
      ...input,
      createdBy: actor.userId,
      createdAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: 'hold.placed',
      subjectType: 'hold',
      subjectId: id,
      detail: { kind: input.kind, subjectId: input.subjectId, name, reason: input.reason },
    })
    return viewOf(tx, institutionId, id)
  })
}

/** Ends a hold; of two people who lift at once, the second is told. */
export async function liftHold(
  deps: Deps,
  actor: Actor,
  input: { holdId: string; reason: string },
): Promise<HoldView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findHold(tx, institutionId, input.holdId))
    const at = deps.now()
    const row = await markLifted(tx, institutionId, input.holdId, {
      liftedBy: actor.userId,
      liftedAt: at,
    })
    if (!row) throw new DomainError('CONFLICT', { key: 'content.holdLifted' })
    await recordAudit(tx, actor, at, {
      action: 'hold.lifted',
      subjectType: 'hold',
      subjectId: input.holdId,
      detail: { kind: before.kind, subjectId: before.subjectId, reason: input.reason },
    })
    return viewOf(tx, institutionId, input.holdId)
  })
}
