import type { Platform } from '../accounts/platform.ts'
import { addDays, bizDate, instantOf } from '../dates.ts'
import { holidayOf } from './day-marks.ts'
import { quotaOf, spacingOf } from './posting-limits.ts'
import { SLOT_DAYS, type Slot, slotStrikes } from './slot.rules.ts'

/** `every`: each item on each account · `deal`: each item on one account, in turn. */
export const sharings = ['every', 'deal'] as const
export type Sharing = (typeof sharings)[number]

export type SpreadWay =
  | { readonly by: 'slots'; readonly start: string }
  | {
      readonly by: 'spacing'
      readonly start: string
      readonly everyMinutes: number
      /** Wall clocks `HH:mm` between which posts may go out; the end is not before the beginning. */
      readonly from: string
      readonly to: string
      readonly perDay: number
      readonly skipDaysOff: boolean
    }

export type SpreadAccount = {
  readonly id: string
  readonly platform: Platform
  readonly slots: readonly Slot[]
  /** Times (ms) that are taken: posts that stand there already. */
  readonly taken: readonly number[]
}
export type SpreadRow = {
  readonly contentId: string
  readonly accountId: string
  /** Null: no time was found. */
  readonly dueAt: string | null
  readonly slotId: string | null
  readonly slotName: string | null
}

type Pair = { readonly contentId: string; readonly account: SpreadAccount }

/**
 * Which item goes to which account. `suits` says whether the item was made for it; an item that suits none is dealt to
 * none. Dealing gives each item to the account of those that suit it which has the fewest so far.
 */
function pairs(
  contentIds: readonly string[],
  accounts: readonly SpreadAccount[],
  sharing: Sharing,
  suits: (contentId: string, accountId: string) => boolean,
): Pair[] {
  if (sharing === 'every')
    return contentIds.flatMap((contentId) =>
      accounts
        .filter((account) => suits(contentId, account.id))
        .map((account) => ({ contentId, account })),
    )
  const dealt = new Map(accounts.map(({ id }) => [id, 0]))
  return contentIds.flatMap((contentId) => {
    const [least] = accounts
      .filter((account) => suits(contentId, account.id))
      .sort((a, b) => (dealt.get(a.id) ?? 0) - (dealt.get(b.id) ?? 0))
    if (!least) return []
    dealt.set(least.id, (dealt.get(least.id) ?? 0) + 1)
    return [{ contentId, account: least }]
  })
}

/**
 * A plan for all: every row keeps away from what stands on its account and from the rows before it. In the order of the
 * items, so that the first item goes out first on every account.
 */
export function spread(input: {
  readonly contentIds: readonly string[]
  readonly accounts: readonly SpreadAccount[]
  readonly sharing: Sharing
  readonly way: SpreadWay
  readonly zone: string
  readonly suits?: (contentId: string, accountId: string) => boolean
}): SpreadRow[] {
  const { way, zone } = input
  const finders = new Map(
    input.accounts.map((account) => [
      account.id,
      way.by === 'slots' ? slotFinder(account, way.start, zone) : spacedFinder(account, way, zone),
    ]),
  )
  const suits = input.suits ?? (() => true)
  return pairs(input.contentIds, input.accounts, input.sharing, suits).map(
    ({ contentId, account }): SpreadRow => {
      const found = finders.get(account.id)?.()
      return {
        contentId,
        accountId: account.id,
        dueAt: found?.at.toISOString() ?? null,
        slotId: found?.slotId ?? null,
        slotName: found?.slotName ?? null,
      }
    },
  )
}

/** Gives an account's free times one after another; what it has given is taken, so it never has to look back. */
type Finder = () => { at: Date; slotId?: string; slotName?: string } | undefined

function slotFinder(
  { slots, platform, taken }: SpreadAccount,
  start: string,
  zone: string,
): Finder {
  const times = [...taken]
  const gap = spacingOf(platform)
  const strikes = slotStrikes(slots, new Date(Date.parse(start) - 1), zone, SLOT_DAYS)
  return () => {
    for (;;) {
      const { value, done } = strikes.next()
      if (done) return undefined
      const at = value.at.getTime()
      if (times.some((other) => Math.abs(other - at) < gap)) continue
      times.push(at)
      return value
    }
  }
}

/** A search ends after so many steps: a plan for more than a year of days is a mistake. */
const MOST_STEPS = 5_000

type Spacing = Extract<SpreadWay, { by: 'spacing' }>

/** The next time, `everyMinutes` after the last, that keeps window, quota, days off and distance. */
function spacedFinder({ platform, taken }: SpreadAccount, way: Spacing, zone: string): Finder {
  const times = [...taken]
  const gap = Math.max(spacingOf(platform), way.everyMinutes * 60_000)
  const quota = Math.min(way.perDay, quotaOf(platform) ?? way.perDay)
  const perDay = new Map<string, number>()
  const count = (at: number) => {
    const day = bizDate(new Date(at), zone)
    perDay.set(day, (perDay.get(day) ?? 0) + 1)
  }
  for (const one of times) count(one)
  let at = Date.parse(way.start)
  return () => {
    for (let n = 0; n < MOST_STEPS; n += 1) {
      const day = bizDate(new Date(at), zone)
      const opens = instantOf(day, way.from, zone).getTime()
      const closes = instantOf(day, way.to, zone).getTime()
      const off = way.skipDaysOff && holidayOf(day)?.kind === 'off'
      if (off || at > closes || (perDay.get(day) ?? 0) >= quota) {
        at = instantOf(addDays(day, 1), way.from, zone).getTime()
        continue
      }
      if (at < opens) {
        at = opens
        continue
      }
      const near = times.filter((other) => Math.abs(other - at) < gap)
      if (near.length > 0) {
        at = Math.max(...near) + gap
        continue
      }
      times.push(at)
      count(at)
      return { at: new Date(at) }
    }
    return undefined
  }
}
