import * as api from '@xingbo/shared/publishing/publication.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { listAttempts } from './attempt.repository.ts'
import { resolve } from './hand-off.service.ts'
import { listLooks } from './observation.repository.ts'
import { presentPublication, presentPublicationDetail } from './publication.presenter.ts'
import {
  findPublicationView,
  findTouchToken,
  listEvents,
  listProofs,
  listPublicationViews,
} from './publication.repository.ts'
import { cancel, reschedule, schedule } from './schedule.service.ts'

export const publicationRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db

  app.route({
    ...toRoute(api.listPublications),
    handler: async (request) => {
      const { from, to, ...rest } = request.query
      const { items, total } = await listPublicationViews(read, actorOf(request).institutionId, {
        ...rest,
        from: from ? new Date(from) : undefined,
        to: to ? new Date(to) : undefined,
      })
      return { items: items.map(presentPublication), total }
    },
  })
  app.route({
    ...toRoute(api.getPublication),
    handler: async (request) => {
      const { publicationId } = request.params
      const view = found(
        await findPublicationView(read, actorOf(request).institutionId, publicationId),
      )
      return presentPublicationDetail(view, {
        attempts: await listAttempts(read, publicationId),
        looks: await listLooks(read, publicationId),
        events: await listEvents(read, publicationId),
        proofs: await listProofs(read, publicationId),
        touchToken: (await findTouchToken(read, publicationId))?.token ?? null,
      })
    },
  })
  app.route({
    ...toRoute(api.schedulePublications),
    handler: async (request) => ({
      items: (await schedule(deps, actorOf(request), request.params.contentId, request.body)).map(
        presentPublication,
      ),
    }),
  })
  app.route({
    ...toRoute(api.reschedulePublication),
    handler: async (request) =>
      presentPublication(
        await reschedule(deps, actorOf(request), request.params.publicationId, request.body),
      ),
  })
  app.route({
    ...toRoute(api.cancelPublication),
    handler: async (request) =>
      presentPublication(
        await cancel(deps, actorOf(request), request.params.publicationId, request.body),
      ),
  })
  app.route({
    ...toRoute(api.resolvePublication),
    handler: async (request) =>
      presentPublication(
        await resolve(deps, actorOf(request), request.params.publicationId, request.body),
      ),
  })
}
