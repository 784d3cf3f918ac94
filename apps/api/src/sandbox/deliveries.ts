import { createHash } from 'node:crypto'
import type { SandboxContext } from './context.ts'
import type { Fault } from './faults.ts'
import type { Delivery } from './store.ts'

/** "Reply within 5 s; 3 retries": docs dop/develop/webhooks/summarize. */
const answerWithinMs = 5000
const maxTries = 4

export type DeliveryState = Delivery['state'] | 'none'
export type Deliver = (messageId: string) => Promise<DeliveryState>

/**
 * Sends Douyin's events to the product, signed. Due ones are on file, so those a killed sandbox had not
 * sent go out when it starts again.
 */
export function deliveries(ctx: SandboxContext, takeFault: () => Fault | null) {
  const { store } = ctx
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  async function post(body: string, id: string, signature: string): Promise<string> {
    if (ctx.webhookUrl === null) return 'no webhook address'
    try {
      const answer = await fetch(ctx.webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-douyin-signature': signature,
          'msg-id': id,
        },
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
    const hit = takeFault()
    const body = spoilt(delivery.body, hit)
    const secret = hit?.mode === 'wrong_signature' ? 'another-secret' : ctx.apps.douyin.clientSecret
    const signature = createHash('sha1').update(secret).update(body).digest('hex')
    const answer = hit?.mode === 'lost' ? 'lost' : await post(body, delivery.id, signature)
    if (hit?.mode === 'duplicate') await post(body, delivery.id, signature)
    if (closed) return 'due'
    const tries = delivery.tries + 1
    const state = answer === '200' ? 'done' : tries >= maxTries ? 'failed' : 'due'
    store.noteDelivery(delivery.id, state, tries, answer)
    if (state === 'due') {
      const timer = setTimeout(() => {
        timers.delete(timer)
        void send({ ...delivery, tries })
      }, ctx.webhookRetryMs)
      timers.add(timer)
    }
    return state
  }

  const deliver: Deliver = async (messageId) => {
    const delivery = store.dueDeliveries().find((due) => due.id === messageId)
    return delivery ? send(delivery) : 'none'
  }
  return {
    deliver,
    sendDue: () => {
      for (const due of store.dueDeliveries()) void send(due)
    },
    close: () => {
      closed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function spoilt(body: string, hit: Fault | null): string {
  if (hit?.mode === 'trailing_newline') return `${body}\n`
  if (hit?.mode !== 'content_as_string') return body
  const event = JSON.parse(body) as { content: unknown }
  return JSON.stringify({ ...event, content: JSON.stringify(event.content) })
}
