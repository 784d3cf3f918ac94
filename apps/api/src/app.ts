import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Deps } from './deps.ts'
import { guardRoutes } from './http/access.ts'
import { answerBadAddress, answerBrokenRequest, answerErrors } from './http/error-handler.ts'
import { type QueueHealth, serveHealth } from './http/health.ts'
import { answerOnce } from './http/idempotency.ts'
import { serveLiveChanges } from './http/live.ts'
import { serveOpenApi } from './http/openapi.ts'
import { builtPage, serveWeb } from './http/web.ts'
import { accountRoutes } from './modules/accounts/account.routes.ts'
import { auditRoutes } from './modules/audit/audit.routes.ts'
import { complianceRoutes } from './modules/compliance/compliance.routes.ts'
import { contentRoutes } from './modules/content/content.routes.ts'
import { doctorRoutes } from './modules/doctors/doctor.routes.ts'
import { funnelRoutes } from './modules/funnel/funnel.routes.ts'
import { healthRoutes } from './modules/health/health.routes.ts'
import { createWatch, type Watch } from './modules/health/watch.service.ts'
import { identityRoutes } from './modules/identity/identity.routes.ts'
import { isStillSignedIn, resolveActor } from './modules/identity/session.service.ts'
import { inboxRoutes } from './modules/inbox/inbox.routes.ts'
import { institutionRoutes } from './modules/institutions/institution.routes.ts'
import { leadRoutes } from './modules/leads/lead.routes.ts'
import { touchRoutes } from './modules/leads/touch.routes.ts'
import { mediaRoutes } from './modules/media/media.routes.ts'
import { bestTimeRoutes } from './modules/metrics/best-time.routes.ts'
import { importRoutes } from './modules/metrics/import.routes.ts'
import { calendarFileRoutes } from './modules/publishing/calendar-file.routes.ts'
import { handOffRoutes } from './modules/publishing/hand-off.routes.ts'
import { publicationRoutes } from './modules/publishing/publication.routes.ts'
import { scheduleRoutes } from './modules/publishing/schedule.routes.ts'
import { webhookRoutes } from './modules/publishing/webhook.routes.ts'
import { workerRoutes } from './modules/publishing/worker.routes.ts'
import { resolveWorkers } from './modules/publishing/worker.service.ts'
import { scriptRoutes } from './modules/scripts/script.routes.ts'
import { workRoutes } from './modules/work/work.routes.ts'

/** JSON bodies are small; files come in pieces through their own routes. */
const BODY_LIMIT = 1024 * 1024
/** Generous for a person with many tabs, tight for a script (requests per minute and address). */
const REQUESTS_PER_MINUTE = 3000

export type AppOptions = {
  /** The built web; null in tests that only speak to the API. */
  readonly webDir: string | null
  /** What is watched while the product runs; without one nothing is measured. */
  readonly watch?: Watch
  /** What /readyz asks beyond the database, e.g. the queue. */
  readonly queueHealth?: () => Promise<QueueHealth>
}

export async function buildApp(deps: Deps, options: AppOptions) {
  const app = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    bodyLimit: BODY_LIMIT,
    trustProxy: deps.settings.trustProxy ?? false,
    genReqId: () => crypto.randomUUID(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
    // All four together: `requestTimeout` alone lets a slow body live for 90 s, because node checks
    // only every 30 s and swaps the limits when the request's is below the headers'.
    requestTimeout: 30_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  await app.register(cookie)
  logRequests(app)
  guardRoutes(app, {
    secureCookie: deps.settings.secureCookie,
    publicUrl: deps.settings.publicUrl,
    resolve: (token, wanted) => resolveActor(deps, token, wanted),
    resolveWorkers: (bearer) => resolveWorkers(deps, bearer),
  })
  answerErrors(app)
  answerOnce(app, deps)
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    // A worker in a burst asks five times for each post; its credential cannot be guessed.
    allowList: (request) => (request.workers?.length ?? 0) > 0,
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // antd writes its styles into <style> elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: deps.settings.secureCookie,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(multipart, { limits: { fileSize: 20 * 1024 * 1024, files: 1, fields: 10 } })
  await serveOpenApi(app)
  serveHealth(app, deps, options.queueHealth)
  serveLiveChanges(app, deps.db, (actor) => isStillSignedIn(deps, actor))

  await app.register(identityRoutes, deps)
  await app.register(institutionRoutes, deps)
  await app.register(doctorRoutes, deps)
  await app.register(accountRoutes, deps)
  await app.register(mediaRoutes, deps)
  await app.register(auditRoutes, deps)
  await app.register(scriptRoutes, deps)
  await app.register(complianceRoutes, deps)
  await app.register(publicationRoutes, deps)
  await app.register(scheduleRoutes, deps)
  await app.register(calendarFileRoutes, deps)
  await app.register(handOffRoutes, deps)
  await app.register(workerRoutes, deps)
  await app.register(webhookRoutes, deps)
  await app.register(contentRoutes, deps)
  await app.register(workRoutes, deps)
  await app.register(healthRoutes, { ...deps, watch: options.watch ?? createWatch(deps) })
  await app.register(inboxRoutes, deps)
  await app.register(importRoutes, deps)
  await app.register(bestTimeRoutes, deps)
  await app.register(funnelRoutes, deps)
  await app.register(leadRoutes, deps)
  await app.register(touchRoutes, {
    ...deps,
    touchPage: builtPage(options.webDir, 'touch.html'),
  })

  if (options.webDir) await serveWeb(app, options.webDir)
  return app
}

/** One line per answer: route, not address; no query, no body, no headers. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)'
    const line = { method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }
    if (reply.statusCode >= 500) request.log.error(line, 'answered')
    else request.log.debug(line, 'answered')
  })
}
