import { search } from '@xingbo/shared/work/search.schema'
import { getWork } from '@xingbo/shared/work/work.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { searchByName } from './search.repository.ts'
import { workFor } from './work.service.ts'

export const workRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(getWork),
    handler: (request) => workFor(deps, actorOf(request)),
  })
  app.route({
    ...toRoute(search),
    handler: async (request) => ({
      items: await searchByName(deps.db.read, actorOf(request).institutionId, request.query.q),
    }),
  })
}
