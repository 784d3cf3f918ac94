import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import { groupBy } from '@xingbo/shared/group-by'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import type { GridView } from './calendar-view.ts'

/** Posts a day shows before the rest is counted; a week draws its hours, where each stands at its own. */
const mostADay = { month: 4, list: 60, week: null } as const satisfies Record<
  GridView,
  number | null
>

/** Stands in the last second of its day, after every post. */
export type Rest = {
  readonly day: string
  readonly count: number
  readonly from: string
  readonly to: string
}

/**
 * The posts a view draws, and for each day too full for it how many more there are: thousands of blocks would make the page
 * slow and say nothing. The day's lanes show them all.
 */
export function uncrowded(
  posts: readonly Publication[],
  view: GridView,
  zone: string,
): { shown: readonly Publication[]; rests: readonly Rest[] } {
  const most = mostADay[view]
  if (most === null) return { shown: posts, rests: [] }
  const shown: Publication[] = []
  const rests: Rest[] = []
  for (const [day, ofDay] of groupBy(posts, ({ dueAt }) => bizDate(new Date(dueAt), zone))) {
    // Four and "one more" would take the room of five.
    if (ofDay.length <= most + 1) {
      shown.push(...ofDay)
      continue
    }
    shown.push(...ofDay.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt)).slice(0, most))
    const midnight = instantOf(addDays(day, 1), '00:00', zone).getTime()
    const [from, to] = [midnight - 1_000, midnight - 1].map((at) => new Date(at).toISOString())
    if (from && to) rests.push({ day, count: ofDay.length - most, from, to })
  }
  return { shown, rests }
}
