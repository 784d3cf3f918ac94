import { openAsBlob } from 'node:fs'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { z } from 'zod'
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
import { type BilibiliArchive, bilibiliClient } from './client.ts'
import { bilibiliMetrics } from './metrics.ts'

/** Equal parts of 8 MiB except the last, one after another, at most 512 of them. */
const partBytes = 8 * 1024 * 1024
const maxParts = 512
const partTries = 3
const maxCoverBytes = 5 * 1024 * 1024
const pageSize = 50
/** 1,000 works back is further than any reconciliation looks. */
const maxPages = 20

/** The work, or its video, was deleted; 123004 and 123040 only say that it is not there. */
const deletedCodes: ReadonlySet<string> = new Set(['123005', '123041'])

const workUrl = (id: string): string => `https://www.bilibili.com/video/${id}`

/** A no of our own, before anything is sent. */
const refuse = (code: string, category: Refused['category']): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category,
  retryable: false,
})
const notConfigured = refuse('not_configured', 'not_configured')

/** The upload and the address its cover got, in one opaque id. */
const uploadShape = z.object({ token: z.string().min(1), cover: z.string().min(1) })
function uploadOf(uploadId: string): z.output<typeof uploadShape> | null {
  try {
    return uploadShape.parse(JSON.parse(uploadId))
  } catch {
    return null
  }
}

/** The `api` route to Bilibili: video only, no schedule, no idempotency key, 30 s between two works. */
export function bilibiliAdapter(settings: PlatformSettings, tools: PlatformTools): ConsentAdapter {
  const client = bilibiliClient(settings, tools)

  /** A part may be sent again: it only fills its own number. */
  async function sendPart(
    ctx: PublishContext,
    token: string,
    part: number,
    bytes: Blob,
  ): Promise<Answer<unknown>> {
    for (let failed = 1; ; failed++) {
      const sent = await client.uploadPart(token, part, bytes, ctx)
      const passing =
        sent.kind === 'unknown' ||
        (sent.kind === 'refused' &&
          (sent.category === 'unreachable' || sent.category === 'platform_busy'))
      if (!passing || failed === partTries) return sent
      await tools.pause(failed * 1000, ctx.signal)
    }
  }

  async function uploadVideo(ctx: PublishContext, token: string, video: Blob) {
    const parts = Math.ceil(video.size / partBytes)
    for (let n = 0; n < parts; n++) {
      const bytes = video.slice(n * partBytes, (n + 1) * partBytes, 'application/octet-stream')
      const sent = await sendPart(ctx, token, n + 1, bytes)
      if (sent.kind !== 'ok') return sent
    }
    return client.completeUpload(ctx.accessToken, token, ctx)
  }

  return {
    platform: 'bilibili',
    route: 'api',
    capability: platformCapabilities.bilibili,
    configured: client.configured,

    // What has arrived of an earlier upload cannot be asked, so each begins anew.
    async upload(ctx, snapshot) {
      if (!client.configured) return notConfigured
      const { media } = snapshot
      if (media.sizeBytes > partBytes * maxParts) return refuse('file_too_large', 'media_invalid')
      const problem = await frozenFileProblem(ctx.mediaPath, media)
      if (problem) return problem
      const cover = await readCover(ctx, snapshot)
      if ('kind' in cover) return cover
      if (cover.bytes.length > maxCoverBytes) return refuse('cover_too_large', 'media_invalid')
      const video = await openAsBlob(ctx.mediaPath, { type: media.mimeType })
      const extension = media.mimeType === 'video/x-flv' ? 'flv' : 'mp4'
      const name = `${snapshot.contentId}.${extension}`
      const started = await client.startUpload(ctx.accessToken, name, ctx)
      if (started.kind !== 'ok') return started
      const { upload_token: token } = started.value.data
      await ctx.onUploadStarted?.(token)
      const sent = await uploadVideo(ctx, token, video)
      if (sent.kind !== 'ok') return sent
      const form = multipart(tools.nonce(), [{ name: 'file', ...cover }])
      const kept = await client.uploadCover(ctx.accessToken, form, ctx)
      if (kept.kind !== 'ok') return kept
      const uploadId = JSON.stringify({ token, cover: kept.value.data.url })
      return { kind: 'ok', value: { uploadId } }
    },

    async submit(ctx, snapshot, uploadId): Promise<Submitted> {
      if (!client.configured) return notConfigured
      const upload = uploadOf(uploadId)
      if (!upload) return refuse('bad_upload_id', 'media_invalid')
      const answer = await client.submit(
        ctx.accessToken,
        upload.token,
        submissionOf(snapshot, upload.cover, settings.bilibili.tid),
        ctx,
      )
      if (answer.kind !== 'ok') return answer
      const { resource_id: remoteId } = answer.value.data
      return { kind: 'accepted', remoteId, remoteUrl: workUrl(remoteId), raw: answer.value }
    },

    async checkStatus(ctx, remoteId): Promise<RemoteStatus> {
      const answer = await client.view(ctx.accessToken, remoteId, ctx)
      if (answer.kind === 'ok') return statusOf(answer.value.data)
      if (answer.kind === 'refused' && deletedCodes.has(answer.code))
        return { kind: 'removed', reason: answer.message || answer.code }
      return answer.kind === 'refused' && answer.category === 'not_found_yet'
        ? { kind: 'not_found' }
        : answer
    },

    async listRecent(ctx, since) {
      const found = new Map<string, RemotePost>()
      for (let page = 1; page <= maxPages; page++) {
        const answer = await client.viewList(ctx.accessToken, page, pageSize, ctx)
        if (answer.kind !== 'ok') return answer
        const works = answer.value.data.list ?? []
        const posts = works.map(postOf).filter((post) => post !== null)
        for (const post of posts) if (post.createdAt >= since) found.set(post.remoteId, post)
        // Pages are not promised to be in order: stop only at one that is wholly too old.
        if (works.length < pageSize || posts.every((post) => post.createdAt < since)) break
      }
      const newestFirst = [...found.values()].sort(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      )
      return { kind: 'ok', value: newestFirst }
    },

    tokens: {
      kind: 'consent',
      authorizeUrl: ({ state, redirectUri }) => client.authorizeUrl(state, redirectUri),
      async exchangeCode(code, { signal }) {
        const answer = await client.accessToken(code, signal)
        if (answer.kind !== 'ok') return answer
        const who = await client.accountInfo(answer.value.accessToken, { signal })
        if (who.kind !== 'ok') return who
        return { kind: 'ok', value: { ...answer.value, openId: who.value.data.openid } }
      },
      refresh: (refreshToken, signal) => client.refreshToken(refreshToken, signal),
    },
    metrics: bilibiliMetrics(client),
  }
}

