import type { z } from 'zod'
import type { RouteKey } from './identity/permissions.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One HTTP endpoint, described once: the API mounts it, the web calls it, OpenAPI is drawn from it.
 * Its method and path must stand in the permission table, or it does not compile.
 */
export type Endpoint = {
  readonly route: RouteKey
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly response: z.ZodType
}

export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint

/** Splits `'GET /api/topics'` into its two halves. */
export const methodAndPath = (route: RouteKey): { method: Method; path: string } => {
  const space = route.indexOf(' ')
  return { method: route.slice(0, space) as Method, path: route.slice(space + 1) }
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined
/** What a caller must pass; a part the endpoint does not declare cannot be passed at all. */
export type EndpointInput<E extends Endpoint> = {
  [K in 'params' | 'query' | 'body' as undefined extends E[K]
    ? never
    : K extends keyof E
      ? K
      : never]: InputOf<E[K]>
}
export type EndpointOutput<E extends Endpoint> = z.output<E['response']>
