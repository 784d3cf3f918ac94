import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/compliance/compliance.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export const complianceQueries = {
  all: () => ['compliance'] as const,
  state: (contentId: string) =>
    queryOptions({
      queryKey: [...complianceQueries.all(), 'state', contentId],
      queryFn: ({ signal }) => request(api.getCompliance, { params: { contentId } }, signal),
    }),
  queue: () =>
    queryOptions({
      queryKey: [...complianceQueries.all(), 'queue'],
      queryFn: ({ signal }) => request(api.listComplianceQueue, {}, signal),
    }),
  rules: () =>
    queryOptions({
      queryKey: ['compliance-rules'],
      queryFn: ({ signal }) => request(api.listComplianceRules, {}, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  preview: (body: EndpointInput<typeof api.previewCompliance>['body']) =>
    queryOptions({
      queryKey: ['compliance-preview', body],
      queryFn: ({ signal }) => request(api.previewCompliance, { body }, signal),
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: (before: unknown) => before as never,
    }),
}
for (const kind of ['compliance', 'script', 'content', 'sign_off'])
  liveQueries(kind, complianceQueries.all())

const keep = (client: QueryClient, state: api.ComplianceState) => {
  client.setQueryData(complianceQueries.state(state.contentId).queryKey, state)
  return client.invalidateQueries({ queryKey: ['content'] })
}

export const runMutation = (client: QueryClient, contentId: string) =>
  mutationOptions({
    mutationFn: () => request(api.runCompliance, { params: { contentId } }),
    onSuccess: (state) => keep(client, state),
  })

export const waiveMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ findingId, reason }: { findingId: string; reason: string }) =>
      request(api.waiveFinding, { params: { findingId }, body: { reason } }),
    onSuccess: (state) => keep(client, state),
    meta: { errors: 'shown' },
  })

export const decideMutation = (client: QueryClient, contentId: string) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.decideCompliance>['body']) =>
      request(api.decideCompliance, { params: { contentId }, body }),
    onSuccess: (state) => keep(client, state),
    meta: { errors: 'shown' },
  })
