import type { Account } from '../accounts/account.schema.ts'
import type { Platform, PublishRoute } from '../accounts/platform.ts'
import { addDays, bizDate, instantOf } from '../dates.ts'
import { no, type Verdict } from '../verdict.ts'
import { type CaptionInput, countCaption, type MediaFacts, mediaVerdict } from './caption.rules.ts'
import { type Declaration, platformCapabilities } from './platform-capabilities.ts'
import type { PostForm } from './post-form.ts'

/** Would this platform take the signed words and the chosen cut? */
export function fitVerdict(
  platform: Platform,
  words: CaptionInput | undefined,
  cut: MediaFacts | undefined,
): Verdict {
  if (!words) return no('publishing.noCaption')
  if (!cut) return no('publishing.noCut')
  const counted = countCaption(platform, words).verdict
  if (!counted.ok || (words.form ?? platformCapabilities[platform].form) !== 'video') return counted
  return mediaVerdict(platform, cut)
}

/** What must be declared with this post; acting and opinion are not recorded of a script yet. */
export const declarationsOf = (
  platform: Platform,
  script: { readonly aiGenerated: boolean },
): Declaration[] =>
  platformCapabilities[platform].declarations.filter(
    ({ applies }) => applies === 'always' || (applies === 'if_ai' && script.aiGenerated),
  )

type Sender = Pick<Account, 'platform' | 'publishRoute' | 'postLink'>

/** Where the API takes another form than a person posts, the account's way decides which of the two it is. */
const apiForm = ({ platform, publishRoute }: Pick<Sender, 'platform' | 'publishRoute'>) =>
  publishRoute === 'api' ? platformCapabilities[platform].byApi : undefined

/** How a post on this account goes out: as the account says, unless its platform has no such way here. */
export const publishRouteOf = (account: Pick<Sender, 'platform' | 'publishRoute'>): PublishRoute =>
  account.publishRoute === 'manual'
    ? 'manual'
    : (apiForm(account) ?? platformCapabilities[account.platform]).route.value

/** What a post on this account is, and the link it ends with; goes into the words before they are rendered. */
export const postShapeOf = (account: Sender): { form: PostForm; link?: string } => {
  const { form, link } = apiForm(account) ?? platformCapabilities[account.platform]
  return link && account.postLink ? { form, link: account.postLink } : { form }
}

/** Posts go out on several accounts one after another: the first at `first`, each `spacingMinutes` later. */
export type SlotPlan = {
  readonly first: string
  readonly spacingMinutes: number
  /** Times set by hand, by account; they leave the others where they are. */
  readonly own: Readonly<Record<string, string>>
}

/** The instant of each account, in the order given. All times are ISO strings. */
export const slotTimes = (
  accountIds: readonly string[],
  { first, spacingMinutes, own }: SlotPlan,
): { accountId: string; dueAt: string }[] =>
  accountIds.map((accountId, index) => ({
    accountId,
    dueAt:
      own[accountId] ?? new Date(Date.parse(first) + index * spacingMinutes * 60_000).toISOString(),
  }))

/** When most of the audience looks at its phones (product habit); a slot without a time of its own starts with it. */
export const usualTime = '19:30'

/** The next time the usual hour strikes in `zone`, with a quarter of an hour left to fill in the form. */
export function nextUsualTime(now: Date, zone: string): Date {
  const today = bizDate(now, zone)
  const soon = instantOf(today, usualTime, zone)
  if (soon.getTime() - now.getTime() >= 15 * 60_000) return soon
  return instantOf(addDays(today, 1), usualTime, zone)
}
