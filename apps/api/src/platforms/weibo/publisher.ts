import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { formOf } from '@xingbo/shared/publishing/snapshot.schema'
import { readCover } from '../files.ts'
import { multipart } from '../multipart.ts'
import type {
  ConsentAdapter,
  PlatformTools,
  Refused,
  RemotePost,
  RemoteStatus,
  Submitted,
} from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { instantOf, type WeiboStatus, weiboClient } from './client.ts'
import { countsOf, weiboMetrics } from './metrics.ts'

const maxPictureBytes = 5 * 1024 * 1024
const pageSize = 100
/** 1,000 posts back is further than any reconciliation looks. */
const maxPages = 10

/** A no of our own, before anything is sent. */
const refuse = (code: string, category: Refused['category']): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category,
  retryable: false,
})
const notConfigured = refuse('not_configured', 'not_configured')

/** Nothing is uploaded ahead: words and picture leave in the one irreversible call. */
const inOneCall = 'in-one-call'

const workUrl = (status: WeiboStatus): string => {
  const uid = status.user?.idstr ?? status.user?.id
  return uid
    ? `https://weibo.com/${uid}/${status.remoteId}`
    : `https://m.weibo.cn/status/${status.remoteId}`
}

/**
 * The `api` route to Weibo: one picture with words and the link of the application's safe domain. Whether third
 * parties still get its video upload is not known, so videos go by a person.
 */
export function weiboAdapter(settings: PlatformSettings, tools: PlatformTools): ConsentAdapter {
  const client = weiboClient(settings, tools)

  return {
    platform: 'weibo',
    route: 'api',
    capability: platformCapabilities.weibo,
    configured: client.configured,

    async upload(ctx, snapshot) {
      if (!client.configured) return notConfigured
      if (formOf(snapshot) !== 'picture') return refuse('picture_only', 'validation')
      const picture = await readCover(ctx, snapshot)
      if ('kind' in picture) return picture
      if (picture.bytes.length > maxPictureBytes) return refuse('cover_too_large', 'media_invalid')
      return { kind: 'ok', value: { uploadId: inOneCall } }
    },

    async submit(ctx, snapshot, uploadId): Promise<Submitted> {
      if (!client.configured) return notConfigured
      if (uploadId !== inOneCall) return refuse('bad_upload_id', 'media_invalid')
      const picture = await readCover(ctx, snapshot)
      if ('kind' in picture) return picture
      const { realIp } = settings.weibo
      const form = multipart(tools.nonce(), [
        { name: 'access_token', value: ctx.accessToken },
        { name: 'status', value: snapshot.rendered.caption },
        ...(realIp ? [{ name: 'rip', value: realIp }] : []),
        { name: 'pic', ...picture },
      ])
      const answer = await client.share(form, ctx.accessToken, ctx)
      if (answer.kind !== 'ok') return answer
      const { remoteId } = answer.value
      return { kind: 'accepted', remoteId, remoteUrl: workUrl(answer.value), raw: answer.value }
    },

    async checkStatus(ctx, remoteId): Promise<RemoteStatus> {
      const answer = await client.status(ctx.accessToken, remoteId, ctx)
      if (answer.kind === 'refused' && answer.category === 'not_found_yet')
        return { kind: 'not_found' }
      if (answer.kind !== 'ok') return answer
      const status = answer.value
      // 0 everybody; 1 its author alone, as while Weibo looks at it; 3 a group, 4 a paid one.
      if (status.visible && status.visible.type !== 0) return { kind: 'pending' }
      return {
        kind: 'published',
        remoteUrl: workUrl(status),
        createdAt: instantOf(status.created_at),
        caption: status.text,
      }
    },

    async listRecent(ctx, since) {
      const found = new Map<string, RemotePost>()
      for (let page = 1; page <= maxPages; page++) {
        const answer = await client.timeline(ctx.accessToken, page, pageSize, ctx)
        if (answer.kind !== 'ok') return answer
        const { statuses } = answer.value
        const posts = statuses.map(postOf).filter((post) => post !== null)
        for (const post of posts) if (post.createdAt >= since) found.set(post.remoteId, post)
        if (statuses.length < pageSize || posts.every((post) => post.createdAt < since)) break
      }
      const newestFirst = [...found.values()].sort(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      )
      return { kind: 'ok', value: newestFirst }
    },

    tokens: {
      kind: 'consent',
      authorizeUrl: ({ state, redirectUri }) => client.authorizeUrl(state, redirectUri),
      exchangeCode: (code, { redirectUri, signal }) =>
        client.accessToken(code, redirectUri, signal),
      refresh: async () => refuse('no_refresh', 'auth_revoked'),
    },
    metrics: weiboMetrics(client),
  }
}

/** A post without a time cannot be matched to a submission, so it is left out. */
function postOf(status: WeiboStatus): RemotePost | null {
  const createdAt = instantOf(status.created_at)
  if (!createdAt) return null
  return {
    remoteId: status.remoteId,
    remoteUrl: workUrl(status),
    title: null,
    caption: status.text,
    createdAt,
    pending: status.visible ? status.visible.type !== 0 : false,
    durationMs: null,
    counts: countsOf(status),
  }
}
