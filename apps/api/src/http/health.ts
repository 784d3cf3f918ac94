import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

/** Whether the queue can be rung, where it stands, and what its keeper should set. */
export type QueueHealth = {
  readonly reachable: boolean
  readonly kind: string
  readonly advice: readonly { readonly zh: string; readonly en: string }[]
}

/** `/healthz`: the process lives. `/readyz`: it can read its data and ring its queue. */
export function serveHealth(
  app: FastifyInstance,
  deps: Pick<Deps, 'db'>,
  queueHealth: () => Promise<QueueHealth | null> = async () => null,
): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    deps.db.read.get(sql`select 1`)
    const queue = await queueHealth()
    if (queue?.reachable === false) return reply.code(503).send({ status: 'not ready', queue })
    return { status: 'ready', ...(queue && { queue }) }
  })
}
