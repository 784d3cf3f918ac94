import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { listQuery, pageOf, revisionField } from '../pagination.ts'
import { noticeKinds, noticeSubjects, severities } from './notice.ts'

export const notice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  severity: z.enum(severities),
  subject: z.object({ type: z.enum(noticeSubjects), id: z.string() }),
  /** A message of the product with its values; the page says it in its own language. */
  message: z.object({
    key: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** How often this episode was told. */
  times: z.int(),
  muted: z.boolean(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
  /** The matter is over, whoever read it. */
  settledAt: z.iso.datetime().nullable(),
})
export type Notice = z.infer<typeof notice>

export const listNotices = defineEndpoint({
  route: 'GET /api/inbox',
  summary: 'What I was told in this institution, newest first',
  query: z.object({
    kind: z.enum(noticeKinds).optional().catch(undefined),
    show: z.enum(['unread', 'all']).default('unread').catch('unread'),
    page: listQuery.page,
    pageSize: listQuery.pageSize,
  }),
  response: pageOf(notice).extend({ mutedKinds: z.array(z.enum(noticeKinds)) }),
})

export const countNotices = defineEndpoint({
  route: 'GET /api/inbox/count',
  summary: 'How many notices I have not read',
  response: z.object({ unread: z.int(), urgent: z.int() }),
})

export const readNotices = defineEndpoint({
  route: 'POST /api/inbox/read',
  summary: 'Mark notices as read; without ids all of mine',
  body: z.object({ ids: z.array(z.string().max(60)).max(500).optional() }),
  response: z.object({ read: z.int() }),
})

export const muteKinds = defineEndpoint({
  route: 'PUT /api/inbox/muted-kinds',
  summary: 'Which kinds are listed but not counted for me; urgent ones always count',
  body: z.object({ kinds: z.array(z.enum(noticeKinds)).max(noticeKinds.length) }),
  response: z.object({ kinds: z.array(z.enum(noticeKinds)) }),
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const noticeSettings = z.object({
  /** `HH:MM` in the institution's zone; null: no quiet hours. */
  quietFrom: clock.nullable(),
  quietUntil: clock.nullable(),
  /** Minutes before a hand-off is due at which its person is told. */
  beforeMinutes: z.array(z.int().min(1).max(1440)).max(4),
  /** Minutes after which the managers are told too. */
  escalateAfterMinutes: z.int().min(5).max(1380),
  /** 0: never saved, these are the defaults. */
  revision: z.int().min(0),
})
export type NoticeSettings = z.infer<typeof noticeSettings>

export const getNoticeSettings = defineEndpoint({
  route: 'GET /api/notice-settings',
  summary: 'How this institution is reminded, and when it wants quiet',
  response: noticeSettings,
})

export const changeNoticeSettings = defineEndpoint({
  route: 'PUT /api/notice-settings',
  summary: 'Change reminders and quiet hours',
  body: noticeSettings,
  response: noticeSettings.extend({ revision: revisionField }),
})
