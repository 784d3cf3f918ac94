import { type Endpoint, methodAndPath } from '@xingbo/shared/contract'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { FastifyRequest } from 'fastify'
import { DomainError } from './errors.ts'

/** A machine that sends for one institution. */
export type WorkerIdentity = { readonly id: string; readonly institutionId: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on a public route without a session. Use `actorOf` where one is needed. */
    actor: Actor | null
    /** The credentials of workers the request brings; only routes for workers may be called with them. */
    workers: readonly WorkerIdentity[] | null
  }
}

type SchemaOf<E extends Endpoint> = {
  summary: string
  tags: string[]
  params: E['params']
  querystring: E['query']
  body: E['body']
  response: { 200: E['response'] }
}

/** Turns a shared endpoint into the method, url and schema that Fastify's `route` takes. */
export function toRoute<const E extends Endpoint>(endpoint: E) {
  const { route, summary, params, query, body, response } = endpoint
  const { method, path: url } = methodAndPath(route)
  // Fastify warns about a schema key that is present but undefined, so absent parts are left out.
  const schema = {
    summary,
    tags: [url.split('/')[2] ?? 'system'],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { 200: response },
  }
  return { method, url, schema: schema as SchemaOf<E> }
}

/** The signed-in person; the access hook has already refused everybody else on a non-public route. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new DomainError('UNAUTHENTICATED', { key: 'identity.signInFirst' })
  return request.actor
}
