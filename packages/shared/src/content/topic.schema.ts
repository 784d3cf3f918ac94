import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'
import type { Bilingual } from '../text.ts'
import { contentFormat, contentItem, contentTitle } from './content.schema.ts'

const id = z.string().min(1).max(60)
const named = z.object({ id: z.string(), name: z.string() })

/** 1 is made first. */
export const topicPriorities = [1, 2, 3] as const
export type TopicPriority = (typeof topicPriorities)[number]
export const topicPriorityLabels = {
  1: { zh: '优先', en: 'First' },
  2: { zh: '一般', en: 'Normal' },
  3: { zh: '备选', en: 'Reserve' },
} as const satisfies Record<TopicPriority, Bilingual>

export const topic = z.object({
  id: z.string(),
  title: z.string(),
  doctor: named.nullable(),
  department: named.nullable(),
  specialtyLine: named.nullable(),
  format: z.string(),
  audience: z.string(),
  hook: z.string(),
  priority: z.int(),
  note: z.string(),
  /** Content items made from it so far. */
  contentCount: z.int(),
  archived: z.boolean(),
  revision: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Topic = z.infer<typeof topic>

const choice = id.optional().catch(undefined)
export const listTopics = defineEndpoint({
  route: 'GET /api/topics',
  summary: 'Topics, the urgent ones first',
  query: z.object({
    ...listQuery,
    doctorId: choice,
    specialtyLineId: choice,
    /** Only those nothing has been made from, or only those something has. */
    used: z.enum(['no', 'yes']).optional().catch(undefined),
  }),
  response: pageOf(topic),
})

const topicFields = {
  title: contentTitle,
  doctorId: id.nullable(),
  departmentId: id.nullable(),
  specialtyLineId: id.nullable(),
  format: contentFormat,
  audience: z.string().trim().max(60),
  hook: z.string().trim().max(100),
  priority: z.int().min(1).max(3),
  note: z.string().trim().max(1000),
}

export const createTopic = defineEndpoint({
  route: 'POST /api/topics',
  summary: 'Write down a topic',
  body: z.object({
    title: topicFields.title,
    doctorId: topicFields.doctorId.default(null),
    departmentId: topicFields.departmentId.default(null),
    specialtyLineId: topicFields.specialtyLineId.default(null),
    format: topicFields.format.default('口播'),
    audience: topicFields.audience.default(''),
    hook: topicFields.hook.default(''),
    priority: topicFields.priority.default(2),
    note: topicFields.note.default(''),
  }),
  response: topic,
})

export const updateTopic = defineEndpoint({
  route: 'PATCH /api/topics/:topicId',
  summary: 'Change a topic; items already made from it keep what they have',
  params: z.object({ topicId: id }),
  body: z.object({ revision: revisionField, ...z.object(topicFields).partial().shape }),
  response: topic,
})

export const archiveTopic = defineEndpoint({
  route: 'POST /api/topics/:topicId/archive',
  summary: 'Take a topic out of the list, or bring it back',
  params: z.object({ topicId: id }),
  body: archiveBody,
  response: topic,
})

export const startTopic = defineEndpoint({
  route: 'POST /api/topics/:topicId/start',
  summary: 'Make a content item of a topic; it stands in script at once',
  params: z.object({ topicId: id }),
  body: z.object({
    doctorId: id.nullable().optional(),
    ownerUserId: id.nullable().optional(),
    platforms: z.array(z.enum(platforms)).max(platforms.length).default([]),
    dueOn: z.iso.date().nullable().default(null),
  }),
  response: contentItem,
})
