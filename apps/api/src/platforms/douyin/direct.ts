import { open, readFile } from 'node:fs/promises'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { frozenFileProblem } from '../files.ts'
import type {
  Answer,
  ConsentAdapter,
  PlatformTools,
  PublishContext,
  Refused,
  RemotePost,
  RemoteStatus,
} from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { type DouyinWork, douyinDirectClient } from './direct-client.ts'

const MB = 1024 * 1024
/** "Over 50 MB in parts is advised, over 128 MB required; a part about 20 MB, at least 5": 上传视频. */
const wholeUpToBytes = 50 * MB
const partBytes = 20 * MB
const uploadTries = 3
const pageSize = 20
/** 200 works back is further than any reconciliation looks. */
const maxPages = 10
/** 10020 after that: docs dop/develop/openapi/account-permission/refresh-token. */
const renewLimit = 5

const refuse = (code: string, category: Refused['category']): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category,
  retryable: false,
})
const notConfigured = refuse('not_configured', 'not_configured')

/** 2 unsuitable · 4 in review · 5 public · 6 friends · 7 private; a listed work without a status is out. */
function statusOf(work: DouyinWork): RemoteStatus {
  if (work.video_status === 2) return { kind: 'rejected', reason: '不适宜公开（2）' }
  if (work.video_status === 4) return { kind: 'pending' }
  if (work.video_status != null && ![5, 6, 7].includes(work.video_status))
    return { kind: 'unknown', why: 'unknown_code', detail: `video_status ${work.video_status}` }
  return {
    kind: 'published',
    remoteUrl: work.share_url,
    createdAt: new Date(work.create_time * 1000),
    caption: work.title,
  }
}

const countsOf = ({ statistics }: DouyinWork) => ({
  plays: statistics?.play_count ?? null,
  likes: statistics?.digg_count ?? null,
  comments: statistics?.comment_count ?? null,
  shares: statistics?.share_count ?? null,
  favorites: null,
})

/**
 * Posting to Douyin without a person. Only for an application that was granted video.create.bind; the hand-off is
 * the usual way. There is no title field, no schedule, no AI label and no idempotency key.
 */
