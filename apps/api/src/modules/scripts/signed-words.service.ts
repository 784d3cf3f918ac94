import { groupBy } from '@xingbo/shared/group-by'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import type { Reader } from '../../db/database.ts'
import { standingOf } from './script-facts.service.ts'
import { listNewestRevisions, listStandingApprovals } from './signed-words.repository.ts'

/** The newest revision, and the hash the standing sign-off binds to: null while it does not bind to that revision. */
export type SignedWords = {
  readonly sha256: string
  readonly body: ScriptBody
  readonly signedSha256: string | null
}

/**
 * What `scriptFactsOf` and `newestRevisionOf` say of one item, for many in two queries. Items without a revision are
 * not in the answer. `items` name the doctor each item has now.
 */
export async function signedWordsOf(
  db: Reader,
  institutionId: string,
  items: readonly { readonly id: string; readonly doctorId: string | null }[],
): Promise<Map<string, SignedWords>> {
  const ids = items.map(({ id }) => id)
  const approvals = await listStandingApprovals(db, institutionId, ids)
  const ofItem = groupBy(approvals, ({ contentId }) => contentId)
  const doctors = new Map(items.map(({ id, doctorId }) => [id, doctorId]))
  const revisions = await listNewestRevisions(db, institutionId, ids)
  return new Map(
    revisions.map(({ contentId, sha256, body }) => {
      const item = { doctorId: doctors.get(contentId) ?? null }
      const standing = standingOf(item, { sha256 }, ofItem.get(contentId) ?? [])
      return [contentId, { sha256, body, signedSha256: standing?.sha256 ?? null }]
    }),
  )
}
