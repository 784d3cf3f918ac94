import type { Message } from '@xingbo/shared/messages'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import type { Tx } from '../../db/database.ts'
import { notify, settleNotices } from '../inbox/notice.service.ts'
import { namesOf } from './hand-off.repository.ts'
import type { PublicationRow } from './publication.repository.ts'

type Told = Extract<
  Message['key'],
  | 'publishing.tell.expired'
  | 'publishing.tell.failed'
  | 'publishing.tell.takenDown'
  | 'publishing.tell.unconfirmed'
  | 'publishing.tell.doubt'
>
/** Ends nobody wished for, and what people are told of them. */
const troubles: Partial<Record<PublicationState, Told>> = {
  failed: 'publishing.tell.failed',
  expired: 'publishing.tell.expired',
  taken_down: 'publishing.tell.takenDown',
}

/**
 * Tells people of a publication that has just moved: of trouble whoever looks after the account, of a missed
 * hand-off the managers too. What was said of it before is settled. A post that goes its way by API costs nothing here.
 */
export async function tellMove(
  tx: Tx,
  at: Date,
  before: PublicationRow,
  moved: PublicationRow,
): Promise<void> {
  const matter = { institutionId: moved.institutionId, subjectId: moved.id }
  if (before.state === 'awaiting_person')
    await settleNotices(tx, at, { ...matter, kinds: ['hand_off'] })
  else if (moved.state === 'canceled' && moved.route !== 'api')
    await settleNotices(tx, at, { ...matter, kinds: ['hand_off'] })
  if (before.state === 'unconfirmed')
    await settleNotices(tx, at, { ...matter, kinds: ['publish_trouble'] })
  const trouble = troubles[moved.state]
  if (trouble) await tellTrouble(tx, at, moved, trouble)
}

/** An unconfirmed post that only a person can settle, told once per time it came to that. */
export const tellUnconfirmed = (tx: Tx, at: Date, row: PublicationRow): Promise<void> =>
  tellTrouble(tx, at, row, 'publishing.tell.unconfirmed')

/** A proof that does not fit what else is known of the post. */
export const tellDoubt = (tx: Tx, at: Date, row: PublicationRow): Promise<void> =>
  tellTrouble(tx, at, row, 'publishing.tell.doubt')

async function tellTrouble(tx: Tx, at: Date, row: PublicationRow, key: Told): Promise<void> {
  const names = await namesOf(tx, row.id)
  if (!names) return
  const missed = key === 'publishing.tell.expired' && row.route !== 'api'
  await notify(
    tx,
    { now: () => at },
    {
      institutionId: row.institutionId,
      to: {
        users: [row.createdBy, ...(names.takenOverBy ? [names.takenOverBy] : [])],
        ownerOf: row.accountId,
        ...(missed && { roles: ['manager'] }),
      },
      kind: key === 'publishing.tell.doubt' ? 'proof_doubt' : 'publish_trouble',
      severity: missed || key === 'publishing.tell.unconfirmed' ? 'urgent' : 'warning',
      subject: { type: 'publication', id: row.id },
      message: { key, values: { title: names.title, account: names.accountName } },
      mergeKey: `publication:${row.id}:${key}:${row.stateEnteredAt.getTime()}`,
      // A platform that fails many posts at once is one message, not a hundred.
      groupKey: `trouble:${row.accountId}`,
    },
  )
}
