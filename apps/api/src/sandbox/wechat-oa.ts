import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import type { Wire } from './deliveries.ts'
import { save } from './files.ts'
import type { Post } from './store.ts'
import { encryptFor, sign } from './wechat-crypto.ts'

const tokenSeconds = 7200
/** "In the last five minutes a new one is given, and the old one still works": stable_token. */
const overlapMs = 5 * 60_000
const forcedPerDay = 20
const forcedApartMs = 30_000
const dayMs = 86_400_000
const pictureLimit = 10 * 1024 * 1024
const articleLimit = 20_000
const signatureSkewMs = 6 * 60_000

const refuse = (errcode: number, errmsg: string) => ({ errcode, errmsg })
const text = z.record(z.string(), z.unknown()).catch({})

const oaApp = z.object({
  appId: z.string(),
  secret: z.string(),
  name: z.string(),
  /** 服务器配置: where events go and how they are wrapped; null until somebody has entered it. */
  server: z
    .object({ url: z.string(), token: z.string(), aesKey: z.string(), verified: z.boolean() })
    .nullable(),
})
export type OaApp = z.output<typeof oaApp>
const issued = z.object({
  token: z.string(),
  expiresAt: z.number(),
  forced: z.array(z.number()),
})
const draft = z.object({
  title: z.string().default(''),
  content: z.string().default(''),
  thumb_media_id: z.string().default(''),
})

/** 服务器配置 as a person enters it; only an address on this machine is ever called. */
export const serverBody = z.object({
  appId: z.string(),
  url: z.url().refine((url) => ['127.0.0.1', 'localhost'].includes(new URL(url).hostname)),
  token: z.string().regex(/^[0-9A-Za-z]{3,32}$/),
  aesKey: z.string().regex(/^[0-9A-Za-z]{43}$/),
})

const appKey = (appId: string) => `wechat_oa.app.${appId}`
const tokenKey = (appId: string) => `wechat_oa.token.${appId}`

/** The words of an article, for people and for the witness; written apart from the product's own reading. */
const plainWords = (html: string): string =>
  html
    .replace(/<p><img[^>]*><\/p>/g, '')
    .replace(/<br\s*\/?>/g, '')
    .replace(/<\/p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\n$/, '')

/** The official accounts the sandbox plays, each with its AppID, as mp.weixin.qq.com shows them to their owner. */
export function oaApps({ store, nonce, wallClock }: SandboxContext) {
  const read = (value: string | null): OaApp | null =>
    value === null ? null : oaApp.parse(JSON.parse(value))
  const put = (app: OaApp): OaApp => {
    store.putMeta(appKey(app.appId), JSON.stringify(app))
    return app
  }
  const list = (): OaApp[] =>
    store.metaUnder(appKey('')).map((value) => oaApp.parse(JSON.parse(value)))
  return {
    list,
    find: (appId: string): OaApp | null => read(store.meta(appKey(appId))),
    ofAccount: (openId: string): OaApp | null =>
      list().find(({ name }) => store.account('wechat_oa', name) === openId) ?? null,
    /** The account of that name, made on first sight. */
    open: (name: string): OaApp => {
      store.account('wechat_oa', name)
      const known = list().find((app) => app.name === name)
      if (known) return known
      return put({ appId: `wx${nonce().slice(0, 16)}`, secret: nonce(), name, server: null })
    },
    setServer: (app: OaApp, server: { url: string; token: string; aesKey: string }): OaApp =>
      put({ ...app, server: { ...server, verified: false } }),
    /** GET with `echostr`, as WeChat does when the address is saved; kept when it came back. */
    async check(app: OaApp): Promise<boolean> {
      if (!app.server) return false
      const echostr = nonce()
      const timestamp = String(Math.floor(wallClock() / 1000))
      const url = new URL(app.server.url)
      const signature = sign(app.server.token, timestamp, echostr)
      url.search = new URLSearchParams({ signature, timestamp, nonce: echostr, echostr }).toString()
      try {
        const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
        const verified = answer.status === 200 && (await answer.text()) === echostr
        if (verified) put({ ...app, server: { ...app.server, verified } })
        return verified
      } catch {
        return false
      }
    },
  }
}

