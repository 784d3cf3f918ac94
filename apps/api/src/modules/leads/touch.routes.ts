import { currentConsent } from '@xingbo/shared/leads/consent'
import * as api from '@xingbo/shared/leads/touch.schema'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { leaveLead } from './lead.service.ts'
import { presentTouchToken } from './touch.presenter.ts'
import { listTouchViews, type TouchTokenView } from './touch.repository.ts'
import {
  countOpening,
  createForPlace,
  createForPost,
  disable,
  workingToken,
} from './touch.service.ts'

/**
 * Per address and minute. A waiting room shares one address, so many may open the page; nobody fills in the
 * form ten times.
 */
const openings = { rateLimit: { max: 120, timeWindow: '1 minute' } }
const forms = { rateLimit: { max: 10, timeWindow: '1 minute' } }

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

/** `touchPage`: the landing page's HTML; null where no web is built. */
export const touchRoutes: FastifyPluginAsyncZod<Deps & { touchPage: string | null }> = async (
  app,
  { touchPage, ...deps },
) => {
  const present = (view: TouchTokenView) => presentTouchToken(view, deps.settings.publicUrl)

  app.route({
    ...toRoute(api.listTouchTokens),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listTouchViews(deps.db.read, institutionId, request.query)
      return { items: items.map(present), total }
    },
  })
  app.route({
    ...toRoute(api.createTouchToken),
    handler: async (request) => {
      const { publicationId } = request.params
      return present(
        await createForPost(deps, actorOf(request), publicationId, request.body.reason),
      )
    },
  })
  app.route({
    ...toRoute(api.createPlaceToken),
    handler: async (request) => present(await createForPlace(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(api.disableTouchToken),
    handler: async (request) =>
      present(await disable(deps, actorOf(request), request.params.token)),
  })

  app.get<{ Params: { token: string } }>(
    '/t/:token',
    { schema: { hide: true }, config: openings },
    async (request, reply) => {
      const works = await countOpening(
        deps,
        request.params.token,
        {
          method: request.method,
          userAgent: header(request, 'user-agent'),
          accept: header(request, 'accept'),
          acceptLanguage: header(request, 'accept-language'),
          purpose: ['sec-purpose', 'purpose', 'x-moz', 'x-purpose']
            .map((name) => header(request, name))
            .find(Boolean),
          fetchDest: header(request, 'sec-fetch-dest'),
        },
        request.ip,
      )
      if (!touchPage) throw new DomainError('NOT_FOUND', { key: 'request.notFound' })
      // The page asks for its words itself and says kindly when there is nothing behind the link.
      return reply
        .code(works ? 200 : 404)
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex')
        .type('text/html; charset=utf-8')
        .send(touchPage)
    },
  )
  app.route({
    ...toRoute(api.openTouch),
    config: openings,
    handler: async (request) => {
      const { institutionName } = await workingToken(deps.db.read, request.params.token)
      return { institutionName, consentVersion: currentConsent }
    },
  })
  app.route({
    ...toRoute(api.leaveLead),
    config: forms,
    handler: async (request) => {
      await leaveLead(deps, request.params.token, request.body)
      return { done: true as const }
    },
  })
}
