import type { Actor } from '@xingbo/shared/identity/actor'
import { metricSnapshots } from '../../apps/api/src/db/schema/metrics.ts'
import type { publications } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { ask, funnelFor } from '../../apps/api/src/modules/funnel/funnel.service.ts'

type Row = typeof publications.$inferSelect
const rank = { api: 3, webhook: 2, import: 1, manual: 0 } as const

/** I7: what the funnel of the last 30 days says of posts and plays, against the raw rows counted one by one. */
export async function recount(deps: Deps, rows: readonly Row[]): Promise<string[]> {
  const problems: string[] = []
  const snapshots = await deps.db.read.select().from(metricSnapshots)
  for (const institutionId of new Set(rows.map((row) => row.institutionId))) {
    const asked = await ask(deps, manager(institutionId), {
      breakdown: 'platform',
      attribution: 'last',
    })
    const { from, until } = asked.gathered.period
    const out = rows.filter(
      (row) =>
        row.institutionId === institutionId &&
        (row.state === 'published' || row.state === 'taken_down') &&
        row.publishedAt !== null &&
        row.publishedAt.getTime() >= from &&
        row.publishedAt.getTime() < until,
    )
    let plays = 0
    let known = 0
    for (const { id } of out) {
      const [newest] = snapshots
        .filter((one) => one.publicationId === id && one.plays !== null)
        .sort((a, b) => b.asOf.getTime() - a.asOf.getTime() || rank[b.source] - rank[a.source])
      if (newest?.plays == null) continue
      plays += newest.plays
      known++
    }
    const told = asked.gathered.publications.length
    if (told !== out.length)
      problems.push(`I7 the funnel counts ${told} posts, there are ${out.length}`)
    const figure = funnelFor(asked, null).figures.find(({ stage }) => stage === 'play')
    if (known > 0 && figure?.value !== plays)
      problems.push(`I7 the funnel counts ${figure?.value ?? 'no'} plays, the rows ${plays}`)
  }
  return problems
}

const manager = (institutionId: string): Actor => ({
  userId: `manager-${institutionId}`,
  displayName: 'manager',
  institutionId,
  role: 'manager',
  doctorId: null,
  sessionId: 'ses',
  scope: null,
})
