import { addDays, bizDate, defaultZone } from '@xingbo/shared/dates'
import {
  type Figure,
  type Funnel,
  type FunnelContext,
  funnelOf,
  type ListKnown,
} from '@xingbo/shared/funnel/figure.rules'
import {
  costOver,
  type DayRange,
  daysIn,
  funnelCan,
  monthsIn,
  previousRange,
  type Span,
} from '@xingbo/shared/funnel/funnel.rules'
import type { getFunnel } from '@xingbo/shared/funnel/funnel.schema'
import type { AttributionModel, FunnelBreakdown } from '@xingbo/shared/funnel/funnel-stage'
import { elsewhereGroup, type FunnelFilter, unknownGroup } from '@xingbo/shared/funnel/origin'
import {
  emptySums,
  eventsOf,
  type Standing,
  type Sums,
  standingOf,
  type Tally,
  tally,
} from '@xingbo/shared/funnel/tally.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Message } from '@xingbo/shared/messages'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, found } from '../../http/errors.ts'
import { type Gathered, gather } from './facts.service.ts'
import { findListSpans, findZone, listScope, type Scope, sumCosts } from './scope.repository.ts'

/** A month seen from today, unless the asker says otherwise. */
const DEFAULT_DAYS = 30

export type FunnelQuery = z.output<typeof getFunnel.query>
/** A figure of the known days of the period, against as many days at the same place in the period before. */
type Compared = {
  readonly value: number | null
  readonly days: DayRange | null
  readonly previous: number | null
  readonly against: DayRange | null
}

export type Kpis = {
  readonly visits: Compared
  readonly purchases: Compared
  readonly netFen: Compared
  readonly costPerVisitFen: Compared
  readonly costFen: Compared
  readonly costGap: Message | null
}

export type GroupFunnel = Funnel & { readonly key: string }

/** Everything a question about the funnel rests on; the page and the drawer behind a bar ask the same one. */
export type Asked = {
  readonly institutionId: string
  readonly range: DayRange
  readonly previous: DayRange
  readonly zone: string
  readonly at: Date
  readonly attribution: AttributionModel
  readonly breakdown: FunnelBreakdown
  readonly filter: FunnelFilter
  readonly scope: Scope
  readonly lists: { readonly visits: ListKnown | null; readonly orders: ListKnown | null }
  readonly gathered: Gathered
  readonly tally: Tally
}

export async function ask(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  query: FunnelQuery,
): Promise<Asked> {
  const db = deps.db.read
  const { institutionId } = actor
  const at = deps.now()
  const zone = (await findZone(db, institutionId)) ?? defaultZone
  const to = query.to ?? bizDate(at, zone)
  const range = { from: query.from ?? addDays(to, 1 - DEFAULT_DAYS), to }
  assertVerdict(funnelCan.ask(range))
  const scope = await listScope(db, institutionId)
  const filter = filterOf(query, scope)
  const { attribution, breakdown } = query
  const gathered = await gather(db, { institutionId, range, zone, model: attribution }, scope)
  return {
    institutionId,
    range,
    previous: previousRange(range),
    zone,
    at,
    attribution,
    breakdown,
    filter,
    scope,
    lists: await listsKnown(db, institutionId, zone),
    gathered,
    tally: tally(gathered, breakdown, filter),
  }
}

/** Only what is this institution's can be asked for. */
function filterOf(query: FunnelQuery, scope: Scope): FunnelFilter {
  const { platform, accountId, doctorId, specialtyLineId } = query
  const given = [
    [accountId, scope.accounts],
    [doctorId, scope.doctors],
    [specialtyLineId, scope.lines],
  ] as const
  for (const [id, own] of given) if (id) found(own.find((one) => one.id === id))
  return { platform, accountId, doctorId, specialtyLineId }
}

async function listsKnown(
  db: Reader,
  institutionId: string,
  zone: string,
): Promise<Asked['lists']> {
  const { visits, orders } = await findListSpans(db, institutionId)
  const known = (since: string | null, asOf: Date | null): ListKnown | null =>
    since === null || asOf === null
      ? null
      : { span: { since, until: bizDate(asOf, zone) }, asOf: asOf.getTime() }
  return {
    visits: known(visits.since, visits.asOf),
    orders: known(orders.since && bizDate(orders.since, zone), orders.asOf),
  }
}

const breakdownOf = {
  platform: 'platform',
  accountId: 'account',
  doctorId: 'doctor',
  specialtyLineId: 'line',
} as const satisfies Record<keyof FunnelFilter, FunnelBreakdown>

const narrowedTo = (filter: FunnelFilter): FunnelBreakdown[] =>
  (Object.keys(breakdownOf) as (keyof FunnelFilter)[])
    .filter((key) => filter[key] !== undefined)
    .map((key) => breakdownOf[key])

/** The funnel of one group by its key, or of all together. */
export function funnelFor(asked: Asked, key: string | null): Funnel {
  const { range, at, lists, breakdown, filter } = asked
  const sums = key === null ? asked.tally.total : asked.tally.groups.get(key)
  const context: FunnelContext = {
    range,
    now: at.getTime(),
    ...lists,
    group: key === null ? null : { by: breakdown, key },
    narrowedTo: narrowedTo(filter),
  }
  return funnelOf(sums ?? emptySums(), context)
}

