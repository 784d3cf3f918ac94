import type { Account } from '@xingbo/shared/accounts/account.schema'
import type { PlatformMode } from '@xingbo/shared/accounts/platform-settings.schema'
import type { AccountView } from './account.repository.ts'

/** Field by field: the row holds tokens. */
export const presentAccount = (view: AccountView): Account => {
  const { row } = view
  return {
    id: row.id,
    platform: row.platform,
    displayName: row.displayName,
    handle: row.handle,
    ownerType: row.ownerType,
    departmentId: row.departmentId,
    departmentName: view.departmentName,
    doctorId: row.doctorId,
    doctorName: view.doctorName,
    certificationKind: row.certificationKind,
    certificationStatus: row.certificationStatus,
    certificationExpiresOn: row.certificationExpiresOn,
    publishRoute: row.publishRoute,
    postLink: row.postLink,
    operatedBy: row.operatedBy,
    followers: row.followers,
    health: row.health,
    healthNote: row.healthNote,
    ownerUserId: row.ownerUserId,
    ownerUserName: view.ownerUserName,
    authorizedUntil: row.accessToken ? (row.refreshTokenExpiresAt?.toISOString() ?? null) : null,
    archived: row.archivedAt !== null,
    revision: row.revision,
  }
}

/** Whom `baseUrl` reaches, told from the platform's own domain and from where our sandbox listens. */
export function modeOf(baseUrl: string, domain: string, sandboxPort: number | null): PlatformMode {
  const { hostname, port, protocol } = new URL(baseUrl)
  if (sandboxPort !== null && hostname === '127.0.0.1' && port === String(sandboxPort))
    return 'sandbox'
  const own = hostname === domain || hostname.endsWith(`.${domain}`)
  return own && protocol === 'https:' ? 'real' : 'custom'
}
