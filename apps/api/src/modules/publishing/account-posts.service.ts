import type { Message } from '@xingbo/shared/messages'
import { noteChange, type Reader, type Tx } from '../../db/database.ts'
import { ringAfterCommit } from '../audit/audit.ts'
import { publishRing } from './publication.job.ts'
import { type PublicationRow, updatePublication } from './publication.repository.ts'
import { countUnknownOutcomes, listWaitingOf } from './waiting.repository.ts'

type Account = { readonly institutionId: string; readonly id: string }

/** Posts of the account that wait, by its interface, for their time or their turn. */
export async function waitingPostsOf(db: Reader, account: Account): Promise<PublicationRow[]> {
  return listWaitingOf(db, account.institutionId, account.id)
}

/**
 * Says on every waiting post of an account why it will not go out: they stay scheduled, and the calendar and
 * each post show the reason before the hour comes, not after. Returns how many there are.
 */
export async function holdPostsOf(
  tx: Tx,
  at: Date,
  account: Account,
  reason: Message,
): Promise<number> {
  const rows = await waitingPostsOf(tx, account)
  for (const row of rows)
    await note(tx, at, row, { reasonKey: reason.key, reasonValues: { ...reason.values } })
  return rows.length
}

/** Takes the reason off again and looks at once at what is due: it goes out by itself if still in time. */
export async function releasePostsOf(tx: Tx, at: Date, account: Account): Promise<number> {
  const rows = (await waitingPostsOf(tx, account)).filter(({ reasonKey }) => reasonKey !== null)
  for (const row of rows) {
    const nextCheckAt = row.dueAt <= at ? at : null
    const freed = await note(tx, at, row, { reasonKey: null, reasonValues: null, nextCheckAt })
    if (freed && nextCheckAt) await ringAfterCommit(tx, at, publishRing(freed, nextCheckAt))
  }
  return rows.length
}

async function note(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  set: Partial<Pick<PublicationRow, 'reasonKey' | 'reasonValues' | 'nextCheckAt'>>,
): Promise<PublicationRow | undefined> {
  const { id, state, fence, institutionId } = row
  const noted = await updatePublication(tx, { id, state, fence }, { ...set, updatedAt: at })
  if (noted) noteChange(tx, { institutionId, kind: 'publication', id })
  return noted
}

/** How many submissions of the account ended with nobody knowing what became of them, since `since`. */
export const unknownOutcomesOf = (db: Reader, accountId: string, since: Date): Promise<number> =>
  countUnknownOutcomes(db, accountId, since)
