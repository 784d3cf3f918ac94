import type { Bilingual } from '../text.ts'

/** Where a publication stands. "accepted" is not "published"; "unconfirmed" is an outcome nobody knows yet. */
export const publicationStates = [
  'draft',
  'scheduled',
  'queued',
  'submitting',
  'accepted',
  'published',
  'failed',
  'unconfirmed',
  'awaiting_person',
  'expired',
  'canceled',
  'taken_down',
] as const
export type PublicationState = (typeof publicationStates)[number]

export const publicationStateLabels = {
  draft: { zh: '草稿', en: 'Draft' },
  scheduled: { zh: '已排期', en: 'Scheduled' },
  queued: { zh: '排队中', en: 'Queued' },
  submitting: { zh: '发布中', en: 'Publishing' },
  accepted: { zh: '平台审核中', en: 'Accepted' },
  published: { zh: '已发布', en: 'Published' },
  failed: { zh: '失败', en: 'Failed' },
  unconfirmed: { zh: '待确认', en: 'Unconfirmed' },
  awaiting_person: { zh: '待手机发布', en: 'Waiting for a person' },
  expired: { zh: '已过期', en: 'Expired' },
  canceled: { zh: '已取消', en: 'Canceled' },
  taken_down: { zh: '已下架', en: 'Taken down' },
} as const satisfies Record<PublicationState, Bilingual>

/** States in which nothing has left the house yet: the time may still be moved, the post still be canceled. */
export const openStates = ['draft', 'scheduled', 'queued'] as const satisfies PublicationState[]
/** States in which one account may hold one content item only once. */
export const activeStates = [
  'scheduled',
  'queued',
  'submitting',
  'accepted',
  'published',
  'unconfirmed',
  'awaiting_person',
] as const satisfies PublicationState[]
