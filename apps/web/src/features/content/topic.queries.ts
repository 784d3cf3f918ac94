import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/content/topic.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'
import { contentQueries } from './content.queries.ts'

export type TopicQuery = EndpointInput<typeof api.listTopics>['query']

export const topicQueries = {
  all: () => ['topics'] as const,
  list: (query: TopicQuery) =>
    queryOptions({
      queryKey: [...topicQueries.all(), 'list', query],
      queryFn: ({ signal }) => request(api.listTopics, { query }, signal),
    }),
}
liveQueries('topic', topicQueries.all())
// A started topic counts one more item.
liveQueries('content', topicQueries.all())

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: topicQueries.all() })

export const createTopicMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createTopic>['body']) =>
      request(api.createTopic, { body }),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

type Update = { topicId: string; body: EndpointInput<typeof api.updateTopic>['body'] }
export const updateTopicMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ topicId, body }: Update) =>
      request(api.updateTopic, { params: { topicId }, body }),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

type Archive = { topicId: string; body: EndpointInput<typeof api.archiveTopic>['body'] }
export const archiveTopicMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ topicId, body }: Archive) =>
      request(api.archiveTopic, { params: { topicId }, body }),
    onSettled: () => refresh(client),
  })

type Start = { topicId: string; body: EndpointInput<typeof api.startTopic>['body'] }
export const startTopicMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ topicId, body }: Start) =>
      request(api.startTopic, { params: { topicId }, body }),
    onSuccess: (item) => {
      client.setQueryData(contentQueries.detail(item.id).queryKey, item)
      void client.invalidateQueries({ queryKey: contentQueries.all() })
      return refresh(client)
    },
    meta: { errors: 'shown' },
  })
