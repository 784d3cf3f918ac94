import { queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/funnel/funnel.schema'
import { listSpecialtyLines } from '@xingbo/shared/institutions/specialty-line.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type FunnelQuery = NonNullable<EndpointInput<typeof api.getFunnel>['query']>
export type DetailQuery = NonNullable<EndpointInput<typeof api.getFunnelDetail>['query']>

const root = ['funnel'] as const

export const funnelQueries = {
  view: (query: FunnelQuery) =>
    queryOptions({
      queryKey: [...root, 'view', query],
      queryFn: ({ signal }) => request(api.getFunnel, { query }, signal),
    }),
  detail: (query: DetailQuery) =>
    queryOptions({
      queryKey: [...root, 'detail', query],
      queryFn: ({ signal }) => request(api.getFunnelDetail, { query }, signal),
    }),
}
for (const kind of ['import', 'touch_token', 'lead', 'publication']) liveQueries(kind, root)

export const lineChoices = queryOptions({
  queryKey: ['specialty-lines', 'choices'],
  queryFn: ({ signal }) => request(listSpecialtyLines, { query: { pageSize: 200 } }, signal),
})
