import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A page that another route sends; null where no web is built. */
export const builtPage = (dir: string | null, name: string): string | null =>
  dir !== null && existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8') : null

/**
 * The built web: hashed assets for a year, and one HTML entry per kind of page: the phone's under `/m/`,
 * the desk for everything else that a browser navigates to.
 */
export async function serveWeb(app: FastifyInstance, dir: string): Promise<void> {
  const page = (name: string) => readFileSync(join(dir, name), 'utf8')
  const desk = page('index.html')
  const phone = page('phone.html')
  await app.register(fastifyStatic, {
    root: join(dir, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  })
  const html = (bodyFor: (url: string) => string) => ({
    schema: { hide: true },
    handler: async (request: FastifyRequest, reply: FastifyReply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(bodyFor(request.url)),
  })
  app.get(
    '/m/*',
    html(() => phone),
  )
  // `/m` itself, as people type it, is the phone's too.
  app.get(
    '/*',
    html((url) => (/^\/m(\?|$)/.test(url) ? phone : desk)),
  )
}
