import type { Socket } from 'node:net'
import type { ErrorBody } from '@xingbo/shared/errors'
import { issueSentence } from '@xingbo/shared/issues'
import { type Message, say } from '@xingbo/shared/messages'
import type { Language } from '@xingbo/shared/text'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod'
import { DomainError, statusOf } from './errors.ts'

/** Chinese unless the reader's first choice is English. */
export const languageOf = (request: FastifyRequest): Language =>
  request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorBody['code'],
  reason: Message,
  issues?: ErrorBody['issues'],
) {
  const body: ErrorBody = {
    code,
    message: say(languageOf(request), reason),
    requestId: request.id,
    ...(issues && issues.length > 0 && { issues }),
  }
  return reply.code(statusOf[code]).header('cache-control', 'no-store').send(body)
}

/** Fastify's own refusals, by its error code, in our words. */
const known: Record<string, { code: ErrorBody['code']; key: Message['key'] }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'TOO_LARGE', key: 'request.tooLarge' },
  FST_REQ_FILE_TOO_LARGE: { code: 'TOO_LARGE', key: 'request.tooLarge' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'UNSUPPORTED', key: 'request.unsupported' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: 'UNSUPPORTED', key: 'request.unsupported' },
}

type StoreTrouble = { readonly key: Message['key']; readonly retryAfter: number }

/** A write the database could not make: nothing was saved, and the same may work later. */
function storeTrouble(error: { code?: unknown; cause?: unknown }): StoreTrouble | null {
  const { cause } = error
  const inner = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  const code = [error.code, inner].find(
    (one): one is string => typeof one === 'string' && one.startsWith('SQLITE_'),
  )
  if (!code) return null
  if (code.startsWith('SQLITE_BUSY')) return { key: 'request.busy', retryAfter: 2 }
  if (code === 'SQLITE_FULL') return { key: 'request.diskFull', retryAfter: 60 }
  const disk = /^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code)
  return disk ? { key: 'request.diskTrouble', retryAfter: 60 } : null
}

/** What the form reader says of a body that ends early or is no form; it gives these no code. */
const brokenForm = /^(Unexpected end of (form|multipart data)|Part terminated early|Malformed part)/

/** One error body for everything. What went wrong inside goes to the log, never to the caller. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, 'NOT_FOUND', { key: 'request.notFound' }),
  )
  app.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
    if (error instanceof DomainError) {
      const issues = error.issues?.map((issue) => ({
        path: issue.path,
        message: say(languageOf(request), issue.reason),
      }))
      return send(request, reply, error.code, error.reason, issues)
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const issues = error.validation.map((v) => ({
        path: v.instancePath,
        message: issueSentence(
          { ...v.params, code: v.keyword, path: [], message: v.message } as Parameters<
            typeof issueSentence
          >[0],
          languageOf(request),
        ),
      }))
      return send(request, reply, 'VALIDATION', { key: 'request.invalid' }, issues)
    }
    const store = storeTrouble(error)
    if (store) {
      request.log.error({ err: error }, 'the database could not write')
      return send(request, reply.header('retry-after', String(store.retryAfter)), 'UNAVAILABLE', {
        key: store.key,
      })
    }
    const own = known[error.code]
    if (own) return send(request, reply, own.code, { key: own.key })
    if (error.statusCode === 429)
      return send(request, reply, 'TOO_MANY', { key: 'request.tooMany' })
    if (brokenForm.test(error.message))
      return send(request, reply, 'VALIDATION', { key: 'request.invalid' })
    if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
      return send(request, reply, 'VALIDATION', { key: 'request.invalid' })
    if (isResponseSerializationError(error))
      request.log.error({ err: error.cause }, 'an answer does not fit its declared shape')
    else request.log.error({ err: error }, 'unexpected error')
    return send(request, reply, 'INTERNAL', { key: 'request.internal' })
  })
}

/** An address no route can be looked up by: undecodable, or with an id longer than any of ours. */
export function answerBadAddress(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  send(request, reply.header('x-request-id', request.id), 'NOT_FOUND', { key: 'request.notFound' })
}

/** What never became a request (broken HTTP, headers too late) gets the same body, and the line is cut. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const body: ErrorBody = {
    code: 'VALIDATION',
    message: say('zh', { key: 'request.invalid' }),
    requestId: crypto.randomUUID(),
  }
  const text = JSON.stringify(body)
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  )
}