export function douyinDirect(settings: PlatformSettings, tools: PlatformTools): ConsentAdapter {
  const client = douyinDirectClient(settings, tools)

  async function patiently<T>(
    ctx: PublishContext,
    work: () => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    for (let failed = 1; ; failed++) {
      const answer = await work()
      if (answer.kind === 'ok' || !worthAnotherTry(answer) || failed === uploadTries) return answer
      await tools.pause(failed * 1000, ctx.signal)
    }
  }

  async function sendParts(
    ctx: PublishContext,
    size: number,
  ): Promise<Answer<{ videoId: string }>> {
    const started = await patiently(ctx, () => client.startParts(ctx.accessToken, ctx))
    if (started.kind !== 'ok') return started
    const { upload_id: uploadId } = started.value.data
    const file = await open(ctx.mediaPath)
    try {
      for (let number = 1; (number - 1) * partBytes < size; number++) {
        const from = (number - 1) * partBytes
        const bytes = new Uint8Array(Math.min(partBytes, size - from))
        await file.read(bytes, 0, bytes.byteLength, from)
        const sent = await patiently(ctx, () =>
          client.uploadPart(ctx.accessToken, uploadId, number, bytes, ctx),
        )
        if (sent.kind !== 'ok') return sent
      }
    } finally {
      await file.close()
    }
    return videoOf(await patiently(ctx, () => client.completeParts(ctx.accessToken, uploadId, ctx)))
  }
  const videoOf = (
    answer: Awaited<ReturnType<typeof client.uploadWhole>>,
  ): Answer<{ videoId: string }> =>
    answer.kind === 'ok'
      ? { kind: 'ok', value: { videoId: answer.value.data.video.video_id } }
      : answer

  return {
    platform: 'douyin',
    route: 'api',
    capability: platformCapabilities.douyin,
    configured: client.configured,

    async upload(ctx, snapshot, resumeFrom) {
      if (!client.configured) return notConfigured
      // Parts cannot be asked for again; a video that arrived whole need not be sent twice.
      if (resumeFrom) return { kind: 'ok', value: { uploadId: resumeFrom } }
      const problem = await frozenFileProblem(ctx.mediaPath, snapshot.media)
      if (problem) return problem
      const { sizeBytes } = snapshot.media
      const sent =
        sizeBytes > wholeUpToBytes ? await sendParts(ctx, sizeBytes) : videoOf(await sendWhole(ctx))
      if (sent.kind !== 'ok') return sent
      await ctx.onUploadStarted?.(sent.value.videoId)
      return { kind: 'ok', value: { uploadId: sent.value.videoId } }
    },

    async submit(ctx, snapshot, uploadId) {
      if (!client.configured) return notConfigured
      if (uploadId.trim() === '') return refuse('bad_upload_id', 'media_invalid')
      const { caption, title } = snapshot.rendered
      const answer = await client.create(ctx.accessToken, uploadId, caption || title, ctx)
      if (answer.kind !== 'ok') return answer
      const { item_id: remoteId } = answer.value.data
      return { kind: 'accepted', remoteId, remoteUrl: null, raw: answer.value.data }
    },

    async checkStatus(ctx, remoteId) {
      const answer = await client.work(ctx.accessToken, remoteId, ctx)
      if (answer.kind !== 'ok') return answer
      const found = answer.value.data.list?.find((one) => one.item_id === remoteId)
      return found ? statusOf(found) : { kind: 'not_found' }
    },

    async listRecent(ctx, since) {
      const found = new Map<string, RemotePost>()
      let cursor = 0
      for (let page = 0; page < maxPages; page++) {
        const answer = await client.works(ctx.accessToken, cursor, pageSize, ctx)
        if (answer.kind !== 'ok') return answer
        const { data } = answer.value
        const posts = (data.list ?? []).map(postOf)
        for (const post of posts) if (post.createdAt >= since) found.set(post.remoteId, post)
        // Works pinned on top may be old: stop only at a page that is wholly too old.
        if (!data.has_more || posts.every((post) => post.createdAt < since)) break
        if (data.cursor === cursor) break
        cursor = data.cursor
      }
      const newestFirst = [...found.values()].sort(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      )
      return { kind: 'ok', value: newestFirst }
    },

    tokens: {
      kind: 'consent',
      authorizeUrl: (input) => client.authorizeUrl(input),
      exchangeCode: (code, { signal }) => client.exchange(code, signal),
      refresh: (refreshToken, signal) => client.refresh(refreshToken, signal),
      renewal: {
        limit: renewLimit,
        renew: (refreshToken, signal) => client.renew(refreshToken, signal),
      },
    },
    metrics: {
      async post(ctx, remoteId) {
        const answer = await client.work(ctx.accessToken, remoteId, ctx)
        if (answer.kind !== 'ok') return answer
        const found = answer.value.data.list?.find((one) => one.item_id === remoteId)
        return found
          ? { kind: 'ok', value: countsOf(found) }
          : refuse('not_listed', 'not_found_yet')
      },
      async account(ctx) {
        const answer = await client.fans(ctx.accessToken, ctx)
        if (answer.kind !== 'ok') return answer
        const days = answer.value.data.result_list ?? []
        const last = days.toSorted((a, b) => a.date.localeCompare(b.date)).at(-1)
        return { kind: 'ok', value: { followers: last?.total_fans ?? null } }
      },
    },
  }

  async function sendWhole(ctx: PublishContext) {
    const bytes = new Uint8Array(await readFile(ctx.mediaPath))
    return patiently(ctx, () => client.uploadWhole(ctx.accessToken, bytes, ctx))
  }
}

const worthAnotherTry = (answer: Exclude<Answer<unknown>, { kind: 'ok' }>): boolean =>
  answer.kind === 'unknown'
    ? answer.why !== 'unknown_code'
    : answer.category === 'unreachable' || answer.category === 'platform_busy'

const postOf = (work: DouyinWork): RemotePost => ({
  remoteId: work.item_id,
  remoteUrl: work.share_url,
  // The words are the caption; there is no title beside them.
  title: null,
  caption: work.title,
  createdAt: new Date(work.create_time * 1000),
  pending: work.video_status === 4,
  durationMs: null,
  counts: countsOf(work),
})
