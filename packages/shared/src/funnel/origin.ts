import type { Platform } from '../accounts/platform.ts'
import type { FunnelBreakdown } from './funnel-stage.ts'

/** What a post, a code or a person's word leads back to, as far as it goes. */
export type Place = {
  readonly platform: Platform | null
  readonly accountId: string | null
  /** Of the content, else the doctor whose account it is. */
  readonly doctorId: string | null
  readonly specialtyLineId: string | null
  readonly publicationId: string | null
}

/**
 * Where an event came from. `elsewhere` is known and no platform of ours (a desk's QR code, a friend);
 * `unknown` is what nobody knows. `token`: the touch token it came through.
 */
export type Origin =
  | { readonly kind: 'placed'; readonly place: Place; readonly token: string | null }
  | { readonly kind: 'elsewhere'; readonly token: string | null }
  | { readonly kind: 'unknown' }

export const unknownOrigin: Origin = { kind: 'unknown' }

/** The same for the same origin, whatever object it is. */
export function originKey(origin: Origin): string {
  if (origin.kind === 'unknown') return '~unknown'
  if (origin.kind === 'elsewhere') return `~elsewhere ${origin.token ?? ''}`
  const { platform, accountId, doctorId, specialtyLineId, publicationId } = origin.place
  return [platform, accountId, doctorId, specialtyLineId, publicationId, origin.token].join(' ')
}

export type FunnelFilter = {
  readonly platform?: Platform | undefined
  readonly accountId?: string | undefined
  readonly doctorId?: string | undefined
  readonly specialtyLineId?: string | undefined
}

const filterKeys = ['platform', 'accountId', 'doctorId', 'specialtyLineId'] as const
export const isFiltered = (filter: FunnelFilter): boolean =>
  filterKeys.some((key) => filter[key] !== undefined)

/** Whether an event is among those asked for; what is not known to be is not. */
export function isWanted(origin: Origin, filter: FunnelFilter): boolean {
  if (origin.kind !== 'placed') return !isFiltered(filter)
  return filterKeys.every((key) => filter[key] === undefined || origin.place[key] === filter[key])
}

/** Groups that are no platform, account, doctor or line; ids never begin with `~`. */
export const elsewhereGroup = '~elsewhere'
export const unknownGroup = '~unknown'

const column = {
  platform: 'platform',
  account: 'accountId',
  doctor: 'doctorId',
  line: 'specialtyLineId',
} as const satisfies Record<FunnelBreakdown, keyof Place>

/** The group an event belongs to: an id, or one of the two groups that have none. */
export function groupOf(origin: Origin, breakdown: FunnelBreakdown): string {
  if (origin.kind === 'elsewhere') return elsewhereGroup
  if (origin.kind === 'unknown') return unknownGroup
  return origin.place[column[breakdown]] ?? unknownGroup
}
