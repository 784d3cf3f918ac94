import type { ApiAdapter, PostCounts } from '../platform.port.ts'
import type { KuaishouVideo, kuaishouClient } from './client.ts'

/** Kuaishou tells three counts of a post; shares, saves and profile visits have no API. */
export const countsOf = (video: KuaishouVideo): PostCounts => ({
  plays: video.view_count ?? null,
  likes: video.like_count ?? null,
  comments: video.comment_count ?? null,
  shares: null,
  favorites: null,
})

export const kuaishouMetrics = (
  client: ReturnType<typeof kuaishouClient>,
): ApiAdapter['metrics'] => ({
  async post(ctx, remoteId) {
    const answer = await client.photoInfo(ctx.accessToken, remoteId, ctx)
    return answer.kind === 'ok' ? { kind: 'ok', value: countsOf(answer.value.video_info) } : answer
  },
  async account(ctx) {
    const answer = await client.userInfo(ctx.accessToken, ctx)
    return answer.kind === 'ok'
      ? { kind: 'ok', value: { followers: answer.value.user_info.fan ?? null } }
      : answer
  },
})
