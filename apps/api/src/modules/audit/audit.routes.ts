import * as api from '@xingbo/shared/audit/audit.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { readAudit, verifyChain } from './audit.service.ts'

export const auditRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(api.listAudit),
    handler: (request) => readAudit(deps, actorOf(request), request.query),
  })
  app.route({
    ...toRoute(api.verifyAudit),
    handler: () => verifyChain(deps),
  })
}
