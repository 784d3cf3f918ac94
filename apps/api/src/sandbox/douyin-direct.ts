import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import { joined, save } from './files.ts'
import { loggedInAs } from './login.ts'
import type { Post } from './store.ts'

const MB = 1024 * 1024
const accessSeconds = 1_296_000
const refreshSeconds = 30 * 86_400
const codeSeconds = 600
const renewLimit = 5
/** "Over 128 MB in parts": 上传视频. A part has at least 5 MB, the last may have less. */
const wholeLimit = 128 * MB
const partLimit = 128 * MB
const smallestPart = 5 * MB
const scope = 'user_info,video.create.bind,video.list.bind,video.data.bind,renew_refresh_token'

const fields = z.record(z.string(), z.string()).catch({})
const createBody = z.object({
  video_id: z.string().default(''),
  text: z.string().default(''),
  private_status: z.int().default(0),
})
const ok = (data: object) => ({
  data: { error_code: 0, description: '', ...data },
  extra: { error_code: 0, description: '', logid: 'sandbox' },
})
const refuse = (error_code: number, description: string) => ({
  data: { error_code, description },
  extra: { error_code, description, logid: 'sandbox' },
})
const renewalsKey = (openId: string) => `douyin.renewals.${openId}`

/** Gives an account tokens without the consent page, for tests and demo data. */
export function grantDouyin({ store, nonce, now }: SandboxContext, account: string) {
  const open_id = store.account('douyin', account)
  const access_token = `dy-access-${nonce()}`
  const refresh_token = `dy-refresh-${nonce()}`
  store.putToken('access', access_token, open_id, now() + accessSeconds * 1000)
  store.putToken('refresh', refresh_token, open_id, now() + refreshSeconds * 1000)
  store.putMeta(renewalsKey(open_id), '0')
  return {
    access_token,
    expires_in: accessSeconds,
    refresh_token,
    refresh_expires_in: refreshSeconds,
    open_id,
    scope,
  }
}

/**
 * What Douyin's open platform grants to few: posting in an account's name (`@open-dy/open_api_sdk` 1.1.0, docs
 * dop/develop/openapi/account-permission). A refresh leaves the refresh token's end where it was; a renewal moves
 * it, five times.
 */
