import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import { joined, type Saved, save } from './files.ts'
import { loggedInAs } from './login.ts'
import type { Post } from './store.ts'

const accessSeconds = 172_800
const refreshSeconds = 180 * 86_400
const codeSeconds = 600
const MB = 1024 * 1024
/** 「小于10M」 and 「每片不大于10M」 */
const pieceLimit = 10 * MB
const coverLimit = 10 * MB

const query = z.record(z.string(), z.string()).catch({})
const refuse = (result: number, error_msg: string) => ({ result, error: 'error', error_msg })
/** Gives an account tokens without the consent page, for tests and demo data. */
export function grantKuaishou(ctx: SandboxContext, account: string) {
  const { store, nonce, now } = ctx
  const openId = store.account('kuaishou', account)
  const access_token = `ks-access-${nonce()}`
  const refresh_token = `ks-refresh-${nonce()}`
  store.putToken('access', access_token, openId, now() + accessSeconds * 1000)
  store.putToken('refresh', refresh_token, openId, now() + refreshSeconds * 1000)
  return {
    result: 1,
    access_token,
    expires_in: accessSeconds,
    refresh_token,
    refresh_token_expires_in: refreshSeconds,
    open_id: openId,
    scopes: ['user_info', 'user_video_publish', 'user_video_info'],
  }
}

/**
 * Kuaishou's open platform by its documents (mp.kuaishou.com/platformDocs, 2024-09-26): paths, fields,
 * HTTP 200 with `result` in the body. Where they are silent the stricter reading is played.
 */
