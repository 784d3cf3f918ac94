import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import multipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { z } from 'zod'
import { addBilibili, grantBilibili } from './bilibili.ts'
import type { SandboxApps, SandboxContext } from './context.ts'
import { deliveries } from './deliveries.ts'
import { addDouyin } from './douyin.ts'
import { addDouyinDirect, grantDouyin } from './douyin-direct.ts'
import { addFaultPages } from './fault-pages.ts'
import { addFaults, underFaults } from './faults.ts'
import { addKuaishou, grantKuaishou } from './kuaishou.ts'
import { pageLanguage, stylesheet } from './layout.ts'
import { loggedInAs, loginCookie } from './login.ts'
import { homePage, postPage } from './pages.ts'
import { addRobots } from './robots.ts'
import { openStore } from './store.ts'
import { addWechatOa, wireWechatOa } from './wechat-oa.ts'
import { addOfficialAccountPages } from './wechat-oa-pages.ts'
import { addWeibo, grantWeibo } from './weibo.ts'

export type SandboxOptions = {
  /** The sandbox's own folder: its database and the files it accepted. */
  readonly dir: string
  readonly apps: SandboxApps
  readonly now?: () => Date
  readonly nonce?: () => string
  /** How long an accepted post stays "in review"; 4 s by default. */
  readonly pendingMs?: number
  readonly webhookUrl?: string | null
  readonly webhookRetryMs?: number
  readonly log?: FastifyBaseLogger
}

/** How far the sandbox's clock was set ahead; kept, so that a restart does not turn it back. */
const aheadKey = 'clock.ahead_ms'
const grantBody = z.object({ account: z.string().min(1).max(60) })
const fateBody = z.object({ fate: z.enum(['rejected', 'removed', 'deleted']) })
const clockBody = z.object({ advanceMs: z.int().min(0) })
const countsBody = z.object({
  plays: z.int().min(0),
  likes: z.int().min(0),
  comments: z.int().min(0),
})

/**
 * A local stand-in for the platforms, over real HTTP. It behaves like their public documents and says so;
 * it proves nothing about the platforms themselves. Closing it closes its file.
 */
