import type { Lead } from '@xingbo/shared/leads/lead.schema'
import type { LeadEventView, LeadView } from './lead.repository.ts'

/** `masked`: what a list may show of the name and the phone; null once erased. */
export const presentLead = (
  { row, ...view }: LeadView,
  masked: { name: string; phone: string } | null,
  events: readonly LeadEventView[],
): Lead => ({
  id: row.id,
  maskedName: masked?.name ?? null,
  maskedPhone: masked?.phone ?? null,
  status: row.status,
  advisorUserId: row.advisorUserId,
  advisorName: view.advisorName,
  touchLabel: view.touchLabel,
  publicationTitle: view.publicationTitle,
  accountName: view.accountName,
  platform: view.platform,
  departmentName: view.departmentName,
  wish: row.wish,
  consentPurpose: row.consentPurpose,
  consentVersion: row.consentVersion,
  consentAt: row.consentAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  erasedAt: row.erasedAt?.toISOString() ?? null,
  events: events
    .filter(({ leadId }) => leadId === row.id)
    .map(({ kind, note, at, byName }) => ({
      kind,
      note,
      byName: byName ?? '—',
      at: at.toISOString(),
    })),
  visits: view.visits,
  orders: view.orders,
  revision: row.revision,
})