export function addKuaishou(app: FastifyInstance, ctx: SandboxContext): void {
  const { store, now, nonce, apps } = ctx
  const { appId, appSecret } = apps.kuaishou

  app.get('/oauth2/authorize', async (request, reply) => {
    const q = query.parse(request.query)
    if (q.app_id !== appId) return refuse(100200101, 'invalid client')
    if (q.response_type !== 'code') return refuse(100200103, 'response_type')
    if (!q.scope) return refuse(100200106, 'scope')
    if (!URL.canParse(q.redirect_uri ?? '')) return refuse(100200100, 'redirect_uri')
    const code = `ks-code-${nonce()}`
    const openId = store.account('kuaishou', q.account ?? loggedInAs(request, 'kuaishou'))
    store.putToken('code', code, openId, now() + codeSeconds * 1000)
    const back = new URL(q.redirect_uri ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', q.state ?? '')
    return reply.redirect(back.toString(), 302)
  })

  /** Code or refresh token for new tokens; either is good once. */
  const exchange =
    (kind: 'code' | 'refresh', grant: string, field: string, dead: number) =>
    async (request: FastifyRequest) => {
      const q = { ...query.parse(request.query), ...query.parse(request.body) }
      if (q.app_id !== appId || q.app_secret !== appSecret)
        return refuse(100200101, 'invalid client')
      if (q.grant_type !== grant) return refuse(100200104, 'grant_type')
      const token = q[field] ?? ''
      const row = store.token(kind, token)
      if (!row || row.expiresAt <= now()) return refuse(dead, `${field} invalid or expired`)
      store.dropToken(token)
      return grantKuaishou(ctx, store.accountName(row.openId))
    }
  const accessToken = {
    config: { op: 'kuaishou.access_token' },
    handler: exchange('code', 'authorization_code', 'code', 100200105),
  }
  app.get('/oauth2/access_token', accessToken)
  app.post('/oauth2/access_token', accessToken)
  const refreshToken = {
    config: { op: 'kuaishou.refresh_token' },
    handler: exchange('refresh', 'refresh_token', 'refresh_token', 100200113),
  }
  app.get('/oauth2/refresh_token', refreshToken)
  app.post('/oauth2/refresh_token', refreshToken)

  /** Who calls, or the refusal to send. */
  function caller(request: FastifyRequest): { openId: string } | { refused: object } {
    const q = query.parse(request.query)
    if (q.app_id !== appId) return { refused: refuse(100200101, 'invalid client') }
    if (!q.access_token) return { refused: refuse(100200100, 'access_token') }
    const row = store.token('access', q.access_token)
    if (!row) return { refused: refuse(100200111, 'never authorised') }
    if (row.expiresAt <= now()) return { refused: refuse(100200108, 'access_token expired') }
    return { openId: row.openId }
  }
  type Handler = (
    openId: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => object | Promise<object>
  const openapi = (method: 'GET' | 'POST', path: string, op: string, handler: Handler) =>
    app.route({
      method,
      url: path,
      config: { op },
      handler: async (request, reply) => {
        const who = caller(request)
        return 'refused' in who ? who.refused : handler(who.openId, request, reply)
      },
    })

  openapi('GET', '/openapi/user_info', 'kuaishou.user_info', (openId) => ({
    result: 1,
    user_info: {
      name: store.accountName(openId),
      sex: 'U',
      fan: 0,
      follow: 0,
      head: '',
      bigHead: '',
      city: '',
    },
  }))
  openapi('POST', '/openapi/photo/start_upload', 'kuaishou.start_upload', (openId, request) => {
    const token = `ks-upload-${nonce()}`
    store.startUpload(token, openId)
    return { result: 1, upload_token: token, endpoint: request.host }
  })
  openapi('POST', '/openapi/photo/publish', 'kuaishou.publish', publish)
  openapi('GET', '/openapi/photo/info', 'kuaishou.info', (openId, request) => {
    const post = store.post(query.parse(request.query).photo_id ?? '')
    // No document says how a post turned down in review is told; it is played as not being there.
    if (!post || post.openId !== openId || post.deletedAt !== null || post.rejectedAt !== null)
      return refuse(100120001, 'video_not_exist')
    return { result: 1, video_info: videoInfo(post, request) }
  })
  openapi('GET', '/openapi/photo/list', 'kuaishou.list', (openId, request) => {
    const q = query.parse(request.query)
    const posts = store.postsOf(openId)
    const count = Math.min(200, Math.max(1, Number(q.count) || 20))
    const from = q.cursor ? posts.findIndex((post) => post.id === q.cursor) + 1 : 0
    const page = posts.slice(from, from + count)
    return { result: 1, video_list: page.map((post) => videoInfo(post, request)) }
  })
  openapi('GET', '/openapi/photo/count', 'kuaishou.count', (openId) => {
    const all = store.postsOf(openId).length
    return { result: 1, all_count: all, public_count: all, friend_count: 0, private_count: 0 }
  })
  openapi('POST', '/openapi/photo/delete', 'kuaishou.delete', (openId, request) => {
    const photoId = query.parse(request.query).photo_id ?? query.parse(request.body).photo_id ?? ''
    const post = store.post(photoId)
    if (!post || post.openId !== openId) return refuse(100120001, 'video_not_exist')
    store.deletePost(photoId, now())
    return { result: 1 }
  })

  const videoInfo = (post: Post, request: FastifyRequest) => ({
    photo_id: post.id,
    caption: post.caption,
    cover: `http://${request.host}/files/${post.coverFile}`,
    play_url: now() < post.publishedAt ? '' : `http://${request.host}/files/${post.videoFile}`,
    create_time: post.acceptedAt,
    like_count: post.likes,
    comment_count: post.comments,
    view_count: post.plays,
    pending: now() < post.publishedAt,
  })

  /**
   * The same upload may be published twice, as nothing documented forbids it: a product that sends twice
   * must be seen to have sent twice.
   */
  async function publish(openId: string, request: FastifyRequest): Promise<object> {
    const upload = store.upload(query.parse(request.query).upload_token ?? '')
    if (!upload || upload.openId !== openId) return refuse(100400, 'upload_token')
    if (!upload.file || !upload.sha256 || !upload.bytes) return refuse(120002, 'upload failed')
    if (!request.isMultipart()) return refuse(100400, 'multipart/form-data expected')
    const id = `3x${nonce().slice(0, 13)}`
    let caption = ''
    let cover: Saved | null = null
    for await (const part of request.parts({ limits: { fileSize: coverLimit } })) {
      if (part.type === 'file' && part.fieldname === 'cover')
        cover = await save(store.filesDir, `${id}-cover.jpg`, part.file, coverLimit)
      else if (part.type === 'file') part.file.resume()
      else if (part.fieldname === 'caption') caption = String(part.value)
    }
    if (!cover || cover.bytes === 0) return refuse(100400, 'cover')
    const at = now()
    store.accept(
      {
        id,
        platform: 'kuaishou',
        openId,
        title: '',
        caption,
        link: `https://www.kuaishou.com/short-video/${id}`,
        shareId: null,
        coverFile: cover.file,
        coverSha256: cover.sha256,
        coverBytes: cover.bytes,
        videoFile: upload.file,
        videoSha256: upload.sha256,
        videoBytes: upload.bytes,
        acceptedAt: at,
        publishedAt: at + ctx.pendingMs,
      },
      null,
    )
    const post = store.post(id)
    return post ? { result: 1, video_info: videoInfo(post, request) } : refuse(120003, 'publish')
  }

  addUploads(app, ctx)
}

/** The upload host's calls; they know nothing but the upload token. */
function addUploads(app: FastifyInstance, ctx: SandboxContext): void {
  const { store } = ctx
  const dir = store.filesDir
  const tokenOf = (request: FastifyRequest): string => query.parse(request.query).upload_token ?? ''
  const fragmentName = (token: string, id: number) => `${token}-${id}.part-of`

  app.register(async (raw) => {
    // Whatever the type says, the body is the file's bytes.
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    raw.post('/api/upload', { config: { op: 'kuaishou.upload' } }, async (request) => {
      const token = tokenOf(request)
      if (!store.upload(token)) return refuse(100400, 'upload_token')
      const saved = await save(dir, `${token}.mp4`, bytesOf(request), pieceLimit - 1)
      if (!saved || saved.bytes === 0) return refuse(100400, 'body')
      store.finishUpload(token, saved.file, saved.sha256, saved.bytes)
      return { result: 1 }
    })
    raw.post('/api/upload/fragment', { config: { op: 'kuaishou.fragment' } }, async (request) => {
      const token = tokenOf(request)
      const id = Number(query.parse(request.query).fragment_id)
      if (!store.upload(token)) return refuse(100400, 'upload_token')
      if (!Number.isInteger(id) || id < 0) return refuse(100400, 'fragment_id')
      const saved = await save(dir, fragmentName(token, id), bytesOf(request), pieceLimit)
      if (!saved || saved.bytes === 0) return refuse(100400, 'body')
      const checksum = createHash('md5').update(saved.sha256).digest('hex')
      store.putFragment(token, id, saved.bytes, checksum)
      return { result: 1, checksum, size: saved.bytes }
    })
  })
  app.post(
    '/api/upload/multipart',
    { config: { op: 'kuaishou.upload_multipart' } },
    async (request) => {
      const token = tokenOf(request)
      if (!store.upload(token)) return refuse(100400, 'upload_token')
      const part = request.isMultipart()
        ? await request.file({ limits: { fileSize: pieceLimit } })
        : undefined
      const saved =
        part?.fieldname === 'file'
          ? await save(dir, `${token}.mp4`, part.file, pieceLimit - 1)
          : null
      if (!saved || saved.bytes === 0) return refuse(100400, 'file')
      store.finishUpload(token, saved.file, saved.sha256, saved.bytes)
      return { result: 1 }
    },
  )
  app.get('/api/upload/resume', { config: { op: 'kuaishou.resume' } }, async (request) => {
    const token = tokenOf(request)
    const upload = store.upload(token)
    if (!upload) return refuse(100400, 'upload_token')
    const fragments = store.fragments(token)
    return {
      result: 1,
      existed: upload.file !== null,
      fragment_index: fragments.at(-1)?.id ?? -1,
      fragment_list: fragments,
      endpoint: [request.host],
      fragment_index_bytes: fragments.reduce((sum, fragment) => sum + fragment.size, 0),
      token_id: token,
    }
  })
  app.post('/api/upload/complete', { config: { op: 'kuaishou.complete' } }, async (request) => {
    const token = tokenOf(request)
    const upload = store.upload(token)
    if (!upload) return refuse(100400, 'upload_token')
    const wanted = Number(query.parse(request.query).fragment_count)
    const ids = store.fragments(token).map((fragment) => fragment.id)
    if (!Number.isInteger(wanted) || wanted < 1) return refuse(100400, 'fragment_count')
    if (ids.length !== wanted || ids.some((id, at) => id !== at))
      return refuse(120002, 'upload failed: fragments missing')
    const names = ids.map((id) => fragmentName(token, id))
    const saved = await save(dir, `${token}.mp4`, joined(dir, names), Number.MAX_SAFE_INTEGER)
    if (!saved) return refuse(120002, 'upload failed')
    store.finishUpload(token, saved.file, saved.sha256, saved.bytes)
    return { result: 1 }
  })
}

const bytesOf = (request: FastifyRequest): AsyncIterable<Uint8Array> =>
  (request.body ?? []) as AsyncIterable<Uint8Array>
