import { createHash } from 'node:crypto'
import type { Platform } from '@xingbo/shared/accounts/platform'
import type { SandboxContext } from './context.ts'
import type { Fault } from './fault-modes.ts'
import type { Delivery } from './store.ts'

/** "Reply within 5 s; 3 retries": docs dop/develop/webhooks/summarize; WeChat's are the same. */
const answerWithinMs = 5000
const maxTries = 4
const farAheadMs = 60_000

export type DeliveryState = Delivery['state'] | 'none'
export type Deliver = (messageId: string) => Promise<DeliveryState>

/** One event as it goes over the wire; `null`: this account has no address for its events. */
export type Wired = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
} | null
/** How a platform wraps and signs an event, spoilt as the fault says. */
export type Wire = (delivery: Delivery, hit: Fault | null) => Wired | Promise<Wired>

/** Douyin: the body as it stands, `sha1(client_secret + body)` in a header. */
const wireDouyin =
  (ctx: SandboxContext): Wire =>
  (delivery, hit) => {
    if (ctx.webhookUrl === null) return null
    const body = spoilt(delivery.body, hit)
    const secret = hit?.mode === 'wrong_signature' ? 'another-secret' : ctx.apps.douyin.clientSecret
    const signature = createHash('sha1').update(secret).update(body).digest('hex')
    return {
      url: ctx.webhookUrl,
      headers: {
        'content-type': 'application/json',
        'x-douyin-signature': signature,
        'msg-id': delivery.id,
      },
      body,
    }
  }

/**
 * Sends the platforms' events to the product, signed, when the sandbox's clock has come to them. They are on
 * file, so those a killed sandbox had not sent go out when it starts again.
 */
export function deliveries(
  ctx: SandboxContext,
  takeFault: (platform: Platform) => Fault | null,
  wires: Readonly<Partial<Record<Platform, Wire>>>,
) {
  const { store } = ctx
  const wireOf: Readonly<Partial<Record<Platform, Wire>>> = { douyin: wireDouyin(ctx), ...wires }
  const retries = new Set<NodeJS.Timeout>()
  const underWay = new Set<string>()
  /** Held back by `reordered` until a later one of the platform has gone out. */
  const held = new Map<Platform, Delivery>()
  let clockwork: NodeJS.Timeout | undefined
  let closed = false

  async function post({ url, headers, body }: NonNullable<Wired>): Promise<string> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerWithinMs),
      })
      return String(answer.status)
    } catch (error) {
      return error instanceof Error ? error.name : 'error'
    }
  }

  async function send(delivery: Delivery): Promise<Delivery['state']> {
    if (underWay.has(delivery.id) || closed) return 'due'
    underWay.add(delivery.id)
    try {
      return await sendNow(delivery)
    } finally {
      underWay.delete(delivery.id)
    }
  }

  async function sendNow(delivery: Delivery): Promise<Delivery['state']> {
    const { platform } = delivery
    const hit = takeFault(platform)
    if (hit?.mode === 'reordered' && !held.has(platform)) {
      held.set(platform, delivery)
      return 'due'
    }
    const wired = (await wireOf[platform]?.(delivery, hit)) ?? null
    const answer = hit?.mode === 'lost' ? 'lost' : wired ? await post(wired) : 'no webhook address'
    if (hit?.mode === 'duplicate' && wired) await post(wired)
    if (closed) return 'due'
    const tries = delivery.tries + 1
    const state = answer === '200' ? 'done' : tries >= maxTries ? 'failed' : 'due'
    store.noteDelivery(delivery.id, state, tries, answer)
    if (state === 'due') {
      const timer = setTimeout(() => {
        retries.delete(timer)
        void send({ ...delivery, tries })
      }, ctx.webhookRetryMs)
      retries.add(timer)
    }
    const waiting = held.get(platform)
    if (waiting && waiting.id !== delivery.id) {
      held.delete(platform)
      void send(waiting)
    }
    return state
  }

  /** Sends what has come due and sets the clock for the next that has not. */
  function sendDue(): void {
    clearTimeout(clockwork)
    if (closed) return
    const open = store.openDeliveries().filter(({ id, tries }) => tries === 0 && !isHeld(id))
    for (const one of open) if (one.dueAt <= ctx.now()) void send(one)
    const next = open.find((one) => one.dueAt > ctx.now())
    if (next) {
      const wait = Math.min(farAheadMs, next.dueAt - ctx.now())
      clockwork = setTimeout(sendDue, wait)
    }
  }
  const isHeld = (id: string): boolean => [...held.values()].some((one) => one.id === id)

  return {
    /** Sends this one now; tells what became of it. */
    deliver: (async (messageId) => {
      const delivery = store.openDeliveries().find((open) => open.id === messageId)
      return delivery ? send(delivery) : 'none'
    }) as Deliver,
    sendDue,
    /** After a restart those already tried go out again as well. */
    takeUp: () => {
      for (const one of store.openDeliveries()) if (one.tries > 0) void send(one)
      sendDue()
    },
    close: () => {
      closed = true
      clearTimeout(clockwork)
      for (const timer of retries) clearTimeout(timer)
    },
  }
}

function spoilt(body: string, hit: Fault | null): string {
  if (hit?.mode === 'trailing_newline') return `${body}\n`
  if (hit?.mode !== 'content_as_string') return body
  const event = JSON.parse(body) as { content: unknown }
  return JSON.stringify({ ...event, content: JSON.stringify(event.content) })
}
