import * as api from '@xingbo/shared/scripts/script.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import {
  presentCase,
  presentRevision,
  presentScript,
  presentSignOff,
  presentWaiting,
} from './script.presenter.ts'
import { findRevision } from './script.repository.ts'
import { readScript, saveDraft, saveRevision } from './script.service.ts'
import { decide, inviteDoctor, markSeen, openCase, waitingFor } from './sign-off.service.ts'

export const scriptRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(api.getScript),
    handler: async (request) =>
      presentScript(
        await readScript(deps.db.read, actorOf(request).institutionId, request.params.contentId),
      ),
  })
  app.route({
    ...toRoute(api.saveScriptDraft),
    handler: async (request) => {
      const { body, basedOn, revision } = request.body
      const { contentId } = request.params
      const saved = await saveDraft(deps, actorOf(request), {
        contentId,
        body,
        basedOn,
        draftRevision: revision,
      })
      return { ...saved, updatedAt: saved.updatedAt.toISOString() }
    },
  })
  app.route({
    ...toRoute(api.saveScriptRevision),
    handler: async (request) =>
      presentScript(
        await saveRevision(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })
  app.route({
    ...toRoute(api.getScriptRevision),
    handler: async (request) => {
      const { contentId, number } = request.params
      const { institutionId } = actorOf(request)
      return presentRevision(
        found(await findRevision(deps.db.read, institutionId, contentId, number)),
      )
    },
  })
  app.route({
    ...toRoute(api.createSignOffLink),
    handler: async (request) => {
      const link = await inviteDoctor(deps, actorOf(request), request.params.contentId)
      return { ...link, expiresAt: link.expiresAt.toISOString() }
    },
  })

  app.route({
    ...toRoute(api.listWaitingSignOffs),
    handler: async (request) => ({
      items: (await waitingFor(deps, actorOf(request))).map(presentWaiting),
    }),
  })
  app.route({
    ...toRoute(api.getSignOffCase),
    handler: async (request) =>
      presentCase(await openCase(deps, actorOf(request), request.params.contentId)),
  })
  app.route({
    ...toRoute(api.markScriptSeen),
    handler: async (request) => ({
      seenNumber: await markSeen(deps, actorOf(request), { ...request.params, ...request.body }),
    }),
  })
  app.route({
    ...toRoute(api.decideSignOff),
    handler: async (request) => {
      const { signOff, item } = await decide(deps, actorOf(request), {
        ...request.params,
        ...request.body,
      })
      return { signOff: presentSignOff(signOff), stage: item.stage }
    },
  })
}
