import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { getContent, moveContent } from '@xingbo/shared/content/content.schema'
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
  /** The item with the facts of the line, for the rule behind 送医生审核. */
  item: (contentId: string) =>
    queryOptions({
      queryKey: [...scriptQueries.all(), 'item', contentId],
      queryFn: ({ signal }) => request(getContent, { params: { contentId } }, signal),
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
    onSuccess: (view) => client.setQueryData(scriptQueries.detail(contentId).queryKey, view),
    meta: { errors: 'shown' },
  })

export const sendToDoctorMutation = (client: QueryClient, contentId: string) =>
  mutationOptions({
    mutationFn: (revision: number) =>
      request(moveContent, { params: { contentId }, body: { revision, to: 'doctor_review' } }),
    onSettled: () => client.invalidateQueries({ queryKey: scriptQueries.all() }),
  })

export const signOffLinkMutation = (contentId: string) =>
  mutationOptions({
    mutationFn: () => request(api.createSignOffLink, { params: { contentId } }),
    meta: { errors: 'shown' },
  })
