import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { RouteKey } from '@xingbo/shared/identity/permissions'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { getMe } from '@xingbo/shared/identity/session.schema'
import { useCallback } from 'react'
import { request } from './request.ts'

/** Who is signed in; the `_desk` guard loads it before any page of the desk is drawn. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request(getMe, {}, signal),
  staleTime: 5 * 60_000,
})

export const useMe = () => useSuspenseQuery(meQuery).data

/** Whether my role may call a route at all: `const may = useMay()` and then `may('POST /api/topics')`. */
export function useMay() {
  const { role } = useMe()
  return useCallback((route: RouteKey) => mayCall(route, role), [role])
}

/** Thrown by a route's `beforeLoad` to show 「没有权限」 instead of the page. */
export class NotAllowedError extends Error {
  constructor() {
    super('not allowed')
    this.name = 'NotAllowedError'
  }
}

/**
 * Guards a page of the desk by the API route its content comes from:
 * `beforeLoad: ({ context }) => allow(context.me, 'GET /api/funnel')`.
 */
export function allow(me: { role: Parameters<typeof mayCall>[1] }, route: RouteKey): void {
  if (!mayCall(route, me.role)) throw new NotAllowedError()
}
