import { type Share, splitMoney, wholeCredit } from './attribution.rules.ts'
import type { Coverage } from './funnel.rules.ts'
import {
  type FigureSource,
  type FunnelBreakdown,
  type PlatformStage,
  platformStages,
} from './funnel-stage.ts'
import { type FunnelFilter, groupOf, isWanted, type Origin, type Place } from './origin.ts'

/** A platform count, when it was true (UTC milliseconds) and where it comes from. */
export type Known = {
  readonly value: number
  readonly asOf: number
  readonly source: FigureSource
}

/** A post published in the period with the latest of each figure; null is unknown, never zero. */
export type PublicationFacts = {
  readonly place: Place
  readonly carriesToken: boolean
  readonly figures: Readonly<Record<PlatformStage, Known | null>>
}
/** A touch token that existed by the end of the period, and the contacts it counted in it. */
export type TokenFacts = { readonly origin: Origin; readonly contacts: number }
/** Leads left, or consulted for the first time in the period. */
export type LeadFacts = {
  readonly origin: Origin
  readonly leads: number
  readonly consulted: number
}
/** `times` visits or purchases with the same shares; `netFen` is theirs together. */
export type ConversionFacts = {
  readonly shares: readonly Share[]
  readonly times: number
  readonly netFen: number
}

export type FunnelFacts = {
  readonly publications: readonly PublicationFacts[]
  readonly tokens: readonly TokenFacts[]
  readonly leads: readonly LeadFacts[]
  readonly visits: readonly ConversionFacts[]
  readonly purchases: readonly ConversionFacts[]
}

type PlatformSum = {
  value: number
  known: number
  newest: number
  oldest: number
  sources: Set<FigureSource>
}
/** Two figures over the posts that have both, for a rate that compares like with like. */
type PairSum = { earlier: number; later: number; known: number }

/** Everything counted for one group, or for all. Credits are in `wholeCredit`ths of an event. */
export type Sums = {
  publications: number
  withToken: number
  tokens: number
  contacts: number
  leads: number
  consulted: number
  visitCredit: number
  purchaseCredit: number
  /** Of these, what leads to a platform, an account or a post; the rest came by other ways or by unknown ones. */
  placedVisitCredit: number
  placedPurchaseCredit: number
  netFen: number
  readonly platform: Record<PlatformStage, PlatformSum>
  readonly pairs: Map<string, PairSum>
}

const emptySum = (): PlatformSum => ({
  value: 0,
  known: 0,
  newest: 0,
  oldest: 0,
  sources: new Set(),
})

export const emptySums = (): Sums => ({
  publications: 0,
  withToken: 0,
  tokens: 0,
  contacts: 0,
  leads: 0,
  consulted: 0,
  visitCredit: 0,
  purchaseCredit: 0,
  placedVisitCredit: 0,
  placedPurchaseCredit: 0,
  netFen: 0,
  platform: {
    impression: emptySum(),
    play: emptySum(),
    engagement: emptySum(),
    profile_visit: emptySum(),
  },
  pairs: new Map(),
})

const pairKey = (earlier: PlatformStage, later: PlatformStage) => `${earlier}>${later}`
export const pairOf = (
  sums: Sums,
  earlier: PlatformStage,
  later: PlatformStage,
): PairSum | undefined => sums.pairs.get(pairKey(earlier, later))

export const coverageOf = (sums: Sums, stage: PlatformStage): Coverage => ({
  known: sums.platform[stage].known,
  total: sums.publications,
})
export const eventsOf = (credit: number): number => credit / wholeCredit

function addPublication(sums: Sums, { figures, carriesToken }: PublicationFacts): void {
  sums.publications += 1
  if (carriesToken) sums.withToken += 1
  for (const [at, stage] of platformStages.entries()) {
    const figure = figures[stage]
    if (!figure) continue
    const sum = sums.platform[stage]
    sum.value += figure.value
    sum.known += 1
    sum.newest = Math.max(sum.newest, figure.asOf)
    sum.oldest = sum.known === 1 ? figure.asOf : Math.min(sum.oldest, figure.asOf)
    sum.sources.add(figure.source)
    for (const before of platformStages.slice(0, at)) {
      const earlier = figures[before]
      if (!earlier) continue
      const key = pairKey(before, stage)
      const pair = sums.pairs.get(key) ?? { earlier: 0, later: 0, known: 0 }
      pair.earlier += earlier.value
      pair.later += figure.value
      pair.known += 1
      sums.pairs.set(key, pair)
    }
  }
}

export type Tally = { readonly total: Sums; readonly groups: ReadonlyMap<string, Sums> }

/**
 * Counts the facts that are wanted, in all and by group. Every event lands in exactly one group, or in several
 * by parts that add up to it, so the groups always add up to the total.
 */
export function tally(facts: FunnelFacts, breakdown: FunnelBreakdown, filter: FunnelFilter): Tally {
  const total = emptySums()
  const groups = new Map<string, Sums>()
  const add = (origin: Origin, count: (sums: Sums) => void) => {
    if (!isWanted(origin, filter)) return
    const key = groupOf(origin, breakdown)
    const group = groups.get(key) ?? emptySums()
    groups.set(key, group)
    count(total)
    count(group)
  }
  for (const one of facts.publications)
    add({ kind: 'placed', place: one.place, token: null }, (sums) => addPublication(sums, one))
  for (const { origin, contacts } of facts.tokens)
    add(origin, (sums) => {
      sums.tokens += 1
      sums.contacts += contacts
    })
  for (const { origin, leads, consulted } of facts.leads)
    add(origin, (sums) => {
      sums.leads += leads
      sums.consulted += consulted
    })
  for (const { shares, times } of facts.visits)
    for (const { origin, credit } of shares)
      add(origin, (sums) => {
        sums.visitCredit += credit * times
        if (origin.kind === 'placed') sums.placedVisitCredit += credit * times
      })
  for (const { shares, times, netFen } of facts.purchases) {
    const money = splitMoney(netFen, shares)
    for (const [i, { origin, credit }] of shares.entries())
      add(origin, (sums) => {
        sums.purchaseCredit += credit * times
        if (origin.kind === 'placed') sums.placedPurchaseCredit += credit * times
        sums.netFen += money[i] ?? 0
      })
  }
  return { total, groups }
}

/** How the credit of all visits or purchases divides: what a person should know before reading a breakdown. */
export type Standing = {
  readonly total: number
  /** Led to one of our platforms, accounts or posts by a touch, or by what the patient said. */
  readonly byTouch: number
  readonly byTold: number
  /** Known to come from somewhere else. */
  readonly elsewhere: number
  readonly unknown: number
}

export function standingOf(conversions: readonly ConversionFacts[]): Standing {
  const credits = { total: 0, byTouch: 0, byTold: 0, elsewhere: 0, unknown: 0 }
  for (const { shares, times } of conversions)
    for (const { origin, by, credit } of shares) {
      const part =
        origin.kind === 'unknown'
          ? 'unknown'
          : origin.kind === 'elsewhere'
            ? 'elsewhere'
            : by === 'touch'
              ? 'byTouch'
              : 'byTold'
      credits[part] += credit * times
      credits.total += credit * times
    }
  return {
    total: eventsOf(credits.total),
    byTouch: eventsOf(credits.byTouch),
    byTold: eventsOf(credits.byTold),
    elsewhere: eventsOf(credits.elsewhere),
    unknown: eventsOf(credits.unknown),
  }
}
