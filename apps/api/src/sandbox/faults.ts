import { AsyncLocalStorage } from 'node:async_hooks'
import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import {
  afterModes,
  beforeModes,
  clockModes,
  codeOf,
  delayOf,
  emptySuccess,
  errorEnvelope,
  type Fault,
  type FaultMode,
  faultBody,
  listModes,
  postModes,
  webhookModes,
} from './fault-modes.ts'
import type { Post, Store } from './store.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The documented operation a route plays, `<platform>.<name>`; faults are matched by it. */
    op?: string
  }
}

export type ArmedFault = Fault & { readonly id: string; readonly hits: number }
/** One call of a platform's operation, for tests that count them. */
type Call = { readonly at: number; readonly op: string; readonly account: string }

/** What a fault changes while one call is being carried out. */
type Effect = {
  readonly onPost: Fault | null
  readonly onList: Fault | null
  accepted: string | null
}
const effects = new AsyncLocalStorage<Effect>()

const callsKept = 20_000
/** Beyond 2^53, where a number read as a double is no longer the same id. */
const firstHugeId = 9_007_199_254_740_993n

const platformOf = (op: string): Platform =>
  platforms.find((platform) => op.startsWith(`${platform}.`)) ?? 'kuaishou'

/** The store as a call under a fault sees it: the post it makes has another fate, the list is another one. */
export const underFaults = (store: Store, now: () => number): Store => ({
  ...store,
  accept(post, delivery) {
    const effect = effects.getStore()
    if (effect) effect.accepted = post.id
    const fault = effect?.onPost
    if (!fault) return store.accept(post, delivery)
    const at = post.acceptedAt + delayOf(fault)
    if (fault.mode === 'accepted_late')
      return store.accept(
        { ...post, acceptedAt: at, publishedAt: post.publishedAt + delayOf(fault) },
        delivery && { ...delivery, dueAt: (delivery.dueAt ?? post.acceptedAt) + delayOf(fault) },
      )
    if (fault.mode === 'rejected_later')
      return store.accept({ ...post, rejectedAt: at, rejectReason: fault.message }, delivery)
    return store.accept({ ...post, deletedAt: at, deletedBy: 'platform' }, delivery)
  },
  postsOf: (openId) => listed(store.postsOf(openId), now()),
  everyPostOf: (openId) => listed(store.everyPostOf(openId), now()),
})

function listed(posts: Post[], at: number): Post[] {
  const fault = effects.getStore()?.onList
  if (!fault) return posts
  if (fault.mode === 'list_empty') return []
  if (fault.mode === 'list_stale')
    return posts.filter((post) => post.acceptedAt <= at - delayOf(fault))
  return posts.toReversed()
}

const token = z.object({ access_token: z.string().optional(), upload_token: z.string().optional() })

/**
 * Spoils single calls: `POST /__sandbox/faults` arms a fault, `DELETE` disarms one or all. Armed faults are
 * kept in memory; they are the person's who set them, not the platform's state.
 */
