import type { Bilingual } from '../text.ts'

/** From exposure to purchase. The first four are platform counts, from `contact` on they are people's events. */
export const funnelStages = [
  'impression',
  'play',
  'engagement',
  'profile_visit',
  'contact',
  'lead',
  'consultation',
  'visit',
  'purchase',
] as const
export type FunnelStage = (typeof funnelStages)[number]

export const funnelStageLabels = {
  impression: { zh: '曝光', en: 'Impressions' },
  play: { zh: '播放', en: 'Plays' },
  engagement: { zh: '互动', en: 'Engagement' },
  profile_visit: { zh: '主页访问', en: 'Profile visits' },
  contact: { zh: '触达', en: 'Contacts' },
  lead: { zh: '留资', en: 'Leads' },
  consultation: { zh: '问诊', en: 'Consultations' },
  visit: { zh: '到诊', en: 'Visits' },
  purchase: { zh: '服务包成交', en: 'Package purchases' },
} as const satisfies Record<FunnelStage, Bilingual>
