import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import type { Database } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import type { TokenSet } from '../../platforms/platform.port.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import type { AccountRow } from './account.repository.ts'
import { findConnection, markHealth, replaceTokens } from './connection.repository.ts'

/** A token must outlive the longest upload it is used for; Kuaishou's live 48 hours. */
const REFRESH_BEFORE_MS = 3_600_000
/** With less than this left a token may end on its way to the platform. */
const LAST_USE_MS = 60_000

/** A token that works now, or why there is none. Nothing was published either way: both may be tried again. */
export type UsableToken =
  | { readonly kind: 'ok'; readonly accessToken: string }
  | {
      readonly kind: 'refused'
      readonly category: PlatformErrorCategory
      /** The platform's code, or ours. */
      readonly code: string
      readonly message: string
      readonly retryable: boolean
    }

const refuse = (category: PlatformErrorCategory, code: string, retryable = false): UsableToken => ({
  kind: 'refused',
  category,
  code,
  message: '',
  retryable,
})

const accessPlace = (id: string) => `accounts.access_token.${id}`
const refreshPlace = (id: string) => `accounts.refresh_token.${id}`

/** Both tokens as the row keeps them: sealed, each bound to its column and row. */
export const sealTokens = (vault: InstitutionVault, accountId: string, tokens: TokenSet) => ({
  accessToken: vault.seal(accessPlace(accountId), tokens.accessToken),
  accessTokenExpiresAt: tokens.accessTokenExpiresAt,
  refreshToken: tokens.refreshToken && vault.seal(refreshPlace(accountId), tokens.refreshToken),
  refreshTokenExpiresAt: tokens.refreshTokenExpiresAt,
})

/** One refresh per account at a time: each gives both tokens anew, and a second would spend a spent one. */
const refreshing = new WeakMap<Database, Map<string, Promise<UsableToken>>>()

/**
 * A Kuaishou token good for at least an hour, refreshed first where it is not; where the platform does not answer
 * the old one while it lasts. `refused` is a token the platform has just turned away as expired: another is
 * fetched even if the clock says it still holds. Where its owner has withdrawn the authorisation, the account's
 * health becomes `reauth_needed`. Calls the platform: never inside a transaction.
 */
export async function accessTokenFor(
  deps: Deps,
  institutionId: string,
  accountId: string,
  refused?: string,
): Promise<UsableToken> {
  const held = await present(deps, institutionId, accountId)
  if ('kind' in held) return held
  if (held.left > REFRESH_BEFORE_MS && held.token !== refused)
    return { kind: 'ok', accessToken: held.token }
  const fresh = await refreshOnce(deps, institutionId, accountId, refused)
  const lasts = held.left > LAST_USE_MS && held.token !== refused
  if (fresh.kind === 'refused' && fresh.retryable && lasts)
    return { kind: 'ok', accessToken: held.token }
  return fresh
}

type Connected = AccountRow & { refreshToken: string }
type Held = {
  readonly account: Connected
  readonly vault: InstitutionVault
  readonly token: string
  /** Milliseconds until the token ends. */
  readonly left: number
}

/** What the row holds now, or why it holds nothing usable. */
async function present(
  deps: Deps,
  institutionId: string,
  accountId: string,
): Promise<Held | UsableToken> {
  const account = found(await findConnection(deps.db.read, institutionId, accountId))
  const { accessToken, accessTokenExpiresAt, refreshToken } = account
  if (!accessToken || !accessTokenExpiresAt || !refreshToken)
    return refuse('auth_revoked', 'not_connected')
  if (account.health === 'reauth_needed') return refuse('auth_revoked', 'reauth_needed')
  const vault = await institutionVault(deps, deps.db.read, institutionId)
  return {
    account: { ...account, refreshToken },
    vault,
    token: vault.open(accessPlace(accountId), accessToken),
    left: accessTokenExpiresAt.getTime() - deps.now().getTime(),
  }
}

function refreshOnce(
  deps: Deps,
  institutionId: string,
  accountId: string,
  refused: string | undefined,
): Promise<UsableToken> {
  const running = refreshing.get(deps.db) ?? new Map<string, Promise<UsableToken>>()
  refreshing.set(deps.db, running)
  const already = running.get(accountId)
  if (already) return already
  const mine = refresh(deps, institutionId, accountId, refused).finally(() =>
    running.delete(accountId),
  )
  running.set(accountId, mine)
  return mine
}

async function refresh(
  deps: Deps,
  institutionId: string,
  accountId: string,
  refused: string | undefined,
): Promise<UsableToken> {
  // Read again: the refresh that ended while we waited has spent the token we saw.
  const held = await present(deps, institutionId, accountId)
  if ('kind' in held) return held
  if (held.left > REFRESH_BEFORE_MS && held.token !== refused)
    return { kind: 'ok', accessToken: held.token }
  const { account, vault } = held
  const { refreshToken: before, refreshTokenExpiresAt } = account
  const { kuaishou } = deps.platforms
  if (!kuaishou.configured) return refuse('not_configured', 'not_configured')
  if (refreshTokenExpiresAt && refreshTokenExpiresAt <= deps.now())
    return lose(deps, account, 'refresh_token_expired')
  const answer = await kuaishou.tokens.refresh(vault.open(refreshPlace(accountId), before))
  if (answer.kind === 'unknown') return refuse('unreachable', answer.why, true)
  if (answer.kind === 'refused')
    return answer.category === 'auth_revoked' ? lose(deps, account, answer.code) : answer
  const tokens = answer.value
  const kept = await deps.db.inTransaction((tx) =>
    replaceTokens(
      tx,
      { institutionId, id: accountId, before },
      sealTokens(vault, accountId, tokens),
    ),
  )
  return kept ? { kind: 'ok', accessToken: tokens.accessToken } : reconnected
}

/** Somebody reconnected while we asked: theirs stand, and the next try reads them. */
const reconnected = refuse('auth_expired', 'reconnected_meanwhile', true)

async function lose(deps: Deps, account: Connected, code: string): Promise<UsableToken> {
  return (await markLost(deps, account, code)) ? refuse('auth_revoked', code) : reconnected
}

async function markLost(
  deps: Deps,
  { institutionId, id, refreshToken: before, health }: Connected,
  code: string,
): Promise<boolean> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const key = { institutionId, id, before }
    if (!(await markHealth(tx, key, { health: 'reauth_needed', updatedAt: at }))) return false
    await recordAudit(tx, systemActor(institutionId), at, {
      action: 'account.authorization_lost',
      subjectType: 'account',
      subjectId: id,
      detail: { code, health: [health, 'reauth_needed'] },
    })
    return true
  })
}

/** The platform has answered a call made with `token` with "no longer authorised" (`auth_revoked`). */
export async function authorizationLost(
  deps: Deps,
  institutionId: string,
  accountId: string,
  { token, code }: { token: string; code: string },
): Promise<void> {
  const held = await present(deps, institutionId, accountId)
  if (!('kind' in held) && held.token === token) await markLost(deps, held.account, code)
}
