import type { FigureSource, PlatformStage } from '@xingbo/shared/funnel/funnel-stage'
import { and, eq, gte, inArray, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'
import { touchTokens } from '../../db/schema/leads.ts'
import { metricSnapshots } from '../../db/schema/metrics.ts'
import { publications } from '../../db/schema/publishing.ts'

const { likes, comments, shares, favorites, impressions, plays, profileVisits } = metricSnapshots

/** What a snapshot says of a stage, and whether it says anything. Unknown parts of engagement are left out. */
const readings = {
  impression: { value: impressions, known: isNotNull(impressions) },
  play: { value: plays, known: isNotNull(plays) },
  engagement: {
    value: sql`coalesce(${likes}, 0) + coalesce(${comments}, 0) + coalesce(${shares}, 0) + coalesce(${favorites}, 0)`,
    known: sql`coalesce(${likes}, ${comments}, ${shares}, ${favorites}) is not null`,
  },
  profile_visit: { value: profileVisits, known: isNotNull(profileVisits) },
} as const satisfies Record<PlatformStage, { value: unknown; known: SQL }>

/** Newest first; of one moment, what the platform said itself before what a person typed. */
const newest = sql<number>`max(${metricSnapshots.asOf} * 4 + case ${metricSnapshots.source} when 'api' then 3 when 'webhook' then 2 when 'import' then 1 else 0 end)`

const ids = sql.placeholder('ids')
const idsGiven = sql`(select value from json_each(${ids}))`

const placeColumns = {
  id: publications.id,
  platform: publications.platform,
  accountId: publications.accountId,
  doctorId: sql<string | null>`coalesce(${contentItems.doctorId}, ${accounts.doctorId})`,
  specialtyLineId: contentItems.specialtyLineId,
}

const prepare = (db: Reader) => {
  /** What went out in a period, taken down since or not: its figures are true all the same. */
  const wentOut = and(
    eq(publications.institutionId, sql.placeholder('institutionId')),
    inArray(publications.state, ['published', 'taken_down']),
    gte(publications.publishedAt, sql.placeholder('from')),
    lt(publications.publishedAt, sql.placeholder('until')),
  )
  const figures = (stage: PlatformStage) =>
    db
      .select({
        publicationId: metricSnapshots.publicationId,
        // SQLite takes plain columns beside max() from the row that has it.
        value: sql<number>`${readings[stage].value}`,
        asOf: sql<number>`${metricSnapshots.asOf}`,
        source: sql<FigureSource>`${metricSnapshots.source}`,
        newest,
      })
      .from(publications)
      .innerJoin(metricSnapshots, eq(metricSnapshots.publicationId, publications.id))
      .where(and(wentOut, readings[stage].known))
      .groupBy(metricSnapshots.publicationId)
      .prepare()
  return {
    posts: db
      .select({
        ...placeColumns,
        carriesToken: sql<number>`exists (select 1 from ${touchTokens} where ${touchTokens.publicationId} = ${publications.id})`,
      })
      .from(publications)
      .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
      .innerJoin(accounts, eq(accounts.id, publications.accountId))
      .where(wentOut)
      .prepare(),
    figures: {
      impression: figures('impression'),
      play: figures('play'),
      engagement: figures('engagement'),
      profile_visit: figures('profile_visit'),
    },
    places: db
      .select(placeColumns)
      .from(publications)
      .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
      .innerJoin(accounts, eq(accounts.id, publications.accountId))
      .where(
        and(
          eq(publications.institutionId, sql.placeholder('institutionId')),
          sql`${publications.id} in ${idsGiven}`,
        ),
      )
      .prepare(),
    titles: db
      .select({
        id: publications.id,
        contentId: publications.contentId,
        title: contentItems.title,
        accountName: accounts.displayName,
        platform: publications.platform,
        // Known of every post that went out.
        publishedAt: sql<number>`${publications.publishedAt}`,
      })
      .from(publications)
      .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
      .innerJoin(accounts, eq(accounts.id, publications.accountId))
      .where(
        and(
          eq(publications.institutionId, sql.placeholder('institutionId')),
          sql`${publications.id} in ${idsGiven}`,
        ),
      )
      .prepare(),
  }
}

const prepared = new WeakMap<Reader, ReturnType<typeof prepare>>()
function statements(db: Reader): ReturnType<typeof prepare> {
  const known = prepared.get(db)
  if (known) return known
  const fresh = prepare(db)
  prepared.set(db, fresh)
  return fresh
}

/** From `from` on and before `until`, UTC milliseconds. */
export type Period = {
  readonly institutionId: string
  readonly from: number
  readonly until: number
}

export async function listPosts(db: Reader, period: Period) {
  return statements(db).posts.all(period)
}
export type PostRow = Awaited<ReturnType<typeof listPosts>>[number]

/** The latest known figure of one stage for each post of the period that has any: one pass over their snapshots. */
export async function listLatest(db: Reader, period: Period, stage: PlatformStage) {
  return statements(db).figures[stage].all(period)
}

/** Where posts of any time belong. */
export async function listPlaces(db: Reader, institutionId: string, wanted: readonly string[]) {
  return wanted.length === 0
    ? []
    : statements(db).places.all({ institutionId, ids: JSON.stringify(wanted) })
}
export type PlaceRow = Awaited<ReturnType<typeof listPlaces>>[number]

export async function listTitles(db: Reader, institutionId: string, wanted: readonly string[]) {
  return wanted.length === 0
    ? []
    : statements(db).titles.all({ institutionId, ids: JSON.stringify(wanted) })
}
export type TitleRow = Awaited<ReturnType<typeof listTitles>>[number]
