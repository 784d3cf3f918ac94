import type { Message } from '../messages.ts'
import { differentParts, isCutTitle, partIn, titleKey, titleLikeness } from './work-title.rules.ts'

/** One row of a creator back office's export. */
export type MatchableWork = {
  /** See `workKey`; unique within the file. */
  readonly key: string
  readonly title: string
  readonly publishedAt: Date
}

/** A publication of the account the export belongs to. */
export type MatchablePublication = {
  readonly id: string
  readonly title: string
  /** When it went out as far as we know: the proven time, else the planned one. */
  readonly at: Date
}

export type MatchCandidate = {
  readonly publicationId: string
  /** Seconds from the publication's time to the work's; negative when the work is earlier. */
  readonly offsetSeconds: number
  readonly reason: Message
}

export type WorkMatch =
  | {
      readonly outcome: 'matched'
      readonly publicationId: string
      readonly how: 'settled' | 'same_title' | 'similar_title'
    }
  | {
      readonly outcome: 'ambiguous'
      readonly candidates: readonly MatchCandidate[]
      readonly reason: Message
    }
  | { readonly outcome: 'unmatched'; readonly reason: Message }

const minute = 60_000
const hour = 60 * minute

/** A work under the same title belongs to a publication up to this far from it: posts by hand slip by a day. */
export const sameTitleWindowMs = 48 * hour
/** Under another title the time alone speaks, and it is only believed this near. */
export const nearWindowMs = 2 * hour
/**
 * From here on two titles near in time are one piece in other words. In the sample exports different
 * pieces share 0.42 of their pairs at most, instalments of one series apart.
 */
export const alikeFrom = 0.5
/** A title cut off with `…` must still show this many letters to be recognised by them. */
const cutTitleLetters = 4

/**
 * What makes a work of one account the same work in a later export of that account, where neither
 * platform gives an id: its second of publishing and its title.
 */
export const workKey = (work: Pick<MatchableWork, 'title' | 'publishedAt'>): string =>
  `${work.publishedAt.toISOString()}|${titleKey(work.title)}`

type Edge = {
  readonly work: MatchableWork
  readonly publication: MatchablePublication
  readonly distance: number
}

const distanceOf = (work: MatchableWork, publication: MatchablePublication): number =>
  Math.abs(work.publishedAt.getTime() - publication.at.getTime())

function sameTitle(a: string, b: string): boolean {
  if (differentParts(a, b)) return false
  const [first, second] = [titleKey(a), titleKey(b)]
  if (first === '' || second === '') return false
  if (first === second) return true
  const begins = (cut: string, whole: string) =>
    [...cut].length >= cutTitleLetters && whole.startsWith(cut)
  return (isCutTitle(a) && begins(first, second)) || (isCutTitle(b) && begins(second, first))
}

const nearestFirst = (a: Edge, b: Edge): number =>
  a.distance - b.distance ||
  a.publication.id.localeCompare(b.publication.id) ||
  a.work.key.localeCompare(b.work.key)

/**
 * The edge that is nearer than every other by so much that nobody would ask: 5 minutes at least, and
 * the further off it lies itself, the more. Two works 10 minutes apart, each seconds from its plan,
 * are told apart; a work half-way between two plans is not.
 */
function clearlyNearest(edges: readonly Edge[]): Edge | undefined {
  const [best, next] = edges.toSorted(nearestFirst)
  if (!best || !next) return best
  return next.distance - best.distance >= Math.max(5 * minute, 3 * best.distance) ? best : undefined
}

const groupBy = (edges: readonly Edge[], of: (edge: Edge) => string): Map<string, Edge[]> => {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) groups.set(of(edge), [...(groups.get(of(edge)) ?? []), edge])
  return groups
}

function edgesBetween(
  works: readonly MatchableWork[],
  publications: readonly MatchablePublication[],
  windowMs: number,
  fits: (work: MatchableWork, publication: MatchablePublication) => boolean,
): Edge[] {
  return works.flatMap((work) =>
    publications
      .map((publication) => ({ work, publication, distance: distanceOf(work, publication) }))
      .filter(({ publication, distance }) => distance <= windowMs && fits(work, publication)),
  )
}

