import { costKinds } from '@xingbo/shared/metrics/cost-kind'
import { orderStatuses } from '@xingbo/shared/metrics/order-status'
import { visitPayStatuses } from '@xingbo/shared/metrics/visit-status'
import { z } from 'zod'
import type { NewImportRow } from './import.repository.ts'

/** What became of one row of a file, ready to be written down. */
export type RowOutcome = Required<
  Pick<NewImportRow, 'rowNumber' | 'fate' | 'label' | 'reasons' | 'rowKey' | 'publicationId'>
> &
  Required<Pick<NewImportRow, 'candidates'>> & { readonly parsed: PendingRow | null }

const count = z.int().nullable()
const share = z.number().nullable()

/** Counts of a work as of the file's moment; null is unknown, never zero. */
export const figures = z.object({
  impressions: count,
  plays: count,
  likes: count,
  comments: count,
  shares: count,
  favorites: count,
  profileVisits: count,
  followersGained: count,
  completionRate: share,
  avgPlaySeconds: share,
  coverClickRate: share,
})
export type Figures = z.infer<typeof figures>

const visit = z.object({
  rowHash: z.string(),
  visitOn: z.string(),
  departmentId: z.string().nullable(),
  doctorId: z.string().nullable(),
  phoneIndex: z.string().nullable(),
  nameIndex: z.string(),
  feeFen: z.int().nullable(),
  refundFen: z.int(),
  payStatus: z.enum(visitPayStatuses),
  sourceNote: z.string(),
})
const refund = z.object({
  rowHash: z.string(),
  visitHash: z.string().nullable(),
  day: z.string(),
  departmentId: z.string().nullable(),
  phoneIndex: z.string().nullable(),
  nameIndex: z.string(),
  amountFen: z.int(),
})
const order = z.object({
  orderNumber: z.string(),
  packageName: z.string(),
  accountId: z.string().nullable(),
  touchToken: z.string().nullable(),
  selfReported: z.string(),
  phoneIndex: z.string().nullable(),
  orderedAt: z.coerce.date(),
  paidAt: z.coerce.date().nullable(),
  amountFen: z.int(),
  paidFen: z.int(),
  refundFen: z.int(),
  refundedAt: z.coerce.date().nullable(),
  status: z.enum(orderStatuses),
  quantity: z.int(),
  totalTimes: count,
  usedTimes: count,
})
const cost = z.object({
  month: z.string(),
  specialtyLineId: z.string().nullable(),
  accountId: z.string().nullable(),
  kind: z.enum(costKinds),
  amountFen: z.int(),
  rowHash: z.string(),
})

/** What a row that waits would have us write once a person has answered: names and phones as HMACs only. */
export const pendingRow = z.discriminatedUnion('of', [
  z.object({ of: z.literal('work'), publishedAt: z.coerce.date(), figures }),
  z.object({ of: z.literal('visit'), visit }),
  z.object({ of: z.literal('refund'), refund }),
  z.object({ of: z.literal('order'), order }),
  z.object({
    of: z.literal('cost'),
    cost,
    /** Ids of costs an earlier file had in this one's place. */
    replaces: z.array(z.string()),
  }),
])
export type PendingRow = z.infer<typeof pendingRow>

/** What `parsed` of a row holds; null for a row that waits for nothing. */
export const pendingOf = (row: { parsed: unknown }): PendingRow | null =>
  row.parsed === null ? null : pendingRow.parse(row.parsed)
