import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import { type Saved, save } from './files.ts'
import { loggedInAs } from './login.ts'
import type { Post } from './store.ts'

/** A reviewed application's tokens last about 30 days. */
const accessSeconds = 30 * 86_400
const codeSeconds = 600
const pictureLimit = 5 * 1024 * 1024
/** What the sandbox's application has bound: the names kept for examples (RFC 2606). */
const safeDomain = /^https?:\/\/(?:[\w-]+\.)*example(?:\.(?:com|net|org))?(?=[/:?#]|$)/

const query = z.record(z.string(), z.string()).catch({})

/** Gives an account a token without the consent page, for tests and demo data. */
export function grantWeibo({ store, nonce, now }: SandboxContext, account: string) {
  const openId = store.account('weibo', account)
  const access_token = `2.00weibo${nonce()}`
  store.putToken('access', access_token, openId, now() + accessSeconds * 1000)
  return { access_token, expires_in: accessSeconds, remind_in: String(accessSeconds), uid: openId }
}

/**
 * Weibo's open platform by its wiki (open.weibo.com/wiki, 2/statuses/share), under `/weibo` because its paths are
 * also another platform's. Errors come as HTTP 400 with `error_code`, as its sample has it.
 */
export function addWeibo(app: FastifyInstance, ctx: SandboxContext): void {
  const { store, now, nonce, apps } = ctx
  const { appKey, appSecret } = apps.weibo

  app.register(
    async (weibo) => {
      weibo.addHook('preSerialization', async (_request, reply, payload) => {
        if (typeof payload === 'object' && payload && 'error_code' in payload) reply.code(400)
        return payload
      })
      const refuse = (request: FastifyRequest, error_code: number, error: string) => ({
        request: request.url.replace(/^\/weibo|\?.*$/g, ''),
        error_code,
        error,
      })

      weibo.get('/oauth2/authorize', async (request, reply) => {
        const q = query.parse(request.query)
        if (q.client_id !== appKey) return refuse(request, 21324, 'invalid_client')
        if (q.response_type !== 'code') return refuse(request, 21329, 'unsupported_response_type')
        if (!URL.canParse(q.redirect_uri ?? ''))
          return refuse(request, 21322, 'redirect_uri_mismatch')
        const code = `weibo-code-${nonce()}`
        const openId = store.account('weibo', q.account ?? loggedInAs(request, 'weibo'))
        store.putToken('code', code, openId, now() + codeSeconds * 1000)
        store.putLink(code, q.redirect_uri ?? '')
        const back = new URL(q.redirect_uri ?? '')
        back.searchParams.set('code', code)
        back.searchParams.set('state', q.state ?? '')
        return reply.redirect(back.toString(), 302)
      })
      weibo.post(
        '/oauth2/access_token',
        { config: { op: 'weibo.access_token' } },
        async (request) => {
          const form = query.parse(request.body)
          if (form.client_id !== appKey || form.client_secret !== appSecret)
            return refuse(request, 21324, 'invalid_client')
          if (form.grant_type !== 'authorization_code')
            return refuse(request, 21328, 'unsupported_grant_type')
          const code = form.code ?? ''
          const row = store.token('code', code)
          if (!row || row.expiresAt <= now()) return refuse(request, 21325, 'invalid_grant')
          if (store.link(code) !== form.redirect_uri)
            return refuse(request, 21322, 'redirect_uri_mismatch')
          store.dropToken(code)
          return grantWeibo(ctx, store.accountName(row.openId))
        },
      )

      /** Who calls, or the refusal to send. */
      function caller(request: FastifyRequest, token: string): { openId: string } | object {
        const row = store.token('access', token)
        if (!row) return refuse(request, 21332, 'access_token is invalid')
        if (row.expiresAt <= now()) return refuse(request, 21327, 'expired_token')
        return { openId: row.openId }
      }
      const reading = (path: string, op: string, answer: (openId: string, q: Query) => object) =>
        weibo.get(path, { config: { op } }, async (request) => {
          const q = query.parse(request.query)
          const who = caller(request, q.access_token ?? '')
          if (!('openId' in who)) return who
          const found = answer(who.openId, q)
          return 'missing' in found ? refuse(request, 20101, 'target weibo does not exist') : found
        })
      type Query = z.output<typeof query>

      reading('/2/account/get_uid.json', 'weibo.uid', (openId) => ({ uid: openId }))
      reading('/2/users/show.json', 'weibo.user_info', (openId) => ({
        idstr: openId,
        screen_name: store.accountName(openId),
        followers_count: 0,
      }))
      reading('/2/statuses/show.json', 'weibo.info', (openId, { id = '' }) => {
        const post = store.post(id)
        return post?.openId === openId && post.deletedAt === null && post.rejectedAt === null
          ? statusOf(post)
          : { missing: true }
      })
      reading('/2/statuses/user_timeline.json', 'weibo.list', (openId, q) => {
        const all = store.postsOf(openId)
        const size = Math.min(100, Math.max(1, Number(q.count) || 20))
        const from = (Math.max(1, Number(q.page) || 1) - 1) * size
        return { statuses: all.slice(from, from + size).map(statusOf), total_number: all.length }
      })

      weibo.post('/2/statuses/share.json', { config: { op: 'weibo.publish' } }, async (request) => {
        if (!request.isMultipart()) return refuse(request, 20007, 'multipart expected')
        const id = `5${BigInt(`0x${nonce()}`).toString().slice(-15).padStart(15, '0')}`
        const fields: Record<string, string> = {}
        let picture: Saved | null = null
        let kind = ''
        for await (const part of request.parts({ limits: { fileSize: pictureLimit } })) {
          if (part.type === 'field') fields[part.fieldname] = String(part.value)
          else if (part.fieldname !== 'pic') part.file.resume()
          else {
            kind = part.mimetype
            picture = await save(store.filesDir, `weibo-${id}.jpg`, part.file, pictureLimit)
          }
        }
        const who = caller(request, fields.access_token ?? '')
        if (!('openId' in who)) return who
        const text = fields.status ?? ''
        if (text === '') return refuse(request, 10016, 'miss required parameter (status)')
        if ([...text].length > 140) return refuse(request, 20012, 'text too long')
        if (!/^image\/(jpeg|png|gif)$/.test(kind) || !picture)
          return refuse(request, 20005, 'unsupported image type')
        const links = text.match(/https?:\/\/\S+/g) ?? []
        if (!links.some((link) => safeDomain.test(link)))
          return refuse(request, 10017, 'no link of a bound domain')
        if (/#[^#\n]+#/.test(text.replace(/https?:\/\/\S+/g, '')))
          return refuse(request, 10017, 'topics are not allowed')
        const at = now()
        const [last] = store.postsOf(who.openId)
        if (last?.caption === text) return refuse(request, 20019, 'repeat content')
        store.accept(
          {
            id,
            platform: 'weibo',
            openId: who.openId,
            title: '',
            caption: text,
            link: `https://weibo.com/${who.openId}/${id}`,
            shareId: null,
            coverFile: picture.file,
            coverSha256: picture.sha256,
            coverBytes: picture.bytes,
            videoFile: '',
            videoSha256: '',
            videoBytes: 0,
            acceptedAt: at,
            // Nothing documented tells a post that is being looked at from one that is out.
            publishedAt: at,
            extra: { rip: fields.rip ?? '' },
          },
          null,
        )
        const post = store.post(id)
        return post ? statusOf(post) : refuse(request, 20032, 'published with delay')
      })
    },
    { prefix: '/weibo' },
  )

  const statusOf = (post: Post) => ({
    created_at: weiboTime(post.acceptedAt),
    // A 64-bit number as well as text; only the text survives JavaScript.
    id: Number(post.id),
    idstr: post.id,
    mid: post.id,
    text: shortened(post.caption),
    visible: { type: 0, list_id: 0 },
    user: { idstr: post.openId, screen_name: store.accountName(post.openId) },
    reposts_count: 0,
    comments_count: post.comments,
    attitudes_count: post.likes,
  })
}

/** In what it shows, Weibo puts its own short address in the place of every link. */
const shortened = (text: string): string =>
  text.replace(
    /https?:\/\/\S+/g,
    (link) => `http://t.cn/${createHash('sha256').update(link).digest('base64url').slice(0, 8)}`,
  )

/** "Tue May 31 17:46:55 +0800 2011". */
function weiboTime(at: number): string {
  const shanghai = new Date(at + 8 * 3_600_000).toUTCString()
  const [day, date, month, year, time] = shanghai.replace(',', '').split(' ')
  return `${day} ${month} ${date} ${time} +0800 ${year}`
}
