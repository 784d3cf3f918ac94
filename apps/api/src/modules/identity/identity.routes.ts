import * as sessionApi from '@xingbo/shared/identity/session.schema'
import * as userApi from '@xingbo/shared/identity/user.schema'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { clearSessionCookie, setSessionCookie } from '../../http/session-cookie.ts'
import {
  changeOwnPassword,
  describeMe,
  type Opened,
  openLink,
  signIn,
  signOut,
  signOutAll,
  workIn,
} from './session.service.ts'
import { isSetUp, setUp } from './setup.service.ts'
import { presentUser } from './user.presenter.ts'
import { listActiveColleagues, listInstitutionUsers } from './user.repository.ts'
import { addUser, changeUser, resetPassword } from './user.service.ts'

const done = { done: true } as const
const callerOf = (request: FastifyRequest) => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
})

export const identityRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const welcome = (reply: FastifyReply, opened: Opened) => {
    setSessionCookie(reply, deps.settings, opened.token, opened.expiresAt)
    return opened.me
  }

  app.route({
    ...toRoute(sessionApi.getSetup),
    handler: async () => ({ needed: !(await isSetUp(deps)), demo: deps.settings.demo }),
  })
  app.route({
    ...toRoute(sessionApi.runSetup),
    handler: async (request, reply) =>
      welcome(reply, await setUp(deps, request.body, callerOf(request))),
  })
  app.route({
    ...toRoute(sessionApi.login),
    handler: async (request, reply) =>
      welcome(reply, await signIn(deps, { ...request.body, caller: callerOf(request) })),
  })
  app.route({
    ...toRoute(sessionApi.openLinkSession),
    handler: async (request, reply) =>
      welcome(reply, await openLink(deps, { ...request.body, caller: callerOf(request) })),
  })
  app.route({
    ...toRoute(sessionApi.logout),
    handler: async (request, reply) => {
      await signOut(deps, actorOf(request))
      clearSessionCookie(reply, deps.settings)
      return done
    },
  })
  app.route({
    ...toRoute(sessionApi.getMe),
    handler: (request) => describeMe(deps, actorOf(request)),
  })
  app.route({
    ...toRoute(sessionApi.switchInstitution),
    handler: (request) => workIn(deps, actorOf(request), request.body.institutionId),
  })
  app.route({
    ...toRoute(sessionApi.signOutEverywhere),
    handler: async (request, reply) => {
      const ended = await signOutAll(deps, actorOf(request))
      clearSessionCookie(reply, deps.settings)
      return { ended }
    },
  })
  app.route({
    ...toRoute(sessionApi.changePassword),
    handler: async (request) => {
      await changeOwnPassword(deps, actorOf(request), request.body)
      return done
    },
  })

  app.route({
    ...toRoute(userApi.listColleagues),
    handler: async (request) => ({
      items: await listActiveColleagues(deps.db.read, actorOf(request).institutionId),
    }),
  })
  app.route({
    ...toRoute(userApi.listUsers),
    handler: async (request) => ({
      items: (await listInstitutionUsers(deps.db.read, actorOf(request).institutionId)).map(
        presentUser,
      ),
    }),
  })
  app.route({
    ...toRoute(userApi.createUser),
    handler: async (request) => presentUser(await addUser(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(userApi.updateUser),
    handler: async (request) =>
      presentUser(await changeUser(deps, actorOf(request), { ...request.params, ...request.body })),
  })
  app.route({
    ...toRoute(userApi.resetUserPassword),
    handler: async (request) =>
      presentUser(
        await resetPassword(deps, actorOf(request), { ...request.params, ...request.body }),
      ),
  })
}
