import type { Actor } from '@xingbo/shared/identity/actor'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/database.ts'
import { actorOf } from './route.ts'

/** A proxy or a phone drops a silent connection after half a minute or so. */
const HEARTBEAT_MS = 20_000
/** A reader this far behind (some thousand messages) is hung up on; it comes back and asks for everything anew. */
const MAX_BEHIND_BYTES = 256 * 1024

/**
 * GET /api/live: server-sent events saying which rows of the caller's institution changed, as
 * `{ kind, ids }`. It carries ids only; pages ask again for what they may see. `mayListen` is asked with each
 * heartbeat: who has signed out or was shut out hears nothing more.
 */
export function serveLiveChanges(
  app: FastifyInstance,
  db: Database,
  mayListen: (actor: Actor) => Promise<boolean>,
): void {
  type Listener = {
    readonly actor: Actor
    readonly institutionId: string
    write(text: string): void
    end(): void
  }
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
  const beat = async () => {
    for (const listener of [...listeners]) {
      // A database that cannot be read just now shuts nobody out.
      if (await mayListen(listener.actor).catch(() => true)) listener.write(': still here\n\n')
      else listener.end()
    }
  }
  const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS)

  app.get('/api/live', { schema: { hide: true } }, (request, reply) => {
    const actor = actorOf(request)
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write('retry: 2000\n\n')
    const listener: Listener = {
      actor,
      institutionId: actor.institutionId,
      write(text) {
        if (reply.raw.writableLength > MAX_BEHIND_BYTES) reply.raw.destroy()
        else reply.raw.write(text)
      },
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
