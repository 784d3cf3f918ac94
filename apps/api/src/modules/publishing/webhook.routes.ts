import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { eventKeysOf } from '../accounts/event-keys.service.ts'
import { takeAccountEvent, takeDirectPost, takeWithdrawal } from './account-event.service.ts'
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
    if (reading.kind === 'posted') {
      const { shareId } = reading
      if (shareId === null) await takeDirectPost(deps, 'douyin', reading)
      else await takeShareEvent(deps, { ...reading, shareId })
    }
    if (reading.kind === 'unauthorized') await takeWithdrawal(deps, 'douyin', reading)
    return { message: 'ok' }
  })

  const accountEvents = '/api/webhooks/wechat-oa/:accountId'
  type OfAccount = {
    Params: { accountId: string }
    Querystring: Record<string, string | undefined>
  }
  // Not ours, not connected, not signed: one and the same answer, which tells a stranger nothing.
  const notThePlatform = () => new DomainError('UNAUTHENTICATED', { key: 'request.badSignature' })

  app.get<OfAccount>(accountEvents, { schema: { hide: true } }, async (request, reply) => {
    const keys = await eventKeysOf(deps, request.params.accountId)
    const echo = keys && deps.platforms.wechat_oa.events.answerCheck(keys, request.query)
    if (echo === null) throw notThePlatform()
    return reply.type('text/plain').send(echo)
  })
  app.post<OfAccount>(accountEvents, { schema: { hide: true } }, async (request, reply) => {
    const { accountId } = request.params
    const keys = await eventKeysOf(deps, accountId)
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const event = keys && deps.platforms.wechat_oa.events.read(keys, request.query, raw)
    if (!event || event.kind === 'forged') throw notThePlatform()
    if (event.kind === 'settled') await takeAccountEvent(deps, accountId, event)
    // Anything but this word is taken for a failure and sent again.
    return reply.type('text/plain').send('success')
  })
}
