import type { Account, AccountConnection } from '@xingbo/shared/accounts/account.schema'
import { connectWays, prolongsItself } from '@xingbo/shared/accounts/connection.rules'
import type { PlatformMode } from '@xingbo/shared/accounts/platform-settings.schema'
import type { AccountRow, AccountView } from './account.repository.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

type Standing = Pick<Account, 'connected' | 'authorizedUntil' | 'prolongsItself' | 'paused'>

/** How the account stands with its platform, as far as its readiness asks. */
export const presentStanding = (row: AccountRow): Standing => ({
  connected: row.accessToken !== null,
  authorizedUntil: row.accessToken ? iso(row.refreshTokenExpiresAt) : null,
  prolongsItself: row.accessToken !== null && prolongsItself(row),
  paused:
    row.pausedAt && row.pausedKey
      ? {
          at: row.pausedAt.toISOString(),
          reason: { key: row.pausedKey, values: { ...row.pausedValues } },
        }
      : null,
})

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
    ...presentStanding(row),
    archived: row.archivedAt !== null,
    revision: row.revision,
  }
}

/** What keeps an account connected; neither token nor secret. */
export const presentConnection = (row: AccountRow, heldPosts: number): AccountConnection => ({
  connectedAt: iso(row.connectedAt),
  appId: connectWays[row.platform]?.by === 'app' ? row.openId : null,
  scopes: row.scopes ?? [],
  tokenUntil: iso(row.accessTokenExpiresAt),
  refreshedAt: iso(row.refreshedAt),
  nextRefreshAt: iso(row.nextRefreshAt),
  refreshError: row.refreshError,
  refreshFailures: row.refreshFailures,
  renewals: row.renewals,
  heldPosts,
})

/** Whom `baseUrl` reaches, told from the platform's own domain and from where our sandbox listens. */
export function modeOf(baseUrl: string, domain: string, sandboxPort: number | null): PlatformMode {
  const { hostname, port, protocol } = new URL(baseUrl)
  if (sandboxPort !== null && hostname === '127.0.0.1' && port === String(sandboxPort))
    return 'sandbox'
  const own = hostname === domain || hostname.endsWith(`.${domain}`)
  return own && protocol === 'https:' ? 'real' : 'custom'
}
