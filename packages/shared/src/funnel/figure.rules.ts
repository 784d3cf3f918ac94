import type { Message } from '../messages.ts'
import {
  type Coverage,
  type DayRange,
  daysIn,
  enoughCoverage,
  type Grounds,
  groundedRate,
  knownPart,
  noRate,
  type Rate,
  rateOf,
  type Span,
} from './funnel.rules.ts'
import {
  type FigureSource,
  type FunnelBreakdown,
  type FunnelStage,
  funnelStages,
  isPlatformStage,
  type PlatformStage,
} from './funnel-stage.ts'
import { elsewhereGroup, unknownGroup } from './origin.ts'
import { coverageOf, eventsOf, pairOf, type Sums } from './tally.rules.ts'

/** One stage of one funnel, with everything a person needs to believe it. */
export type Figure = {
  readonly stage: FunnelStage
  /** Null is unknown. Visits and purchases shared between several places may be fractions. */
  readonly value: number | null
  /** Of purchases: paid less refunded. */
  readonly amountFen: number | null
  readonly sources: readonly FigureSource[]
  /** UTC milliseconds: the newest and the oldest moment the parts are true for. */
  readonly asOf: number | null
  readonly oldestAsOf: number | null
  /** Of the posts of the period: how many have the figure; for contacts, how many carry a touch token. */
  readonly coverage: Coverage | null
  /** The part of the period a list of visits or orders speaks of, where that is not all of it. */
  readonly knownFrom: string | null
  readonly knownTo: string | null
  /** Why there is no value. */
  readonly gap: Message | null
  /** Of the stage before. */
  readonly step: Rate
  /** Of the base. */
  readonly overall: Rate
}

export type Funnel = {
  /** The stage the overall rates count from: the first that enough posts have, else the contacts. */
  readonly base: FunnelStage | null
  readonly figures: readonly Figure[]
}

/** A list brought in by file: the days it speaks of and the moment it was true for. */
export type ListKnown = { readonly span: Span; readonly asOf: number }

export type FunnelContext = {
  readonly range: DayRange
  /** Now, in UTC milliseconds: what we count ourselves is true for now. */
  readonly now: number
  readonly visits: ListKnown | null
  readonly orders: ListKnown | null
  /** A group of a breakdown and its key; null for all together. */
  readonly group: { readonly by: FunnelBreakdown; readonly key: string } | null
  /** Only some events are asked for; by what, decides what evidence could lead there. */
  readonly narrowedTo: readonly FunnelBreakdown[]
}

type Bare = Omit<Figure, 'step' | 'overall'>

const bare = (stage: FunnelStage, over: Partial<Bare>): Bare => ({
  stage,
  value: null,
  amountFen: null,
  sources: [],
  asOf: null,
  oldestAsOf: null,
  coverage: null,
  knownFrom: null,
  knownTo: null,
  gap: null,
  ...over,
})

function platformFigure(stage: PlatformStage, sums: Sums, key: string | undefined): Bare {
  const { value, newest, oldest, sources } = sums.platform[stage]
  const coverage = coverageOf(sums, stage)
  if (key === elsewhereGroup) return bare(stage, { gap: { key: 'funnel.gap.noPlatform' } })
  if (coverage.total === 0)
    return bare(stage, { coverage, gap: { key: 'funnel.gap.noPublications' } })
  if (coverage.known === 0)
    return bare(stage, {
      coverage,
      gap: { key: 'funnel.gap.noFigures', values: { total: coverage.total } },
    })
  return bare(stage, {
    value,
    sources: [...sources].sort(),
    asOf: newest,
    oldestAsOf: oldest,
    coverage,
  })
}

/** Without a token nothing here could be counted: that is not zero people. */
function countedFigure(stage: 'contact' | 'lead' | 'consultation', sums: Sums, now: number): Bare {
  const value = { contact: sums.contacts, lead: sums.leads, consultation: sums.consulted }[stage]
  const coverage = stage === 'contact' ? { known: sums.withToken, total: sums.publications } : null
  if (sums.tokens === 0 && value === 0)
    return bare(stage, { coverage, gap: { key: 'funnel.gap.noTokens' } })
  return bare(stage, {
    value,
    sources: [stage === 'consultation' ? 'manual' : 'system'],
    asOf: now,
    oldestAsOf: now,
    coverage,
  })
}

