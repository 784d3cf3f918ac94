import type { Bilingual } from '../text.ts'

export const leadStatuses = ['new', 'following', 'consulted', 'closed'] as const
export type LeadStatus = (typeof leadStatuses)[number]
export const leadStatusLabels = {
  new: { zh: '待跟进', en: 'New' },
  following: { zh: '跟进中', en: 'Following up' },
  consulted: { zh: '已问诊', en: 'Consulted' },
  closed: { zh: '已结束', en: 'Closed' },
} as const satisfies Record<LeadStatus, Bilingual>

/** What an advisor writes down about a lead; a `consultation` is what the funnel counts as one. */
export const leadEventKinds = ['follow_up', 'consultation', 'closed'] as const
export type LeadEventKind = (typeof leadEventKinds)[number]
export const leadEventKindLabels = {
  follow_up: { zh: '跟进', en: 'Follow-up' },
  consultation: { zh: '问诊', en: 'Consultation' },
  closed: { zh: '结束跟进', en: 'Closed' },
} as const satisfies Record<LeadEventKind, Bilingual>
