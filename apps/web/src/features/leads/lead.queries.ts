import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/leads/lead.schema'
import * as records from '@xingbo/shared/leads/patient-record.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type LeadQuery = NonNullable<EndpointInput<typeof api.listLeads>['query']>
export type VisitQuery = NonNullable<EndpointInput<typeof records.listVisits>['query']>
export type OrderQuery = NonNullable<EndpointInput<typeof records.listOrders>['query']>

const root = ['leads'] as const
const recordsRoot = ['patient-records'] as const

export const leadQueries = {
  list: (query: LeadQuery) =>
    queryOptions({
      queryKey: [...root, 'list', query],
      queryFn: ({ signal }) => request(api.listLeads, { query }, signal),
    }),
  visits: (query: VisitQuery) =>
    queryOptions({
      queryKey: [...recordsRoot, 'visits', query],
      queryFn: ({ signal }) => request(records.listVisits, { query }, signal),
    }),
  orders: (query: OrderQuery) =>
    queryOptions({
      queryKey: [...recordsRoot, 'orders', query],
      queryFn: ({ signal }) => request(records.listOrders, { query }, signal),
    }),
}
liveQueries('lead', root, recordsRoot)
liveQueries('import', recordsRoot)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: root })

/** What comes back is shown and forgotten: it never enters the query cache. */
export const revealMutation = () =>
  mutationOptions({
    mutationFn: ({ leadId, reason }: { leadId: string; reason: string }) =>
      request(api.revealLead, { params: { leadId }, body: { reason } }),
    gcTime: 0,
    meta: { errors: 'shown' },
  })

type FollowUp = { leadId: string; body: EndpointInput<typeof api.followUpLead>['body'] }

export const followUpMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ leadId, body }: FollowUp) =>
      request(api.followUpLead, { params: { leadId }, body }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })

type Erase = { leadId: string; body: EndpointInput<typeof api.eraseLead>['body'] }

export const eraseMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ leadId, body }: Erase) => request(api.eraseLead, { params: { leadId }, body }),
    onSettled: () =>
      Promise.all([refresh(client), client.invalidateQueries({ queryKey: recordsRoot })]),
  })

export const refreshLeads = refresh
