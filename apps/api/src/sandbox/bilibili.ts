import { createHash, createHmac } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import { joined, type Saved, save } from './files.ts'
import { loggedInAs } from './login.ts'
import type { Post } from './store.ts'

const MB = 1024 * 1024
const accessSeconds = 30 * 86_400
const codeSeconds = 600
const partBytes = 8 * MB
const maxParts = 512
const coverLimit = 5 * MB
const skewSeconds = 600
const spacingMs = 30_000
const noncesKept = 10_000
/** A few of the real list: 知识区 and 生活区. */
const categories = [
  { id: 36, name: '知识', children: [{ id: 201, name: '科学科普' }] },
  { id: 160, name: '生活', children: [{ id: 21, name: '日常' }] },
]
const scopes = ['USER_INFO', 'USER_DATA', 'ARC_BASE', 'ARC_DATA']

const query = z.record(z.string(), z.string()).catch({})
const ok = (data: unknown) => ({ code: 0, message: '0', ttl: 1, data, request_id: 'sandbox' })
const refuse = (code: number, message: string) => ({
  code,
  message,
  ttl: 1,
  request_id: 'sandbox',
})

/** Gives an account tokens without the consent page, for tests and demo data. */
export function grantBilibili({ store, nonce, now }: SandboxContext, account: string) {
  const openId = store.account('bilibili', account)
  const access_token = `bili-access-${nonce()}`
  const refresh_token = `bili-refresh-${nonce()}`
  const ends = now() + accessSeconds * 1000
  store.putToken('access', access_token, openId, ends)
  // An expired access token wants consent anew, so its refresh token ends with it.
  store.putToken('refresh', refresh_token, openId, ends)
  return { access_token, refresh_token, expires_in: Math.floor(ends / 1000), scopes }
}

const submission = z.object({
  title: z.string().default(''),
  tid: z.int().optional(),
  tag: z.string().default(''),
  copyright: z.int().optional(),
  no_reprint: z.int().min(0).max(1).default(0),
  desc: z.string().default(''),
  cover: z.string().default(''),
  source: z.string().default(''),
})

/**
 * Bilibili's open platform by its documents (open.bilibili.com/doc/4, as of 2026-07-23): paths, fields, signature 2.0,
 * HTTP 200 with `code` in the body. Its four hosts are one here. Where they are silent the stricter reading is played.
 */
