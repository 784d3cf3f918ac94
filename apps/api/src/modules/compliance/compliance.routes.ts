import * as api from '@xingbo/shared/compliance/compliance.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import {
  checkWords,
  complianceEngine,
  complianceOf,
  decide,
  queueOf,
  runAgain,
  waive,
} from './compliance.service.ts'

export const complianceRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(api.getCompliance),
    handler: (request) =>
      complianceOf(deps.db.read, actorOf(request).institutionId, request.params.contentId),
  })
  app.route({
    ...toRoute(api.runCompliance),
    handler: (request) => runAgain(deps, actorOf(request), request.params.contentId),
  })
  app.route({
    ...toRoute(api.previewCompliance),
    handler: async (request) => {
      const { nature, platforms, body } = request.body
      const { guessedNature, findings } = checkWords(nature, platforms, body)
      return { guessedNature, findings: [...findings] }
    },
  })
  app.route({
    ...toRoute(api.waiveFinding),
    handler: (request) => waive(deps, actorOf(request), { ...request.params, ...request.body }),
  })
  app.route({
    ...toRoute(api.decideCompliance),
    handler: (request) => decide(deps, actorOf(request), { ...request.params, ...request.body }),
  })
  app.route({
    ...toRoute(api.listComplianceQueue),
    handler: async (request) => ({ items: await queueOf(deps.db.read, actorOf(request)) }),
  })
  app.route({
    ...toRoute(api.listComplianceRules),
    handler: async () => ({
      engineVersion: complianceEngine().version,
      items: [...complianceEngine().rules],
    }),
  })
}
