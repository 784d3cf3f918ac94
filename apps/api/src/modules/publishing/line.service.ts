import type { Message } from '@xingbo/shared/messages'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { Tx } from '../../db/database.ts'
import { findAhead, findLastSent, findNextInLine, upsertLastSent } from './line.repository.ts'
import { later } from './pacing.ts'
import { findInFlight, type PublicationRow } from './publication.repository.ts'
import { lookAgain, transition } from './transition.service.ts'

/**
 * The line of an account: its posts go out one after the other, earliest first, with the pause the platform asks
 * for. It is decided inside the claim's transaction, so it holds however many machines ask. Who waits is not
 * looked at again and again: whoever leaves the front wakes the next.
 */

const spacingMs = ({ platform }: PublicationRow): number =>
  platformCapabilities[platform].spacingSeconds.value * 1000

/** When the platform's pause after the account's last post is over; null when it is. */
async function freeAt(tx: Tx, at: Date, row: PublicationRow): Promise<Date | null> {
  const spacing = spacingMs(row)
  const last = spacing > 0 ? await findLastSent(tx, row.accountId) : undefined
  const free = last && later(last, spacing)
  return free && free > at ? free : null
}

/** Whether it is this post's turn now. If not it stands in line: it is woken, or looked at when the pause is over. */
export async function turnOf(tx: Tx, at: Date, row: PublicationRow): Promise<boolean> {
  const busy = (await findInFlight(tx, row.accountId, row.id)) ?? (await findAhead(tx, at, row))
  const free = busy ? null : await freeAt(tx, at, row)
  if (!busy && !free) return true
  const reason: Message = free
    ? { key: 'publishing.pausing', values: { seconds: spacingMs(row) / 1000 } }
    : { key: 'publishing.accountBusy' }
  if (row.state !== 'queued')
    await transition(tx, at, row, 'queued', { reason, set: { nextCheckAt: free } })
  // Standing where it stood already: nothing to write.
  else if (row.reasonKey !== reason.key || row.nextCheckAt || free)
    await lookAgain(tx, at, row, free, reason)
  return false
}

/** The account may be free again: the first in line looks now, or when the pause is over. */
export async function wakeNext(tx: Tx, at: Date, accountId: string): Promise<void> {
  if (await findInFlight(tx, accountId, '')) return
  const next = await findNextInLine(tx, accountId)
  if (next) await lookAgain(tx, at, next, (await freeAt(tx, at, next)) ?? at)
}

/** Remembers that the account sends, or has just been answered: the later of the two starts the pause. */
export async function notePace(tx: Tx, at: Date, row: PublicationRow): Promise<void> {
  if (spacingMs(row) > 0) await upsertLastSent(tx, row, at)
}
