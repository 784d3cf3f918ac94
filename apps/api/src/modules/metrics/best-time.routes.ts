import { getBestTime } from '@xingbo/shared/publishing/slot.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { readBestTime } from './best-time.service.ts'

export const bestTimeRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(getBestTime),
    handler: (request) =>
      readBestTime(
        deps.db.read,
        actorOf(request).institutionId,
        request.params.accountId,
        deps.now(),
      ),
  })
}
