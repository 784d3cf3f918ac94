import * as api from '@xingbo/shared/publishing/hand-off.schema'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { signedMediaUrl, storeProof } from '../media/media.service.ts'
import { presentHandOffCard, presentHandOffItem } from './hand-off.presenter.ts'
import {
  createHandOffLink,
  deadlineOf,
  handOffVerdict,
  MEDIA_URL_SECONDS,
  openShare,
  takeLink,
  takeScreenshot,
} from './hand-off.service.ts'
import { peopleOf, takeOver } from './hand-off-people.service.ts'
import { snapshotOf } from './publication.presenter.ts'
import {
  findPublicationView,
  listHandOffViews,
  type PublicationView,
} from './publication.repository.ts'

/** How far ahead the list looks. */
const AHEAD_MS = 24 * 3_600_000
const qrQuery = z.object({ text: z.string().min(1).max(2000) })
const SCREENSHOT_BYTES = 10 * 1024 * 1024

export const handOffRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const posterOf = (view: PublicationView) => {
    const { cover, media } = snapshotOf(view.row)
    return cover
      ? signedMediaUrl(deps, cover.assetId, MEDIA_URL_SECONDS)
      : signedMediaUrl(deps, media.assetId, MEDIA_URL_SECONDS, 'poster')
  }
  const card = async (
    view: PublicationView,
    share: { openUrl: string; expiresAt: Date } | null,
  ) => {
    const { cover, media } = snapshotOf(view.row)
    return presentHandOffCard(
      view,
      deadlineOf(view.row),
      {
        posterUrl: posterOf(view),
        videoUrl: signedMediaUrl(deps, media.assetId, MEDIA_URL_SECONDS),
        coverUrl: cover && signedMediaUrl(deps, cover.assetId, MEDIA_URL_SECONDS),
      },
      share,
      await peopleOf(deps.db.read, [view]),
    )
  }
  const viewOf = async (request: FastifyRequest, publicationId: string) =>
    found(await findPublicationView(deps.db.read, actorOf(request).institutionId, publicationId))

  app.route({
    ...toRoute(api.listHandOffs),
    handler: async (request) => {
      const actor = actorOf(request)
      const until = new Date(deps.now().getTime() + AHEAD_MS)
      const views = await listHandOffViews(deps.db.read, actor.institutionId, until)
      const { scope } = actor
      const mine =
        scope?.kind === 'hand_off' ? views.filter((v) => v.row.id === scope.publicationId) : views
      const people = await peopleOf(deps.db.read, mine)
      return {
        items: mine.map((v) => presentHandOffItem(v, deadlineOf(v.row), posterOf(v), people)),
      }
    },
  })
  app.route({
    ...toRoute(api.takeOverHandOff),
    handler: async (request) => {
      const { publicationId } = request.params
      const view = await takeOver(deps, actorOf(request), publicationId, request.body.userId)
      const people = await peopleOf(deps.db.read, [view])
      return presentHandOffItem(view, deadlineOf(view.row), posterOf(view), people)
    },
  })
  // A code is drawn here because the phone page has no room for an encoder.
  app.get(
    '/api/qr',
    { schema: { summary: 'A QR code as SVG', tags: ['hand-offs'], querystring: qrQuery } },
    async (request, reply) =>
      reply
        .type('image/svg+xml')
        .header('cache-control', 'private, no-store')
        .send(renderSVG(request.query.text, { border: 2 })),
  )
  app.route({
    ...toRoute(api.getHandOff),
    handler: async (request) => {
      const { publicationId } = request.params
      const view = await viewOf(request, publicationId)
      assertVerdict(await handOffVerdict(deps, view))
      const share = await openShare(deps, view)
      return card(await viewOf(request, publicationId), share)
    },
  })
  app.route({
    ...toRoute(api.giveProof),
    handler: async (request) =>
      card(
        await takeLink(deps, actorOf(request), request.params.publicationId, request.body),
        null,
      ),
  })
  app.route({
    ...toRoute(api.giveScreenshot),
    handler: async (request) => {
      const { publicationId } = request.params
      const actor = actorOf(request)
      await viewOf(request, publicationId)
      const part = await request.file({ limits: { fileSize: SCREENSHOT_BYTES } })
      if (!part) throw new DomainError('RULE_VIOLATION', { key: 'publishing.badScreenshot' })
      const bytes = await part.toBuffer()
      const field = part.fields.declared
      const declared =
        field && 'value' in field ? String(field.value).split(',').filter(Boolean) : []
      const assetId = await storeProof(deps, actor, {
        publicationId,
        fileName: part.filename,
        bytes,
      })
      return card(await takeScreenshot(deps, actor, publicationId, { assetId, declared }), null)
    },
  })
  app.route({
    ...toRoute(api.createHandOffLink),
    handler: async (request) => {
      const { url, expiresAt } = await createHandOffLink(
        deps,
        actorOf(request),
        request.params.publicationId,
        request.body.userId,
      )
      return { url, expiresAt: expiresAt.toISOString() }
    },
  })
}
