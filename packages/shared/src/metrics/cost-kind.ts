import type { Bilingual } from '../text.ts'

export const costKinds = [
  'production',
  'advertising',
  'people',
  'platform_fee',
  'doctor_reward',
] as const
export type CostKind = (typeof costKinds)[number]

/** The Chinese label is also the word the cost sheet uses for the kind. */
export const costKindLabels = {
  production: { zh: '制作费', en: 'Production' },
  advertising: { zh: '广告投放', en: 'Advertising' },
  people: { zh: '人力', en: 'People' },
  platform_fee: { zh: '平台费用', en: 'Platform fees' },
  doctor_reward: { zh: '医生酬劳', en: 'Doctor reward' },
} as const satisfies Record<CostKind, Bilingual>
