import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { rateBounds } from './funnel.rules.ts'
import {
  attributionModels,
  figureSources,
  funnelBreakdowns,
  funnelStages,
  platformStages,
} from './funnel-stage.ts'

const day = z.iso.date()
const bilingual = z.object({ zh: z.string(), en: z.string() })
/** A sentence of the server with its values; `say` puts it into the reader's language. */
const reason = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
const coverage = z.object({ known: z.int(), total: z.int() })

/** What narrows the funnel; lives in the page's address too. */
export const funnelQuery = {
  platform: z.enum(platforms).optional().catch(undefined),
  accountId: z.string().max(60).optional().catch(undefined),
  doctorId: z.string().max(60).optional().catch(undefined),
  specialtyLineId: z.string().max(60).optional().catch(undefined),
  breakdown: z.enum(funnelBreakdowns).default('platform').catch('platform'),
  attribution: z.enum(attributionModels).default('last').catch('last'),
}
/** Days in the institution's zone, both included; the last 30 up to today unless said. */
const range = { from: day.optional(), to: day.optional() }

export const rate = z.object({
  /** Null where it cannot be said; see `why`. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** How it stands to the true rate where not everything is known. */
  bound: z.enum(rateBounds),
  /** Fewer than 30 in the denominator. */
  small: z.boolean(),
  /** Of a rate between two platform counts: posts that have both, of all. */
  posts: coverage.nullable(),
  why: reason.nullable(),
})

export const figure = z.object({
  stage: z.enum(funnelStages),
  /** Null is unknown, see `gap`. Visits and purchases shared between places may be fractions. */
  value: z.number().nullable(),
  amountFen: z.int().nullable(),
  sources: z.array(z.enum(figureSources)),
  asOf: z.iso.datetime().nullable(),
  oldestAsOf: z.iso.datetime().nullable(),
  /** Posts that have the figure; of contacts, posts that carry a touch token. */
  coverage: coverage.nullable(),
  /** The part of the period a list of visits or orders speaks of, where that is not all of it. */
  knownFrom: z.string().nullable(),
  knownTo: z.string().nullable(),
  gap: reason.nullable(),
  step: rate,
  overall: rate,
})
export type FunnelFigure = z.infer<typeof figure>
export type FunnelRate = z.infer<typeof rate>

const funnelOne = z.object({
  /** The stage the overall rates count from. */
  base: z.enum(funnelStages).nullable(),
  /** The nine stages, in order. */
  figures: z.array(figure),
})

export const funnelGroup = funnelOne.extend({
  /** An id, a platform, or `~elsewhere` and `~unknown`. */
  key: z.string(),
  kind: z.enum(['one', 'elsewhere', 'unknown']),
  /** Empty for platforms and for the two groups without an id: the reader's own words name them. */
  name: z.string(),
  platform: z.enum(platforms).nullable(),
})
export type FunnelGroup = z.infer<typeof funnelGroup>

const standing = z.object({
  total: z.number(),
  byTouch: z.number(),
  byTold: z.number(),
  elsewhere: z.number(),
  unknown: z.number(),
})
export type FunnelStanding = z.infer<typeof standing>

const days = z.object({ from: z.string(), to: z.string() })
/** `days`: those that are known, and counted; `against`: as many days right before the period, at the same place in it. */
const compared = z.object({
  value: z.number().nullable(),
  days: days.nullable(),
  previous: z.number().nullable(),
  against: days.nullable(),
})

export const funnelKpis = z.object({
  visits: compared,
  purchases: compared,
  netFen: compared,
  /** What was spent on the days the visits are known for (of a month in part, by its days), per visit. */
  costPerVisitFen: compared,
  costFen: compared,
  costGap: reason.nullable(),
})

const answered = {
  range: z.object({ from: z.string(), to: z.string(), zone: z.string() }),
  previous: z.object({ from: z.string(), to: z.string() }),
  /** The moment this was counted. */
  at: z.iso.datetime(),
  attribution: z.enum(attributionModels),
}

export const funnelView = z.object({
  ...answered,
  definitions: z.record(z.enum(funnelStages), bilingual),
  kpis: funnelKpis,
  /** How all visits and purchases of the period divide, whatever is filtered. */
  standing: z.object({ visit: standing.nullable(), purchase: standing.nullable() }),
  total: funnelOne,
  groups: z.array(funnelGroup),
})
export type FunnelView = z.infer<typeof funnelView>

export const getFunnel = defineEndpoint({
  route: 'GET /api/funnel',
  summary: 'The nine stages in all and by group, each figure with source, as-of time and coverage',
  query: z.object({ ...range, ...funnelQuery }),
  response: funnelView,
})

const known = z.object({
  value: z.int(),
  asOf: z.iso.datetime(),
  source: z.enum(figureSources),
})

/** A post behind a bar, with each of its figures; null is unknown. */
export const funnelPost = z.object({
  publicationId: z.string(),
  contentId: z.string(),
  title: z.string(),
  accountName: z.string(),
  platform: z.enum(platforms),
  publishedAt: z.iso.datetime(),
  figures: z.record(z.enum(platformStages), known.nullable()),
})
export type FunnelPost = z.infer<typeof funnelPost>

/** Where the events behind a bar came from; never who. */
export const funnelSource = z.object({
  kind: z.enum(['token', 'publication', 'account', 'platform', 'elsewhere', 'unknown']),
  name: z.string(),
  platform: z.enum(platforms).nullable(),
  by: z.enum(['touch', 'told', 'nobody']),
  value: z.number(),
})
export type FunnelSource = z.infer<typeof funnelSource>

export const funnelDetail = z.object({
  ...answered,
  figure,
  /** Behind a platform count; null behind people's events. */
  posts: z.object({ items: z.array(funnelPost), total: z.int() }).nullable(),
  /** Behind people's events: every day of the period, and the first hundred origins, most first. */
  days: z.array(z.object({ day: z.string(), value: z.number() })).nullable(),
  sources: z.object({ items: z.array(funnelSource), total: z.int() }).nullable(),
})
export type FunnelDetail = z.infer<typeof funnelDetail>

export const getFunnelDetail = defineEndpoint({
  route: 'GET /api/funnel/detail',
  summary: 'What stands behind one bar: posts with their figures, or counts by day and origin',
  query: z.object({
    ...range,
    ...funnelQuery,
    stage: z.enum(funnelStages),
    /** A group's key; left away: all together. */
    group: z.string().max(60).optional(),
    page: z.coerce.number().int().min(1).default(1).catch(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  }),
  response: funnelDetail,
})
