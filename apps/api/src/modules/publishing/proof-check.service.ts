import type { Message } from '@xingbo/shared/messages'
import type { MatchableWork, WorkMatch } from '@xingbo/shared/metrics/matching.rules'
import { linkAccountDoubt, workDoubts } from '@xingbo/shared/publishing/proof-check.rules'
import type { ProofStanding } from '@xingbo/shared/publishing/proof-standing'
import type { Tx } from '../../db/database.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { settleNotices } from '../inbox/notice.service.ts'
import { listGivenProofs, listLinkAccounts, setStanding } from './proof-check.repository.ts'
import { findAccount, type PublicationRow } from './publication.repository.ts'
import { tellDoubt } from './telling.service.ts'

/** Exports are made of yesterday: a post of the last day may be missing without meaning anything. */
const SETTLED_AFTER_MS = 24 * 3_600_000

/** Checks the account in a proof's link when the proof is given; links of most platforms name none. */
export async function checkLinkAccount(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  proof: { id: string; linkAccountId: string | null },
): Promise<void> {
  if (proof.linkAccountId === null) return
  const { institutionId, platform, accountId } = row
  const account = await findAccount(tx, institutionId, accountId)
  const seen = await listLinkAccounts(tx, institutionId, platform, row.id)
  const openId = account?.openId ?? null
  const found = linkAccountDoubt(proof.linkAccountId, { accountId, openId }, seen)
  if (found === 'fits') await put(tx, at, row, proof.id, 'confirmed', [])
  else if (found) await put(tx, at, row, proof.id, 'doubtful', [found.doubt])
}

/**
 * Checks the proofs of an account against its own list of works, as an export gives it: each proven post
 * should stand there, under its title and near its time.
 */
export async function checkProofsAgainstWorks(
  tx: Tx,
  at: Date,
  source: { institutionId: string; accountId: string; asOf: Date },
  works: readonly MatchableWork[],
  matches: ReadonlyMap<string, WorkMatch>,
  titles: ReadonlyMap<string, string>,
): Promise<void> {
  const proven = await listGivenProofs(tx, source.institutionId, source.accountId)
  if (proven.length === 0 || works.length === 0) return
  const shown = new Map<string, MatchableWork>()
  const unsure = new Set<string>()
  for (const work of works) {
    const match = matches.get(work.key)
    if (match?.outcome === 'matched') shown.set(match.publicationId, work)
    if (match?.outcome === 'ambiguous')
      for (const { publicationId } of match.candidates) unsure.add(publicationId)
  }
  const times = works.map(({ publishedAt }) => publishedAt.getTime())
  const [first, last] = [Math.min(...times), Math.max(...times)]
  for (const { proof, publication } of proven) {
    const postedAt = publication.publishedAt ?? publication.dueAt
    const work = shown.get(publication.id)
    if (work) {
      const post = { title: titles.get(publication.id) ?? '', at: postedAt }
      const doubts = workDoubts(post, work)
      await put(tx, at, publication, proof.id, doubts.length > 0 ? 'doubtful' : 'confirmed', doubts)
      continue
    }
    const covered = postedAt.getTime() >= first && postedAt.getTime() <= last
    const settled = source.asOf.getTime() - postedAt.getTime() >= SETTLED_AFTER_MS
    if (proof.standing === 'unchecked' && covered && settled && !unsure.has(publication.id))
      await put(tx, at, publication, proof.id, 'doubtful', [{ key: 'publishing.doubt.notListed' }])
  }
}

async function put(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  proofId: string,
  standing: ProofStanding,
  doubts: readonly Message[],
): Promise<void> {
  await setStanding(tx, proofId, { standing, doubts, checkedAt: at })
  await recordAudit(tx, systemActor(row.institutionId), at, {
    action: 'publication.proof_checked',
    subjectType: 'publication',
    subjectId: row.id,
    detail: { standing, ...(doubts[0] && { reason: { values: {}, ...doubts[0] } }) },
  })
  if (standing === 'doubtful') await tellDoubt(tx, at, row)
  else
    await settleNotices(tx, at, {
      institutionId: row.institutionId,
      subjectId: row.id,
      kinds: ['proof_doubt'],
    })
}
