import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/accounts/account.schema'
import { getPlatformSettings } from '@xingbo/shared/accounts/platform-settings.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export const accountQueries = {
  all: () => ['accounts'] as const,
  list: (query: EndpointInput<typeof api.listAccounts>['query']) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'list', query],
      queryFn: ({ signal }) => request(api.listAccounts, { query }, signal),
    }),
  detail: (accountId: string) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'detail', accountId],
      queryFn: ({ signal }) => request(api.getAccount, { params: { accountId } }, signal),
    }),
  connection: (accountId: string) =>
    queryOptions({
      queryKey: [...accountQueries.all(), 'connection', accountId],
      queryFn: ({ signal }) => request(api.getAccountConnection, { params: { accountId } }, signal),
    }),
}
// An account carries the names of its department, doctor and person in charge.
for (const kind of ['account', 'department', 'doctor', 'user'])
  liveQueries(kind, accountQueries.all())

export const platformSettingsQuery = queryOptions({
  queryKey: ['platform-settings'],
  queryFn: ({ signal }) => request(getPlatformSettings, {}, signal),
})

const refresh = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: accountQueries.all() })
const inForm = { errors: 'shown' } as const

export const createAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createAccount>['body']) =>
      request(api.createAccount, { body }),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const updateAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.updateAccount>) =>
      request(api.updateAccount, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const archiveAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.archiveAccount>) =>
      request(api.archiveAccount, input),
    onSettled: () => refresh(client),
  })

export const connectAccountMutation = () =>
  mutationOptions({
    mutationFn: (accountId: string) => request(api.connectAccount, { params: { accountId } }),
  })

export const connectByAppMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.connectAccountByApp>) =>
      request(api.connectAccountByApp, input),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const resumeAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.resumeAccount>) =>
      request(api.resumeAccount, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const showEventSettingsMutation = () =>
  mutationOptions({
    mutationFn: (accountId: string) => request(api.showEventSettings, { params: { accountId } }),
  })
