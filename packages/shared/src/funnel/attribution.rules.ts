import type { AttributionModel } from './funnel-stage.ts'
import { type Origin, originKey, unknownOrigin } from './origin.ts'
import type { Told } from './self-reported.rules.ts'

/**
 * The credit of one visit or purchase, shared out in whole units so that the parts add up to it exactly:
 * the least common multiple of 1 to 16, so that up to sixteen touches get the very same.
 */
export const wholeCredit = 720_720

/** A moment a person is known to have met us: a lead they left, the code or account their order names. */
export type Touchpoint = {
  readonly at: number
  /** Tells two touchpoints of one moment apart, always the same way. */
  readonly id: string
  readonly origin: Origin
}

/** By what an event was credited: a touch, the patient's own words, or by nothing we know. */
export type CreditedBy = 'touch' | 'told' | 'nobody'
export type Share = { readonly origin: Origin; readonly by: CreditedBy; readonly credit: number }

/** Whole parts of `total` that differ by one at most and add up to it; the first ones get the larger. */
export function splitEvenly(total: number, parts: number): number[] {
  const least = Math.floor(total / parts)
  const over = total - least * parts
  return Array.from({ length: parts }, (_, i) => least + (i < over ? 1 : 0))
}

function evenly(origins: readonly Origin[], by: CreditedBy): Share[] {
  const credits = splitEvenly(wholeCredit, origins.length)
  const byKey = new Map<string, Share>()
  for (const [i, origin] of origins.entries()) {
    const key = originKey(origin)
    byKey.set(key, { origin, by, credit: (byKey.get(key)?.credit ?? 0) + (credits[i] ?? 0) })
  }
  return [...byKey.values()]
}

const inTime = (a: Touchpoint, b: Touchpoint): number =>
  a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id))

function byTold(told: Told): Share[] {
  if (told.kind === 'platforms')
    return evenly(
      told.platforms.map((platform) => ({
        kind: 'placed',
        token: null,
        place: {
          platform,
          accountId: null,
          doctorId: null,
          specialtyLineId: null,
          publicationId: null,
        },
      })),
      'told',
    )
  if (told.kind === 'elsewhere')
    return [{ origin: { kind: 'elsewhere', token: null }, by: 'told', credit: wholeCredit }]
  return [{ origin: unknownOrigin, by: 'nobody', credit: wholeCredit }]
}

/**
 * Who gets the credit of one visit or purchase. The shares always add up to `wholeCredit`, whatever order the
 * touches come in; what nobody knows stays unknown and is a share like any other.
 */
export function attribute(
  model: AttributionModel,
  touches: readonly Touchpoint[],
  told: Told,
): Share[] {
  if (model === 'self_reported' || touches.length === 0) return byTold(told)
  const ordered = [...touches].sort(inTime)
  if (model === 'linear')
    return evenly(
      ordered.map(({ origin }) => origin),
      'touch',
    )
  const one = model === 'first' ? ordered[0] : ordered.at(-1)
  return one ? evenly([one.origin], 'touch') : byTold(told)
}

/** An amount in fen shared out by credit, in whole fen that add up to it. */
export function splitMoney(fen: number, shares: readonly Share[]): number[] {
  let credit = 0
  let given = 0
  return shares.map((share) => {
    credit += share.credit
    const upTo = Math.round((fen * credit) / wholeCredit)
    const part = upTo - given
    given = upTo
    return part
  })
}