export function buildSandbox(options: SandboxOptions): FastifyInstance {
  const clock = options.now ?? (() => new Date())
  let ahead = 0
  const now = () => clock().getTime() + ahead
  const store = openStore(options.dir, now)
  ahead = Number(store.meta(aheadKey) ?? 0)
  const ctx: SandboxContext = {
    store: underFaults(store, now),
    apps: options.apps,
    now,
    wallClock: () => clock().getTime(),
    nonce: options.nonce ?? (() => randomBytes(16).toString('hex')),
    pendingMs: options.pendingMs ?? 4000,
    webhookUrl: options.webhookUrl ?? null,
    webhookRetryMs: options.webhookRetryMs ?? 5000,
  }
  const app = Fastify({
    ...(options.log ? { loggerInstance: options.log } : { logger: false }),
    // Paths carry tokens in their query.
    logController: new LogController({ disableRequestLogging: true }),
    // Calls left hanging on purpose must not hold up the shutdown.
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.register(multipart, { limits: { fieldSize: 1024 * 1024 } })
  app.register(fastifyStatic, { root: store.filesDir, serve: false })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self' http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    reply.header('x-content-type-options', 'nosniff')
    // Another website's form must not post in somebody's name.
    if (request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site')
      return reply.code(403).send({ error: 'cross-site' })
  })

  const faults = addFaults(app, store, ctx)
  const sending = deliveries(ctx, faults.takeWebhook, { wechat_oa: wireWechatOa(ctx) })
  app.after(() => {
    addKuaishou(app, ctx)
    addDouyin(app, ctx, sending.deliver)
    addDouyinDirect(app, ctx, sending.sendDue)
    addBilibili(app, ctx)
    addWeibo(app, ctx)
    addWechatOa(app, ctx, sending.sendDue)
    addPages(app, ctx)
    addFaultPages(app, ctx, faults, advance)
    addOfficialAccountPages(app, ctx)
    addRobots(app, { dir: options.dir, now })
  })
  function advance(ms: number): void {
    ahead += ms
    store.putMeta(aheadKey, String(ahead))
    sending.sendDue()
  }
  app.get('/__sandbox/clock', async () => ({ now: now(), aheadMs: ahead }))
  app.post('/__sandbox/clock', async (request, reply) => {
    const body = clockBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    advance(body.data.advanceMs)
    return { now: now(), aheadMs: ahead }
  })
  app.addHook('onReady', async () => sending.takeUp())
  app.addHook('onClose', async () => {
    sending.close()
    store.close()
  })
  return app
}

/** The sandbox's own pages and test doors; no platform has them. */
function addPages(app: FastifyInstance, ctx: SandboxContext): void {
  const { store, now } = ctx
  app.get('/', async (request, reply) => {
    const login = { account: loggedInAs(request, 'kuaishou'), known: store.accounts('kuaishou') }
    const body = homePage(pageLanguage(request), store.posts(), login, now())
    return reply.type('text/html').send(body)
  })
  app.get<{ Params: { seq: string } }>('/posts/:seq', async (request, reply) => {
    const post = store.postBySeq(Number(request.params.seq))
    if (!post) return reply.code(404).send({ error: 'no such post' })
    const sent = store.deliveries(post.id)
    return reply.type('text/html').send(postPage(pageLanguage(request), post, sent, now()))
  })
  app.post<{ Params: { seq: string } }>('/posts/:seq', async (request, reply) => {
    const post = store.postBySeq(Number(request.params.seq))
    const body = fateBody.safeParse(request.body)
    if (!post || !body.success) return reply.code(404).send({ error: 'no such post' })
    const { fate } = body.data
    if (fate === 'rejected') store.rejectPost(post.id, now(), '内容不符合平台规范')
    else store.deletePost(post.id, now(), fate === 'removed' ? 'platform' : 'author')
    return reply.redirect(`/posts/${post.seq}?lang=${pageLanguage(request)}`, 303)
  })
  app.get<{ Params: { file: string } }>('/files/:file', async (request, reply) =>
    reply.sendFile(request.params.file),
  )
  app.get('/__sandbox/style.css', async (_request, reply) =>
    reply.type('text/css').send(stylesheet),
  )
  app.get('/__sandbox/posts', async () =>
    store.posts().map((post) => ({
      ...post,
      pending: now() < post.publishedAt,
      deliveries: store.deliveries(post.id),
    })),
  )
  app.post('/__sandbox/counts', async (request, reply) => {
    const body = countsBody.extend({ id: z.string() }).safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    const { id, plays, likes, comments } = body.data
    return { changed: store.setCounts(id, plays, likes, comments) }
  })
  app.post('/__sandbox/kuaishou/grant', async (request, reply) => {
    const body = grantBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    return grantKuaishou(ctx, body.data.account)
  })
  app.post('/__sandbox/bilibili/grant', async (request, reply) => {
    const body = grantBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    return grantBilibili(ctx, body.data.account)
  })
  app.post('/__sandbox/weibo/grant', async (request, reply) => {
    const body = grantBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    return grantWeibo(ctx, body.data.account)
  })
  app.post('/__sandbox/douyin/grant', async (request, reply) => {
    const body = grantBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    return grantDouyin(ctx, body.data.account)
  })
  app.post('/__sandbox/kuaishou/login', async (request, reply) => {
    const body = grantBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    const value = encodeURIComponent(body.data.account)
    reply.header(
      'set-cookie',
      `${loginCookie('kuaishou')}=${value}; Path=/; HttpOnly; SameSite=Lax`,
    )
    return reply.redirect(`/?lang=${pageLanguage(request)}`, 303)
  })
}

export type Sandbox = { readonly url: string; readonly close: () => Promise<void> }

/** Listens; `port` 0 takes a free one. */
export async function startSandbox(
  options: SandboxOptions & { readonly port: number; readonly host?: string },
): Promise<Sandbox> {
  const app = buildSandbox(options)
  const host = options.host ?? '127.0.0.1'
  await app.listen({ port: options.port, host })
  const { port } = app.server.address() as AddressInfo
  return { url: `http://${host}:${port}`, close: () => app.close() }
}

/** The platform settings that lead to a sandbox at `url`. */
export function settingsForSandbox(url: string, apps: SandboxApps) {
  return {
    kuaishou: { baseUrl: url, uploadHosts: [new URL(url).host], ...apps.kuaishou },
    douyin: {
      baseUrl: url,
      appPage: `${url}/__sandbox/douyin-app?schema=`,
      ...apps.douyin,
    },
    bilibili: {
      baseUrl: url,
      accountUrl: url,
      tokenUrl: url,
      uploadUrl: url,
      tid: 201,
      ...apps.bilibili,
    },
    weibo: { baseUrl: `${url}/weibo`, realIp: '', ...apps.weibo },
    wechatOa: { baseUrl: url },
  }
}
