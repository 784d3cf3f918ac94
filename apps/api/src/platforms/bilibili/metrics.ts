import type { ApiAdapter } from '../platform.port.ts'
import type { bilibiliClient } from './client.ts'

/** Bilibili's totals of a work; coins and danmaku have no counterpart here. It tells no profile visits. */
export const bilibiliMetrics = (
  client: ReturnType<typeof bilibiliClient>,
): ApiAdapter['metrics'] => ({
  async post(ctx, remoteId) {
    const answer = await client.workStat(ctx.accessToken, remoteId, ctx)
    if (answer.kind !== 'ok') return answer
    const { view, like, reply, share, favorite } = answer.value.data
    return {
      kind: 'ok',
      value: {
        plays: view ?? null,
        likes: like ?? null,
        comments: reply ?? null,
        shares: share ?? null,
        favorites: favorite ?? null,
      },
    }
  },
  async account(ctx) {
    const answer = await client.userStat(ctx.accessToken, ctx)
    return answer.kind === 'ok'
      ? { kind: 'ok', value: { followers: answer.value.data.follower ?? null } }
      : answer
  },
})
