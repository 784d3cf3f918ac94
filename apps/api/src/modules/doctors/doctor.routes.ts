import * as credentialApi from '@xingbo/shared/doctors/credential.schema'
import * as doctorApi from '@xingbo/shared/doctors/doctor.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { changeCredential, putCredentialAway, recordCredential } from './credential.service.ts'
import { presentCredential, presentDoctor } from './doctor.presenter.ts'
import { findDoctorFile, listDoctorFiles } from './doctor.repository.ts'
import { addDoctor, changeDoctor, putDoctorAway } from './doctor.service.ts'

export const doctorRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(doctorApi.listDoctors),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listDoctorFiles(deps.db.read, institutionId, request.query)
      return { items: items.map(presentDoctor), total }
    },
  })
  app.route({
    ...toRoute(doctorApi.getDoctor),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { doctorId } = request.params
      return presentDoctor(found(await findDoctorFile(deps.db.read, institutionId, doctorId)))
    },
  })
  app.route({
    ...toRoute(doctorApi.createDoctor),
    handler: async (request) =>
      presentDoctor(await addDoctor(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(doctorApi.updateDoctor),
    handler: async (request) =>
      presentDoctor(
        await changeDoctor(deps, actorOf(request), request.params.doctorId, request.body),
      ),
  })
  app.route({
    ...toRoute(doctorApi.archiveDoctor),
    handler: async (request) =>
      presentDoctor(
        await putDoctorAway(deps, actorOf(request), request.params.doctorId, request.body),
      ),
  })

  app.route({
    ...toRoute(credentialApi.addCredential),
    handler: async (request) =>
      presentCredential(
        await recordCredential(deps, actorOf(request), request.params.doctorId, request.body),
      ),
  })
  app.route({
    ...toRoute(credentialApi.updateCredential),
    handler: async (request) =>
      presentCredential(
        await changeCredential(deps, actorOf(request), request.params.credentialId, request.body),
      ),
  })
  app.route({
    ...toRoute(credentialApi.archiveCredential),
    handler: async (request) =>
      presentCredential(
        await putCredentialAway(deps, actorOf(request), request.params.credentialId, request.body),
      ),
  })
}
