import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import type { Me } from '@xingbo/shared/identity/session.schema'
import * as api from '@xingbo/shared/identity/session.schema'
import { businessZone } from '../../lib/formats.ts'
import { ApiError, tabInstitution } from '../../lib/http.ts'
import { offerLanguage } from '../../lib/i18n.ts'
import { meQuery } from '../../lib/me.ts'
import { request } from '../../lib/request.ts'

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => request(api.getSetup, {}, signal),
})

/** Makes this tab follow the person: their institution, its zone, their language. */
export function settleIn(me: Me): void {
  tabInstitution.set(me.institutionId)
  businessZone.set(me.timeZone)
  offerLanguage(me.language)
}

/** Nothing that was loaded for whoever was here before may be seen any more. */
function startAs(client: QueryClient, me: Me): void {
  client.clear()
  client.setQueryData(meQuery.queryKey, me)
  settleIn(me)
}

/** Who is signed in, or `null`. A tab left in an institution the person has lost falls back to theirs. */
export async function loadMe(client: QueryClient): Promise<Me | null> {
  const ask = () => client.fetchQuery(meQuery)
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401) return null
    if (error.status !== 403 || !tabInstitution.get()) throw error
    tabInstitution.set(null)
    return await ask()
  }
}

const inForm = { errors: 'shown' } as const

export const loginMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.login>['body']) => request(api.login, { body }),
    onSuccess: (me) => startAs(client, me),
    meta: inForm,
  })

export const setupMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.runSetup>['body']) =>
      request(api.runSetup, { body }),
    onSuccess: (me) => startAs(client, me),
    meta: inForm,
  })

/** A full page load: nothing of the person or the institution just left stays in memory. */
const startOver = (path: string, institutionId: string | null) => {
  tabInstitution.set(institutionId)
  window.location.assign(path)
}

export const switchInstitutionMutation = () =>
  mutationOptions({
    mutationFn: (institutionId: string) =>
      request(api.switchInstitution, { body: { institutionId } }),
    onSuccess: (me) => startOver('/', me.institutionId),
  })

export const logoutMutation = () =>
  mutationOptions({
    mutationFn: () => request(api.logout, {}),
    onSuccess: () => startOver('/login', null),
  })

export const signOutEverywhereMutation = () =>
  mutationOptions({
    mutationFn: () => request(api.signOutEverywhere, {}),
    onSuccess: () => startOver('/login', null),
  })

export const changePasswordMutation = () =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.changePassword>['body']) =>
      request(api.changePassword, { body }),
    meta: inForm,
  })
