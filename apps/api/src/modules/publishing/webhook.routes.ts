import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { takeShareEvent } from './hand-off.service.ts'

/**
 * What platforms tell us by themselves. The signature is over the raw bytes, so the body is not parsed
 * here. Forged: 401 and nothing changes. Everything readable is answered with 200 at once.
 */
export const webhookRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post('/api/webhooks/douyin', { schema: { hide: true } }, async (request) => {
    const adapter = deps.platforms.douyin
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const reading = adapter.readWebhook(raw, request.headers)
    if (reading.kind === 'forged')
      throw new DomainError('UNAUTHENTICATED', { key: 'request.badSignature' })
    if (reading.kind === 'unreadable')
      throw new DomainError('VALIDATION', { key: 'request.invalid' })
    if (reading.kind === 'challenge') return reading.reply
    if (reading.kind === 'posted') await takeShareEvent(deps, reading)
    return { message: 'ok' }
  })
}
