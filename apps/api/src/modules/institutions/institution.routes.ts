import * as departmentApi from '@xingbo/shared/institutions/department.schema'
import * as institutionApi from '@xingbo/shared/institutions/institution.schema'
import * as lineApi from '@xingbo/shared/institutions/specialty-line.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { listDepartmentViews } from './department.repository.ts'
import { addDepartment, changeDepartment, putDepartmentAway } from './department.service.ts'
import { presentDepartment, presentInstitution, presentLine } from './institution.presenter.ts'
import { addInstitution, changeInstitution, myInstitution } from './institution.service.ts'
import { listLineViews } from './specialty-line.repository.ts'
import { addLine, changeLine, putLineAway } from './specialty-line.service.ts'

export const institutionRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(institutionApi.getInstitution),
    handler: async (request) => presentInstitution(await myInstitution(deps, actorOf(request))),
  })
  app.route({
    ...toRoute(institutionApi.updateInstitution),
    handler: async (request) =>
      presentInstitution(await changeInstitution(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(institutionApi.createInstitution),
    handler: async (request) =>
      presentInstitution(await addInstitution(deps, actorOf(request), request.body)),
  })

  app.route({
    ...toRoute(departmentApi.listDepartments),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listDepartmentViews(deps.db.read, institutionId, request.query)
      return { items: items.map(presentDepartment), total }
    },
  })
  app.route({
    ...toRoute(departmentApi.createDepartment),
    handler: async (request) =>
      presentDepartment(await addDepartment(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(departmentApi.updateDepartment),
    handler: async (request) =>
      presentDepartment(
        await changeDepartment(deps, actorOf(request), request.params.departmentId, request.body),
      ),
  })
  app.route({
    ...toRoute(departmentApi.archiveDepartment),
    handler: async (request) =>
      presentDepartment(
        await putDepartmentAway(deps, actorOf(request), request.params.departmentId, request.body),
      ),
  })

  app.route({
    ...toRoute(lineApi.listSpecialtyLines),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listLineViews(deps.db.read, institutionId, request.query)
      return { items: items.map(presentLine), total }
    },
  })
  app.route({
    ...toRoute(lineApi.createSpecialtyLine),
    handler: async (request) => presentLine(await addLine(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(lineApi.updateSpecialtyLine),
    handler: async (request) =>
      presentLine(await changeLine(deps, actorOf(request), request.params.lineId, request.body)),
  })
  app.route({
    ...toRoute(lineApi.archiveSpecialtyLine),
    handler: async (request) =>
      presentLine(await putLineAway(deps, actorOf(request), request.params.lineId, request.body)),
  })
}