export function addDouyinDirect(
  app: FastifyInstance,
  ctx: SandboxContext,
  sendDue: () => void,
): void {
  const { store, now, nonce, apps } = ctx
  const { clientKey, clientSecret } = apps.douyin
  const dir = store.filesDir

  app.get('/platform/oauth/connect/', async (request, reply) => {
    const q = fields.parse(request.query)
    if (q.client_key !== clientKey) return refuse(10003, 'client_key')
    if (q.response_type !== 'code') return refuse(10002, 'response_type')
    if (!URL.canParse(q.redirect_uri ?? '')) return refuse(10006, 'redirect_uri')
    const code = `dy-code-${nonce()}`
    const openId = store.account('douyin', q.account ?? loggedInAs(request, 'douyin'))
    store.putToken('code', code, openId, now() + codeSeconds * 1000)
    const back = new URL(q.redirect_uri ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', q.state ?? '')
    return reply.redirect(back.toString(), 302)
  })

  const failed = (code: number, what: string) => ({ ...refuse(code, what), message: 'error' })
  const answered = (data: object) => ({ data: ok(data).data, message: 'success' })
  app.post('/oauth/access_token/', { config: { op: 'douyin.access_token' } }, async (request) => {
    const form = fields.parse(request.body)
    if (form.client_key !== clientKey) return failed(10003, 'client_key')
    if (form.client_secret !== clientSecret) return failed(10013, 'client_secret')
    if (form.grant_type !== 'authorization_code') return failed(10002, 'grant_type')
    const row = store.token('code', form.code ?? '')
    if (!row || row.expiresAt <= now()) return failed(10007, 'code expired')
    store.dropToken(form.code ?? '')
    return answered(grantDouyin(ctx, store.accountName(row.openId)))
  })
  app.post('/oauth/refresh_token/', { config: { op: 'douyin.refresh_token' } }, async (request) => {
    const form = fields.parse(request.body)
    if (form.client_key !== clientKey) return failed(10003, 'client_key')
    if (form.grant_type !== 'refresh_token') return failed(10002, 'grant_type')
    const refresh = form.refresh_token ?? ''
    const row = store.token('refresh', refresh)
    if (!row || row.expiresAt <= now()) return failed(10010, 'refresh_token expired')
    const access_token = `dy-access-${nonce()}`
    store.putToken('access', access_token, row.openId, now() + accessSeconds * 1000)
    return answered({
      access_token,
      expires_in: accessSeconds,
      refresh_token: refresh,
      refresh_expires_in: Math.floor((row.expiresAt - now()) / 1000),
      open_id: row.openId,
      scope,
    })
  })
  app.post(
    '/oauth/renew_refresh_token/',
    { config: { op: 'douyin.renew_refresh_token' } },
    async (request) => {
      const form = fields.parse(request.body)
      if (form.client_key !== clientKey) return failed(10003, 'client_key')
      const row = store.token('refresh', form.refresh_token ?? '')
      if (!row || row.expiresAt <= now()) return failed(10010, 'refresh_token expired')
      const renewals = Number(store.meta(renewalsKey(row.openId)) ?? 0)
      if (renewals >= renewLimit) return failed(10020, 'renew limit')
      store.putMeta(renewalsKey(row.openId), String(renewals + 1))
      store.dropToken(form.refresh_token ?? '')
      const refresh_token = `dy-refresh-${nonce()}`
      store.putToken('refresh', refresh_token, row.openId, now() + refreshSeconds * 1000)
      return answered({ refresh_token, expires_in: refreshSeconds })
    },
  )

  /** Who calls, or the refusal to send. */
  function caller(request: FastifyRequest): { openId: string } | { refused: object } {
    const row = store.token('access', String(request.headers['access-token'] ?? ''))
    if (!row) return { refused: refuse(28001003, 'access_token invalid') }
    if (row.expiresAt <= now()) return { refused: refuse(28001008, 'access_token expired') }
    if (fields.parse(request.query).open_id !== row.openId)
      return { refused: refuse(28001015, 'open_id mismatch') }
    return { openId: row.openId }
  }
  type Handler = (openId: string, request: FastifyRequest) => object | Promise<object>
  const openapi = (method: 'GET' | 'POST', path: string, op: string, handler: Handler) =>
    app.route({
      method,
      url: path,
      config: { op: `douyin.${op}` },
      handler: async (request) => {
        const who = caller(request)
        return 'refused' in who ? who.refused : handler(who.openId, request)
      },
    })
  async function received(request: FastifyRequest, name: string, limit: number) {
    const part = request.isMultipart()
      ? await request.file({ limits: { fileSize: limit } })
      : undefined
    if (part?.fieldname !== 'video') return null
    const saved = await save(dir, name, part.file, limit)
    return saved && saved.bytes > 0 ? saved : null
  }
  const videos = '/api/douyin/v1/video'

  openapi('POST', `${videos}/upload_video/`, 'upload', async (openId, request) => {
    const videoId = `dy-video-${nonce()}`
    const saved = await received(request, `${videoId}.mp4`, wholeLimit)
    if (!saved) return refuse(2190005, 'file too large')
    store.startUpload(videoId, openId)
    store.finishUpload(videoId, saved.file, saved.sha256, saved.bytes)
    return ok({ video: { video_id: videoId, width: 0, height: 0 } })
  })
  openapi('POST', `${videos}/init_video_part_upload/`, 'part_init', (openId) => {
    const uploadId = `dy-upload-${nonce()}`
    store.startUpload(uploadId, openId)
    return ok({ upload_id: uploadId })
  })
  const partName = (uploadId: string, number: number) => `${uploadId}-${number}.part-of`
  openapi('POST', `${videos}/upload_video_part/`, 'part_upload', async (openId, request) => {
    const { upload_id: uploadId = '', part_number } = fields.parse(request.query)
    const number = Number(part_number)
    if (store.upload(uploadId)?.openId !== openId) return refuse(28001007, 'upload_id')
    if (!Number.isInteger(number) || number < 1) return refuse(28001007, 'part_number')
    const saved = await received(request, partName(uploadId, number), partLimit)
    if (!saved) return refuse(28001007, 'video')
    store.putFragment(uploadId, number, saved.bytes, saved.sha256)
    return ok({})
  })
  openapi(
    'POST',
    `${videos}/complete_video_part_upload/`,
    'part_complete',
    async (openId, request) => {
      const { upload_id: uploadId = '' } = fields.parse(request.query)
      if (store.upload(uploadId)?.openId !== openId) return refuse(28001007, 'upload_id')
      const parts = store.fragments(uploadId)
      const gap = parts.length === 0 || parts.some(({ id }, at) => id !== at + 1)
      const small = parts.slice(0, -1).some(({ size }) => size < smallestPart)
      if (gap || small) return refuse(28001007, 'parts')
      const videoId = `dy-video-${nonce()}`
      const names = parts.map(({ id }) => partName(uploadId, id))
      const saved = await save(dir, `${videoId}.mp4`, joined(dir, names), 4096 * MB)
      if (!saved) return refuse(2190005, 'file too large')
      store.startUpload(videoId, openId)
      store.finishUpload(videoId, saved.file, saved.sha256, saved.bytes)
      return ok({ video: { video_id: videoId, width: 0, height: 0 } })
    },
  )

  /**
   * The same video may be posted twice, as nothing documented forbids it: a product that sends twice must be seen
   * to have sent twice.
   */
  openapi('POST', `${videos}/create_video/`, 'create', (openId, request) => {
    const body = createBody.safeParse(request.body)
    if (!body.success) return refuse(28001007, 'body')
    const upload = store.upload(body.data.video_id)
    if (upload?.openId !== openId || !upload.file || !upload.sha256 || !upload.bytes)
      return refuse(2190007, 'video_id')
    const id = `@${Buffer.from(nonce(), 'hex').toString('base64')}`
    const link = `https://www.douyin.com/video/${7n * 10n ** 18n + (BigInt(`0x${nonce()}`) % 10n ** 18n)}`
    const at = now()
    const messageId = nonce()
    const event = {
      event: 'create_video',
      from_user_id: openId,
      to_user_id: openId,
      client_key: clientKey,
      content: { item_id: id, video_id: link.slice(link.lastIndexOf('/') + 1) },
      log_id: messageId,
    }
    store.accept(
      {
        id,
        platform: 'douyin',
        openId,
        title: '',
        caption: body.data.text,
        link,
        shareId: null,
        coverFile: null,
        coverSha256: null,
        coverBytes: null,
        videoFile: upload.file,
        videoSha256: upload.sha256,
        videoBytes: upload.bytes,
        acceptedAt: at,
        publishedAt: at + ctx.pendingMs,
        extra: { private_status: body.data.private_status },
      },
      ctx.webhookUrl === null
        ? null
        : { id: messageId, body: JSON.stringify(event), dueAt: at + ctx.pendingMs },
    )
    sendDue()
    return ok({ item_id: id, video_id: body.data.video_id })
  })

  /** In review only its author sees a work; the author's own list shows it, and no longer says how it stands. */
  const work = (post: Post) => ({
    item_id: post.id,
    title: post.caption,
    cover: '',
    create_time: Math.floor(post.acceptedAt / 1000),
    is_top: false,
    media_type: 4,
    share_url: post.link,
    statistics: {
      play_count: post.plays,
      digg_count: post.likes,
      comment_count: post.comments,
      share_count: 0,
      forward_count: 0,
      download_count: 0,
    },
  })
  openapi('GET', `${videos}/video_list/`, 'list', (openId, request) => {
    const q = fields.parse(request.query)
    const all = store.postsOf(openId)
    const from = Number(q.cursor ?? 0) || 0
    const size = Math.min(20, Math.max(1, Number(q.count ?? 10) || 10))
    const list = all.slice(from, from + size).map(work)
    return ok({ cursor: from + list.length, has_more: from + list.length < all.length, list })
  })
  openapi('POST', `${videos}/video_data/`, 'info', (openId, request) => {
    const wanted = z
      .object({ item_ids: z.array(z.union([z.string(), z.number()]).transform(String)) })
      .safeParse(request.body)
    if (!wanted.success) return refuse(28001007, 'item_ids')
    const list = wanted.data.item_ids
      .map((id) => store.post(id))
      .filter((post) => post !== null)
      .filter((post) => post.openId === openId)
      .filter((post) => post.deletedAt === null && post.rejectedAt === null)
      .map(work)
    return ok({ list })
  })
  openapi('GET', '/data/external/user/fans/', 'fans', () => ok({ result_list: [] }))
}
