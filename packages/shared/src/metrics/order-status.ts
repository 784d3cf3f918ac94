import type { Bilingual } from '../text.ts'

export const orderStatuses = [
  'unpaid',
  'paid',
  'partly_redeemed',
  'redeemed',
  'partly_refunded',
  'refunded',
  'closed',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

/** The Chinese label is also the word the order list uses. */
export const orderStatusLabels = {
  unpaid: { zh: '待付款', en: 'Unpaid' },
  paid: { zh: '已支付', en: 'Paid' },
  partly_redeemed: { zh: '部分核销', en: 'Partly redeemed' },
  redeemed: { zh: '已完成', en: 'Redeemed' },
  partly_refunded: { zh: '部分退款', en: 'Partly refunded' },
  refunded: { zh: '已退款', en: 'Refunded' },
  closed: { zh: '已关闭', en: 'Closed' },
} as const satisfies Record<OrderStatus, Bilingual>
