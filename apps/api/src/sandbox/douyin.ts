import { createHash } from 'node:crypto'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { get as httpsGet } from 'node:https'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import type { Deliver } from './deliveries.ts'
import { save } from './files.ts'
import { pageLanguage } from './layout.ts'
import { appPage, postedPage } from './pages.ts'

const lifeSeconds = 7200
const videoLimit = 4 * 1024 ** 3
const fetchTimeoutMs = 60_000

const text = z.record(z.string(), z.unknown()).catch({})
const hashtags = z.array(z.object({ name: z.string(), start: z.number() })).catch([])
const ok = (data: object) => ({
  data: { error_code: 0, description: '', ...data },
  extra: { error_code: 0, description: '', logid: 'sandbox' },
})
const refuse = (error_code: number, description: string) => ({
  data: { error_code, description },
  extra: { error_code, description, logid: 'sandbox' },
})

/** What a share link would put on the app's publish page, and what is wrong with the link. */
export type ShareDraft = {
  readonly shareId: string
  readonly title: string
  readonly caption: string
  readonly videoUrl: string
  /** Keys of the sandbox's texts; the app would not open with any of these. */
  readonly problems: readonly ShareProblem[]
}
export type ShareProblem =
  | 'badLink'
  | 'badKey'
  | 'badSignature'
  | 'badShare'
  | 'noVideo'
  | 'alreadyPosted'

/**
 * Douyin's open platform as far as a hand-off goes (docs dop/develop/sdk/web-app/h5/share-to-h5 and
 * dop/develop/webhooks), and a page that plays the app on the person's phone.
 */
