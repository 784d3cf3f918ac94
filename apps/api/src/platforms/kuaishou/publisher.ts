import { openAsBlob } from 'node:fs'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { frozenFileProblem, readCover } from '../files.ts'
import { multipart } from '../multipart.ts'
import type {
  Answer,
  ConsentAdapter,
  PlatformTools,
  PublishContext,
  Refused,
  RemotePost,
  RemoteStatus,
  Submitted,
} from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { instant, type KuaishouVideo, kuaishouClient, type UploadSession } from './client.ts'
import { countsOf, kuaishouMetrics } from './metrics.ts'

/** 「小于10M」 goes in one piece; 10^7 is below it in either reading of M. */
const wholeBelowBytes = 10_000_000
/** Fragments may be 10 MB; 4 MB is what the code seen in use sends, and loses less when cut. */
const fragmentBytes = 4 * 1024 * 1024
const uploadTries = 3
const pageSize = 200
/** 2,000 posts back is further than any reconciliation looks. */
const maxPages = 10

const workUrl = (photoId: string): string => `https://www.kuaishou.com/short-video/${photoId}`

/** A no of our own, before anything is sent. */
const refuse = (code: string, category: Refused['category']): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category,
  retryable: false,
})
const notConfigured = refuse('not_configured', 'not_configured')

/** Token and endpoint in one opaque id; a host holds no `@`. */
const uploadIdOf = ({ token, endpoint }: UploadSession): string => `${token}@${endpoint}`
function sessionOf(uploadId: string): UploadSession | null {
  const cut = uploadId.lastIndexOf('@')
  return cut < 1 ? null : { token: uploadId.slice(0, cut), endpoint: uploadId.slice(cut + 1) }
}

