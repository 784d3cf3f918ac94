import { setImmediate } from 'node:timers/promises'
import { attribute, type Touchpoint } from '@xingbo/shared/funnel/attribution.rules'
import { type Calendar, calendarOf } from '@xingbo/shared/funnel/calendar'
import { type DayRange, previousRange } from '@xingbo/shared/funnel/funnel.rules'
import {
  type AttributionModel,
  type PlatformStage,
  platformStages,
} from '@xingbo/shared/funnel/funnel-stage'
import type { Origin } from '@xingbo/shared/funnel/origin'
import { readTold, type Told } from '@xingbo/shared/funnel/self-reported.rules'
import type {
  ConversionFacts,
  Known,
  LeadFacts,
  PublicationFacts,
  TokenFacts,
} from '@xingbo/shared/funnel/tally.rules'
import type { Reader } from '../../db/database.ts'
import { type Origins, originsOf, placeOf } from './origins.service.ts'
import {
  countConsultations,
  countLeads,
  countUntouchedVisits,
  listPaidOrders,
  listTokens,
  listTouchedVisits,
  type TouchRow,
} from './people.repository.ts'
import { listLatest, listPosts, type Period } from './post.repository.ts'
import type { Scope } from './scope.repository.ts'

export type Dated = ConversionFacts & { readonly day: string }
export type PostFacts = PublicationFacts & { readonly id: string }
export type LabelledToken = TokenFacts & { readonly token: string; readonly label: string }

/** Everything the funnel of a period counts, and the visits and purchases of the period before. */
export type Gathered = {
  readonly period: Period
  readonly calendar: Calendar
  readonly origins: Origins
  readonly publications: readonly PostFacts[]
  readonly tokens: readonly LabelledToken[]
  readonly leads: readonly LeadFacts[]
  readonly visits: readonly Dated[]
  readonly purchases: readonly Dated[]
  readonly before: { readonly visits: readonly Dated[]; readonly purchases: readonly Dated[] }
}

type Asked = {
  readonly institutionId: string
  readonly range: DayRange
  readonly zone: string
  readonly model: AttributionModel
}

/**
 * Reads the facts of a period: one statement for each kind of fact, however many posts or people there are.
 * Between two statements the server answers others.
 */
export async function gather(db: Reader, asked: Asked, scope: Scope): Promise<Gathered> {
  const { institutionId, range, zone } = asked
  const previous = previousRange(range)
  const calendar = calendarOf({ from: previous.from, to: range.to }, zone)
  const period: Period = {
    institutionId,
    from: calendar.startOf(range.from),
    until: calendar.endOf(range.to),
  }
  const both = { institutionId, firstDay: previous.from, lastDay: range.to }

  const posts = await listPosts(db, period)
  const latest = new Map<PlatformStage, ReadonlyMap<string, Known>>()
  for (const stage of platformStages) {
    const rows = await listLatest(db, period, stage)
    latest.set(stage, new Map(rows.map(({ publicationId, ...known }) => [publicationId, known])))
    await setImmediate()
  }
  const tokens = await listTokens(db, period)
  await setImmediate()
  const left = await countLeads(db, period)
  const consulted = await countConsultations(db, period)
  await setImmediate()
  const untouched = await countUntouchedVisits(db, both)
  await setImmediate()
  const touched = await listTouchedVisits(db, both)
  await setImmediate()
  const paid = await listPaidOrders(db, { ...period, from: calendar.startOf(previous.from) })
  await setImmediate()

  const rows = [...left, ...consulted, ...touched.touches, ...paid.touches]
  const origins = await originsOf(db, institutionId, { scope, posts, tokens, rows })
  const visits = creditVisits(asked.model, untouched, touched, origins, calendar)
  const purchases = creditPurchases(asked.model, paid, origins, calendar)
  const now = ({ day }: Dated) => day >= range.from
  const earlier = ({ day }: Dated) => day < range.from
  return {
    period,
    calendar: calendarOf(range, zone),
    origins,
    publications: posts.map(({ carriesToken, ...post }) => ({
      id: post.id,
      place: placeOf(post),
      carriesToken: carriesToken === 1,
      figures: {
        impression: latest.get('impression')?.get(post.id) ?? null,
        play: latest.get('play')?.get(post.id) ?? null,
        engagement: latest.get('engagement')?.get(post.id) ?? null,
        profile_visit: latest.get('profile_visit')?.get(post.id) ?? null,
      },
    })),
    tokens: tokens.map((row) => ({
      token: row.token,
      label: row.label,
      contacts: row.contacts,
      origin: origins.ofToken(row),
    })),
    leads: [
      ...left.map((row) => ({ origin: origins.of(row), leads: row.n, consulted: 0 })),
      ...consulted.map((row) => ({ origin: origins.of(row), leads: 0, consulted: row.n })),
    ],
    visits: visits.filter(now),
    purchases: purchases.filter(now),
    before: { visits: visits.filter(earlier), purchases: purchases.filter(earlier) },
  }
}

/** Reads each text once: thousands of visits say the same few things. */
function reader(): (text: string) => Told {
  const read = new Map<string, Told>()
  return (text) => {
    const known = read.get(text)
    if (known) return known
    const told = readTold(text)
    read.set(text, told)
    return told
  }
}

function touchesById(
  rows: readonly TouchRow[],
  origins: Origins,
): ReadonlyMap<string, readonly Touchpoint[]> {
  const byId = new Map<string, Touchpoint[]>()
  for (const row of rows) {
    const touch = { at: row.leftAt, id: row.leadId, origin: origins.of(row) }
    const known = byId.get(row.id)
    if (known) known.push(touch)
    else byId.set(row.id, [touch])
  }
  return byId
}

/** A lead left after the day of the visit did not bring it. */
function creditVisits(
  model: AttributionModel,
  untouched: Awaited<ReturnType<typeof countUntouchedVisits>>,
  touched: Awaited<ReturnType<typeof listTouchedVisits>>,
  origins: Origins,
  calendar: Calendar,
): Dated[] {
  const read = reader()
  const touches = touchesById(touched.touches, origins)
  const credited: Dated[] = []
  for (const { day, sourceNote, n } of untouched) {
    const told = read(sourceNote)
    if (told.kind !== 'test')
      credited.push({ day, shares: attribute(model, [], told), times: n, netFen: 0 })
  }
  for (const { id, day, sourceNote } of touched.visits) {
    const told = read(sourceNote)
    if (told.kind === 'test') continue
    const over = calendar.endOf(day)
    const earlier = (touches.get(id) ?? []).filter(({ at }) => at < over)
    credited.push({ day, shares: attribute(model, earlier, told), times: 1, netFen: 0 })
  }
  return credited
}

/** What the order itself names, its code or account, is the last touch before it. */
function creditPurchases(
  model: AttributionModel,
  paid: Awaited<ReturnType<typeof listPaidOrders>>,
  origins: Origins,
  calendar: Calendar,
): Dated[] {
  const read = reader()
  const touches = touchesById(paid.touches, origins)
  return paid.orders.flatMap((order): Dated[] => {
    const told = read(order.selfReported)
    const day = calendar.dayAt(order.paidAt)
    if (told.kind === 'test' || day === undefined) return []
    const named: Origin = origins.of({ ...order, publicationId: null })
    const earlier = (touches.get(order.id) ?? []).filter(({ at }) => at <= order.orderedAt)
    const all =
      named.kind === 'unknown'
        ? earlier
        : [...earlier, { at: order.orderedAt, id: '~order', origin: named }]
    return [{ day, shares: attribute(model, all, told), times: 1, netFen: order.netFen }]
  })
}
