import { z } from 'zod'
import { platforms, publishRoutes } from '../accounts/platform.ts'
import { stages } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { timeZone } from '../institutions/institution.schema.ts'
import { revisionField } from '../pagination.ts'
import { proofStandings } from './proof-standing.ts'
import { publicationLook } from './publication-look.ts'
import { publicationStates } from './publication-state.ts'
import { publishSnapshot } from './snapshot.schema.ts'

/** A sentence of the server with its values; `say` puts it into the reader's language. */
export const reason = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** A publication as lists, the board and the calendar show it. */
export const publication = z.object({
  id: z.string(),
  contentId: z.string(),
  contentTitle: z.string(),
  doctorName: z.string().nullable(),
  accountId: z.string(),
  accountName: z.string(),
  platform: z.enum(platforms),
  route: z.enum(publishRoutes),
  state: z.enum(publicationStates),
  stateEnteredAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  timeZone: z.string(),
  /** The words that go out, as frozen. */
  title: z.string(),
  posterAssetId: z.string(),
  remoteUrl: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  reason: reason.nullable(),
  revision: z.int(),
})
export type Publication = z.infer<typeof publication>

export const attempt = z.object({
  number: z.int(),
  step: z.enum(['claimed', 'uploading', 'uploaded', 'sending', 'answered', 'settled']),
  outcome: z.enum(['accepted', 'refused', 'unknown']).nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  startedAt: z.iso.datetime(),
  uploadedAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  settledAt: z.iso.datetime().nullable(),
})
export type Attempt = z.infer<typeof attempt>

/** One line of the story of a publication, oldest first. `action` has a label in shared/audit. */
export const publicationEvent = z.object({
  at: z.iso.datetime(),
  action: z.string(),
  /** Null: the product itself. */
  actorName: z.string().nullable(),
  from: z.enum(publicationStates).nullable(),
  to: z.enum(publicationStates).nullable(),
  reason: reason.nullable(),
  note: z.string(),
  /** The time set by this act, where it set one, and the one before it. */
  dueAt: z.iso.datetime().nullable(),
  dueBefore: z.iso.datetime().nullable(),
})
export type PublicationEvent = z.infer<typeof publicationEvent>

export const proof = z.object({
  kind: z.enum(['link', 'screenshot', 'webhook']),
  link: z.string().nullable(),
  assetId: z.string().nullable(),
  declared: z.array(z.string()),
  givenBy: z.string().nullable(),
  at: z.iso.datetime(),
  /** How far it was checked against the account and the platform's own figures. */
  standing: z.enum(proofStandings),
  /** What does not fit. */
  doubts: z.array(reason),
  checkedAt: z.iso.datetime().nullable(),
})
export type Proof = z.infer<typeof proof>

export const publicationDetail = publication.extend({
  accountHandle: z.string(),
  snapshot: publishSnapshot,
  snapshotSha256: z.string(),
  remoteId: z.string().nullable(),
  nextCheckAt: z.iso.datetime().nullable(),
  /** Who scheduled it; null: the product itself. */
  createdByName: z.string().nullable(),
  attempts: z.array(attempt),
  /** Every look at the platform and what it showed, oldest first. */
  looks: z.array(publicationLook),
  events: z.array(publicationEvent),
  proofs: z.array(proof),
  touchToken: z.string().nullable(),
})
export type PublicationDetail = z.infer<typeof publicationDetail>

const params = z.object({ publicationId: z.string() })

/** `from` and `to` are instants; without them the newest 200 by due time are given. */
export const listPublications = defineEndpoint({
  route: 'GET /api/publications',
  summary: 'Publications of a period, an item, an account or a state',
  query: z.object({
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    contentId: z.string().max(60).optional(),
    /** Only of items that stand there now; a calendar asks so what is still undated. */
    contentStage: z.enum(stages).optional().catch(undefined),
    accountId: z.string().max(60).optional(),
    platform: z.enum(platforms).optional().catch(undefined),
    state: z.enum(publicationStates).optional().catch(undefined),
    q: z.string().trim().max(100).optional(),
    page: z.coerce.number().int().min(1).default(1),
    pageSize: z.coerce.number().int().min(1).max(3000).default(200),
  }),
  response: z.object({ items: z.array(publication), total: z.int() }),
})

export const getPublication = defineEndpoint({
  route: 'GET /api/publications/:publicationId',
  summary: 'One publication with its frozen words, attempts and story',
  params,
  response: publicationDetail,
})

/** A year ahead is as far as anybody plans; a minute of grace covers clocks and slow forms. */
export const schedulePublications = defineEndpoint({
  route: 'POST /api/contents/:contentId/publications',
  summary: 'Schedule an item on several accounts at once; all of them or none',
  params: z.object({ contentId: z.string() }),
  body: z.object({
    timeZone: timeZone.default('Asia/Shanghai'),
    items: z
      .array(
        z.object({
          accountId: z.string().max(60),
          dueAt: z.iso.datetime(),
          /** Why it goes out although it repeats another post of the account. */
          repeatReason: z.string().trim().max(200).default(''),
        }),
      )
      .min(1)
      .max(30),
  }),
  response: z.object({ items: z.array(publication) }),
})

export const reschedulePublication = defineEndpoint({
  route: 'POST /api/publications/:publicationId/reschedule',
  summary: 'Move the time while nothing has left the house',
  params,
  body: z.object({ revision: revisionField, dueAt: z.iso.datetime() }),
  response: publication,
})

export const cancelPublication = defineEndpoint({
  route: 'POST /api/publications/:publicationId/cancel',
  summary: 'Cancel while nothing has left the house',
  params,
  body: z.object({ revision: revisionField, reason: z.string().trim().max(200).default('') }),
  response: publication,
})

/** The three audited choices for an outcome nobody knows. */
export const resolvePublication = defineEndpoint({
  route: 'POST /api/publications/:publicationId/resolve',
  summary: 'Settle an unconfirmed publication: bind a link, send again, or give up',
  params,
  body: z.discriminatedUnion('choice', [
    z.object({
      choice: z.literal('bind'),
      revision: revisionField,
      link: z.string().trim().min(1).max(2000),
    }),
    z.object({
      choice: z.literal('send_again'),
      revision: revisionField,
      reason: z.string().trim().min(2).max(200),
    }),
    z.object({
      choice: z.literal('give_up'),
      revision: revisionField,
      reason: z.string().trim().min(2).max(200),
    }),
  ]),
  response: publication,
})
