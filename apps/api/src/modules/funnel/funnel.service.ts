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
type Compared = { readonly value: number | null; readonly previous: number | null }

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

const isWhole = (range: DayRange, span: Span | undefined): boolean =>
  span !== undefined && span.since <= range.from && span.until >= range.to

export async function kpisOf(deps: Pick<Deps, 'db'>, asked: Asked, total: Funnel): Promise<Kpis> {
  const { gathered, breakdown, filter, lists, previous } = asked
  const figure = (stage: Figure['stage']) => total.figures.find((one) => one.stage === stage)
  const [visit, purchase] = [figure('visit'), figure('purchase')]
  const before = tally(
    { ...gathered.before, publications: [], tokens: [], leads: [] },
    breakdown,
    filter,
  ).total
  // A period the lists know only in part is nothing to compare with.
  const visitsBefore =
    isWhole(previous, lists.visits?.span) && visit?.value != null
      ? eventsOf(before.visitCredit)
      : null
  const ordersBefore = isWhole(previous, lists.orders?.span) && purchase?.value != null
  const cost = await costsOf(deps.db.read, asked)
  const visits = { value: visit?.value ?? null, previous: visitsBefore }
  const perVisit = (fen: number | null, events: number | null) =>
    fen === null || !events ? null : Math.round(fen / events)
  return {
    visits,
    purchases: {
      value: purchase?.value ?? null,
      previous: ordersBefore ? eventsOf(before.purchaseCredit) : null,
    },
    netFen: {
      value: purchase?.amountFen ?? null,
      previous: ordersBefore ? before.netFen : null,
    },
    costFen: { value: cost.value, previous: cost.previous },
    costPerVisitFen: {
      value: perVisit(cost.value, visits.value),
      previous: perVisit(cost.previous, visits.previous),
    },
    costGap: cost.gap ?? (visits.value ? null : { key: 'funnel.cost.noVisits' }),
  }
}

async function costsOf(
  db: Reader,
  { institutionId, range, previous, filter }: Asked,
): Promise<Compared & { gap: Message | null }> {
  if (filter.doctorId) return { value: null, previous: null, gap: { key: 'funnel.cost.byDoctor' } }
  const months = monthsIn({ from: previous.from, to: range.to }).map(({ month }) => month)
  const byMonth = await sumCosts(db, institutionId, months, filter)
  const now = costOver(range, byMonth)
  return {
    value: now.fen,
    previous: costOver(previous, byMonth).fen,
    gap:
      now.fen === null
        ? { key: 'funnel.cost.missing', values: { months: now.missing.join(' / ') } }
        : null,
  }
}
