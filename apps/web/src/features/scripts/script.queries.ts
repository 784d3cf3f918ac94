import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/scripts/script.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export const scriptQueries = {
  all: () => ['scripts'] as const,
  detail: (contentId: string) =>
    queryOptions({
      queryKey: [...scriptQueries.all(), 'detail', contentId],
      queryFn: ({ signal }) => request(api.getScript, { params: { contentId } }, signal),
    }),
  /** Frozen, so never old. */
  revision: (contentId: string, number: number) =>
    queryOptions({
      queryKey: ['script-revisions', contentId, number],
      queryFn: ({ signal }) =>
        request(api.getScriptRevision, { params: { contentId, number } }, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
liveQueries('script', scriptQueries.all())
liveQueries('sign_off', scriptQueries.all())
liveQueries('content', scriptQueries.all())

export const saveDraft = (
  contentId: string,
  body: EndpointInput<typeof api.saveScriptDraft>['body'],
) => request(api.saveScriptDraft, { params: { contentId }, body })

export const saveRevisionMutation = (client: QueryClient, contentId: string) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.saveScriptRevision>['body']) =>
      request(api.saveScriptRevision, { params: { contentId }, body }),
    onSuccess: (view) => {
      client.setQueryData(scriptQueries.detail(contentId).queryKey, view)
      // The next step may have opened or closed, and is taken on the item as it now stands.
      return client.invalidateQueries({ queryKey: ['content'] })
    },
    meta: { errors: 'shown' },
  })

export const signOffLinkMutation = (contentId: string) =>
  mutationOptions({
    mutationFn: () => request(api.createSignOffLink, { params: { contentId } }),
    meta: { errors: 'shown' },
  })
