import { queryOptions } from '@tanstack/react-query'
import { getHealth } from '@xingbo/shared/health/health.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

/** Values move by themselves, so they are asked for as often as they are measured. */
const EVERY_MS = 10_000

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => request(getHealth, {}, signal),
  refetchInterval: EVERY_MS,
})
liveQueries('alarm', healthQuery.queryKey)
