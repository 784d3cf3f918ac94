import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/content/content.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'
import { moveOnBoard } from './board-data.ts'

export type BoardQuery = EndpointInput<typeof api.listContents>['query']

export const contentQueries = {
  all: () => ['content'] as const,
  boards: () => ['content', 'board'] as const,
  board: (query: BoardQuery) =>
    queryOptions({
      queryKey: [...contentQueries.boards(), query],
      queryFn: ({ signal }) => request(api.listContents, { query }, signal),
    }),
  detail: (contentId: string) =>
    queryOptions({
      queryKey: ['content', 'detail', contentId],
      queryFn: ({ signal }) => request(api.getContent, { params: { contentId } }, signal),
    }),
}
// What is written, signed, checked, uploaded, stopped or posted shows on the cards and opens the next step.
for (const kind of [
  'content',
  'script',
  'sign_off',
  'compliance',
  'asset',
  'hold',
  'publication',
  'topic',
])
  liveQueries(kind, contentQueries.all())

const keep = (client: QueryClient, item: api.ContentItem) => {
  client.setQueryData(contentQueries.detail(item.id).queryKey, item)
  return client.invalidateQueries({ queryKey: contentQueries.all() })
}

export const createContentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createContent>['body']) =>
      request(api.createContent, { body }),
    onSuccess: (item) => keep(client, item),
    meta: { errors: 'shown' },
  })

type Update = { contentId: string; body: EndpointInput<typeof api.updateContent>['body'] }
export const updateContentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ contentId, body }: Update) =>
      request(api.updateContent, { params: { contentId }, body }),
    onSuccess: (item) => keep(client, item),
    meta: { errors: 'shown' },
  })

export type Move = { contentId: string; body: EndpointInput<typeof api.moveContent>['body'] }
/** Shows the move at once; a refusal puts every board back as it was and says why in a toast. */
export const moveContentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ contentId, body }: Move) =>
      request(api.moveContent, { params: { contentId }, body }),
    onMutate: async ({ contentId, body }: Move) => {
      await client.cancelQueries({ queryKey: contentQueries.boards() })
      const before = client.getQueriesData<api.Board>({ queryKey: contentQueries.boards() })
      client.setQueriesData<api.Board>({ queryKey: contentQueries.boards() }, (board) =>
        board ? moveOnBoard(board, contentId, body.to, body.afterId) : board,
      )
      return { before }
    },
    onError: (_error, _move, context) => {
      for (const [key, board] of context?.before ?? []) client.setQueryData(key, board)
    },
    onSuccess: (item) => client.setQueryData(contentQueries.detail(item.id).queryKey, item),
    onSettled: () => client.invalidateQueries({ queryKey: contentQueries.all() }),
  })
