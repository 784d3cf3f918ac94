import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { orderStatuses } from '../metrics/order-status.ts'
import { visitPayStatuses } from '../metrics/visit-status.ts'
import { pageOf } from '../pagination.ts'

/** The lead of the same phone, masked; null for people who never left one. */
const sameLead = z
  .object({ id: z.string(), maskedName: z.string().nullable(), createdAt: z.iso.datetime() })
  .nullable()

export const visit = z.object({
  id: z.string(),
  visitOn: z.string(),
  departmentName: z.string().nullable(),
  doctorName: z.string().nullable(),
  /** Null is unknown, 0 is free. */
  feeFen: z.int().nullable(),
  refundFen: z.int(),
  payStatus: z.enum(visitPayStatuses),
  sourceNote: z.string(),
  lead: sameLead,
})
export type Visit = z.infer<typeof visit>

export const order = z.object({
  id: z.string(),
  orderNumber: z.string(),
  packageName: z.string(),
  orderedAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  paidFen: z.int(),
  refundFen: z.int(),
  status: z.enum(orderStatuses),
  usedTimes: z.int().nullable(),
  totalTimes: z.int().nullable(),
  accountName: z.string().nullable(),
  platform: z.enum(platforms).nullable(),
  touchLabel: z.string().nullable(),
  selfReported: z.string(),
  lead: sameLead,
})
export type Order = z.infer<typeof order>

const pages = {
  /** With a lead of the same phone, or without. */
  matched: z.enum(['yes', 'no']).optional().catch(undefined),
  leadId: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).default(1).catch(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
}

export const listVisits = defineEndpoint({
  route: 'GET /api/visits',
  summary: 'Visits from the hospital’s lists, newest first, without names or phones',
  query: z.object(pages),
  response: pageOf(visit),
})

export const listOrders = defineEndpoint({
  route: 'GET /api/orders',
  summary: 'Service-package orders, newest first, without names or phones',
  query: z.object({ ...pages, status: z.enum(orderStatuses).optional().catch(undefined) }),
  response: pageOf(order),
})
