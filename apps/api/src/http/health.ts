import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

/** `/healthz`: the process lives. `/readyz`: it can read its data and ring its queue. */
export function serveHealth(
  app: FastifyInstance,
  deps: Pick<Deps, 'db'>,
  ready: () => Promise<boolean> = async () => true,
): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    deps.db.read.get(sql`select 1`)
    if (await ready()) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready' })
  })
}
