import type { Bilingual } from '../text.ts'

/** The files we can read: creator back offices' exports, and the hospital's own lists. */
export const importKinds = [
  'douyin_works',
  'xiaohongshu_notes',
  'visits',
  'orders',
  'costs',
] as const
export type ImportKind = (typeof importKinds)[number]

export const importKindLabels = {
  douyin_works: { zh: '抖音作品列表', en: 'Douyin works' },
  xiaohongshu_notes: { zh: '小红书笔记列表', en: 'Xiaohongshu notes' },
  visits: { zh: '就诊记录', en: 'Visits' },
  orders: { zh: '服务包订单', en: 'Package orders' },
  costs: { zh: '费用表', en: 'Costs' },
} as const satisfies Record<ImportKind, Bilingual>
