import type { Bilingual } from '../text.ts'

/** How a visit was paid, as the hospital's list says it; `unknown` when the cell is empty. */
export const visitPayStatuses = [
  'paid',
  'insured',
  'unpaid',
  'refunded',
  'partly_refunded',
  'unknown',
] as const
export type VisitPayStatus = (typeof visitPayStatuses)[number]

/** The Chinese label is also the word the hospital's list uses, `unknown` apart. */
export const visitPayStatusLabels = {
  paid: { zh: '已支付', en: 'Paid' },
  insured: { zh: '医保已结算', en: 'Settled by insurance' },
  unpaid: { zh: '未支付', en: 'Unpaid' },
  refunded: { zh: '已退费', en: 'Refunded' },
  partly_refunded: { zh: '部分退费', en: 'Partly refunded' },
  unknown: { zh: '未填写', en: 'Not filled in' },
} as const satisfies Record<VisitPayStatus, Bilingual>
