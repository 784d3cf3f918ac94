import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { complianceStates, signStates } from './card-state.ts'
import { hold } from './hold.schema.ts'
import { natures, stages } from './stage.ts'

const id = z.string().min(1).max(60)
const named = z.object({ id: z.string(), name: z.string() })

/** Platform titles end at 30 to 100 characters; 80 leaves room for a working title. */
export const contentTitle = z.string().trim().min(2).max(80)
export const contentFormat = z.string().trim().max(20)
/** Suggestions only; a team may name its own. */
export const formatSuggestions = ['口播', '问答', '情景剧', '图文', '动画', '直播切片'] as const

/** One card of the board. */
export const contentCard = z.object({
  id: z.string(),
  title: z.string(),
  stage: z.enum(stages),
  resumeStage: z.enum(stages).nullable(),
  stageEnteredAt: z.iso.datetime(),
  /** Why it was sent here, when somebody had to say so. */
  stageReason: z.string(),
  doctor: named.nullable(),
  specialtyLine: named.nullable(),
  owner: named.nullable(),
  platforms: z.array(z.enum(platforms)),
  dueOn: z.iso.date().nullable(),
  overdue: z.boolean(),
  signState: z.enum(signStates),
  complianceState: z.enum(complianceStates),
  /** A hold on the item, its doctor or its topic is in force. */
  held: z.boolean(),
  revision: z.int(),
})
export type ContentCard = z.infer<typeof contentCard>

const sha256 = z.string().nullable()
/** The wire form of LineFacts, so that the page can ask the same rules as the server. */
export const lineFacts = z.object({
  script: z.object({ number: z.int(), sha256: z.string(), authorId: z.string() }).nullable(),
  draftAhead: z.boolean(),
  signedSha256: sha256,
  compliance: z.object({
    ranSha256: sha256,
    openBlocks: z.int(),
    openReviews: z.int(),
    passedSha256: sha256,
  }),
  cut: z.object({ ready: z.boolean(), uploadedBy: z.string().nullable() }),
})

export const contentItem = contentCard.extend({
  topic: z.object({ id: z.string(), title: z.string() }).nullable(),
  department: named.nullable(),
  producer: named.nullable(),
  nature: z.enum(natures),
  format: z.string(),
  finalAssetId: z.string().nullable(),
  coverAssetId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  facts: lineFacts,
  /** Holds in force that stop this item: its own, its doctor's, its topic's. */
  holds: z.array(hold),
})
export type ContentItem = z.infer<typeof contentItem>

const choice = id.optional().catch(undefined)
/** What the board can be narrowed by; the page keeps it in its address. */
export const contentFilters = {
  doctorId: choice,
  specialtyLineId: choice,
  platform: z.enum(platforms).optional().catch(undefined),
  ownerUserId: choice,
  due: z.enum(['overdue']).optional().catch(undefined),
  q: z.string().trim().max(100).optional().catch(undefined),
}

export const listContents = defineEndpoint({
  route: 'GET /api/contents',
  summary: 'The board: how many items stand in each stage, and the first of each column',
  query: z.object({
    ...contentFilters,
    /** Only this column. */
    stage: z.enum(stages).optional().catch(undefined),
    /** Cards per column; the rest is counted only. */
    limit: z.coerce.number().int().min(1).max(500).default(30).catch(30),
  }),
  response: z.object({
    columns: z.array(
      z.object({
        stage: z.enum(stages),
        total: z.int(),
        overdue: z.int(),
        items: z.array(contentCard),
      }),
    ),
  }),
})
export type Board = z.infer<typeof listContents.response>

export const getContent = defineEndpoint({
  route: 'GET /api/contents/:contentId',
  summary: 'One content item with the facts the rules of the line ask about',
  params: z.object({ contentId: id }),
  response: contentItem,
})

const contentFields = {
  title: contentTitle,
  doctorId: id.nullable(),
  departmentId: id.nullable(),
  specialtyLineId: id.nullable(),
  ownerUserId: id.nullable(),
  producerUserId: id.nullable(),
  platforms: z.array(z.enum(platforms)).max(platforms.length),
  dueOn: z.iso.date().nullable(),
  nature: z.enum(natures),
  format: contentFormat,
}

export const createContent = defineEndpoint({
  route: 'POST /api/contents',
  summary: 'Put a new item on the board, blank or from a topic',
  body: z.object({
    title: contentFields.title,
    topicId: id.nullable().default(null),
    stage: z.enum(['topic', 'scripting']).default('scripting'),
    doctorId: contentFields.doctorId.default(null),
    departmentId: contentFields.departmentId.default(null),
    specialtyLineId: contentFields.specialtyLineId.default(null),
    ownerUserId: contentFields.ownerUserId.default(null),
    producerUserId: contentFields.producerUserId.default(null),
    platforms: contentFields.platforms.default([]),
    dueOn: contentFields.dueOn.default(null),
    nature: contentFields.nature.default('science'),
    format: contentFields.format.default('口播'),
  }),
  response: contentItem,
})

export const updateContent = defineEndpoint({
  route: 'PATCH /api/contents/:contentId',
  summary: 'Change what an item is called, who works on it and when it is due',
  params: z.object({ contentId: id }),
  body: z.object({ revision: revisionField, ...z.object(contentFields).partial().shape }),
  response: contentItem,
})

export const moveContent = defineEndpoint({
  route: 'POST /api/contents/:contentId/move',
  summary: 'Take an item to another stage, or to another place in its column',
  params: z.object({ contentId: id }),
  body: z.object({
    revision: revisionField,
    to: z.enum(stages),
    /** Needed where work is sent back or stopped, see `moveNeedsReason`. */
    reason: z.string().trim().max(300).default(''),
    /** The card it comes to lie below, null for the top; left out it goes to the bottom. */
    afterId: id.nullable().optional(),
  }),
  response: contentItem,
})