const submissionOf = ({ rendered }: PublishSnapshot, cover: string, tid: number) => ({
  title: rendered.title,
  tid,
  tag: rendered.tags.join(','),
  desc: rendered.caption,
  cover,
  copyright: 1 as const,
  no_reprint: 1 as const,
})

/** Documented are 0 (open) and -2 (returned); every other state is on its way, however it is called. */
function statusOf({
  resource_id,
  title,
  desc,
  ptime,
  addit_info: told,
}: BilibiliArchive): RemoteStatus {
  if (told.state === -2)
    return { kind: 'rejected', reason: told.reject_reason || told.state_desc || '-2' }
  if (told.state !== 0) return { kind: 'pending' }
  return {
    kind: 'published',
    remoteUrl: workUrl(resource_id),
    createdAt: ptime ? new Date(ptime * 1000) : null,
    caption: desc || title,
  }
}

/** A work that was returned is no post; one without a time cannot be matched to a submission. */
const postOf = (work: BilibiliArchive): RemotePost | null =>
  work.ctime && work.addit_info.state !== -2
    ? {
        remoteId: work.resource_id,
        remoteUrl: workUrl(work.resource_id),
        title: work.title,
        caption: work.desc,
        createdAt: new Date(work.ctime * 1000),
        pending: work.addit_info.state !== 0,
        durationMs: work.video_info?.duration ? work.video_info.duration * 1000 : null,
        // The list tells no counts.
        counts: { plays: null, likes: null, comments: null, shares: null, favorites: null },
      }
    : null
