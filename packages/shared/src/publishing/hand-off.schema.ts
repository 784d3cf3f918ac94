import { z } from 'zod'
import { platforms, publishRoutes } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { publicationStates } from './publication-state.ts'

const params = z.object({ publicationId: z.string() })

export const handOffItem = z.object({
  publicationId: z.string(),
  contentTitle: z.string(),
  accountName: z.string(),
  platform: z.enum(platforms),
  route: z.enum(publishRoutes),
  state: z.enum(publicationStates),
  dueAt: z.iso.datetime(),
  /** When it will be given up as expired. */
  deadline: z.iso.datetime(),
  posterUrl: z.string(),
  accountId: z.string(),
  /** Whoever hands it off: who took it over, or the account's owner; null: nobody in particular. */
  who: z.object({ userId: z.string(), name: z.string() }).nullable(),
  /** Somebody else than the account's owner took it over. */
  takenOver: z.boolean(),
})
export type HandOffItem = z.infer<typeof handOffItem>

/** Due now first, then what comes in the next 24 hours. A link session sees its own item only. */
export const listHandOffs = defineEndpoint({
  route: 'GET /api/hand-offs',
  summary: 'Posts that wait for a person with a phone',
  response: z.object({ items: z.array(handOffItem) }),
})

/** `userId` null: back to the account's owner. */
export const takeOverHandOff = defineEndpoint({
  route: 'POST /api/hand-offs/:publicationId/take-over',
  summary: 'Say who hands this post off',
  params,
  body: z.object({ userId: z.string().max(60).nullable() }),
  response: handOffItem,
})

/** All a person needs on a phone: words to copy, files to save, the app to open, what to declare. */
export const handOffCard = handOffItem.extend({
  accountHandle: z.string(),
  timeZone: z.string(),
  title: z.string(),
  caption: z.string(),
  /** The hashtags as the app takes them, '' where it has none; in the caption too unless `tagsApart`. */
  hashtags: z.string(),
  tagsApart: z.boolean(),
  /** Short-lived signed addresses that need no login. */
  videoUrl: z.string(),
  coverUrl: z.string().nullable(),
  videoSizeBytes: z.int(),
  videoDurationMs: z.int(),
  declarations: z.array(
    z.object({
      id: z.string(),
      zh: z.string(),
      en: z.string(),
      where: z.enum(['in_app', 'in_content']),
    }),
  ),
  /** Opens the platform's app with the video filled in (Douyin); null where there is no such way. */
  share: z.object({ openUrl: z.string(), expiresAt: z.iso.datetime() }).nullable(),
  /** Opens the app itself. */
  appUrl: z.string().nullable(),
  webUrl: z.string().nullable(),
  remoteUrl: z.string().nullable(),
  revision: z.int(),
})
export type HandOffCard = z.infer<typeof handOffCard>

export const getHandOff = defineEndpoint({
  route: 'GET /api/hand-offs/:publicationId',
  summary: 'The hand-off card of one publication',
  params,
  response: handOffCard,
})

export const giveProof = defineEndpoint({
  route: 'POST /api/hand-offs/:publicationId/proof',
  summary: 'Close a hand-off with the link of the post',
  params,
  body: z.object({
    link: z.string().trim().min(1).max(2000),
    declared: z.array(z.string().max(60)).max(20),
  }),
  response: handOffCard,
})

/** multipart/form-data: `file` (jpg or png, at most 10 MB) and `declared` (comma-separated ids). */
export const giveScreenshot = defineEndpoint({
  route: 'POST /api/hand-offs/:publicationId/screenshot',
  summary: 'Close a hand-off with a photograph of the screen',
  params,
  response: handOffCard,
})

/** The link carries its secret in the fragment, which no server log and no referrer ever sees. */
export const createHandOffLink = defineEndpoint({
  route: 'POST /api/publications/:publicationId/hand-off-links',
  summary: 'A single-use link that opens this hand-off on a phone',
  params,
  body: z.object({ userId: z.string().max(60).optional() }),
  response: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
})
