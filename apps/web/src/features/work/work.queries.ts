import { queryOptions } from '@tanstack/react-query'
import { type SearchHit, search } from '@xingbo/shared/work/search.schema'
import { getWork } from '@xingbo/shared/work/work.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

/** What waits for me, and the counts of the navigation; every change of the line may move it. */
export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: ({ signal }) => request(getWork, {}, signal),
})
for (const kind of [
  'content',
  'script',
  'sign_off',
  'compliance',
  'asset',
  'publication',
  'hold',
  'import',
  'lead',
  'doctor',
  'credential',
  'account',
])
  liveQueries(kind, workQuery.queryKey)

export const findByName = async (q: string, signal: AbortSignal): Promise<SearchHit[]> =>
  (await request(search, { query: { q } }, signal)).items
