import { platforms } from '@xingbo/shared/accounts/platform'
import { addDays } from '@xingbo/shared/dates'
import type { DayRange } from '@xingbo/shared/funnel/funnel.rules'
import {
  attributionModels,
  funnelBreakdowns,
  funnelStages,
} from '@xingbo/shared/funnel/funnel-stage'
import { z } from 'zod'

export const rangePresets = ['7d', '30d', 'month', 'custom'] as const
export type RangePreset = (typeof rangePresets)[number]

const id = z.string().min(1).max(60).optional().catch(undefined)
const day = z.iso.date().optional().catch(undefined)

/** Everything the page shows lives in its address; what is not set is the default. */
export const funnelSearch = z.object({
  range: z.enum(rangePresets).optional().catch(undefined),
  from: day,
  to: day,
  platform: z.enum(platforms).optional().catch(undefined),
  accountId: id,
  doctorId: id,
  specialtyLineId: id,
  breakdown: z.enum(funnelBreakdowns).optional().catch(undefined),
  attribution: z.enum(attributionModels).optional().catch(undefined),
  /** The bar whose inside is open, and whose group it is. */
  stage: z.enum(funnelStages).optional().catch(undefined),
  group: id,
})
export type FunnelSearch = z.output<typeof funnelSearch>

/** The days a preset means today; `custom` keeps to a month until both ends are chosen. */
export function rangeOf({ range = '30d', from, to }: FunnelSearch, today: string): DayRange {
  if (range === '7d') return { from: addDays(today, -6), to: today }
  if (range === 'month') return { from: `${today.slice(0, 7)}-01`, to: today }
  if (range === 'custom') return { from: from ?? addDays(to ?? today, -29), to: to ?? today }
  return { from: addDays(today, -29), to: today }
}

export const filterKeys = ['platform', 'accountId', 'doctorId', 'specialtyLineId'] as const
export const noFilters = {
  platform: undefined,
  accountId: undefined,
  doctorId: undefined,
  specialtyLineId: undefined,
} as const satisfies Pick<FunnelSearch, (typeof filterKeys)[number]>

/** What is asked of the server for this address. */
export const queryOf = (search: FunnelSearch, today: string) => ({
  ...rangeOf(search, today),
  ...Object.fromEntries(
    filterKeys.flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])),
  ),
  breakdown: search.breakdown ?? 'platform',
  attribution: search.attribution ?? 'last',
})