function listedFigure(stage: 'visit' | 'purchase', sums: Sums, context: FunnelContext): Bare {
  const list = stage === 'visit' ? context.visits : context.orders
  const part = knownPart(context.range, list?.span ?? null)
  if (!list || !part)
    return bare(stage, {
      gap: { key: stage === 'visit' ? 'funnel.gap.noVisits' : 'funnel.gap.noOrders' },
    })
  const credit = stage === 'visit' ? sums.visitCredit : sums.purchaseCredit
  if (credit === 0 && !couldLeadHere(stage, sums, context))
    return bare(stage, { gap: { key: 'funnel.gap.noEvidence' } })
  const { range } = context
  const whole = part.from === range.from && part.to === range.to
  return bare(stage, {
    value: eventsOf(credit),
    amountFen: stage === 'purchase' ? sums.netFen : null,
    sources: ['import'],
    asOf: list.asOf,
    oldestAsOf: list.asOf,
    knownFrom: whole ? null : part.from,
    knownTo: whole ? null : part.to,
  })
}

/**
 * Whether a visit or purchase could have been led here at all; if not, none is no zero. Patients name
 * platforms, orders name accounts; anything finer is known by touch tokens alone.
 */
function couldLeadHere(
  stage: 'visit' | 'purchase',
  sums: Sums,
  { group, narrowedTo }: FunnelContext,
): boolean {
  if (sums.tokens > 0) return true
  if (group?.key === unknownGroup || group?.key === elsewhereGroup) return true
  const reached: readonly FunnelBreakdown[] =
    stage === 'visit' ? ['platform'] : ['platform', 'account', 'doctor']
  return [...narrowedTo, ...(group ? [group.by] : [])].every((by) => reached.includes(by))
}

type Valued = Bare & { readonly value: number }

/** What counts in a rate: of visits and purchases only those that content brought. */
function rated(sums: Sums, figure: Valued): number {
  if (figure.stage === 'visit') return eventsOf(sums.placedVisitCredit)
  if (figure.stage === 'purchase') return eventsOf(sums.placedPurchaseCredit)
  return figure.value
}

const groundsOf = (sums: Sums, figure: Valued, { range }: FunnelContext): Grounds => ({
  posts: isPlatformStage(figure.stage) ? coverageOf(sums, figure.stage) : null,
  days: daysIn({ from: figure.knownFrom ?? range.from, to: figure.knownTo ?? range.to }),
})

/** Platform counts are compared over the posts that have both; people's events over all that is known. */
function between(sums: Sums, from: Valued, to: Valued, context: FunnelContext): Rate {
  if (isPlatformStage(from.stage) && isPlatformStage(to.stage)) {
    const pair = pairOf(sums, from.stage, to.stage)
    if (!pair) return noRate({ key: 'funnel.rate.noPairs' })
    const posts = { known: pair.known, total: sums.publications }
    return { ...rateOf(pair.later, pair.earlier), posts }
  }
  const key = context.group?.key
  const byContent = key !== elsewhereGroup && key !== unknownGroup
  if (!byContent && (to.stage === 'visit' || to.stage === 'purchase'))
    return noRate({ key: 'funnel.rate.notFromPosts' })
  return groundedRate(
    { value: rated(sums, to), ...groundsOf(sums, to, context) },
    { value: rated(sums, from), ...groundsOf(sums, from, context) },
  )
}

function stepOf(sums: Sums, before: Bare | undefined, figure: Bare, context: FunnelContext): Rate {
  if (!before || figure.value === null) return noRate(null)
  if (before.value === null) return noRate({ key: 'funnel.rate.noBase' })
  const [from, to] = [
    { ...before, value: before.value },
    { ...figure, value: figure.value },
  ]
  return between(sums, from, to, context)
}

/** The first stage that can carry the overall rates: a platform count of enough posts, else the contacts. */
function baseOf(sums: Sums, figures: readonly Bare[]): Valued | null {
  for (const figure of figures) {
    const { value, stage } = figure
    if (value === null || value === 0) continue
    if (stage === 'contact') return { ...figure, value }
    if (!isPlatformStage(stage)) return null
    const { known, total } = coverageOf(sums, stage)
    if (known >= total * enoughCoverage) return { ...figure, value }
  }
  return null
}

/** The nine stages from what was counted, each with its source, as-of time, coverage and rates. */
export function funnelOf(sums: Sums, context: FunnelContext): Funnel {
  const figures = funnelStages.map((stage) => {
    if (isPlatformStage(stage)) return platformFigure(stage, sums, context.group?.key)
    if (stage === 'visit' || stage === 'purchase') return listedFigure(stage, sums, context)
    return countedFigure(stage, sums, context.now)
  })
  const base = baseOf(sums, figures)
  const baseAt = base ? funnelStages.indexOf(base.stage) : funnelStages.length
  return {
    base: base?.stage ?? null,
    figures: figures.map((figure, at) => ({
      ...figure,
      step: stepOf(sums, figures[at - 1], figure, context),
      overall:
        base && at > baseAt && figure.value !== null
          ? between(sums, base, { ...figure, value: figure.value }, context)
          : noRate(null),
    })),
  }
}
