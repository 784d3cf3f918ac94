import type { Account } from '@xingbo/shared/accounts/account.schema'
import { instantOf } from '@xingbo/shared/dates'
import { timeWarnings } from '@xingbo/shared/publishing/neighbour.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { activeStates, type PublicationState } from '@xingbo/shared/publishing/publication-state'

export const DAY_MINUTES = 24 * 60
const SNAP = 5

/** A post in its lane: minutes from midnight, and the row under others it would cover. */
export type Placed = { readonly post: Publication; readonly minute: number; readonly row: number }

/** Minutes a chip is wide on the time axis: what stands nearer goes a row lower. */
const CHIP_MINUTES = 100

/** One account's posts of a day, side by side where there is room and below each other where not. */
export function placed(posts: readonly Publication[], midnight: number): Placed[] {
  const ends: number[] = []
  return posts
    .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt) || a.id.localeCompare(b.id))
    .map((post) => {
      const minute = Math.round((Date.parse(post.dueAt) - midnight) / 60_000)
      const free = ends.findIndex((end) => end <= minute)
      const row = free === -1 ? ends.length : free
      ends[row] = minute + CHIP_MINUTES
      return { post, minute, row }
    })
}

/** The instant of a minute of `day`; steps of five minutes, inside the day. */
export const instantAt = (day: string, minute: number, zone: string): string => {
  const inside = Math.min(DAY_MINUTES - SNAP, Math.max(0, Math.round(minute / SNAP) * SNAP))
  const two = (n: number) => String(n).padStart(2, '0')
  return instantOf(day, `${two(Math.floor(inside / 60))}:${two(inside % 60)}`, zone).toISOString()
}

/** Does the post take up its account's time? */
export const isActive = (state: PublicationState) =>
  (activeStates as readonly PublicationState[]).includes(state)

/** What speaks against `post` at `dueAt`, among the posts on screen. */
export const warningsAt = (
  post: Pick<Publication, 'id' | 'platform' | 'route' | 'accountId'>,
  dueAt: Date,
  zone: string,
  shown: readonly Publication[],
) =>
  timeWarnings(
    dueAt,
    new Date(),
    zone,
    { platform: post.platform, byHand: post.route !== 'api' },
    shown
      .filter((one) => one.accountId === post.accountId && one.id !== post.id)
      .filter(({ state }) => isActive(state))
      .map((one) => ({ contentTitle: one.contentTitle, dueAt: new Date(one.dueAt) })),
  )

/** Accounts a lane is drawn for: those that can post, and those whose posts are shown. */
export const laneAccounts = (accounts: readonly Account[], shown: readonly Publication[]) =>
  accounts.filter(
    ({ id, archived }) => !archived || shown.some(({ accountId }) => accountId === id),
  )