/** The `api` route to Kuaishou: video only, no schedule, no idempotency key, no publish event. */
export function kuaishouAdapter(settings: PlatformSettings, tools: PlatformTools): ConsentAdapter {
  const client = kuaishouClient(settings, tools)

  async function uploadWhole(
    ctx: PublishContext,
    session: UploadSession,
    video: Blob,
  ): Promise<Answer<unknown>> {
    for (let failed = 1; ; failed++) {
      const sent = await client.uploadWhole(session, video, ctx)
      if (sent.kind === 'ok' || !worthAnotherTry(sent) || failed === uploadTries) return sent
      await tools.pause(failed * 1000, ctx.signal)
    }
  }

  /** Sends what the platform does not have yet, asking it again after each interruption. */
  async function uploadFragments(
    ctx: PublishContext,
    session: UploadSession,
    video: Blob,
    resumed: boolean,
  ): Promise<Answer<unknown>> {
    const total = Math.ceil(video.size / fragmentBytes)
    const piece = (n: number): Blob =>
      video.slice(n * fragmentBytes, (n + 1) * fragmentBytes, 'application/octet-stream')
    let ask = resumed
    let failed = 0
    const there = new Set<number>()
    for (;;) {
      const step = await (async (): Promise<Answer<unknown>> => {
        if (ask) {
          const state = await client.resumeUpload(session, ctx)
          if (state.kind !== 'ok') return state
          there.clear()
          for (const fragment of state.value.fragment_list ?? [])
            if (fragment.size === piece(fragment.id).size) there.add(fragment.id)
          ask = false
        }
        for (let n = 0; n < total; n++) {
          if (there.has(n)) continue
          const sent = await client.uploadFragment(session, n, piece(n), ctx)
          if (sent.kind !== 'ok') return sent
          there.add(n)
          failed = 0
        }
        return client.completeUpload(session, total, ctx)
      })()
      if (step.kind === 'ok' || !worthAnotherTry(step)) return step
      failed++
      if (failed === uploadTries) return step
      ask = true
      await tools.pause(failed * 1000, ctx.signal)
    }
  }

  async function startAndSend(ctx: PublishContext, video: Blob): Promise<Answer<UploadSession>> {
    const started = await client.startUpload(ctx.accessToken, ctx)
    if (started.kind !== 'ok') return started
    await ctx.onUploadStarted?.(uploadIdOf(started.value))
    const sent =
      video.size < wholeBelowBytes
        ? await uploadWhole(ctx, started.value, video)
        : await uploadFragments(ctx, started.value, video, false)
    return sent.kind === 'ok' ? started : sent
  }

  return {
    platform: 'kuaishou',
    route: 'api',
    capability: platformCapabilities.kuaishou,
    configured: client.configured,

    async upload(ctx, snapshot, resumeFrom) {
      if (!client.configured) return notConfigured
      const problem = await frozenFileProblem(ctx.mediaPath, snapshot.media)
      if (problem) return problem
      const video = await openAsBlob(ctx.mediaPath, { type: snapshot.media.mimeType })
      const earlier = resumeFrom ? sessionOf(resumeFrom) : null
      if (earlier && video.size >= wholeBelowBytes && client.hostAllowed(earlier.endpoint)) {
        const sent = await uploadFragments(ctx, earlier, video, true)
        if (sent.kind === 'ok') return { kind: 'ok', value: { uploadId: uploadIdOf(earlier) } }
        // An upload the platform no longer knows, or knows as broken, begins anew; a bad road does not.
        if (sent.kind === 'unknown' || notAboutTheUpload.has(sent.category)) return sent
      }
      const session = await startAndSend(ctx, video)
      return session.kind === 'ok'
        ? { kind: 'ok', value: { uploadId: uploadIdOf(session.value) } }
        : session
    },

    async submit(ctx, snapshot, uploadId): Promise<Submitted> {
      if (!client.configured) return notConfigured
      const session = sessionOf(uploadId)
      if (!session) return refuse('bad_upload_id', 'media_invalid')
      const cover = await readCover(ctx, snapshot)
      if ('kind' in cover) return cover
      const form = multipart(tools.nonce(), [
        { name: 'caption', value: snapshot.rendered.caption },
        { name: 'stereo_type', value: 'NOT_SPHERICAL_VIDEO' },
        { name: 'cover', ...cover },
      ])
      const answer = await client.publish(ctx.accessToken, session.token, form, ctx)
      if (answer.kind !== 'ok') return answer
      const remoteId = answer.value.video_info.photo_id
      return { kind: 'accepted', remoteId, remoteUrl: workUrl(remoteId), raw: answer.value }
    },

    async checkStatus(ctx, remoteId): Promise<RemoteStatus> {
      const answer = await client.photoInfo(ctx.accessToken, remoteId, ctx)
      if (answer.kind === 'refused' && answer.category === 'not_found_yet')
        return { kind: 'not_found' }
      if (answer.kind !== 'ok') return answer
      const video = answer.value.video_info
      if (!isOut(video)) return { kind: 'pending' }
      return {
        kind: 'published',
        remoteUrl: workUrl(video.photo_id),
        createdAt: video.create_time ? instant(video.create_time) : null,
        caption: video.caption,
      }
    },

    async listRecent(ctx, since) {
      const found = new Map<string, RemotePost>()
      let cursor = ''
      for (let page = 0; page < maxPages; page++) {
        const answer = await client.photoList(ctx.accessToken, cursor, pageSize, ctx)
        if (answer.kind !== 'ok') return answer
        const videos = answer.value.video_list
        const posts = videos.map(postOf).filter((post) => post !== null)
        for (const post of posts) if (post.createdAt >= since) found.set(post.remoteId, post)
        const last = videos.at(-1)
        // Pages are not promised to be in order: stop only at one that is wholly too old.
        if (!last || videos.length < pageSize || posts.every((post) => post.createdAt < since))
          break
        if (last.photo_id === cursor) break
        cursor = last.photo_id
      }
      const newestFirst = [...found.values()].sort(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      )
      return { kind: 'ok', value: newestFirst }
    },

    tokens: {
      kind: 'consent',
      authorizeUrl: ({ state, redirectUri }) => client.authorizeUrl(state, redirectUri),
      exchangeCode: (code, { signal }) => client.accessToken(code, signal),
      refresh: (refreshToken, signal) => client.refreshToken(refreshToken, signal),
    },
    metrics: kuaishouMetrics(client),
  }
}

const notAboutTheUpload: ReadonlySet<Refused['category']> = new Set([
  'unreachable',
  'platform_busy',
  'rate_limited',
  'auth_expired',
])

function worthAnotherTry(answer: Answer<unknown>): boolean {
  if (answer.kind === 'unknown') return answer.why !== 'unknown_code'
  return (
    answer.kind === 'refused' &&
    (answer.category === 'unreachable' || answer.category === 'platform_busy')
  )
}

/** `play_url` stays empty until transcoding is done; a missing `pending` alone proves nothing. */
const isOut = (video: KuaishouVideo): boolean =>
  video.pending === false || (video.pending == null && video.play_url !== '')

/** A post without a time cannot be matched to a submission, so it is left out. */
const postOf = (video: KuaishouVideo): RemotePost | null =>
  video.create_time
    ? {
        remoteId: video.photo_id,
        remoteUrl: workUrl(video.photo_id),
        title: null,
        caption: video.caption,
        createdAt: instant(video.create_time),
        pending: !isOut(video),
        durationMs: null,
        counts: countsOf(video),
      }
    : null