/** Most visits first, then purchases, and so on up the funnel; what belongs nowhere comes last. */
function inOrder([aKey, a]: [string, Sums], [bKey, b]: [string, Sums]): number {
  const last = (key: string) => (key === unknownGroup ? 2 : key === elsewhereGroup ? 1 : 0)
  const rank = (sums: Sums) => [
    sums.visitCredit,
    sums.purchaseCredit,
    sums.contacts,
    sums.platform.play.value,
    sums.platform.impression.value,
  ]
  const [ours, theirs] = [rank(a), rank(b)]
  const difference = ours.map((n, at) => (theirs[at] ?? 0) - n).find((n) => n !== 0) ?? 0
  return last(aKey) - last(bKey) || difference || (aKey < bKey ? -1 : 1)
}

export const groupFunnels = (asked: Asked): GroupFunnel[] =>
  [...asked.tally.groups].sort(inOrder).map(([key]) => ({ key, ...funnelFor(asked, key) }))

/** How all visits and purchases of the period divide; null where no list speaks of the period. */
export function standings(asked: Asked): { visit: Standing | null; purchase: Standing | null } {
  const { gathered, lists } = asked
  return {
    visit: lists.visits && standingOf(gathered.visits),
    purchase: lists.orders && standingOf(gathered.purchases),
  }
}

const nothing: Compared = { value: null, days: null, previous: null, against: null }

/** The same days of the period before, if the list reaches back to them. */
function daysBefore({ range }: Asked, days: DayRange, span: Span): DayRange | null {
  const length = daysIn(range)
  const before = { from: addDays(days.from, -length), to: addDays(days.to, -length) }
  return span.since <= before.from ? before : null
}

type Events = { readonly events: number; readonly netFen: number }

/** Visits or purchases as they are counted in the period, and in the days before it they are compared with. */
function comparedEvents(
  asked: Asked,
  figure: Figure | undefined,
  kind: 'visits' | 'purchases',
): { now: Events; days: DayRange; before: Events | null; against: DayRange | null } | null {
  const { gathered, breakdown, filter, range } = asked
  const list = kind === 'visits' ? asked.lists.visits : asked.lists.orders
  if (!list || figure?.value == null) return null
  const days = { from: figure.knownFrom ?? range.from, to: figure.knownTo ?? range.to }
  const against = daysBefore(asked, days, list.span)
  const now = { events: figure.value, netFen: figure.amountFen ?? 0 }
  if (!against) return { now, days, before: null, against: null }
  const earlier = gathered.before[kind].filter(
    ({ day }) => day >= against.from && day <= against.to,
  )
  const none = { publications: [], tokens: [], leads: [], visits: [], purchases: [] }
  const { total } = tally({ ...none, [kind]: earlier }, breakdown, filter)
  const credit = kind === 'visits' ? total.visitCredit : total.purchaseCredit
  return { now, days, before: { events: eventsOf(credit), netFen: total.netFen }, against }
}

const comparedBy = (
  events: ReturnType<typeof comparedEvents>,
  of: (events: Events) => number,
): Compared =>
  events
    ? {
        value: of(events.now),
        days: events.days,
        previous: events.before && of(events.before),
        against: events.against,
      }
    : nothing

export async function kpisOf(deps: Pick<Deps, 'db'>, asked: Asked, total: Funnel): Promise<Kpis> {
  const figure = (stage: Figure['stage']) => total.figures.find((one) => one.stage === stage)
  const purchases = comparedEvents(asked, figure('purchase'), 'purchases')
  const visits = comparedBy(comparedEvents(asked, figure('visit'), 'visits'), (all) => all.events)
  const { cost, gap } = await costsOf(deps.db.read, asked, visits)
  const perVisit = (fen: number | null, events: number | null) =>
    fen === null || !events ? null : Math.round(fen / events)
  return {
    visits,
    purchases: comparedBy(purchases, ({ events }) => events),
    netFen: comparedBy(purchases, ({ netFen }) => netFen),
    costFen: cost,
    costPerVisitFen: {
      ...cost,
      value: perVisit(cost.value, visits.value),
      previous: perVisit(cost.previous, visits.previous),
    },
    costGap: gap ?? (visits.value ? null : { key: 'funnel.cost.noVisits' }),
  }
}

/** What was spent on the days the visits are known for: the two stand in one fraction. */
async function costsOf(
  db: Reader,
  { institutionId, range, filter }: Asked,
  { days, against }: Compared,
): Promise<{ cost: Compared; gap: Message | null }> {
  if (filter.doctorId) return { cost: nothing, gap: { key: 'funnel.cost.byDoctor' } }
  const over = days ?? range
  const months = [over, ...(against ? [against] : [])].flatMap((part) =>
    monthsIn(part).map(({ month }) => month),
  )
  const byMonth = await sumCosts(db, institutionId, [...new Set(months)], filter)
  const now = costOver(over, byMonth)
  const previous = against && costOver(against, byMonth).fen
  return {
    cost: { value: now.fen, days: over, previous, against },
    gap:
      now.fen === null
        ? { key: 'funnel.cost.missing', values: { months: now.missing.join(' / ') } }
        : null,
  }
}
