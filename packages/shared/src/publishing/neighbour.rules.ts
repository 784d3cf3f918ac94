import type { Platform } from '../accounts/platform.ts'
import { bizDate } from '../dates.ts'
import type { Message } from '../messages.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import { holidayOf } from './day-marks.ts'
import { platformTimers, quotaOf, spacingOf } from './posting-limits.ts'
import type { RenderedCaption } from './snapshot.schema.ts'

/** A post beside which another one is to stand: on the same account. */
export type Neighbour = {
  readonly contentId: string
  readonly contentTitle: string
  readonly dueAt: Date
  /** `wordsKey` of what goes out. */
  readonly words: string
  readonly mediaSha256: string
}

/** Two captions with one key say the same: width, blanks and line ends do not make other words. */
export const wordsKey = ({ title, caption }: RenderedCaption): string =>
  `${title}\n${caption}`.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()

/** What is worth knowing about a time before it is saved; none of it forbids. `neighbours`: the account's other posts. */
export function timeWarnings(
  dueAt: Date,
  now: Date,
  zone: string,
  account: { readonly platform: Platform; readonly byHand: boolean },
  neighbours: readonly Pick<Neighbour, 'contentTitle' | 'dueAt'>[],
): Message[] {
  const warnings: Message[] = []
  const timer = platformTimers[account.platform]
  const quota = quotaOf(account.platform)
  const distance = ({ dueAt: other }: Pick<Neighbour, 'dueAt'>) =>
    Math.abs(other.getTime() - dueAt.getTime())
  const [nearest] = [...neighbours].sort((a, b) => distance(a) - distance(b))
  if (nearest && distance(nearest) < spacingOf(account.platform))
    warnings.push({
      key: 'publishing.tooClose',
      values: { title: nearest.contentTitle, minutes: Math.round(distance(nearest) / 60_000) },
    })
  const day = bizDate(dueAt, zone)
  if (quota !== null) {
    const others = neighbours.filter((one) => bizDate(one.dueAt, zone) === day).length
    if (others >= quota) warnings.push({ key: 'publishing.overQuota', values: { max: quota } })
  }
  if (timer && account.byHand) {
    const ahead = dueAt.getTime() - now.getTime()
    if (timer.maxDays !== null && ahead > timer.maxDays * 86_400_000)
      warnings.push({ key: 'publishing.beyondTimer', values: { days: timer.maxDays } })
    else if (ahead < timer.minHours * 3_600_000)
      warnings.push({ key: 'publishing.beforeTimer', values: { hours: timer.minHours } })
  }
  if (holidayOf(day)?.kind === 'off') warnings.push({ key: 'publishing.onDayOff' })
  return warnings
}

export type Repeat = { readonly of: 'words' | 'media'; readonly post: Neighbour }

/**
 * The nearest post of the same account with the same words or the same video within `days` of `dueAt`, before or
 * after. Another time of the same item is not a repeat: that one is refused by a rule of its own.
 */
export function repeatOf(
  post: Pick<Neighbour, 'contentId' | 'dueAt' | 'words' | 'mediaSha256'>,
  neighbours: readonly Neighbour[],
  days: number,
): Repeat | null {
  const distance = (one: Neighbour) => Math.abs(one.dueAt.getTime() - post.dueAt.getTime())
  const [nearest] = neighbours
    .filter((one) => one.contentId !== post.contentId && distance(one) <= days * 86_400_000)
    .filter((one) => one.words === post.words || one.mediaSha256 === post.mediaSha256)
    .sort((a, b) => distance(a) - distance(b))
  if (!nearest) return null
  return { of: nearest.words === post.words ? 'words' : 'media', post: nearest }
}

/** A repeat goes out only with a written reason, which the audit log keeps. */
export function repeatVerdict(repeat: Repeat | null, reason: string, zone: string): Verdict {
  if (!repeat || reason.trim().length >= 2) return yes
  return no(repeat.of === 'words' ? 'publishing.repeatsWords' : 'publishing.repeatsMedia', {
    title: repeat.post.contentTitle,
    day: bizDate(repeat.post.dueAt, zone),
  })
}
