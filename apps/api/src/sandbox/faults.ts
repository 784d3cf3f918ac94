import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The documented operation a route plays, e.g. `kuaishou.publish`; faults are matched by it. */
    op?: string
  }
}

/** Before the operation: it has no effect. */
const before = [
  'error_before',
  'expired_token',
  'rate_limited',
  'timeout_before',
  'cut_before',
] as const
/** After it: the effect is there, only the answer is spoilt. */
const after = [
  'error_after',
  'timeout_after_accept',
  'cut',
  'cut_body',
  'truncated',
  'html',
  'no_id',
  'slow',
] as const
/** Of a webhook delivery (op `douyin.webhook`). */
const ofWebhook = [
  'content_as_string',
  'trailing_newline',
  'wrong_signature',
  'duplicate',
  'lost',
] as const

const fault = z.object({
  match: z.object({ op: z.string().optional(), path: z.string().optional() }),
  mode: z.enum([...before, ...after, ...ofWebhook]),
  /** How many calls it hits, after letting `skip` of them pass. */
  times: z.int().min(1).default(1),
  skip: z.int().min(0).default(0),
  /** A platform error code; without one `error_*` answers HTTP `status` (500). */
  code: z.int().optional(),
  message: z.string().default('injected by the sandbox'),
  status: z.int().min(400).max(599).default(500),
  retryAfter: z.string().optional(),
})
export type Fault = z.output<typeof fault>
export type FaultMode = Fault['mode']

const never = () => new Promise<never>(() => undefined)

/** The platform's own envelope around an error code, as its documents have it. */
function envelope(op: string, code: number, message: string): object {
  if (op.startsWith('douyin'))
    return {
      data: { error_code: code, description: message },
      extra: { error_code: code, description: message, logid: 'sandbox' },
    }
  return { result: code, error: 'error', error_msg: message }
}
const expiredCode = (op: string): number => (op.startsWith('douyin') ? 28001008 : 100200108)

/**
 * Lets tests spoil single calls: `POST /__sandbox/faults` arms one, `DELETE` disarms all. Armed faults are
 * kept in memory; they are the test's, not the platform's state.
 */
export function addFaults(app: FastifyInstance) {
  let armed: (Fault & { hits: number })[] = []

  /** The armed fault for this call, counted; calls let through by `skip` count too. */
  function take(op: string, path: string, kind: readonly FaultMode[]): Fault | null {
    for (const one of armed) {
      if (!kind.includes(one.mode)) continue
      if (one.match.op !== undefined && one.match.op !== op) continue
      if (one.match.path !== undefined && !path.startsWith(one.match.path)) continue
      one.hits++
      if (one.hits > one.skip && one.hits <= one.skip + one.times) return one
    }
    return null
  }

  app.post('/__sandbox/faults', async (request, reply) => {
    const read = fault.safeParse(request.body)
    if (!read.success) return reply.code(400).send({ error: z.prettifyError(read.error) })
    armed.push({ ...read.data, hits: 0 })
    return { armed: armed.length }
  })
  app.get('/__sandbox/faults', async () => armed)
  app.delete('/__sandbox/faults', async () => {
    armed = []
    return { armed: 0 }
  })

  app.addHook('preHandler', async (request, reply) => {
    const { op } = request.routeOptions.config
    const hit = op ? take(op, request.url, before) : null
    if (hit && op) return spoilBefore(hit, op, request, reply)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { op } = request.routeOptions.config
    const hit = op ? take(op, request.url, after) : null
    if (!hit || !op || typeof payload !== 'string') return payload
    return spoilAfter(hit, op, payload, request, reply)
  })

  return { takeWebhook: (): Fault | null => take('douyin.webhook', '', ofWebhook) }
}

async function spoilBefore(
  hit: Fault,
  op: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  switch (hit.mode) {
    case 'timeout_before':
      return never()
    case 'cut_before':
      reply.hijack()
      return request.raw.socket.destroy()
    case 'rate_limited':
      if (hit.retryAfter) reply.header('retry-after', hit.retryAfter)
      return reply.code(429).send('too many requests')
    case 'expired_token':
      return reply.send(envelope(op, expiredCode(op), hit.message))
    default:
      if (hit.code !== undefined) return reply.send(envelope(op, hit.code, hit.message))
      return reply.code(hit.status).type('text/html').send('<h1>error</h1>')
  }
}

async function spoilAfter(
  hit: Fault,
  op: string,
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
      return JSON.stringify(op.startsWith('douyin') ? { data: { error_code: 0 } } : { result: 1 })
    default:
      if (hit.code !== undefined) return JSON.stringify(envelope(op, hit.code, hit.message))
      reply.code(hit.status).type('text/html')
      return '<h1>error</h1>'
  }
}
