import * as api from '@xingbo/shared/inbox/notice.schema'
import * as robotApi from '@xingbo/shared/inbox/robot.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { presentNotice, presentRobot, presentRobotMessage } from './inbox.presenter.ts'
import { countUnread, listMuted, listNotices } from './notice.repository.ts'
import { muteKinds, readNotices } from './notice.service.ts'
import { findRobot, listLinesOf, listRobotMessages, listRobots } from './robot.repository.ts'
import { createRobot, editRobotOf, removeRobotOf, tryRobot } from './robot.service.ts'
import { sandboxOriginOf } from './robot-send.service.ts'
import { noticeSettingsOf, saveSettings } from './settings.service.ts'

/** Enough to see what a group was told lately. */
const LAST_MESSAGES = 20

export const inboxRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db
  app.route({
    ...toRoute(api.listNotices),
    handler: async (request) => {
      const actor = actorOf(request)
      const { show, ...filter } = request.query
      const { items, total } = await listNotices(read, actor, {
        ...filter,
        unread: show === 'unread',
      })
      return { items: items.map(presentNotice), total, mutedKinds: await listMuted(read, actor) }
    },
  })
  app.route({
    ...toRoute(api.countNotices),
    handler: (request) => countUnread(read, actorOf(request)),
  })
  app.route({
    ...toRoute(api.readNotices),
    handler: async (request) => ({
      read: await readNotices(deps, actorOf(request), request.body.ids),
    }),
  })
  app.route({
    ...toRoute(api.muteKinds),
    handler: async (request) => {
      await muteKinds(deps, actorOf(request), request.body.kinds)
      return { kinds: request.body.kinds }
    },
  })
  app.route({
    ...toRoute(api.getNoticeSettings),
    handler: (request) => noticeSettingsOf(read, actorOf(request).institutionId),
  })
  app.route({
    ...toRoute(api.changeNoticeSettings),
    handler: (request) => saveSettings(deps, actorOf(request), request.body),
  })

  app.route({
    ...toRoute(robotApi.listRobots),
    handler: async (request) => {
      const rows = await listRobots(read, actorOf(request).institutionId)
      const now = deps.now()
      return {
        items: rows.map((row) => presentRobot(row, now)),
        sandboxUrl: sandboxOriginOf(deps),
      }
    },
  })
  app.route({
    ...toRoute(robotApi.addRobot),
    handler: async (request) =>
      presentRobot(await createRobot(deps, actorOf(request), request.body), deps.now()),
  })
  app.route({
    ...toRoute(robotApi.changeRobot),
    handler: async (request) =>
      presentRobot(
        await editRobotOf(deps, actorOf(request), request.params.robotId, request.body),
        deps.now(),
      ),
  })
  app.route({
    ...toRoute(robotApi.removeRobot),
    handler: async (request) => {
      const { robotId } = request.params
      await removeRobotOf(deps, actorOf(request), robotId, request.body.revision)
      return { removed: true }
    },
  })
  app.route({
    ...toRoute(robotApi.testRobot),
    handler: (request) => tryRobot(deps, actorOf(request), request.params.robotId),
  })
  app.route({
    ...toRoute(robotApi.listRobotMessages),
    handler: async (request) => {
      const robot = found(
        await findRobot(read, actorOf(request).institutionId, request.params.robotId),
      )
      const rows = await listRobotMessages(read, robot.id, LAST_MESSAGES)
      const lines = await listLinesOf(
        read,
        rows.map(({ id }) => id),
      )
      return { items: rows.map((row) => presentRobotMessage(row, lines)) }
    },
  })
}
