import { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { MemoryLocker, Metadata, Server } from '@tus/server'
import { uploadLifeMs } from '@xingbo/shared/media/asset.rules'
import { uploadPath } from '@xingbo/shared/media/asset.schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { actorOf } from '../../http/route.ts'
import type { AssetRow } from './asset.repository.ts'
import { uploadsDir } from './inspecting/media-files.ts'
import { beginUpload, cancelUpload, findOwnUpload, finishUpload } from './upload.service.ts'

/** What tus says back; the rest of its headers are about other origins, which have no business here. */
const tusHeaders = ['tus-resumable', 'upload-offset', 'upload-length', 'location', 'cache-control']
const tusVersion = '1.0.0'
/** No deferred length: the size is checked before the first byte. */
const extensions = ['creation', 'creation-with-upload', 'termination']
const piece = 'application/offset+octet-stream'
/** How the id made by the service reaches the library, whatever the caller may have put there. */
const idHeader = 'x-asset-id'

type ById = { Params: { uploadId: string } }

/**
 * Uploads by tus 1.0. The library speaks the protocol and writes the bytes; who may do what, and what an
 * upload is, stays with the service. Bodies are streamed and so have no size limit of their own.
 */
export function serveUploads(app: FastifyInstance, deps: Deps): void {
  let opened: Server | null = null
  app.addContentTypeParser(piece, (_request, payload, done) => done(null, payload))

  /** Lets the library answer; its refusals become ours. Returns the offset the upload stands at. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    extra: Record<string, string> = {},
  ): Promise<number | null> {
    opened ??= openTus(deps)
    const response = await opened.handleWeb(webRequest(request, extra))
    for (const name of tusHeaders) {
      const value = response.headers.get(name)
      if (value !== null) reply.header(name, value)
    }
    if (response.status >= 400) throw refusal(response.status)
    reply.code(response.status)
    const offset = response.headers.get('upload-offset')
    return offset === null ? null : Number(offset)
  }
  const expires = (reply: FastifyReply, row: AssetRow) =>
    reply.header('upload-expires', new Date(row.createdAt.getTime() + uploadLifeMs).toUTCString())

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url?.startsWith(uploadPath)) reply.header('tus-resumable', tusVersion)
  })

  app.route({
    method: 'OPTIONS',
    url: '/api/uploads',
    schema: { summary: 'What this tus server can do', tags: ['uploads'] },
    handler: async (_request, reply) =>
      reply
        .code(204)
        .header('tus-version', tusVersion)
        .header('tus-extension', extensions.join(','))
        .header('tus-max-size', deps.settings.maxUploadBytes)
        .send(),
  })
  app.route({
    method: 'POST',
    url: '/api/uploads',
    schema: { summary: 'Begin a resumable upload (tus 1.0)', tags: ['uploads'] },
    handler: async (request, reply) => {
      const actor = actorOf(request)
      const sizeBytes = sizeOf(request.headers['upload-length'])
      const metadata = metadataOf(request.headers['upload-metadata'])
      const id = await beginUpload(deps, actor, { metadata, sizeBytes })
      const offset = await answer(request, reply, { [idHeader]: id })
      const row = await findOwnUpload(deps, actor, id)
      if (offset === row.sizeBytes) await finishUpload(deps, row, actor)
      return expires(reply, row).send()
    },
  })
  app.route<ById>({
    method: 'HEAD',
    url: '/api/uploads/:uploadId',
    schema: { summary: 'How far an upload has come', tags: ['uploads'] },
    handler: async (request, reply) => {
      const row = await findOwnUpload(deps, actorOf(request), request.params.uploadId)
      if (row.state === 'uploading') {
        const offset = await answer(request, reply)
        // Whole, but the answer that said so never arrived.
        if (offset === row.sizeBytes) await finishUpload(deps, row, actorOf(request))
        else expires(reply, row)
      } else {
        reply.header('upload-offset', row.sizeBytes).header('upload-length', row.sizeBytes)
        reply.header('cache-control', 'no-store')
      }
      return reply.send()
    },
  })
  app.route<ById>({
    method: 'PATCH',
    url: '/api/uploads/:uploadId',
    schema: { summary: 'Send the next piece of an upload', tags: ['uploads'] },
    handler: async (request, reply) => {
      const row = await findOwnUpload(deps, actorOf(request), request.params.uploadId)
      // Its bytes have moved on; whatever position is meant, it is not the right one.
      if (row.state !== 'uploading') throw refusal(409)
      const offset = await answer(request, reply)
      if (offset === row.sizeBytes) await finishUpload(deps, row, actorOf(request))
      else expires(reply, row)
      return reply.send()
    },
  })
  app.route<ById>({
    method: 'DELETE',
    url: '/api/uploads/:uploadId',
    schema: { summary: 'Give up an upload', tags: ['uploads'] },
    handler: async (request, reply) => {
      await cancelUpload(deps, actorOf(request), request.params.uploadId)
      return reply.code(204).send()
    },
  })
}

/** Opened with the first upload: the store makes its folder in the background, where nobody hears it fail. */
function openTus({ settings }: Deps): Server {
  const store = new FileStore({ directory: uploadsDir(settings) })
  store.extensions = extensions
  return new Server({
    path: uploadPath,
    datastore: store,
    maxSize: settings.maxUploadBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: (request) => request.headers.get(idHeader) ?? '',
    // A connection that died unnoticed holds the upload; the one that comes after it takes over soon.
    locker: new MemoryLocker({ acquireLockTimeout: 10_000 }),
    lockDrainTimeout: 200,
  })
}

function webRequest(request: FastifyRequest, extra: Record<string, string>): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries({ ...request.headers, ...extra }))
    if (value !== undefined) headers.set(name, String(value))
  const { body } = request
  return new Request(new URL(request.url, 'http://upload.invalid'), {
    method: request.method,
    headers,
    ...(body instanceof Readable && {
      body: Readable.toWeb(body) as ReadableStream,
      duplex: 'half',
    }),
  })
}

function refusal(status: number): DomainError {
  switch (status) {
    case 404:
    case 410:
      return new DomainError('NOT_FOUND', { key: 'row.notFound' })
    case 409:
      return new DomainError('CONFLICT', { key: 'media.wrongOffset' })
    case 413:
      return new DomainError('TOO_LARGE', { key: 'request.tooLarge' })
    default:
      return status >= 500
        ? new DomainError('UNAVAILABLE', { key: 'media.writeFailed' })
        : new DomainError('VALIDATION', { key: 'request.invalid' })
  }
}

function sizeOf(header: string | string[] | undefined): number {
  const size = Number(header ?? Number.NaN)
  if (Number.isSafeInteger(size) && size >= 0) return size
  throw new DomainError('VALIDATION', { key: 'media.lengthFirst' })
}

function metadataOf(header: string | string[] | undefined): unknown {
  try {
    return Metadata.parse(typeof header === 'string' ? header : '')
  } catch {
    return null
  }
}
