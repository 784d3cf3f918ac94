import { type Origin, type Place, unknownOrigin } from '@xingbo/shared/funnel/origin'
import type { Reader } from '../../db/database.ts'
import type { OriginRow, TokenRow } from './people.repository.ts'
import { listPlaces, type PlaceRow, type PostRow } from './post.repository.ts'
import type { Scope } from './scope.repository.ts'

export type Origins = {
  ofToken(token: TokenRow): Origin
  /** Of a lead or an order: by its touch token, else its post, else its account. */
  of(row: OriginRow): Origin
}

export const placeOf = ({ id, ...place }: PlaceRow): Place => ({ ...place, publicationId: id })

/**
 * Knows where tokens, posts and accounts lead. Posts of other times than those already read are looked up
 * together, once.
 */
export async function originsOf(
  db: Reader,
  institutionId: string,
  known: {
    scope: Scope
    posts: readonly PostRow[]
    tokens: readonly TokenRow[]
    rows: readonly OriginRow[]
  },
): Promise<Origins> {
  const { scope, posts, tokens, rows } = known
  const places = new Map<string, Place>()
  for (const { carriesToken: _, ...post } of posts) places.set(post.id, placeOf(post))
  const missing = new Set<string>()
  for (const { publicationId } of [...tokens, ...rows])
    if (publicationId !== null && !places.has(publicationId)) missing.add(publicationId)
  for (const row of await listPlaces(db, institutionId, [...missing]))
    places.set(row.id, placeOf(row))
  const accounts = new Map<string, Place>(
    scope.accounts.map(({ id, platform, doctorId }) => [
      id,
      { platform, accountId: id, doctorId, specialtyLineId: null, publicationId: null },
    ]),
  )
  const placed = (publicationId: string | null, accountId: string | null): Place | undefined =>
    (publicationId !== null ? places.get(publicationId) : undefined) ??
    (accountId !== null ? accounts.get(accountId) : undefined)

  const byToken = new Map<string, Origin>()
  const ofToken = ({ token, publicationId, accountId }: TokenRow): Origin => {
    const place = placed(publicationId, accountId)
    return place ? { kind: 'placed', place, token } : { kind: 'elsewhere', token }
  }
  for (const token of tokens) byToken.set(token.token, ofToken(token))
  return {
    ofToken,
    of({ touchToken, publicationId, accountId }) {
      const touched = touchToken === null ? undefined : byToken.get(touchToken)
      if (touched?.kind === 'placed') return touched
      // An order may name an account and carry the code of the desk it was paid at: the account says more.
      const place = placed(publicationId, accountId)
      if (place) return { kind: 'placed', place, token: null }
      return touched ?? unknownOrigin
    },
  }
}
