import type { ApiAdapter, PostCounts } from '../platform.port.ts'
import type { WeiboStatus, weiboClient } from './client.ts'

/** A status tells three counts; Weibo tells nobody how often it was read. */
export const countsOf = (status: WeiboStatus): PostCounts => ({
  plays: null,
  likes: status.attitudes_count ?? null,
  comments: status.comments_count ?? null,
  shares: status.reposts_count ?? null,
  favorites: null,
})

export const weiboMetrics = (client: ReturnType<typeof weiboClient>): ApiAdapter['metrics'] => ({
  async post(ctx, remoteId) {
    const answer = await client.status(ctx.accessToken, remoteId, ctx)
    return answer.kind === 'ok' ? { kind: 'ok', value: countsOf(answer.value) } : answer
  },
  async account(ctx) {
    const who = await client.uid(ctx.accessToken, ctx)
    if (who.kind !== 'ok') return who
    const answer = await client.user(ctx.accessToken, who.value.uid, ctx)
    return answer.kind === 'ok'
      ? { kind: 'ok', value: { followers: answer.value.followers_count ?? null } }
      : answer
  },
})
