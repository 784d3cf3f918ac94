import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/database.ts'
import { actorOf } from './route.ts'

/** A proxy or a phone drops a silent connection after half a minute or so. */
const HEARTBEAT_MS = 20_000

/**
 * GET /api/live: server-sent events saying which rows of the caller's institution changed, as
 * `{ kind, ids }`. It carries ids only; pages ask again for what they may see.
 */
export function serveLiveChanges(app: FastifyInstance, db: Database): void {
  type Listener = { institutionId: string; write(text: string): void; end(): void }
  const listeners = new Set<Listener>()

  const stop = db.onChanges((changes) => {
    const byPlace = new Map<string, Map<string, Set<string>>>()
    for (const { institutionId, kind, id } of changes) {
      const kinds = byPlace.get(institutionId) ?? new Map<string, Set<string>>()
      byPlace.set(institutionId, kinds)
      kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id))
    }
    for (const listener of listeners)
      for (const [kind, ids] of byPlace.get(listener.institutionId) ?? [])
        listener.write(`data: ${JSON.stringify({ kind, ids: [...ids] })}\n\n`)
  })
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.write(': still here\n\n')
  }, HEARTBEAT_MS)

  app.get('/api/live', { schema: { hide: true } }, (request, reply) => {
    const { institutionId } = actorOf(request)
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write('retry: 2000\n\n')
    const listener: Listener = {
      institutionId,
      write: (text) => reply.raw.write(text),
      end: () => reply.raw.end(),
    }
    listeners.add(listener)
    request.raw.once('close', () => listeners.delete(listener))
  })

  // An open stream would keep the server from closing.
  app.addHook('preClose', async () => {
    clearInterval(heartbeat)
    stop()
    for (const listener of listeners) listener.end()
  })
}
