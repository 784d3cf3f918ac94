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

/** A new person, or the same one elsewhere: nothing that was loaded before may be seen any more. */
function startAs(client: QueryClient, me: Me): void {
  client.clear()
  client.setQueryData(meQuery.queryKey, me)
  settleIn(me)
}

/** Who is signed in, or `null`. A tab left in an institution the person has lost falls back to theirs. */
export async function loadMe(client: QueryClient): Promise<Me | null> {
  const ask = () => client.ensureQueryData({ ...meQuery, revalidateIfStale: true })
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

export const switchInstitutionMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (institutionId: string) =>
      request(api.switchInstitution, { body: { institutionId } }),
    onSuccess: (me) => startAs(client, me),
  })

const forget = (client: QueryClient) => {
  client.clear()
  tabInstitution.set(null)
}

export const logoutMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: () => request(api.logout, {}),
    onSuccess: () => forget(client),
  })

export const signOutEverywhereMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: () => request(api.signOutEverywhere, {}),
    onSuccess: () => forget(client),
  })

export const changePasswordMutation = () =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.changePassword>['body']) =>
      request(api.changePassword, { body }),
    meta: inForm,
  })