export function addBilibili(app: FastifyInstance, ctx: SandboxContext): void {
  const { store, now, nonce, apps } = ctx
  const { clientId, clientSecret } = apps.bilibili
  const seen = new Set<string>()

  app.get('/pc/account-pc/auth/oauth', async (request, reply) => {
    const q = query.parse(request.query)
    if (q.client_id !== clientId) return refuse(122000, 'client_id错误')
    if (!URL.canParse(q.gourl ?? '')) return refuse(4000, 'gourl')
    const code = `bili-code-${nonce()}`
    const openId = store.account('bilibili', q.account ?? loggedInAs(request, 'bilibili'))
    store.putToken('code', code, openId, now() + codeSeconds * 1000)
    const back = new URL(q.gourl ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', q.state ?? '')
    return reply.redirect(back.toString(), 302)
  })
  /** Code or refresh token for new tokens; either is good once. */
  const exchange =
    (kind: 'code' | 'refresh', grant: string, field: string, dead: number) =>
    async (request: FastifyRequest) => {
      const form = query.parse(request.body)
      if (form.client_id !== clientId) return refuse(122000, 'client_id错误')
      if (form.client_secret !== clientSecret) return refuse(122001, 'client_secret 错误')
      if (form.grant_type !== grant) return refuse(4000, 'grant_type')
      const token = form[field] ?? ''
      const row = store.token(kind, token)
      if (!row || row.expiresAt <= now()) return refuse(dead, `${field}不合法`)
      store.dropToken(token)
      return ok(grantBilibili(ctx, store.accountName(row.openId)))
    }
  app.post(
    '/x/account-oauth2/v1/token',
    { config: { op: 'bilibili.access_token' } },
    exchange('code', 'authorization_code', 'code', 122002),
  )
  app.post(
    '/x/account-oauth2/v1/refresh_token',
    { config: { op: 'bilibili.refresh_token' } },
    exchange('refresh', 'refresh_token', 'refresh_token', 122007),
  )

  /** Why the signature, the time or the nonce will not do; null when they will. */
  function signatureProblem(request: FastifyRequest, body: string): object | null {
    const header = (name: string) => String(request.headers[name] ?? '')
    const names = Object.keys(request.headers).filter((name) => name.startsWith('x-bili-'))
    if (header('accept') !== 'application/json') return refuse(4009, 'Accept不为application/json')
    if (header('x-bili-accesskeyid') !== clientId) return refuse(127004, 'client_id验证错误')
    if (header('x-bili-signature-method') !== 'HMAC-SHA256') return refuse(4005, 'method异常')
    if (header('x-bili-signature-version') !== '2.0') return refuse(4006, '签名版本异常')
    if (Math.abs(Number(header('x-bili-timestamp')) - now() / 1000) > skewSeconds)
      return refuse(4003, '请求过期')
    if (header('x-bili-content-md5') !== createHash('md5').update(body).digest('hex'))
      return refuse(4008, 'MD5校验失败')
    const lines = names.sort().map((name) => `${name}:${header(name)}`)
    const hmac = createHmac('sha256', clientSecret).update(lines.join('\n')).digest('hex')
    if (header('authorization') !== hmac) return refuse(4002, '签名异常')
    const once = header('x-bili-signature-nonce')
    if (once === '' || seen.has(once)) return refuse(4004, '重复请求')
    if (seen.size >= noncesKept) seen.clear()
    seen.add(once)
    return null
  }
  type Handler = (openId: string, request: FastifyRequest) => object | Promise<object>

  app.register(async (signed) => {
    // The text as it came: its MD5 is part of the signature.
    signed.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    const openapi = (method: 'GET' | 'POST', path: string, op: string, handler: Handler) =>
      signed.route({
        method,
        url: path,
        config: { op },
        handler: async (request) => {
          const form = request.isMultipart()
          if (!form && request.headers['content-type'] !== 'application/json')
            return refuse(4007, 'Content-Type不为application/json')
          const body = typeof request.body === 'string' ? request.body : ''
          const problem = signatureProblem(request, form ? '' : body)
          if (problem) return problem
          const row = store.token('access', String(request.headers['access-token'] ?? ''))
          if (!row || row.expiresAt <= now()) return refuse(127001, 'access_token验证错误')
          return handler(row.openId, request)
        },
      })

    openapi('GET', '/arcopen/fn/user/account/info', 'bilibili.user_info', (openId) =>
      ok({ name: store.accountName(openId), face: '', openid: openId }),
    )
    openapi('GET', '/arcopen/fn/archive/type/list', 'bilibili.types', () => ok(categories))
    openapi(
      'POST',
      '/arcopen/fn/archive/video/init',
      'bilibili.start_upload',
      (openId, request) => {
        const body = z.object({ name: z.string().min(1), utype: z.enum(['0', '1']) })
        if (!body.safeParse(jsonOf(request)).success) return refuse(4000, 'name, utype')
        const token = `bili-upload-${nonce()}`
        store.startUpload(token, openId)
        return ok({ upload_token: token })
      },
    )
    openapi('POST', '/arcopen/fn/archive/video/complete', 'bilibili.complete', complete)
    openapi('POST', '/arcopen/fn/archive/cover/upload', 'bilibili.cover', cover)
    openapi('POST', '/arcopen/fn/archive/add-by-utoken', 'bilibili.publish', publish)
    openapi('GET', '/arcopen/fn/archive/view', 'bilibili.info', (openId, request) => {
      const post = store.post(query.parse(request.query).resource_id ?? '')
      if (!post || post.openId !== openId) return refuse(123004, '不存在该稿件')
      return post.deletedAt === null ? ok(archiveOf(post)) : refuse(123005, '稿件已经被删除')
    })
    openapi('GET', '/arcopen/fn/archive/viewlist', 'bilibili.list', (openId, request) => {
      const q = query.parse(request.query)
      const [page, size] = [Number(q.pn), Number(q.ps)]
      if (!(page >= 1 && size >= 1 && size <= 50)) return refuse(4000, 'pn, ps')
      const all = store.everyPostOf(openId).filter((post) => post.deletedAt === null)
      const list = all.slice((page - 1) * size, page * size).map(archiveOf)
      return ok({ list, page: { pn: page, ps: size, total: all.length } })
    })
    openapi('GET', '/arcopen/fn/data/arc/stat', 'bilibili.stat', (openId, request) => {
      const post = store.post(query.parse(request.query).resource_id ?? '')
      if (!post || post.openId !== openId) return refuse(123004, '不存在该稿件')
      const { title, publishedAt, plays: view, likes: like, comments: reply } = post
      const ptime = Math.floor(publishedAt / 1000)
      return ok({ title, ptime, view, like, reply, danmaku: 0, favorite: 0, coin: 0, share: 0 })
    })
    openapi('GET', '/arcopen/fn/data/user/stat', 'bilibili.user_stat', (openId) =>
      ok({ following: 0, follower: 0, arc_passed_total: store.postsOf(openId).length }),
    )
  })

  function archiveOf(post: Post): object {
    const state = post.rejectedAt !== null ? -2 : now() < post.publishedAt ? -1 : 0
    const words = { [-2]: '已退回', [-1]: '审核中', 0: '开放浏览' }
    const open = state === 0
    return {
      resource_id: post.id,
      title: post.title,
      desc: post.caption,
      ...post.extra,
      ctime: Math.floor(post.acceptedAt / 1000),
      ptime: open ? Math.floor(post.publishedAt / 1000) : 0,
      addit_info: {
        state,
        state_desc: words[state],
        reject_reason: state === -2 ? post.rejectReason : '',
      },
      video_info: open
        ? {
            cid: post.seq,
            filename: post.videoFile,
            duration: 0,
            iframe_url: '',
            share_url: post.link,
          }
        : {},
    }
  }
  const dir = store.filesDir
  const partName = (token: string, part: number) => `${token}-${part}.part-of`

  async function complete(openId: string, request: FastifyRequest): Promise<object> {
    const token = query.parse(request.query).upload_token ?? ''
    if (store.upload(token)?.openId !== openId) return refuse(127022, 'upload_token验证错误')
    const parts = store.fragments(token)
    const wrong = parts.some(
      ({ id, size }, at) => id !== at + 1 || (at < parts.length - 1 && size !== partBytes),
    )
    if (parts.length === 0 || wrong) return refuse(123006, '异常视频提交')
    const names = parts.map(({ id }) => partName(token, id))
    const saved = await save(dir, `${token}.mp4`, joined(dir, names), maxParts * partBytes)
    if (!saved) return refuse(123006, '异常视频提交')
    store.finishUpload(token, saved.file, saved.sha256, saved.bytes)
    return ok(null)
  }
  async function cover(_openId: string, request: FastifyRequest): Promise<object> {
    const part = request.isMultipart()
      ? await request.file({ limits: { fileSize: coverLimit } })
      : undefined
    if (part?.fieldname !== 'file') return refuse(4000, 'file')
    if (part.mimetype === 'image/gif') return refuse(123038, '封面不允许使用gif')
    const name = `bili-${nonce()}-cover.jpg`
    const saved = await save(dir, name, part.file, coverLimit)
    if (!saved || saved.bytes === 0) return refuse(4000, 'file')
    const url = `http://${request.host}/files/${name}`
    store.putLink(url, JSON.stringify(saved))
    return ok({ url })
  }

  /**
   * The same upload may be submitted twice, as nothing documented forbids it: a product that sends twice
   * must be seen to have sent twice.
   */
  function publish(openId: string, request: FastifyRequest): object {
    const upload = store.upload(query.parse(request.query).upload_token ?? '')
    if (upload?.openId !== openId) return refuse(127022, 'upload_token验证错误')
    if (!upload.file || !upload.sha256 || !upload.bytes) return refuse(123006, '异常视频提交')
    const read = submission.safeParse(jsonOf(request))
    if (!read.success) return refuse(123008, '参数错误')
    const { title, desc, tag, tid, copyright, no_reprint, source } = read.data
    const at = now()
    const last = store.everyPostOf(openId)[0]
    if (last && at - last.acceptedAt < spacingMs) return refuse(123026, '您投稿的频率过快')
    if (title === '') return refuse(123013, '标题不合法')
    if ([...title].length > 80) return refuse(123030, '稿件标题过长')
    if (!categories.some(({ children }) => children.some(({ id }) => id === tid)))
      return refuse(123009, '该分区不存在')
    if (tag === '' || [...tag].length >= 200) return refuse(123012, 'Tag参数不合法')
    if ([...desc].length > 250) return refuse(123018, '稿件描述长度太长')
    if (copyright !== 1 && copyright !== 2) return refuse(123019, '稿件描述类型不存在或者不匹配')
    if (copyright === 2 && source === '') return refuse(123016, '稿件转载来源不能为空')
    const kept = store.link(read.data.cover)
    if (!kept) return refuse(123008, 'cover')
    const picture = JSON.parse(kept) as Saved
    const id = `BV${nonce().slice(0, 10)}`
    store.accept(
      {
        id,
        platform: 'bilibili',
        openId,
        title,
        caption: desc,
        link: `https://www.bilibili.com/video/${id}`,
        shareId: null,
        coverFile: picture.file,
        coverSha256: picture.sha256,
        coverBytes: picture.bytes,
        videoFile: upload.file,
        videoSha256: upload.sha256,
        videoBytes: upload.bytes,
        acceptedAt: at,
        publishedAt: at + ctx.pendingMs,
        extra: { tid, tag, copyright, no_reprint, cover: read.data.cover },
      },
      null,
    )
    return ok({ resource_id: id })
  }

  app.register(async (raw) => {
    // Whatever the type says, the body is the file's bytes; the upload host knows nothing but the upload token.
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    raw.post('/video/v2/part/upload', { config: { op: 'bilibili.part' } }, async (request) => {
      const q = query.parse(request.query)
      const token = q.upload_token ?? ''
      const part = Number(q.part_number)
      if (!store.upload(token)) return refuse(127022, 'upload_token验证错误')
      if (!Number.isInteger(part) || part < 1 || part > maxParts) return refuse(4000, 'part_number')
      const bytes = (request.body ?? []) as AsyncIterable<Uint8Array>
      const saved = await save(dir, partName(token, part), bytes, partBytes)
      if (!saved || saved.bytes === 0) return refuse(4000, 'body')
      store.putFragment(token, part, saved.bytes, saved.sha256)
      return ok({})
    })
  })
}

function jsonOf(request: FastifyRequest): unknown {
  try {
    return typeof request.body === 'string' ? JSON.parse(request.body) : null
  } catch {
    return null
  }
}
