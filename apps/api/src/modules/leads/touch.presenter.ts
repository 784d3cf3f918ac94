import type { TouchToken } from '@xingbo/shared/leads/touch.schema'
import type { TouchTokenView } from './touch.repository.ts'

/** `publicUrl`: what people type into a browser. */
export const presentTouchToken = (
  { row, ...view }: TouchTokenView,
  publicUrl: string,
): TouchToken => ({
  token: row.token,
  url: `${publicUrl}/t/${row.token}`,
  label: row.label,
  publicationId: row.publicationId,
  publicationTitle: view.publicationTitle,
  nature: view.nature,
  accountId: row.accountId,
  accountName: view.accountName,
  platform: view.platform,
  allowedByName: view.allowedByName,
  allowedReason: row.allowedReason,
  createdByName: view.createdByName ?? '—',
  createdAt: row.createdAt.toISOString(),
  disabledAt: row.disabledAt?.toISOString() ?? null,
  contacts: view.contacts,
  machines: view.machines,
  leads: view.leads,
})
