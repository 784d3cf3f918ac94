import { timingSafeEqual } from 'node:crypto'
import { systemSignals } from '@xingbo/shared/health/alarm'
import { getHealth } from '@xingbo/shared/health/health.schema'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { listEpisodes, listOpen } from './alarm.repository.ts'
import { healthMetrics, metricsText, presentEpisode, presentReading } from './health.presenter.ts'
import { countByHealth, countByState, failuresSince } from './signal.repository.ts'
import type { Watch } from './watch.service.ts'

const EPISODES = 50
const HOUR_MS = 3_600_000

export const healthRoutes: FastifyPluginAsyncZod<Deps & { watch: Watch }> = async (app, deps) => {
  const { watch, settings } = deps
  app.route({
    ...toRoute(getHealth),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { at, since, items } = watch.readings()
      const open = await listOpen(deps.db.read)
      const rows = await listEpisodes(deps.db.read, institutionId, EPISODES)
      const system: readonly string[] = systemSignals
      return {
        checkedAt: at.toISOString(),
        signals: items.map((reading) => presentReading(reading, rows, since)),
        troubles: open
          .filter((row) => row.institutionId === institutionId && !system.includes(row.signal))
          .map(presentEpisode),
        episodes: rows.map(presentEpisode),
      }
    },
  })
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: { hide: true },
    handler: async (request, reply) => {
      if (!mayScrape(request, settings.metricsToken))
        throw new DomainError('FORBIDDEN', { key: 'health.metricsRefused' })
      const { read } = deps.db
      const counted = {
        publications: await countByState(read),
        accounts: await countByHealth(read),
        failures: await failuresSince(read, new Date(deps.now().getTime() - HOUR_MS)),
        alarms: await listOpen(read),
      }
      return reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(metricsText(healthMetrics(watch.readings().items, counted)))
    },
  })
}

/** With a token set, whoever brings it; without one, this machine itself, and not through a proxy on it. */
function mayScrape(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) {
    const given = request.headers.authorization ?? ''
    // Hashed first: of equal length, whatever was sent.
    return timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(`Bearer ${token}`)))
  }
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
  const from = request.socket.remoteAddress ?? ''
  return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(from)
}
