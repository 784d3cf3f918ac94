import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import type { Bilingual } from '../text.ts'

/** What can be stopped. Checked again inside the transaction that submits a publication (product §3 law 5). */
export const holdKinds = ['doctor', 'account', 'topic', 'content'] as const
export type HoldKind = (typeof holdKinds)[number]
export const holdKindLabels = {
  doctor: { zh: '医生', en: 'Doctor' },
  account: { zh: '平台账号', en: 'Account' },
  topic: { zh: '选题', en: 'Topic' },
  content: { zh: '内容', en: 'Content' },
} as const satisfies Record<HoldKind, Bilingual>

/** Long enough for a sentence with its ground, short enough for a banner. */
export const reasonText = z.string().trim().min(2).max(300)

export const hold = z.object({
  id: z.string(),
  kind: z.enum(holdKinds),
  subjectId: z.string(),
  subjectName: z.string(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: z.iso.datetime(),
  liftedBy: z.string().nullable(),
  liftedAt: z.iso.datetime().nullable(),
})
export type Hold = z.infer<typeof hold>

export const listHolds = defineEndpoint({
  route: 'GET /api/holds',
  summary: 'Holds in force, or also those lifted',
  query: z.object({
    show: z.enum(['active', 'all']).default('active').catch('active'),
    kind: z.enum(holdKinds).optional().catch(undefined),
    subjectId: z.string().max(60).optional().catch(undefined),
  }),
  response: z.object({ items: z.array(hold) }),
})

export const placeHold = defineEndpoint({
  route: 'POST /api/holds',
  summary: 'Stop a doctor, an account, a topic or a content item from being published',
  body: z.object({
    kind: z.enum(holdKinds),
    subjectId: z.string().min(1).max(60),
    reason: reasonText,
  }),
  response: hold,
})

export const liftHold = defineEndpoint({
  route: 'POST /api/holds/:holdId/lift',
  summary: 'End a hold, saying why it may go on',
  params: z.object({ holdId: z.string().max(60) }),
  body: z.object({ reason: reasonText }),
  response: hold,
})
