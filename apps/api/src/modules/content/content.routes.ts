import * as contentApi from '@xingbo/shared/content/content.schema'
import * as holdApi from '@xingbo/shared/content/hold.schema'
import * as topicApi from '@xingbo/shared/content/topic.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { presentCard, presentContent, presentHold } from './content.presenter.ts'
import { addContent, boardOf, changeContent, contentOf, moveContent } from './content.service.ts'
import { listHoldViews } from './hold.repository.ts'
import { liftHold, placeHold } from './hold.service.ts'
import { presentTopic } from './topic.presenter.ts'
import { addTopic, archiveTopic, changeTopic, startTopic, topicsOf } from './topic.service.ts'

export const contentRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(topicApi.listTopics),
    handler: async (request) => {
      const { items, total } = await topicsOf(deps, actorOf(request), request.query)
      return { items: items.map(presentTopic), total }
    },
  })
  app.route({
    ...toRoute(topicApi.createTopic),
    handler: async (request) => presentTopic(await addTopic(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(topicApi.updateTopic),
    handler: async (request) =>
      presentTopic(
        await changeTopic(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })
  app.route({
    ...toRoute(topicApi.archiveTopic),
    handler: async (request) =>
      presentTopic(
        await archiveTopic(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })
  app.route({
    ...toRoute(topicApi.startTopic),
    handler: async (request) =>
      presentContent(
        await startTopic(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })

  app.route({
    ...toRoute(contentApi.listContents),
    handler: async (request) => {
      const { columns, marks, today } = await boardOf(deps, actorOf(request), request.query)
      return {
        columns: columns.map(({ views, ...column }) => ({
          ...column,
          items: views.map((view) => presentCard(view, marks, today)),
        })),
      }
    },
  })
  app.route({
    ...toRoute(contentApi.getContent),
    handler: async (request) =>
      presentContent(
        await contentOf(deps, actorOf(request).institutionId, request.params.contentId),
      ),
  })
  app.route({
    ...toRoute(contentApi.createContent),
    handler: async (request) =>
      presentContent(await addContent(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(contentApi.updateContent),
    handler: async (request) =>
      presentContent(
        await changeContent(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })
  app.route({
    ...toRoute(contentApi.moveContent),
    handler: async (request) =>
      presentContent(
        await moveContent(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })

  app.route({
    ...toRoute(holdApi.listHolds),
    handler: async (request) => {
      const { show, ...filter } = request.query
      const { institutionId } = actorOf(request)
      const rows = await listHoldViews(deps.db.read, institutionId, {
        ...filter,
        active: show === 'active',
      })
      return { items: rows.map(presentHold) }
    },
  })
  app.route({
    ...toRoute(holdApi.placeHold),
    handler: async (request) => presentHold(await placeHold(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(holdApi.liftHold),
    handler: async (request) =>
      presentHold(await liftHold(deps, actorOf(request), { ...request.params, ...request.body })),
  })
}
