import type { Order, Visit } from '@xingbo/shared/leads/patient-record.schema'
import type { OrderView, VisitView } from './patient-record.repository.ts'

type Masked = { readonly name: string } | null

const leadOf = (lead: VisitView['lead'], masked: Masked) =>
  lead && {
    id: lead.id,
    maskedName: masked?.name ?? null,
    createdAt: lead.createdAt.toISOString(),
  }

export const presentVisit = ({ row, ...view }: VisitView, masked: Masked): Visit => ({
  id: row.id,
  visitOn: row.visitOn,
  departmentName: view.departmentName,
  doctorName: view.doctorName,
  feeFen: row.feeFen,
  refundFen: row.refundFen,
  payStatus: row.payStatus,
  sourceNote: row.sourceNote,
  lead: leadOf(view.lead, masked),
})

export const presentOrder = ({ row, ...view }: OrderView, masked: Masked): Order => ({
  id: row.id,
  orderNumber: row.orderNumber,
  packageName: row.packageName,
  orderedAt: row.orderedAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null,
  paidFen: row.paidFen,
  refundFen: row.refundFen,
  status: row.status,
  usedTimes: row.usedTimes,
  totalTimes: row.totalTimes,
  accountName: view.accountName,
  platform: view.platform,
  touchLabel: view.touchLabel,
  selfReported: row.selfReported,
  lead: leadOf(view.lead, masked),
})
