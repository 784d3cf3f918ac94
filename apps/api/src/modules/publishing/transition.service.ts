import type { Message } from '@xingbo/shared/messages'
import { mayBecome } from '@xingbo/shared/publishing/publication.rules'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { noteChange, type Tx } from '../../db/database.ts'
import { type AuditActor, recordAudit, ringAfterCommit, systemActor } from '../audit/audit.ts'
import { publishRing } from './publication.job.ts'
import {
  findPublication,
  type PublicationRow,
  updatePublication,
} from './publication.repository.ts'
import { tellMove, tellUnconfirmed } from './telling.service.ts'

type Changes = Partial<
  Pick<
    PublicationRow,
    | 'dueAt'
    | 'fence'
    | 'leaseUntil'
    | 'attemptCount'
    | 'attemptsForgiven'
    | 'nextCheckAt'
    | 'remoteId'
    | 'remoteUrl'
    | 'publishedAt'
  >
>

/**
 * Moves a publication from where `row` stands to `to`, with its audit line, in the caller's transaction.
 * Undefined: the row moved on meanwhile, or a newer fence holds it; the caller then does nothing more.
 */
export async function transition(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  to: PublicationState,
  options: {
    actor?: AuditActor
    reason?: Message | null
    set?: Changes
    /** The revision a person had on screen. */
    revision?: number
    note?: string
  } = {},
): Promise<PublicationRow | undefined> {
  if (!mayBecome(row.state, to)) throw new Error(`a publication never goes ${row.state} → ${to}`)
  const reason = options.reason ?? null
  const moved = await updatePublication(
    tx,
    { id: row.id, state: row.state, fence: row.fence, revision: options.revision },
    {
      state: to,
      stateEnteredAt: at,
      updatedAt: at,
      reasonKey: reason?.key ?? null,
      reasonValues: reason ? { ...reason.values } : null,
      ...options.set,
    },
  )
  if (!moved) return undefined
  await recordAudit(tx, options.actor ?? systemActor(row.institutionId), at, {
    action: `publication.${to}`,
    subjectType: 'publication',
    subjectId: row.id,
    detail: {
      from: row.state,
      to,
      ...(reason && { reason: { key: reason.key, values: reason.values ?? {} } }),
      ...(options.note && { note: options.note }),
    },
  })
  if (moved.nextCheckAt) await ringAfterCommit(tx, at, publishRing(moved, moved.nextCheckAt))
  await tellMove(tx, at, row, moved)
  return moved
}

const PUT_OFF_MS = 15 * 60_000
/** Looks at a publication again in a quarter of an hour, if it still stands where it stood. */
export async function putOff(tx: Tx, at: Date, id: string, state: PublicationState): Promise<void> {
  const row = await findPublication(tx, id)
  if (row?.state === state) await lookAgain(tx, at, row, new Date(at.getTime() + PUT_OFF_MS))
}

/** Reasons that say: no machine will settle this one. */
const forAPerson: ReadonlySet<Message['key']> = new Set([
  'publishing.needsPerson',
  'publishing.severalCandidates',
])

/** Leaves a publication in its state, to be looked at again at `nextCheckAt` (null: not by itself), with the reason to show. */
export async function lookAgain(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  nextCheckAt: Date | null,
  reason?: Message,
): Promise<void> {
  const kept = await updatePublication(
    tx,
    { id: row.id, state: row.state, fence: row.fence },
    {
      nextCheckAt,
      updatedAt: at,
      ...(reason && { reasonKey: reason.key, reasonValues: { ...reason.values } }),
    },
  )
  if (!kept) return
  if (nextCheckAt) await ringAfterCommit(tx, at, publishRing(kept, nextCheckAt))
  if (reason && forAPerson.has(reason.key)) await tellUnconfirmed(tx, at, kept)
  noteChange(tx, { institutionId: row.institutionId, kind: 'publication', id: row.id })
}
