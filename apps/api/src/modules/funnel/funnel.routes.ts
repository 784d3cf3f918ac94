import { getFunnel, getFunnelDetail } from '@xingbo/shared/funnel/funnel.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { behindBar } from './detail.service.ts'
import { presentBehind, presentView } from './funnel.presenter.ts'
import { ask, funnelFor, groupFunnels, kpisOf, standings } from './funnel.service.ts'

export const funnelRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(getFunnel),
    handler: async (request) => {
      const asked = await ask(deps, actorOf(request), request.query)
      const total = funnelFor(asked, null)
      return presentView(asked, {
        total,
        groups: groupFunnels(asked),
        kpis: await kpisOf(deps, asked, total),
        standing: standings(asked),
      })
    },
  })
  app.route({
    ...toRoute(getFunnelDetail),
    handler: async (request) =>
      presentBehind(await behindBar(deps, actorOf(request), request.query)),
  })
}
