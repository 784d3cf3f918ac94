import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/media/asset.schema'
import { addressOf } from '../../lib/http.ts'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export const mediaQueries = {
  all: () => ['media'] as const,
  content: (contentId: string) =>
    queryOptions({
      queryKey: [...mediaQueries.all(), contentId],
      queryFn: ({ signal }) => request(api.listContentAssets, { params: { contentId } }, signal),
    }),
}
liveQueries('asset', mediaQueries.all())
liveQueries('content', mediaQueries.all())

export const chooseCutMutation = (client: QueryClient, contentId: string) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.chooseFinalCut>['body']) =>
      request(api.chooseFinalCut, { params: { contentId }, body }),
    onSuccess: (media) => {
      client.setQueryData(mediaQueries.content(contentId).queryKey, media)
      // The item has a new revision, and the next step on this page is taken on it.
      return client.invalidateQueries({ queryKey: ['content'] })
    },
    // After a 409 the page shows what the other person chose.
    onError: () => client.invalidateQueries({ queryKey: mediaQueries.content(contentId).queryKey }),
  })

export const discardMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (assetId: string) => request(api.discardAsset, { params: { assetId } }),
    onSettled: () => client.invalidateQueries({ queryKey: mediaQueries.all() }),
  })

export const fileAddress = (assetId: string): string =>
  addressOf<typeof api.getAssetFile>('GET /api/assets/:assetId/file', {
    params: { assetId },
    query: {},
  })
export const downloadAddress = (assetId: string): string =>
  addressOf<typeof api.getAssetFile>('GET /api/assets/:assetId/file', {
    params: { assetId },
    query: { download: '1' },
  })
export const posterAddress = (assetId: string): string =>
  addressOf<typeof api.getAssetPoster>('GET /api/assets/:assetId/poster', { params: { assetId } })