const candidatesOf = (edges: readonly Edge[]): MatchCandidate[] =>
  edges.toSorted(nearestFirst).map(({ work, publication, distance }) => {
    const minutes = Math.round(distance / minute)
    return {
      publicationId: publication.id,
      offsetSeconds: Math.round((work.publishedAt.getTime() - publication.at.getTime()) / 1000),
      reason: sameTitle(work.title, publication.title)
        ? { key: 'metrics.match.sameTitle', values: { minutes } }
        : titleLikeness(titleKey(work.title), titleKey(publication.title)) >= alikeFrom
          ? { key: 'metrics.match.similarTitle', values: { minutes } }
          : { key: 'metrics.match.nearInTime', values: { minutes } },
    }
  })

/**
 * Finds for each work of one account's export the publication it shows, by title and time of
 * publishing. Certain pairs are matched, one publication at most once; what two could claim, or what
 * only the time speaks for, is asked of a person; the rest is unmatched. The order of neither list
 * matters.
 * @param settled earlier answers by `workKey`: a person is asked once, not at every import
 */
export function matchWorks(
  works: readonly MatchableWork[],
  publications: readonly MatchablePublication[],
  settled: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, WorkMatch> {
  const matches = new Map<string, WorkMatch>()
  const taken = new Set<string>()
  const match = (
    key: string,
    publicationId: string,
    how: 'settled' | 'same_title' | 'similar_title',
  ) => {
    matches.set(key, { outcome: 'matched', publicationId, how })
    taken.add(publicationId)
  }
  const open = () => works.filter((work) => !matches.has(work.key))
  const free = () => publications.filter((publication) => !taken.has(publication.id))

  for (const { key } of works) {
    const publicationId = settled.get(key)
    if (publicationId !== undefined && !taken.has(publicationId))
      match(key, publicationId, 'settled')
  }

  const alike = (work: MatchableWork, publication: MatchablePublication) =>
    sameTitle(work.title, publication.title)
  const same = edgesBetween(open(), free(), sameTitleWindowMs, alike)
  const byPublication = groupBy(same, ({ publication }) => publication.id)
  for (const [key, edges] of groupBy(same, ({ work }) => work.key)) {
    const best = clearlyNearest(edges)
    const back = best && clearlyNearest(byPublication.get(best.publication.id) ?? [])
    if (best && back?.work.key === key) match(key, best.publication.id, 'same_title')
  }

  const undecided = edgesBetween(open(), free(), sameTitleWindowMs, alike)
  const claimants = groupBy(undecided, ({ publication }) => publication.id)
  for (const [key, edges] of groupBy(undecided, ({ work }) => work.key)) {
    const contested = edges.some(({ publication: { id } }) => (claimants.get(id)?.length ?? 0) > 1)
    matches.set(key, {
      outcome: 'ambiguous',
      candidates: candidatesOf(edges),
      reason:
        edges.length > 1
          ? { key: 'metrics.match.several', values: { count: edges.length } }
          : { key: contested ? 'metrics.match.contested' : 'metrics.match.unclear' },
    })
  }

  const near = edgesBetween(
    open(),
    free(),
    nearWindowMs,
    (work, publication) => !differentParts(work.title, publication.title),
  )
  const claims = groupBy(near, ({ publication }) => publication.id)
  const verdicts = new Map<string, WorkMatch>()
  for (const [key, edges] of groupBy(near, ({ work }) => work.key)) {
    const [only, other] = edges
    if (!only) continue
    const { work, publication } = only
    const certain =
      !other &&
      claims.get(publication.id)?.length === 1 &&
      !claimants.has(publication.id) &&
      partIn(work.title) === partIn(publication.title) &&
      titleLikeness(titleKey(work.title), titleKey(publication.title)) >= alikeFrom
    verdicts.set(
      key,
      certain
        ? { outcome: 'matched', publicationId: publication.id, how: 'similar_title' }
        : {
            outcome: 'ambiguous',
            candidates: candidatesOf(edges),
            reason: {
              key: titleKey(work.title) === '' ? 'metrics.match.noTitle' : 'metrics.match.timeOnly',
            },
          },
    )
  }
  for (const { key } of open())
    matches.set(
      key,
      verdicts.get(key) ?? { outcome: 'unmatched', reason: { key: 'metrics.match.none' } },
    )
  return matches
}
