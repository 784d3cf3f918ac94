import * as api from '@xingbo/shared/leads/lead.schema'
import { nationalPhone } from '@xingbo/shared/leads/mask.rules'
import * as records from '@xingbo/shared/leads/patient-record.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import { presentLead } from './lead.presenter.ts'
import { type LeadView, listLeadEvents, listLeadViews } from './lead.repository.ts'
import { erase, followUp, reveal } from './lead.service.ts'
import { maskedOf, searchedPhone } from './masked-lead.service.ts'
import { presentOrder, presentVisit } from './patient-record.presenter.ts'
import { listOrderViews, listVisitViews } from './patient-record.repository.ts'

const nothing = { items: [], total: 0 }

export const leadRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db
  const vaultOf = (institutionId: string) => institutionVault(deps, read, institutionId)

  async function present(institutionId: string, views: readonly LeadView[]) {
    const vault = await vaultOf(institutionId)
    const ids = views.map(({ row }) => row.id)
    const events = await listLeadEvents(read, institutionId, ids)
    return views.map((view) => presentLead(view, maskedOf(vault, view.row), events))
  }
  async function presentOne(institutionId: string, view: LeadView) {
    const vault = await vaultOf(institutionId)
    const events = await listLeadEvents(read, institutionId, [view.row.id])
    return presentLead(view, maskedOf(vault, view.row), events)
  }

  app.route({
    ...toRoute(api.listLeads),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { q, ...filter } = request.query
      const phone = q ? searchedPhone(await vaultOf(institutionId), q) : undefined
      if (phone === null) return nothing
      const { items, total } = await listLeadViews(read, institutionId, {
        ...filter,
        phoneIndex: phone,
      })
      return { items: await present(institutionId, items), total }
    },
  })
  app.route({
    ...toRoute(api.revealLead),
    handler: async (request, reply) => {
      const { leadId } = request.params
      const { name, phone } = await reveal(deps, actorOf(request), leadId, request.body.reason)
      reply.header('cache-control', 'no-store')
      return { name, phone: nationalPhone(phone) }
    },
  })
  app.route({
    ...toRoute(api.followUpLead),
    handler: async (request) => {
      const actor = actorOf(request)
      const view = await followUp(deps, actor, request.params.leadId, request.body)
      return presentOne(actor.institutionId, view)
    },
  })
  app.route({
    ...toRoute(api.eraseLead),
    handler: async (request) => {
      const actor = actorOf(request)
      const view = await erase(deps, actor, request.params.leadId, request.body)
      return presentOne(actor.institutionId, view)
    },
  })

  app.route({
    ...toRoute(records.listVisits),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const vault = await vaultOf(institutionId)
      const { items, total } = await listVisitViews(read, institutionId, request.query)
      return {
        items: items.map((view) => presentVisit(view, view.lead && maskedOf(vault, view.lead))),
        total,
      }
    },
  })
  app.route({
    ...toRoute(records.listOrders),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const vault = await vaultOf(institutionId)
      const { items, total } = await listOrderViews(read, institutionId, request.query)
      return {
        items: items.map((view) => presentOrder(view, view.lead && maskedOf(vault, view.lead))),
        total,
      }
    },
  })
}
