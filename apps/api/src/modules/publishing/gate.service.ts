import { bizDate } from '@xingbo/shared/dates'
import { type GateFacts, gateVerdict } from '@xingbo/shared/publishing/publication.rules'
import { publishSnapshot, snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import type { Reader } from '../../db/database.ts'
import { factOf } from '../../db/memory.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { accountReadinessOf } from '../accounts/account.service.ts'
import { complianceFactsOf } from '../compliance/compliance-facts.service.ts'
import { activeHolds } from '../content/hold.service.ts'
import { doctorReadinessOf } from '../doctors/doctor.service.ts'
import { assetForSnapshot } from '../media/media.service.ts'
import { scriptFactsOf } from '../scripts/script-facts.service.ts'
import { snapshotOf } from './publication.presenter.ts'
import { findContent, type PublicationRow } from './publication.repository.ts'

/** What is about to go out: an item on an account, with the words and the file it was frozen with. */
export type Candidate = {
  readonly institutionId: string
  readonly contentId: string
  readonly accountId: string
  readonly scriptSha256: string
  readonly mediaAssetId: string | null
  readonly mediaSha256: string | null
}

export function candidateOf(row: PublicationRow): Candidate {
  const { media } = snapshotOf(row)
  return {
    institutionId: row.institutionId,
    contentId: row.contentId,
    accountId: row.accountId,
    scriptSha256: row.scriptSha256,
    mediaAssetId: media.assetId,
    mediaSha256: media.sha256,
  }
}

/** Whether what is about to go out is still what was frozen, and for the account, item and platform it was frozen for. */
export function frozenVerdict(row: PublicationRow): Verdict {
  const snapshot = publishSnapshot.safeParse(row.snapshot)
  const same =
    snapshot.success &&
    sha256Hex(snapshotText(snapshot.data)) === row.snapshotSha256 &&
    snapshot.data.accountId === row.accountId &&
    snapshot.data.contentId === row.contentId &&
    snapshot.data.platform === row.platform &&
    snapshot.data.scriptSha256 === row.scriptSha256
  return same ? yes : no('publishing.notAsFrozen')
}

/**
 * Gathers every fact the gate asks for, from the handle given: inside a transaction it sees that transaction. A
 * burst asks the same of one item and one account many times; what nobody has changed since is not read again.
 */
export async function gateFactsOf(db: Reader, now: Date, post: Candidate): Promise<GateFacts> {
  const today = bizDate(now)
  const { institutionId: of } = post
  const media = `${post.mediaAssetId} ${post.mediaSha256}`
  const [item, account] = [
    await factOf(db, `item ${today} ${of} ${post.contentId} ${media}`, () =>
      itemFactsOf(db, today, post),
    ),
    // Each post that goes live moves its item on the board; that says nothing of an account.
    await factOf(
      db,
      `account ${today} ${of} ${post.accountId}`,
      () => accountFactsOf(db, today, post),
      'content_items',
    ),
  ]
  const { holds, ...facts } = item
  return {
    ...facts,
    scriptSha256: post.scriptSha256,
    holds: [...holds, ...account.holds],
    account: account.verdict,
  }
}

async function itemFactsOf(db: Reader, today: string, post: Candidate) {
  const { institutionId, contentId } = post
  const content = await findContent(db, institutionId, contentId)
  const script = await scriptFactsOf(db, institutionId, contentId)
  const compliance = await complianceFactsOf(db, institutionId, contentId)
  const asset = post.mediaAssetId
    ? await assetForSnapshot(db, institutionId, post.mediaAssetId)
    : undefined
  const { doctorId = null, topicId = null } = content ?? {}
  return {
    stage: content?.stage ?? ('archived' as const),
    signedSha256: script.signedSha256,
    passedSha256: compliance.passedSha256,
    openBlocks: compliance.openBlocks,
    mediaReady: asset !== undefined && asset.sha256 === post.mediaSha256,
    holds: await activeHolds(db, institutionId, { doctorId, topicId, contentId, accountId: null }),
    doctor: doctorId ? await doctorReadinessOf(db, institutionId, doctorId, today) : yes,
  }
}

async function accountFactsOf(db: Reader, today: string, { institutionId, accountId }: Candidate) {
  const only = { doctorId: null, topicId: null, contentId: null, accountId }
  return {
    holds: await activeHolds(db, institutionId, only),
    verdict: await accountReadinessOf(db, institutionId, accountId, today),
  }
}

export const gateOf = async (db: Reader, now: Date, post: Candidate): Promise<Verdict> =>
  gateVerdict(await gateFactsOf(db, now, post))
