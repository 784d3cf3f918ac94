import type { Message } from '../messages.ts'
import { alikeFrom, sameTitleWindowMs } from '../metrics/matching.rules.ts'
import { titleKey, titleLikeness } from '../metrics/work-title.rules.ts'

/** An account as the links of its posts name it, from proofs that were given before. */
export type SeenLinkAccount = {
  readonly linkAccountId: string
  readonly accountId: string
  readonly accountName: string
}

/**
 * Does the account in a post's link belong to the account the post was meant for? `null`: nobody can tell yet.
 * @param openId the platform's own id of the account, where it was connected
 */
export function linkAccountDoubt(
  linkAccountId: string,
  mine: { readonly accountId: string; readonly openId: string | null },
  seen: readonly SeenLinkAccount[],
): { readonly doubt: Message } | 'fits' | null {
  if (mine.openId === linkAccountId) return 'fits'
  const other = seen.find(
    (one) => one.linkAccountId === linkAccountId && one.accountId !== mine.accountId,
  )
  if (other)
    return {
      doubt: { key: 'publishing.doubt.otherAccount', values: { account: other.accountName } },
    }
  const own = seen.filter((one) => one.accountId === mine.accountId)
  if (own.some((one) => one.linkAccountId === linkAccountId)) return 'fits'
  return own.length > 0 ? { doubt: { key: 'publishing.doubt.newLinkAccount' } } : null
}

/** What in the platform's own figures speaks against a proof: another title, another day. */
export function workDoubts(
  post: { readonly title: string; readonly at: Date },
  work: { readonly title: string; readonly publishedAt: Date },
): Message[] {
  const doubts: Message[] = []
  const [mine, theirs] = [titleKey(post.title), titleKey(work.title)]
  const cut = theirs.length >= 4 && mine.startsWith(theirs)
  if (theirs !== '' && !cut && titleLikeness(mine, theirs) < alikeFrom)
    doubts.push({ key: 'publishing.doubt.title', values: { title: work.title } })
  const apart = Math.abs(work.publishedAt.getTime() - post.at.getTime())
  if (apart > sameTitleWindowMs)
    doubts.push({
      key: 'publishing.doubt.time',
      values: { hours: Math.round(apart / 3_600_000) },
    })
  return doubts
}