export function addDouyin(app: FastifyInstance, ctx: SandboxContext, deliver: Deliver): void {
  const { store, now, nonce, apps } = ctx
  const { clientKey, clientSecret } = apps.douyin
  const issue = (kind: 'client' | 'ticket', prefix: string): string => {
    const token = `${prefix}-${nonce()}`
    store.putToken(kind, token, '', now() + lifeSeconds * 1000)
    return token
  }
  /** The refusal for a call without a live application token, else null. */
  function tokenProblem(request: FastifyRequest): object | null {
    const row = store.token('client', String(request.headers['access-token'] ?? ''))
    if (!row) return refuse(28001003, 'access_token invalid')
    return row.expiresAt <= now() ? refuse(28001008, 'access_token expired') : null
  }

  app.post('/oauth/client_token/', { config: { op: 'douyin.client_token' } }, async (request) => {
    const body = text.parse(request.body)
    if (body.client_key !== clientKey) return { ...refuse(10003, 'client_key'), message: 'error' }
    if (body.client_secret !== clientSecret)
      return { ...refuse(10013, 'client_secret'), message: 'error' }
    if (body.grant_type !== 'client_credential')
      return { ...refuse(10002, 'grant_type'), message: 'error' }
    const { data } = ok({ access_token: issue('client', 'clt'), expires_in: lifeSeconds })
    return { data, message: 'success' }
  })
  app.get('/open/getticket/', { config: { op: 'douyin.ticket' } }, async (request) => {
    return tokenProblem(request) ?? ok({ ticket: issue('ticket', 'tk'), expires_in: lifeSeconds })
  })
  app.get('/share-id/', { config: { op: 'douyin.share_id' } }, async (request) => {
    const problem = tokenProblem(request)
    if (problem) return problem
    const shareId = String(7n * 10n ** 18n + (BigInt(`0x${nonce()}`) % 10n ** 18n))
    store.putShare(shareId, now())
    return ok({ share_id: shareId })
  })
  app.post(
    '/api/douyin/v1/schema/get_share/',
    { config: { op: 'douyin.get_share' } },
    async (request) => {
      const problem = tokenProblem(request)
      if (problem) return problem
      const body = text.parse(request.body)
      const ticket = store.token('ticket', String(body.client_ticket ?? ''))
      if (!ticket || ticket.expiresAt <= now()) return refuse(28001007, 'client_ticket')
      const key = nonce()
      store.putLink(key, JSON.stringify(body))
      return ok({ schema: `snssdk1128://openplatform/share?share_key=${key}` })
    },
  )

  /** Reads a share link as the app would. */
  function readShare(schema: string): ShareDraft {
    const problems: ShareProblem[] = []
    const url = URL.canParse(schema) ? new URL(schema) : null
    const right = url?.protocol === 'snssdk1128:' && url.host === 'openplatform'
    if (!right || url?.pathname !== '/share') problems.push('badLink')
    const params = url ? url.searchParams : new URLSearchParams()
    const kept = store.link(params.get('share_key') ?? '')
    const fields = kept
      ? text.parse(JSON.parse(kept))
      : Object.fromEntries<unknown>(params.entries())
    const field = (name: string): string =>
      typeof fields[name] === 'string' ? fields[name] : String(fields[name] ?? '')
    if (!kept) {
      if (field('client_key') !== clientKey) problems.push('badKey')
      const signed = (ticket: string) =>
        createHash('md5')
          .update(
            `nonce_str=${field('nonce_str')}&ticket=${ticket}&timestamp=${field('timestamp')}`,
          )
          .digest('hex')
      const good = store.liveTokens('ticket', now()).some((t) => signed(t) === field('signature'))
      if (!good) problems.push('badSignature')
    }
    const shareId = field('state')
    if (!store.hasShare(shareId)) problems.push('badShare')
    else if (store.postOfShare(shareId)) problems.push('alreadyPosted')
    const videoUrl = field('video_path')
    if (!URL.canParse(videoUrl)) problems.push('noVideo')
    return { shareId, title: field('short_title'), caption: caption(fields), videoUrl, problems }
  }

  app.get('/__sandbox/douyin-app', async (request, reply) => {
    const schema = String(text.parse(request.query).schema ?? '')
    const language = pageLanguage(request)
    return reply.type('text/html').send(appPage(language, schema, readShare(schema)))
  })

  /** The person presses 发布. A form gets a page, a program gets JSON. */
  app.post('/__sandbox/douyin-app/confirm', async (request, reply) => {
    const body = text.parse(request.body)
    const schema = String(body.schema ?? '')
    const draft = readShare(schema)
    const refuseWith = (status: number, problems: readonly ShareProblem[]) => {
      reply.code(status)
      if (body.as !== 'page') return reply.send({ problems })
      const page = appPage(pageLanguage(request), schema, { ...draft, problems })
      return reply.type('text/html').send(page)
    }
    if (draft.problems.length > 0) return refuseWith(409, draft.problems)
    if (!mayFetch(draft.videoUrl, request)) return refuseWith(400, ['noVideo'])
    const video = await download(draft.videoUrl)
    if (!video) return refuseWith(502, ['noVideo'])
    // Two presses at once: the first one posts.
    if (store.postOfShare(draft.shareId)) return refuseWith(409, ['alreadyPosted'])

    const id = `@${Buffer.from(nonce(), 'hex').toString('base64')}`
    const videoId = String(7n * 10n ** 18n + (BigInt(`0x${nonce()}`) % 10n ** 18n))
    const openId = store.account('douyin', String(body.account || 'douyin-1'))
    const link = `https://www.douyin.com/video/${videoId}`
    const at = now()
    const messageId = nonce()
    store.accept(
      {
        id,
        platform: 'douyin',
        openId,
        title: draft.title,
        caption: draft.caption,
        link,
        shareId: draft.shareId,
        coverFile: null,
        coverSha256: null,
        coverBytes: null,
        videoFile: video.file,
        videoSha256: video.sha256,
        videoBytes: video.bytes,
        acceptedAt: at,
        publishedAt: at + ctx.pendingMs,
      },
      ctx.webhookUrl === null
        ? null
        : {
            id: messageId,
            body: JSON.stringify({
              event: 'create_video',
              from_user_id: openId,
              to_user_id: openId,
              client_key: clientKey,
              content: {
                share_id: draft.shareId,
                item_id: id,
                video_id: videoId,
                has_default_hashtag: false,
              },
              log_id: messageId,
            }),
          },
    )
    const webhook = await deliver(messageId)
    if (body.as !== 'page') return { itemId: id, videoId, link, webhook }
    return reply.type('text/html').send(postedPage(pageLanguage(request), link, webhook))
  })

  async function download(url: string) {
    try {
      const answer = await read(url, AbortSignal.timeout(fetchTimeoutMs))
      if (answer.statusCode !== 200) return null
      const saved = await save(store.filesDir, `dy-${nonce()}.mp4`, answer, videoLimit)
      return saved && saved.bytes > 0 ? saved : null
    } catch {
      return null
    }
  }

  /** The sandbox fetches from this machine and from the product's own address, nowhere else. */
  function mayFetch(videoUrl: string, request: FastifyRequest): boolean {
    const { protocol, hostname } = new URL(videoUrl)
    const known = ['127.0.0.1', 'localhost', '[::1]', request.hostname]
    if (ctx.webhookUrl) known.push(new URL(ctx.webhookUrl).hostname)
    return /^https?:$/.test(protocol) && known.includes(hostname)
  }
}

/**
 * A film is read as slowly as the disk takes it. Not by `fetch`: when a server closes the connection while its
 * reader waits, Node 24's throws where nobody can catch it and takes the process along.
 */
const read = (url: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((done, fail) => {
    const get = url.startsWith('https:') ? httpsGet : httpGet
    get(url, { signal }, done).once('error', fail)
  })

/** The text as it stands on the publish page: each topic put in at its place as `#name `. */
function caption(fields: Record<string, unknown>): string {
  const list = fields.title_hashtag_list
  const tags = hashtags.parse(typeof list === 'string' ? safeJson(list) : list)
  let written = String(fields.title ?? '')
  let shift = 0
  for (const { name, start } of tags) {
    const topic = `#${name} `
    const at = start + shift
    written = written.slice(0, at) + topic + written.slice(at)
    shift += topic.length
  }
  return written
}

function safeJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}
