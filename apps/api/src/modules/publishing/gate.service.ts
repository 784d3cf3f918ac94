import { bizDate } from '@xingbo/shared/dates'
import { type GateFacts, gateVerdict } from '@xingbo/shared/publishing/publication.rules'
import type { Verdict } from '@xingbo/shared/verdict'
import type { Reader } from '../../db/database.ts'
import { accountReadinessOf } from '../accounts/account.service.ts'
import { complianceFactsOf } from '../compliance/compliance-facts.service.ts'
import { activeHolds } from '../content/hold.service.ts'
import { doctorReadinessOf } from '../doctors/doctor.service.ts'
import { assetForSnapshot } from '../media/media.service.ts'
import { scriptFactsOf } from '../scripts/script-facts.service.ts'
import { findContent } from './publication.repository.ts'

/** What is about to go out: an item on an account, with the words and the file it was frozen with. */
export type Candidate = {
  readonly institutionId: string
  readonly contentId: string
  readonly accountId: string
  readonly scriptSha256: string
  readonly mediaAssetId: string | null
  readonly mediaSha256: string | null
}

/** Gathers every fact the gate asks for, from the handle given: inside a transaction it sees that transaction. */
export async function gateFactsOf(db: Reader, now: Date, post: Candidate): Promise<GateFacts> {
  const { institutionId, contentId, accountId } = post
  const today = bizDate(now)
  const content = await findContent(db, institutionId, contentId)
  const script = await scriptFactsOf(db, institutionId, contentId)
  const compliance = await complianceFactsOf(db, institutionId, contentId)
  const asset = post.mediaAssetId
    ? await assetForSnapshot(db, institutionId, post.mediaAssetId)
    : undefined
  return {
    stage: content?.stage ?? 'archived',
    scriptSha256: post.scriptSha256,
    signedSha256: script.signedSha256,
    passedSha256: compliance.passedSha256,
    openBlocks: compliance.openBlocks,
    mediaReady: asset !== undefined && asset.sha256 === post.mediaSha256,
    holds: await activeHolds(db, institutionId, {
      doctorId: content?.doctorId ?? null,
      accountId,
      topicId: content?.topicId ?? null,
      contentId,
    }),
    doctor: content?.doctorId
      ? await doctorReadinessOf(db, institutionId, content.doctorId, today)
      : { ok: true },
    account: await accountReadinessOf(db, institutionId, accountId, today),
  }
}

export const gateOf = async (db: Reader, now: Date, post: Candidate): Promise<Verdict> =>
  gateVerdict(await gateFactsOf(db, now, post))