/** PUBLISHJOBFINISH, encrypted ("safe" mode), once the publication has come to its end. */
export const wireWechatOa =
  (ctx: SandboxContext): Wire =>
  async (delivery, hit) => {
    const apps = oaApps(ctx)
    const post = ctx.store.post(delivery.postId)
    const app = post && apps.ofAccount(post.openId)
    if (!post || !app?.server) return null
    if (!app.server.verified && !(await apps.check(app))) return null
    const { url, token, aesKey } = app.server
    const skew =
      hit?.mode === 'old_timestamp'
        ? -signatureSkewMs
        : hit?.mode === 'future_timestamp'
          ? signatureSkewMs
          : 0
    const timestamp = String(Math.floor((ctx.wallClock() + skew) / 1000))
    const nonce = ctx.nonce()
    const encrypt = encryptFor(app.appId, aesKey, eventXml(post, app, ctx.now()))
    const secret = hit?.mode === 'wrong_signature' ? `${token}x` : token
    const to = new URL(url)
    to.search = new URLSearchParams({
      signature: sign(secret, timestamp, nonce),
      timestamp,
      nonce,
      openid: post.openId,
      encrypt_type: 'aes',
      msg_signature: sign(secret, timestamp, nonce, encrypt),
    }).toString()
    const body = `<xml><ToUserName><![CDATA[${app.appId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`
    return { url: to.toString(), headers: { 'content-type': 'text/xml' }, body }
  }

function eventXml(post: Post, app: OaApp, now: number): string {
  const status = publishStatus(post, now)
  const detail =
    status === 0
      ? `<article_id><![CDATA[${post.extra.article_id}]]></article_id><article_detail><count>1</count><item><idx>1</idx><article_url><![CDATA[${post.link}]]></article_url></item></article_detail>`
      : '<fail_idx>1</fail_idx>'
  return `<xml><ToUserName><![CDATA[gh_${app.appId.slice(2, 14)}]]></ToUserName><FromUserName><![CDATA[${post.openId}]]></FromUserName><CreateTime>${Math.floor(post.publishedAt / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo><publish_id>${post.id}</publish_id><publish_status>${status}</publish_status>${detail}</PublishEventInfo></xml>`
}

/** 0 out · 1 under way · 4 turned down · 5 deleted by its author · 6 banned: api_freepublish_get. */
function publishStatus(post: Post, now: number): number {
  if (post.deletedAt !== null) return post.deletedBy === 'author' ? 5 : 6
  if (post.rejectedAt !== null) return 4
  return now < post.publishedAt ? 1 : 0
}

/**
 * WeChat's interface for official accounts by its documents (developers.weixin.qq.com/doc/service/api): paths,
 * fields, HTTP 200 with `errcode` in the body.
 */
