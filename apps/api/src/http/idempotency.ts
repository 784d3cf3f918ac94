import { createHash } from 'node:crypto'
import { canonicalJson, type JsonValue } from '@xingbo/shared/canonical-json'
import type { RouteKey } from '@xingbo/shared/identity/permissions'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { type Answered, findAnswer, keepAnswer } from './answered.repository.ts'
import { DomainError } from './errors.ts'

/** Writes that may carry an `Idempotency-Key`. None of their answers holds a person's data, a link or a token. */
const keyed: ReadonlySet<string> = new Set<RouteKey>([
  'POST /api/contents',
  'POST /api/contents/:contentId/publications',
  'POST /api/publications/:publicationId/reschedule',
  'POST /api/publications/:publicationId/cancel',
  'POST /api/publications/:publicationId/resolve',
])
/** Stripe keeps its keys for a day; two leave room for a phone that was switched off over night. */
const KEPT_MS = 48 * 3_600_000
const MAX_KEY = 200

const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex')

type Pending = { readonly requestHash: string; readonly done: Promise<Answered | null> }
type Leader = {
  readonly id: string
  readonly requestHash: string
  tell(answer: Answered | null): void
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request is the first with its key. */
    leads: Leader | null
  }
}

/**
 * The same write sent again (a double click, a retry after a lost answer, the same form twice) has one effect and
 * one answer. The same key with another body is refused. Answers that may change by themselves are not kept.
 */
export function answerOnce(app: FastifyInstance, deps: Pick<Deps, 'db' | 'now'>): void {
  const running = new Map<string, Pending>()
  app.decorateRequest('leads', null)

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const route = `${request.method} ${request.routeOptions.url ?? ''}`
    if (typeof key !== 'string' || !request.actor || !keyed.has(route)) return
    if (key === '' || key.length > MAX_KEY)
      throw new DomainError('VALIDATION', { key: 'request.badIdempotencyKey' })
    const { userId, institutionId } = request.actor
    const id = sha256Hex(JSON.stringify([institutionId, userId, route, key]))
    const requestHash = sha256Hex(
      canonicalJson({ url: request.url, body: (request.body ?? null) as JsonValue }),
    )
    for (;;) {
      const before = running.get(id)
      const answer = before ? await before.done : await findAnswer(deps.db.read, id)
      const first = before?.requestHash ?? answer?.requestHash
      if (first !== undefined && first !== requestHash)
        throw new DomainError('RULE_VIOLATION', { key: 'request.idempotencyKeyReused' })
      if (answer) return replay(reply, answer)
      if (!running.has(id)) break
    }
    lead(request, id, requestHash)
  })

  function lead(request: FastifyRequest, id: string, requestHash: string): void {
    let tell: Leader['tell'] = () => undefined
    const done = new Promise<Answered | null>((resolve) => {
      tell = resolve
    })
    running.set(id, { requestHash, done })
    request.leads = { id, requestHash, tell }
  }

  app.addHook('onSend', async (request, reply, payload) => {
    const { leads } = request
    if (!leads || typeof payload !== 'string' || !isFinal(reply.statusCode)) return payload
    const { id, requestHash } = leads
    const answer = { id, requestHash, status: reply.statusCode, body: payload }
    await deps.db.inTransaction((tx) => keepAnswer(tx, answer, deps.now(), KEPT_MS))
    leads.tell(answer)
    return payload
  })
  app.addHook('onResponse', async (request) => {
    if (!request.leads) return
    running.delete(request.leads.id)
    request.leads.tell(null)
  })
}

/** Done, or refused for a reason that stands; not "too many" and not a failure of ours. */
const isFinal = (status: number): boolean => status < 500 && status !== 401 && status !== 429

const replay = (reply: FastifyReply, { status, body }: Answered) =>
  reply
    .code(status)
    .header('idempotent-replayed', 'true')
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((text) => text as string)
    .send(body)
