import type { CreditedBy } from '@xingbo/shared/funnel/attribution.rules'
import type { Figure } from '@xingbo/shared/funnel/figure.rules'
import type { getFunnelDetail } from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelStage,
  isPlatformStage,
  type PlatformStage,
} from '@xingbo/shared/funnel/funnel-stage'
import { groupOf, isWanted, type Origin, originKey } from '@xingbo/shared/funnel/origin'
import { eventsOf } from '@xingbo/shared/funnel/tally.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import type { Dated, PostFacts } from './facts.service.ts'
import { type Asked, ask, funnelFor } from './funnel.service.ts'
import { countContactQuarters, listLeadQuarters, quarterMs } from './people.repository.ts'
import { listTitles, type TitleRow } from './post.repository.ts'

export type DetailQuery = z.output<typeof getFunnelDetail.query>

export type SourceCount = {
  readonly origin: Origin
  readonly by: CreditedBy
  readonly value: number
}
type DayCount = { readonly day: string; readonly value: number }
type Counts = { readonly days: readonly DayCount[]; readonly sources: readonly SourceCount[] }

export type Behind = {
  readonly asked: Asked
  readonly figure: Figure
  readonly posts: {
    readonly rows: readonly { readonly facts: PostFacts; readonly title: TitleRow }[]
    readonly total: number
  } | null
  /** Of people's events: every day of the period, and where they came from, most first. */
  readonly counts: Counts | null
  /** Of the sources that are posts. */
  readonly titles: ReadonlyMap<string, TitleRow>
}

type Wanted = (origin: Origin) => boolean

/** What stands behind one bar: posts, or counts by day and origin. People are counted, never listed. */
export async function behindBar(deps: Deps, actor: Actor, query: DetailQuery): Promise<Behind> {
  const asked = await ask(deps, actor, query)
  const { stage, group = null } = query
  const figure = found(funnelFor(asked, group).figures.find((one) => one.stage === stage))
  const wanted: Wanted = (origin) =>
    isWanted(origin, asked.filter) && (group === null || groupOf(origin, asked.breakdown) === group)
  const nothing = { asked, figure, posts: null, counts: null, titles: new Map() }
  if (isPlatformStage(stage))
    return { ...nothing, posts: await postsBehind(deps, asked, stage, wanted, query) }
  if (figure.value === null) return nothing
  const { days, sources } = await countsBehind(deps, asked, stage, wanted)
  const ids = sources.flatMap(({ origin }) =>
    origin.kind === 'placed' && origin.place.publicationId ? [origin.place.publicationId] : [],
  )
  const titles = await listTitles(deps.db.read, asked.institutionId, [...new Set(ids)])
  return {
    ...nothing,
    counts: { days: everyDay(asked, figure, days), sources: merged(sources) },
    titles: new Map(titles.map((row) => [row.id, row])),
  }
}

/** Posts of the bar, those with most of the figure first, those without it last. */
async function postsBehind(
  deps: Deps,
  asked: Asked,
  stage: PlatformStage,
  wanted: Wanted,
  { page, pageSize }: Pick<DetailQuery, 'page' | 'pageSize'>,
): Promise<Behind['posts']> {
  const of = (one: PostFacts) => one.figures[stage]?.value ?? -1
  const all = asked.gathered.publications
    .filter(({ place }) => wanted({ kind: 'placed', place, token: null }))
    .sort((a, b) => of(b) - of(a) || (a.id < b.id ? -1 : 1))
  const shown = all.slice((page - 1) * pageSize, page * pageSize)
  const ids = shown.map(({ id }) => id)
  const rows = await listTitles(deps.db.read, asked.institutionId, ids)
  const titles = new Map(rows.map((row) => [row.id, row]))
  return {
    rows: shown.map((facts) => ({ facts, title: found(titles.get(facts.id)) })),
    total: all.length,
  }
}

const byOf = (origin: Origin): CreditedBy => (origin.kind === 'unknown' ? 'nobody' : 'touch')

async function countsBehind(
  deps: Deps,
  { gathered }: Asked,
  stage: Exclude<FunnelStage, PlatformStage>,
  wanted: Wanted,
): Promise<Counts> {
  const { period, calendar, origins } = gathered
  if (stage === 'visit') return credited(gathered.visits, wanted)
  if (stage === 'purchase') return credited(gathered.purchases, wanted)
  const dayOf = (quarter: number) => calendar.dayAt(quarter * quarterMs) ?? ''
  if (stage === 'contact') {
    const tokens = gathered.tokens.filter(({ origin }) => wanted(origin))
    const codes = tokens.map(({ token }) => token)
    const rows = await countContactQuarters(deps.db.read, period, codes)
    return {
      days: rows.map(({ quarter, n }) => ({ day: dayOf(quarter), value: n })),
      sources: tokens.map(({ origin, contacts }) => ({
        origin,
        by: byOf(origin),
        value: contacts,
      })),
    }
  }
  const rows = (await listLeadQuarters(deps.db.read, period, stage))
    .map((row) => ({ ...row, origin: origins.of(row) }))
    .filter(({ origin }) => wanted(origin))
  return {
    days: rows.map(({ quarter, n }) => ({ day: dayOf(quarter), value: n })),
    sources: rows.map(({ origin, n }) => ({ origin, by: byOf(origin), value: n })),
  }
}

function credited(conversions: readonly Dated[], wanted: Wanted): Counts {
  const parts = conversions.flatMap(({ day, shares, times }) =>
    shares
      .filter(({ origin }) => wanted(origin))
      .map(({ origin, by, credit }) => ({ day, origin, by, value: credit * times })),
  )
  // Whole credits are added up first, so that thirds make a whole again.
  return {
    days: [...sums(parts, ({ day }) => day)].map(([day, credit]) => ({
      day,
      value: eventsOf(credit),
    })),
    sources: merged(parts).map((one) => ({ ...one, value: eventsOf(one.value) })),
  }
}

function sums<T extends { readonly value: number }>(
  parts: readonly T[],
  keyOf: (part: T) => string,
): Map<string, number> {
  const byKey = new Map<string, number>()
  for (const part of parts) byKey.set(keyOf(part), (byKey.get(keyOf(part)) ?? 0) + part.value)
  return byKey
}

/** One line for each origin, most first. */
function merged(parts: readonly SourceCount[]): SourceCount[] {
  const keyOf = ({ origin, by }: SourceCount) => `${by} ${originKey(origin)}`
  const byKey = sums(parts, keyOf)
  const first = new Map(parts.map((part) => [keyOf(part), part]))
  return [...first]
    .map(([key, { origin, by }]) => ({ key, origin, by, value: byKey.get(key) ?? 0 }))
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))
    .map(({ key: _, ...source }) => source)
}

/** Every day the figure speaks of, also those on which nothing happened; days nobody knows are left out. */
function everyDay(asked: Asked, figure: Figure, counted: readonly DayCount[]): DayCount[] {
  const byDay = sums(counted, ({ day }) => day)
  const first = figure.knownFrom ?? asked.range.from
  const last = figure.knownTo ?? asked.range.to
  return asked.gathered.calendar.days
    .filter((day) => day >= first && day <= last)
    .map((day) => ({ day, value: byDay.get(day) ?? 0 }))
}