export function addWechatOa(app: FastifyInstance, ctx: SandboxContext, sendDue: () => void): void {
  const { store, now, nonce } = ctx
  const apps = oaApps(ctx)

  app.post('/__sandbox/wechat-oa/apps', async (request, reply) => {
    const body = z.object({ name: z.string().min(1).max(60) }).safeParse(request.body)
    return body.success ? apps.open(body.data.name) : reply.code(400).send({ error: 'name' })
  })
  app.post('/__sandbox/wechat-oa/server', async (request, reply) => {
    const body = serverBody.safeParse(request.body)
    const known = body.success ? apps.find(body.data.appId) : null
    if (!body.success || !known) return reply.code(400).send({ error: 'server' })
    const { url, token, aesKey } = body.data
    const saved = apps.setServer(known, { url, token, aesKey })
    // Nobody may be listening there yet; then it is tried again before the first event.
    return { verified: await apps.check(saved) }
  })
  app.post('/cgi-bin/stable_token', { config: { op: 'wechat_oa.token' } }, async (request) => {
    const body = text.parse(request.body)
    const known = apps.find(String(body.appid ?? ''))
    if (!known) return refuse(40013, 'invalid appid')
    if (body.secret !== known.secret) return refuse(40125, 'invalid appsecret')
    if (body.grant_type !== 'client_credential') return refuse(40002, 'invalid grant_type')
    const kept = store.meta(tokenKey(known.appId))
    const before = kept === null ? null : issued.parse(JSON.parse(kept))
    const forced = (before?.forced ?? []).filter((at) => at > now() - dayMs)
    if (body.force_refresh === true) {
      if (forced.length >= forcedPerDay) return refuse(45009, 'reach max api daily quota limit')
      if (forced.some((at) => at > now() - forcedApartMs)) return refuse(45011, 'api freq limit')
      forced.push(now())
      if (before) store.dropToken(before.token)
    } else if (
      before &&
      before.expiresAt - overlapMs > now() &&
      store.token('access', before.token)
    )
      return {
        access_token: before.token,
        expires_in: Math.floor((before.expiresAt - now()) / 1000),
      }
    const token = `wx-access-${nonce()}`
    const expiresAt = now() + tokenSeconds * 1000
    store.putToken('access', token, store.account('wechat_oa', known.name), expiresAt)
    store.putMeta(tokenKey(known.appId), JSON.stringify({ token, expiresAt, forced }))
    return { access_token: token, expires_in: tokenSeconds }
  })

  /** Who calls, or the refusal to send. */
  function caller(request: FastifyRequest): { openId: string } | { refused: object } {
    const token = String(text.parse(request.query).access_token ?? '')
    if (token === '') return { refused: refuse(41001, 'access_token missing') }
    const row = store.token('access', token)
    if (!row) return { refused: refuse(40001, 'invalid credential, access_token is invalid') }
    if (row.expiresAt <= now()) return { refused: refuse(42001, 'access_token expired') }
    return { openId: row.openId }
  }
  type Body = Record<string, unknown>
  type Handler = (openId: string, body: Body, request: FastifyRequest) => object | Promise<object>
  const api = (path: string, op: string, handler: Handler) =>
    app.post(path, { config: { op: `wechat_oa.${op}` } }, async (request) => {
      const who = caller(request)
      return 'refused' in who ? who.refused : handler(who.openId, text.parse(request.body), request)
    })
  const keptDraft = (openId: string, mediaId: unknown) => {
    const row = store.link(`${openId}.${String(mediaId ?? '')}`)
    return row === null ? null : draft.parse(JSON.parse(row))
  }

  api('/cgi-bin/material/add_material', 'material', async (openId, _body, request) => {
    const type = text.parse(request.query).type
    if (type !== 'image' && type !== 'thumb') return refuse(40004, 'invalid media type')
    const part = request.isMultipart()
      ? await request.file({ limits: { fileSize: pictureLimit } })
      : undefined
    if (part?.fieldname !== 'media') return refuse(41005, 'media data missing')
    const mediaId = `oa-media-${nonce()}`
    const name = `${mediaId}.${part.mimetype === 'image/png' ? 'png' : 'jpg'}`
    const saved = await save(store.filesDir, name, part.file, pictureLimit)
    if (!saved) return refuse(40009, 'invalid image size')
    if (saved.bytes === 0) return refuse(44001, 'empty media data')
    store.startUpload(mediaId, openId)
    store.finishUpload(mediaId, saved.file, saved.sha256, saved.bytes)
    return { media_id: mediaId, url: `http://${request.host}/files/${saved.file}`, item: [] }
  })
  api('/cgi-bin/draft/add', 'draft', (openId, body) => {
    const [first] = Array.isArray(body.articles) ? (body.articles as unknown[]) : []
    const read = draft.safeParse(first)
    if (!read.success) return refuse(47001, 'data format error')
    const { title, content, thumb_media_id: thumb } = read.data
    if (title === '' || [...title].length > 32) return refuse(45003, 'title size out of limit')
    if (content === '') return refuse(44003, 'empty news data')
    if ([...content].length >= articleLimit) return refuse(45002, 'content size out of limit')
    if (store.upload(thumb)?.openId !== openId) return refuse(40007, 'invalid media_id')
    const mediaId = `oa-draft-${nonce()}`
    store.putLink(`${openId}.${mediaId}`, JSON.stringify(read.data))
    return { media_id: mediaId, item: [] }
  })
  api('/cgi-bin/draft/get', 'draft_get', (openId, body) => {
    const kept = keptDraft(openId, body.media_id)
    return kept ? { news_item: [kept] } : refuse(40007, 'invalid media_id')
  })
  /**
   * The same draft may be published twice, as far as is documented: a product that sends twice must be seen to
   * have sent twice.
   */
  api('/cgi-bin/freepublish/submit', 'publish', (openId, body, request) => {
    const kept = keptDraft(openId, body.media_id)
    const cover = kept && store.upload(kept.thumb_media_id)
    if (!kept || !cover) return refuse(40007, 'invalid media_id')
    const id = String(2_247_000_000n + (BigInt(`0x${nonce()}`) % 10_000_000n))
    const dataId = String(2_650_000_000n + (BigInt(`0x${nonce()}`) % 10_000_000n))
    const at = now()
    store.accept(
      {
        id,
        platform: 'wechat_oa',
        openId,
        title: kept.title,
        caption: plainWords(kept.content),
        link: `https://mp.weixin.qq.com/s/${Buffer.from(nonce(), 'hex').toString('base64url')}`,
        shareId: null,
        coverFile: cover.file,
        coverSha256: cover.sha256,
        coverBytes: cover.bytes,
        videoFile: '',
        videoSha256: '',
        videoBytes: 0,
        acceptedAt: at,
        publishedAt: at + ctx.pendingMs,
        extra: {
          article_id: Buffer.from(nonce() + nonce(), 'hex').toString('base64url'),
          content: kept.content.replaceAll(`http://${request.host}/files/`, '/files/'),
          msg_data_id: dataId,
        },
      },
      { id: nonce(), body: id, dueAt: at + ctx.pendingMs },
    )
    sendDue()
    return { errcode: 0, errmsg: 'ok', publish_id: Number(id), msg_data_id: Number(dataId) }
  })
  api('/cgi-bin/freepublish/get', 'info', (openId, body) => {
    const post = store.post(String(body.publish_id ?? ''))
    if (post?.openId !== openId) return refuse(40097, 'invalid args')
    const publish_status = publishStatus(post, now())
    if (publish_status !== 0)
      return {
        publish_id: Number(post.id),
        publish_status,
        fail_idx: publish_status === 1 ? [] : [1],
      }
    return {
      publish_id: Number(post.id),
      publish_status,
      article_id: post.extra.article_id,
      article_detail: { count: 1, item: [{ idx: 1, article_url: post.link }] },
      fail_idx: [],
    }
  })

  const newsItem = (post: Post) => ({
    title: post.title,
    content: String(post.extra.content ?? ''),
    url: post.link,
    is_deleted: post.deletedAt !== null,
  })
  const out = (post: Post): boolean => post.publishedAt <= now() && post.rejectedAt === null
  api('/cgi-bin/freepublish/batchget', 'list', (openId, body) => {
    const all = store.postsOf(openId).filter(out)
    const offset = Number(body.offset ?? 0)
    const count = Math.min(20, Math.max(1, Number(body.count ?? 20)))
    const page = all.slice(offset, offset + count)
    return {
      total_count: all.length,
      item_count: page.length,
      item: page.map((post) => ({
        article_id: post.extra.article_id,
        update_time: Math.floor(post.acceptedAt / 1000),
        content: { news_item: [newsItem(post)] },
      })),
    }
  })
  const byArticle = (openId: string, articleId: unknown): Post | undefined =>
    store.everyPostOf(openId).find((post) => out(post) && post.extra.article_id === articleId)
  api('/cgi-bin/freepublish/getarticle', 'article', (openId, body) => {
    const post = byArticle(openId, body.article_id)
    return post ? { news_item: [newsItem(post)] } : refuse(53600, 'article id invalid')
  })
  api('/cgi-bin/freepublish/delete', 'delete', (openId, body) => {
    const post = byArticle(openId, body.article_id)
    if (!post) return refuse(53600, 'article id invalid')
    store.deletePost(post.id, now())
    return { errcode: 0, errmsg: 'ok' }
  })
  api('/datacube/getusercumulate', 'followers', () => ({ list: [] }))
}