export function addFaults(
  app: FastifyInstance,
  store: Store,
  { now, wallClock }: Pick<SandboxContext, 'now' | 'wallClock'>,
) {
  let armed: (Fault & { id: string; hits: number })[] = []
  let calls: Call[] = []
  let number = 0
  const operations = new Set<string>()
  app.addHook('onRoute', ({ config }) => {
    if (config?.op) operations.add(config.op)
  })

  function accountOf(request: FastifyRequest): string {
    const { access_token: asked, upload_token: upload } = {
      ...token.catch({}).parse(request.body),
      ...token.catch({}).parse(request.query),
    }
    const header = request.headers['access-token']
    const access = typeof header === 'string' ? header : asked
    const openId = access
      ? store.token('access', access)?.openId
      : upload && store.upload(upload)?.openId
    return openId ? store.accountName(openId) : ''
  }
  /** The armed fault for this call, counted; calls let through by `skip` count too. */
  function take(op: string, path: string, account: string, kind: readonly FaultMode[]) {
    for (const one of armed) {
      const { match } = one
      if (!kind.includes(one.mode)) continue
      if (match.op !== undefined && match.op !== op) continue
      if (match.path !== undefined && !path.startsWith(match.path)) continue
      if (match.platform !== undefined && !op.startsWith(`${match.platform}.`)) continue
      if (match.account !== undefined && match.account !== account) continue
      one.hits++
      if (one.hits > one.skip && (one.times === 0 || one.hits <= one.skip + one.times)) return one
    }
    return null
  }
  const faults = {
    /** Everything a fault can meet, events to the product included. */
    operations: (): string[] => [...operations, 'douyin.webhook', 'wechat_oa.webhook'],
    list: (): readonly ArmedFault[] => armed,
    arm(fault: Fault): string {
      number++
      const id = `f${number}`
      armed.push({ ...fault, id, hits: 0 })
      return id
    },
    disarm(id?: string) {
      armed = id === undefined ? [] : armed.filter((one) => one.id !== id)
    },
    takeWebhook: (platform: Platform): Fault | null =>
      take(`${platform}.webhook`, '', '', webhookModes),
  }

  app.post('/__sandbox/faults', async (request, reply) => {
    const read = faultBody.safeParse(request.body)
    if (!read.success) return reply.code(400).send({ error: z.prettifyError(read.error) })
    const id = faults.arm(read.data)
    return { armed: armed.length, id }
  })
  app.get('/__sandbox/faults', async () => armed)
  app.delete('/__sandbox/faults', async () => {
    faults.disarm()
    return { armed: 0 }
  })
  app.delete<{ Params: { id: string } }>('/__sandbox/faults/:id', async (request) => {
    faults.disarm(request.params.id)
    return { armed: armed.length }
  })
  app.get('/__sandbox/calls', async () => calls)
  app.delete('/__sandbox/calls', async () => {
    calls = []
    return { calls: 0 }
  })

  app.addHook('preHandler', (request, reply, done) => {
    const { op } = request.routeOptions.config
    if (!op) return done()
    const account = accountOf(request)
    calls.push({ at: now(), op, account })
    if (calls.length > callsKept) calls = calls.slice(-callsKept / 2)
    const hit = take(op, request.url, account, beforeModes)
    if (hit) return spoilBefore(hit, platformOf(op), request, reply)
    const onPost = /\.(publish|create)$/.test(op) ? take(op, request.url, account, postModes) : null
    const onList = op.endsWith('.list') ? take(op, request.url, account, listModes) : null
    effects.run({ onPost, onList, accepted: null }, done)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { op } = request.routeOptions.config
    // The clock on the wall: setting the sandbox ahead must not look as if every machine's clock were wrong.
    reply.header('date', new Date(wallClock()).toUTCString())
    if (!op) return payload
    const account = accountOf(request)
    const skew = take(op, request.url, account, clockModes)
    if (skew) reply.header('date', new Date(wallClock() + skew.skewMs).toUTCString())
    if (typeof payload !== 'string') return payload
    const effect = effects.getStore()
    // An answer to somebody whose post was not taken yet: nobody hears of it.
    if (effect?.accepted && effect.onPost?.mode === 'accepted_late')
      return spoilAfter(effect.onPost, platformOf(op), payload, request, reply)
    const hit = take(op, request.url, account, afterModes)
    if (!hit) return payload
    if (hit.mode === 'id_as_number') return renumbered(payload, effect?.accepted ?? null)
    return spoilAfter(hit, platformOf(op), payload, request, reply)
  })

  /** The same post, under an id that is a number no double can hold. */
  function renumbered(payload: string, id: string | null): string {
    if (id === null) return payload
    const post = store.post(id)
    if (!post) return payload
    const huge = String(firstHugeId + 2n * BigInt(post.seq))
    store.renamePost(id, huge)
    return payload.replaceAll(JSON.stringify(id), huge).replaceAll(id, huge)
  }
  return faults
}
export type Faults = ReturnType<typeof addFaults>

function spoilBefore(
  hit: Fault,
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (hit.mode === 'timeout_before') return
  if (hit.mode === 'cut_before') {
    reply.hijack()
    request.raw.socket.destroy()
    return
  }
  const code = codeOf(platform, hit)
  if (code !== undefined) {
    reply.send(errorEnvelope(platform, code, hit.message))
    return
  }
  if (hit.mode === 'rate_limited' || hit.mode === 'daily_quota') {
    if (hit.retryAfter) reply.header('retry-after', hit.retryAfter)
    reply.code(hit.status ?? 429).send('too many requests')
    return
  }
  reply
    .code(hit.status ?? 500)
    .type('text/html')
    .send('<h1>error</h1>')
}

const never = () => new Promise<never>(() => undefined)

async function spoilAfter(
  hit: Fault,
  platform: Platform,
  payload: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const { raw } = reply
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  }
  switch (hit.mode) {
    case 'timeout_after_accept':
      return never()
    case 'cut':
      request.raw.socket.destroy()
      return never()
    case 'cut_body':
      raw.writeHead(200, headers)
      raw.write(payload.slice(0, payload.length / 2), () => request.raw.socket.destroy())
      return never()
    case 'slow': {
      raw.writeHead(200, headers)
      let sent = 0
      const drip = setInterval(() => raw.write(payload.charAt(sent++)), 1000)
      request.raw.socket.once('close', () => clearInterval(drip))
      return never()
    }
    case 'truncated':
      return payload.slice(0, payload.length / 2)
    case 'html':
      reply.type('text/html')
      return '<!doctype html><title>Sign in to this network</title>'
    case 'no_id':
      return JSON.stringify(emptySuccess(platform))
    case 'unknown_status':
      return payload.replace(
        /("(?:publish_status|state|video_status)":)-?\d+/g,
        (_all, key: string) => `${key}99`,
      )
    case 'accepted_late':
      if (hit.status === undefined && hit.code === undefined) return never()
  }
  if (hit.code !== undefined) return JSON.stringify(errorEnvelope(platform, hit.code, hit.message))
  reply.code(hit.status ?? 500).type('text/html')
  return '<h1>error</h1>'
}
