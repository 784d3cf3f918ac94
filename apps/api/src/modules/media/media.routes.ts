import { mkdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import * as api from '@xingbo/shared/media/asset.schema'
import type { FastifyError, FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import type { AssetRow } from './asset.repository.ts'
import { uploadsDir } from './inspecting/media-files.ts'
import { stopTools } from './inspecting/run-tool.ts'
import {
  chooseCut,
  discard,
  fileOf,
  openOwn,
  openSigned,
  readContentMedia,
  type Variant,
} from './media.service.ts'
import { serveUploads } from './upload.routes.ts'

/** A checked file never changes under its id; a discarded one must not be shown for long after. */
const ownAge = 'private, max-age=3600'
/** A signed address ends soon, and nobody on the way may keep what it showed. */
const signedAge = 'private, max-age=300'

/** Whatever does not fit is an altered address and refused as such. */
const signedQuery = z.object({
  as: z.enum(['file', 'poster']).default('file').catch('file'),
  exp: z.coerce.number().int().catch(0),
  sig: z.string().max(100).catch(''),
  download: z.literal('1').optional().catch(undefined),
})

export const mediaRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  mkdirSync(deps.settings.mediaDir, { recursive: true })
  mkdirSync(uploadsDir(deps.settings), { recursive: true })
  await app.register(fastifyStatic, { root: deps.settings.mediaDir, serve: false })
  // A film being checked must not hold the stop for a minute; its check starts over at the next start.
  app.addHook('onClose', async () => stopTools())
  // The one refusal that is about a file's bytes; everything else is said as everywhere.
  app.setErrorHandler(
    (error: FastifyError & { headers?: Record<string, string> }, _request, reply) => {
      if (error.statusCode !== 416) throw error
      return reply
        .code(416)
        .headers(error.headers ?? {})
        .send()
    },
  )
  serveUploads(app, deps)

  /** The library answers ranges, conditions and HEAD; what it is sent as is ours to say. */
  const send = async (
    reply: FastifyReply,
    row: AssetRow,
    { as, download, age }: { as: Variant; download: boolean; age: string },
  ) => {
    const { path, mimeType, name } = fileOf(deps, row, as)
    // Asked before the headers say what it is: a 404 is JSON.
    found(await stat(path).catch(() => null))
    const disposition = download ? 'attachment' : 'inline'
    reply
      .header('content-type', mimeType)
      .header('cache-control', age)
      .header('content-disposition', `${disposition}; filename*=UTF-8''${rfc5987(name)}`)
    return reply.sendFile(basename(path), dirname(path), {
      contentType: false,
      cacheControl: false,
    })
  }

  app.route({
    ...toRoute(api.listContentAssets),
    handler: (request) => readContentMedia(deps, actorOf(request), request.params.contentId),
  })
  app.route({
    ...toRoute(api.chooseFinalCut),
    handler: async (request) => {
      const { contentId } = request.params
      await chooseCut(deps, actorOf(request), { contentId, ...request.body })
      return readContentMedia(deps, actorOf(request), contentId)
    },
  })
  app.route({
    ...toRoute(api.discardAsset),
    handler: async (request) => {
      await discard(deps, actorOf(request), request.params.assetId)
      return { done: true as const }
    },
  })
  app.route({
    ...toRoute(api.getAssetFile),
    handler: async (request, reply) =>
      send(reply, await openOwn(deps, actorOf(request), request.params.assetId), {
        as: 'file',
        download: request.query.download === '1',
        age: ownAge,
      }),
  })
  app.route({
    ...toRoute(api.getAssetPoster),
    handler: async (request, reply) =>
      send(reply, await openOwn(deps, actorOf(request), request.params.assetId), {
        as: 'poster',
        download: false,
        age: ownAge,
      }),
  })
  app.route({
    method: 'GET',
    url: '/media/:assetId',
    schema: {
      summary: 'A file by a short-lived signed address, for platforms and phones without a login',
      tags: ['media'],
      params: z.object({ assetId: z.string() }),
      querystring: signedQuery,
    },
    handler: async (request, reply) => {
      const { as, exp, sig, download } = request.query
      const row = await openSigned(deps, { assetId: request.params.assetId, as, exp, sig })
      // The signature is the permission: a platform's own page may show the film too.
      reply.header('cross-origin-resource-policy', 'cross-origin')
      return send(reply, row, { as, download: download === '1', age: signedAge })
    },
  })
}

/** A file name for a header (RFC 5987): percent-encoded, the few marks encodeURIComponent leaves too. */
const rfc5987 = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
