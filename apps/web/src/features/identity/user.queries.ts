import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/identity/user.schema'
import { liveQueries } from '../../lib/live.ts'
import { meQuery } from '../../lib/me.ts'
import { request } from '../../lib/request.ts'

export const userQueries = {
  all: () => ['users'] as const,
  list: () =>
    queryOptions({
      queryKey: [...userQueries.all(), 'list'],
      queryFn: ({ signal }) => request(api.listUsers, {}, signal),
    }),
}
// A changed role shows at once in the person's own navigation too.
liveQueries('user', userQueries.all(), meQuery.queryKey)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: userQueries.all() })

export const createUserMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createUser>['body']) =>
      request(api.createUser, { body }),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

type Update = { userId: string; body: EndpointInput<typeof api.updateUser>['body'] }

export const updateUserMutation = (client: QueryClient, shown: 'in form' | 'as toast') =>
  mutationOptions({
    mutationFn: ({ userId, body }: Update) => request(api.updateUser, { params: { userId }, body }),
    onSettled: () => refresh(client),
    meta: shown === 'in form' ? { errors: 'shown' } : {},
  })

export const resetPasswordMutation = () =>
  mutationOptions({
    mutationFn: ({ userId, password }: { userId: string; password: string }) =>
      request(api.resetUserPassword, { params: { userId }, body: { password } }),
    meta: { errors: 'shown' },
  })
