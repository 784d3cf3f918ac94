import type { Actor } from '@xingbo/shared/identity/actor'
import {
  linkRoutes,
  mayCall,
  permissions,
  type RouteKey,
} from '@xingbo/shared/identity/permissions'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from './errors.ts'
import type { WorkerIdentity } from './route.ts'
import { sessionTokenOf } from './session-cookie.ts'

type Guard = {
  readonly secureCookie: boolean
  readonly publicUrl: string
  /** Null when the token stands for nobody (any more). */
  resolve(token: string, wantedInstitution: string | undefined): Promise<Actor | null>
  /** The workers behind a bearer credential; none when it is unknown or taken back. */
  resolveWorkers(bearer: string): Promise<readonly WorkerIdentity[]>
}

const isRouteKey = (key: string): key is RouteKey => key in permissions

/** The documentation page brings a dozen files of its own; they stand in the table as one. */
const docs = '/api/docs'

/** HEAD is answered by the GET route, so it asks for the same permission. */
function keyOf(method: string, url: string): string {
  const path = url.startsWith(docs) ? `${docs}/*` : url
  return `${method === 'HEAD' && !(`HEAD ${path}` in permissions) ? 'GET' : method} ${path}`
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * One guard for every route, from one table. A route without an entry stops the start; a request
 * without the right to it ends here, before any handler and before its body is read.
 */
export function guardRoutes(app: FastifyInstance, guard: Guard): void {
  app.decorateRequest('actor', null)
  app.decorateRequest('workers', null)
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      const key = keyOf(method, route.url)
      if (!isRouteKey(key)) throw new Error(`no permission entry for ${key}`)
    }
  })
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    refuseCrossSite(request, guard)
    const token = sessionTokenOf(request, guard)
    if (token) request.actor = await guard.resolve(token, wantedInstitution(request))
    const key = keyOf(request.method, request.routeOptions.url ?? '')
    if (!isRouteKey(key)) throw new DomainError('NOT_FOUND', { key: 'request.notFound' })
    const { actor } = request
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (bearer) request.workers = await guard.resolveWorkers(bearer)
    if (permissions[key] === 'worker' && !actor) {
      if (!request.workers?.length)
        throw new DomainError('UNAUTHENTICATED', { key: 'identity.workerUnknown' })
      return
    }
    if (!actor && permissions[key] !== 'public')
      throw new DomainError('UNAUTHENTICATED', { key: 'identity.signInFirst' })
    if (actor && !mayCall(key, actor.role))
      throw new DomainError('FORBIDDEN', { key: 'identity.notAllowed' })
    if (actor?.scope && permissions[key] !== 'public') keepToScope(request, actor, key)
  })
}

/** The institution the asking tab works in: a header from our pages, a query where no header can be set. */
function wantedInstitution(request: FastifyRequest): string | undefined {
  const header = request.headers['x-institution-id']
  if (typeof header === 'string' && header) return header
  const query = (request.query as Record<string, unknown> | null)?.institution
  return typeof query === 'string' && query ? query : undefined
}

/**
 * SameSite=Lax is about sites, not origins. Every current browser says where a request comes from; a write
 * that says "elsewhere" is refused. Callers that are not browsers (webhooks, curl) send neither header.
 */
function refuseCrossSite(request: FastifyRequest, guard: Guard): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const elsewhere =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (site === undefined &&
      origin !== undefined &&
      origin !== new URL(guard.publicUrl).origin &&
      origin !== `${request.protocol}://${request.host}`)
  if (elsewhere) throw new DomainError('FORBIDDEN', { key: 'request.crossSite' })
}

/** A link session may use a handful of routes, and only for the one item its link named. */
function keepToScope(request: FastifyRequest, actor: Actor, key: RouteKey): void {
  const { scope } = actor
  if (!scope) return
  const allowed: readonly RouteKey[] = linkRoutes[scope.kind]
  const params = request.params as { contentId?: string; publicationId?: string }
  const ownItem =
    scope.kind === 'sign_off'
      ? params.contentId === undefined || params.contentId === scope.contentId
      : params.publicationId === undefined || params.publicationId === scope.publicationId
  if (!allowed.includes(key) || !ownItem)
    throw new DomainError('FORBIDDEN', { key: 'identity.linkOnly' })
}
