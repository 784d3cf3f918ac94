import { clockVerdict } from '@xingbo/shared/health/health.rules'
import type { Verdict } from '@xingbo/shared/verdict'
import { noteChange, type Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { ringAfterCommit } from '../audit/audit.ts'
import { publishRing } from './publication.job.ts'
import { type PublicationRow, updatePublication } from './publication.repository.ts'
import { listHeldFor } from './waiting.repository.ts'

const key = 'health.clockUntrusted'

/** Whether this machine's clock may decide that something is due. */
export const clockOf = ({ clockSkewMs }: Pick<Deps, 'clockSkewMs'>): Verdict =>
  clockVerdict(clockSkewMs?.() ?? null)

/**
 * Whether a due post is held because the clock cannot be trusted; the post then says so. Its times stay as they
 * are: set by that clock, they would be wrong once it is right. The sweeper asks again.
 */
export async function heldByClock(
  deps: Pick<Deps, 'clockSkewMs'>,
  tx: Tx,
  at: Date,
  row: PublicationRow,
): Promise<boolean> {
  const clock = clockOf(deps)
  if (clock.ok) return false
  if (row.reasonKey !== key)
    await note(tx, at, row, { reasonKey: key, reasonValues: { ...clock.reason.values } })
  return true
}

/** The clock is right again: what it held says so no more, and what is due by now is looked at at once. */
export async function releaseClockHeld(tx: Tx, at: Date): Promise<void> {
  for (const row of await listHeldFor(tx, key)) {
    const freed = await note(tx, at, row, { reasonKey: null, reasonValues: null })
    if (freed && freed.dueAt <= at) await ringAfterCommit(tx, at, publishRing(freed, at))
  }
}

async function note(
  tx: Tx,
  at: Date,
  { id, institutionId, state, fence }: PublicationRow,
  set: Pick<PublicationRow, 'reasonKey' | 'reasonValues'>,
): Promise<PublicationRow | undefined> {
  const noted = await updatePublication(tx, { id, state, fence }, { ...set, updatedAt: at })
  if (noted) noteChange(tx, { institutionId, kind: 'publication', id })
  return noted
}
