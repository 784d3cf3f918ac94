import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { getContent } from '@xingbo/shared/content/content.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/leads/touch.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type TouchQuery = NonNullable<EndpointInput<typeof api.listTouchTokens>['query']>

const root = ['touch-tokens'] as const

export const touchQueries = {
  list: (query: TouchQuery) =>
    queryOptions({
      queryKey: [...root, 'list', query],
      queryFn: ({ signal }) => request(api.listTouchTokens, { query }, signal),
    }),
  /** What a post is in law, which decides whether it may carry a token. */
  nature: (contentId: string) =>
    queryOptions({
      queryKey: [...root, 'nature', contentId],
      queryFn: async ({ signal }) =>
        (await request(getContent, { params: { contentId } }, signal)).nature,
    }),
}
liveQueries('touch_token', root)
liveQueries('lead', root)
liveQueries('content', [...root, 'nature'])

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: root })

export const createTokenMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ publicationId, reason }: { publicationId: string; reason: string }) =>
      request(api.createTouchToken, { params: { publicationId }, body: { reason } }),
    onSettled: () => refresh(client),
  })

export const createPlaceMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createPlaceToken>['body']) =>
      request(api.createPlaceToken, { body }),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

export const disableTokenMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (token: string) => request(api.disableTouchToken, { params: { token } }),
    onSettled: () => refresh(client),
  })
