import * as api from '@xingbo/shared/publishing/worker.schema'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { productVersion } from '../../http/version.ts'
import {
  beginRemotely,
  claimRemotely,
  releaseRemotely,
  renewRemotely,
  settleRemotely,
  tokenRemotely,
  uploadRemotely,
} from './remote-claim.service.ts'
import { presentWorker } from './worker.presenter.ts'
import { addWorker, dismissWorker, noteHello, readWorkers } from './worker.service.ts'

/** The guard has let nobody through without a worker's credential. */
const workersOf = (request: FastifyRequest) => request.workers ?? []

export const workerRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { settings } = deps
  const view = async (request: FastifyRequest, id: string) => {
    const { rows, held } = await readWorkers(deps, actorOf(request))
    return presentWorker(found(rows.find(({ row }) => row.id === id)), held)
  }

  app.route({
    ...toRoute(api.listWorkers),
    handler: async (request) => {
      const { rows, held } = await readWorkers(deps, actorOf(request))
      return {
        items: rows.map((row) => presentWorker(row, held)),
        serverVersion: productVersion,
        server: {
          sendsItself: settings.sendsItself,
          queueShared: settings.queueUrl !== null,
          url: settings.publicUrl,
        },
      }
    },
  })
  app.route({
    ...toRoute(api.createWorker),
    handler: async (request) => {
      const { id, token } = await addWorker(deps, actorOf(request), request.body)
      return { worker: await view(request, id), token }
    },
  })
  app.route({
    ...toRoute(api.revokeWorker),
    handler: async (request) => {
      const { workerId } = request.params
      await dismissWorker(deps, actorOf(request), workerId)
      return view(request, workerId)
    },
  })

  app.route({
    ...toRoute(api.workerHello),
    handler: async (request) => {
      const ids = workersOf(request).map(({ id }) => id)
      await noteHello(deps, ids, request.body)
      return { time: deps.now().getTime(), version: productVersion }
    },
  })
  app.route({
    ...toRoute(api.workerClaim),
    handler: (request) => claimRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerToken),
    handler: (request) => tokenRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerUpload),
    handler: (request) => uploadRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerRenew),
    handler: (request) => renewRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerBegin),
    handler: (request) => beginRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerRelease),
    handler: (request) => releaseRemotely(deps, workersOf(request), request.body),
  })
  app.route({
    ...toRoute(api.workerSettle),
    handler: (request) => settleRemotely(deps, workersOf(request), request.body),
  })
}
