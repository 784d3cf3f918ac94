import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import * as api from '@xingbo/shared/publishing/worker.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

/** Workers call every 5 s; their standing is looked at as often. */
const LOOK_MS = 5_000

const all = ['workers'] as const
export const workersQuery = queryOptions({
  queryKey: [...all, 'list'],
  queryFn: ({ signal }) => request(api.listWorkers, {}, signal),
  refetchInterval: LOOK_MS,
})
liveQueries('worker', all)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: all })

export const createWorkerMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: { name: string }) => request(api.createWorker, { body }),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

export const revokeWorkerMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (workerId: string) => request(api.revokeWorker, { params: { workerId } }),
    onSettled: () => refresh(client),
  })
