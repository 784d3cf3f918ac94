import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/content/hold.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'
import { contentQueries } from './content.queries.ts'

export type HoldQuery = EndpointInput<typeof api.listHolds>['query']

export const holdQueries = {
  all: () => ['holds'] as const,
  list: (query: HoldQuery) =>
    queryOptions({
      queryKey: [...holdQueries.all(), query],
      queryFn: ({ signal }) => request(api.listHolds, { query }, signal),
    }),
}
liveQueries('hold', holdQueries.all())

const refresh = (client: QueryClient) => {
  void client.invalidateQueries({ queryKey: contentQueries.all() })
  return client.invalidateQueries({ queryKey: holdQueries.all() })
}

export const placeHoldMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.placeHold>['body']) =>
      request(api.placeHold, { body }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })

export const liftHoldMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ holdId, reason }: { holdId: string; reason: string }) =>
      request(api.liftHold, { params: { holdId }, body: { reason } }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })
