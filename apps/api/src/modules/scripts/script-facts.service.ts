import { canonicalJson } from '@xingbo/shared/canonical-json'
import type { LineFacts } from '@xingbo/shared/content/line-facts'
import { type ScriptBody, settleScript } from '@xingbo/shared/scripts/script-body'
import type { Reader } from '../../db/database.ts'
import { sha256Hex } from '../../security/tokens.ts'
import {
  type Draft,
  findDraft,
  findItem,
  findRevision,
  listSignOffs,
  type Revision,
  type RevisionHead,
  type ScriptItem,
  type SignOffView,
} from './script.repository.ts'

/** The name of exactly these words: SHA-256 over the canonical JSON of the settled body. */
export const scriptSha256 = (body: ScriptBody): string =>
  sha256Hex(canonicalJson(settleScript(body)))

/** Words were written that are in no revision yet. */
export const isAhead = (
  draft: Pick<Draft, 'body'> | undefined,
  newest: Pick<RevisionHead, 'sha256'> | undefined,
): boolean => draft !== undefined && scriptSha256(draft.body) !== newest?.sha256

/**
 * The sign-off that stands: an approval nobody voided, by the doctor the item has now, over the very words
 * of the newest revision.
 */
export const standingOf = <
  D extends Pick<SignOffView, 'decision' | 'voidedAt' | 'doctorId' | 'sha256'>,
>(
  item: Pick<ScriptItem, 'doctorId'>,
  newest: Pick<RevisionHead, 'sha256'> | undefined,
  decisions: readonly D[],
): D | undefined =>
  decisions.find(
    (one) =>
      one.decision === 'approved' &&
      one.voidedAt === null &&
      one.doctorId === item.doctorId &&
      one.sha256 === newest?.sha256,
  )

/** What the rules of the line ask about the script of one item; empty for an item of another institution. */
export async function scriptFactsOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<Pick<LineFacts, 'script' | 'draftAhead' | 'signedSha256'>> {
  const item = await findItem(db, institutionId, contentId)
  if (!item) return { script: null, draftAhead: false, signedSha256: null }
  const newest = await findRevision(db, institutionId, contentId)
  const draft = await findDraft(db, institutionId, contentId)
  const standing = standingOf(item, newest, await listSignOffs(db, institutionId, contentId))
  return {
    script: newest
      ? { number: newest.number, sha256: newest.sha256, authorId: newest.authorId }
      : null,
    draftAhead: isAhead(draft, newest),
    signedSha256: standing?.sha256 ?? null,
  }
}

/** The newest revision with its text, for whoever checks, freezes or publishes it; undefined before the first. */
export const newestRevisionOf = (
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<Revision | undefined> => findRevision(db, institutionId, contentId)
