import { queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/funnel/funnel.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type FunnelSearch = EndpointInput<typeof api.getFunnel>['query']

export const funnelQueries = {
  all: () => ['funnel'] as const,
  view: (query: FunnelSearch) =>
    queryOptions({
      queryKey: [...funnelQueries.all(), 'view', query],
      queryFn: ({ signal }) => request(api.getFunnel, { query }, signal),
      placeholderData: (before) => before,
    }),
  detail: (query: EndpointInput<typeof api.getFunnelDetail>['query']) =>
    queryOptions({
      queryKey: [...funnelQueries.all(), 'detail', query],
      queryFn: ({ signal }) => request(api.getFunnelDetail, { query }, signal),
    }),
}
for (const kind of ['import', 'lead', 'publication', 'touch_token'])
  liveQueries(kind, funnelQueries.all())
