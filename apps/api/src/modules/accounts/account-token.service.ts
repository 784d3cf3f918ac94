import { connectWays } from '@xingbo/shared/accounts/connection.rules'
import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import { type Database, noteChange } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import {
  type Answer,
  type ApiAdapter,
  apiAdapterOf,
  type TokenSet,
} from '../../platforms/platform.port.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import type { AccountRow } from './account.repository.ts'
import { markLost } from './account-lost.service.ts'
import { findConnection, noteRefreshFailure, replaceTokens } from './connection.repository.ts'

/** A token must outlive the longest upload it is used for; Kuaishou's live 48 hours. */
const REFRESH_BEFORE_MS = 3_600_000
/** A 公众号 gets another token only in the last five minutes of the present one (stable_token). */
const REISSUE_BEFORE_MS = 4 * 60_000
/** With less than this left a token may end on its way to the platform. */
const LAST_USE_MS = 60_000
/** A refresh is made by itself this long before the end, or in the last quarter of a shorter life. */
const LONGEST_AHEAD_MS = 24 * 3_600_000
/** A refresh token that can be renewed is renewed this long before its end. */
const RENEW_BEFORE_MS = 3 * 24 * 3_600_000
/** Wait after a refresh that failed; doubles with each. Meanwhile nobody asks the platform again. */
const RETRY_MS = 30_000
const LONGEST_RETRY_MS = 15 * 60_000

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

/** The adapter by which we post for a platform's accounts; null where a person posts. */
export const apiAdapterFor = (
  { platforms }: Pick<Deps, 'platforms'>,
  platform: AccountRow['platform'],
): ApiAdapter | null => apiAdapterOf(platforms[platform])

/** When the token is due anew by itself: ahead of its end, and ahead of the end of what it is refreshed with. */
export function nextRefreshOf(
  platform: AccountRow['platform'],
  tokens: Pick<TokenSet, 'accessTokenExpiresAt' | 'refreshToken' | 'refreshTokenExpiresAt'>,
  now: Date,
  renewals: number,
): Date | null {
  const way = connectWays[platform]
  const end = tokens.accessTokenExpiresAt.getTime()
  if (way?.prolongedBy === 'none') return new Date(end - REISSUE_BEFORE_MS)
  if (!tokens.refreshToken) return null
  const ahead = Math.min(LONGEST_AHEAD_MS, (end - now.getTime()) / 4)
  const renewable = way?.prolongedBy === 'renewal' && renewals < (way.renewals ?? 0)
  const renewAt = renewable
    ? tokens.refreshTokenExpiresAt.getTime() - RENEW_BEFORE_MS
    : Number.POSITIVE_INFINITY
  return new Date(Math.max(now.getTime(), Math.min(end - ahead, renewAt)))
}

/** Accounts connected before refreshes had an hour of their own are due half a day ahead. */
const refreshDueAt = ({ nextRefreshAt, accessTokenExpiresAt }: AccountRow): Date =>
  nextRefreshAt ?? new Date((accessTokenExpiresAt?.getTime() ?? 0) - LONGEST_AHEAD_MS / 2)

/** Both tokens as the row keeps them: sealed, each bound to its column and row. */
export const sealTokens = (vault: InstitutionVault, accountId: string, tokens: TokenSet) => ({
  accessToken: vault.seal(accessPlace(accountId), tokens.accessToken),
  accessTokenExpiresAt: tokens.accessTokenExpiresAt,
  refreshToken: tokens.refreshToken
    ? vault.seal(refreshPlace(accountId), tokens.refreshToken)
    : null,
  refreshTokenExpiresAt: tokens.refreshTokenExpiresAt,
})

/** As `sealTokens`, for an account that is an application of its own: its secret is what new tokens come from. */
export const sealApp = (
  vault: InstitutionVault,
  accountId: string,
  tokens: TokenSet,
  appSecret: string,
) => ({
  ...sealTokens(vault, accountId, { ...tokens, refreshToken: appSecret }),
  refreshTokenExpiresAt: null,
})

/** One refresh per account at a time: each gives both tokens anew, and a second would spend a spent one. */
const refreshing = new WeakMap<Database, Map<string, Promise<UsableToken>>>()

/**
 * A token good for at least an hour, refreshed first where it is not; where the platform does not answer the old
 * one while it lasts. `refused` is a token the platform has just turned away as expired: another is fetched even
 * if the clock says it still holds. Where its owner has withdrawn the authorisation, the account's health becomes
 * `reauth_needed`. Calls the platform: never inside a transaction.
 */
export async function accessTokenFor(
  deps: Deps,
  institutionId: string,
  accountId: string,
  refused?: string,
): Promise<UsableToken> {
  const held = await present(deps, institutionId, accountId)
  if ('kind' in held) return held
  if (stillGood(held, refused)) return { kind: 'ok', accessToken: held.token }
  const fresh = await refreshOnce(deps, institutionId, accountId, { refused })
  const lasts = held.left > LAST_USE_MS && held.token !== refused
  if (fresh.kind === 'refused' && fresh.retryable && lasts)
    return { kind: 'ok', accessToken: held.token }
  return fresh
}

/** The refresh that is due by itself, ahead of the token's end; what came of it stands in the row. */
export async function keepAlive(
  deps: Deps,
  institutionId: string,
  accountId: string,
): Promise<void> {
  await refreshOnce(deps, institutionId, accountId, { ahead: true })
}

type Held = {
  readonly account: AccountRow & { accessToken: string }
  readonly adapter: ApiAdapter
  readonly vault: InstitutionVault
  readonly token: string
  /** Milliseconds until the token ends. */
  readonly left: number
}

function stillGood({ adapter, left, token }: Held, refused: string | undefined): boolean {
  const early = adapter.tokens.kind === 'app' ? REISSUE_BEFORE_MS : REFRESH_BEFORE_MS
  return left > early && token !== refused
}

/** What the row holds now, or why it holds nothing usable. */
async function present(
  deps: Deps,
  institutionId: string,
  accountId: string,
): Promise<Held | UsableToken> {
  const account = found(await findConnection(deps.db.read, institutionId, accountId))
  const { accessToken, accessTokenExpiresAt } = account
  const adapter = apiAdapterFor(deps, account.platform)
  if (!accessToken || !accessTokenExpiresAt || !adapter)
    return refuse('auth_revoked', 'not_connected')
  if (account.health === 'reauth_needed') return refuse('auth_revoked', 'reauth_needed')
  const vault = await institutionVault(deps, deps.db.read, institutionId)
  return {
    account: { ...account, accessToken },
    adapter,
    vault,
    token: vault.open(accessPlace(accountId), accessToken),
    left: accessTokenExpiresAt.getTime() - deps.now().getTime(),
  }
}

/** `ahead`: asked for by the clock, before anybody needs it. */
type Wish = { readonly refused?: string | undefined; readonly ahead?: true }

function refreshOnce(
  deps: Deps,
  institutionId: string,
  accountId: string,
  wish: Wish,
): Promise<UsableToken> {
  const running = refreshing.get(deps.db) ?? new Map<string, Promise<UsableToken>>()
  refreshing.set(deps.db, running)
  const already = running.get(accountId)
  if (already) return already
  const mine = refresh(deps, institutionId, accountId, wish).finally(() =>
    running.delete(accountId),
  )
  running.set(accountId, mine)
  return mine
}

async function refresh(
  deps: Deps,
  institutionId: string,
  accountId: string,
  wish: Wish,
): Promise<UsableToken> {
  // Read again: the refresh that ended while we waited has spent the token we saw.
  const held = await present(deps, institutionId, accountId)
  if ('kind' in held) return held
  const { account, adapter } = held
  const at = deps.now()
  if (!(wish.ahead && refreshDueAt(account) <= at) && stillGood(held, wish.refused))
    return { kind: 'ok', accessToken: held.token }
  if (!adapter.configured) return refuse('not_configured', 'not_configured')
  // A platform that has just not answered is left alone for a while, however many jobs ask.
  if (account.refreshError && account.nextRefreshAt && account.nextRefreshAt > at)
    return refuse('unreachable', account.refreshError, true)
  const { refreshToken, refreshTokenExpiresAt } = account
  if (!refreshToken || (refreshTokenExpiresAt && refreshTokenExpiresAt <= at))
    return lose(deps, account, refreshToken ? 'refresh_token_expired' : 'token_expired')
  const source = held.vault.open(refreshPlace(accountId), refreshToken)
  const answer = await ask(held, source, at, wish.refused !== undefined)
  if (answer.kind === 'ok') return keep(deps, held, answer.value)
  if (answer.kind === 'refused' && answer.category === 'auth_revoked')
    return lose(deps, account, answer.code)
  await noteFailure(deps, account, answer.kind === 'unknown' ? answer.why : answer.code)
  return answer.kind === 'unknown' ? refuse('unreachable', answer.why, true) : answer
}

type Fresh = TokenSet & { readonly renewed: boolean }

/** The one call that gives new tokens; where a platform renews what it refreshes with, that goes first. */
async function ask(
  { adapter, account, token }: Held,
  source: string,
  now: Date,
  turnedAway: boolean,
): Promise<Answer<Fresh>> {
  const { tokens } = adapter
  const openId = account.openId ?? ''
  if (tokens.kind === 'app') {
    const issued = await tokens.issue({ appId: openId, appSecret: source }, { fresh: turnedAway })
    // The secret stays what it is: the platform gives tokens, not another secret.
    return issued.kind === 'ok'
      ? { kind: 'ok', value: { ...issued.value, refreshToken: source, renewed: false } }
      : issued
  }
  const { renewal } = tokens
  const end = account.refreshTokenExpiresAt
  const ending = end !== null && end.getTime() - now.getTime() <= RENEW_BEFORE_MS
  if (renewal && ending && account.renewals < renewal.limit && account.accessTokenExpiresAt) {
    const answer = await renewal.renew(source)
    return answer.kind === 'ok'
      ? {
          kind: 'ok',
          // The access token goes on as it is: a renewal is about what it will be refreshed with.
          value: {
            openId,
            accessToken: token,
            accessTokenExpiresAt: account.accessTokenExpiresAt,
            ...answer.value,
            scopes: account.scopes ?? [],
            renewed: true,
          },
        }
      : answer
  }
  const answer = await tokens.refresh(source)
  return answer.kind === 'ok' ? { kind: 'ok', value: { ...answer.value, renewed: false } } : answer
}

/** Puts the new tokens in the place of the old in one commit: a single-use refresh token is spent by now. */
async function keep(deps: Deps, { account, vault }: Held, tokens: Fresh): Promise<UsableToken> {
  const { id, institutionId, platform } = account
  const kept = await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const renewals = account.renewals + (tokens.renewed ? 1 : 0)
    const sealed = sealTokens(vault, id, tokens)
    const done = await replaceTokens(
      tx,
      { institutionId, id, before: account.accessToken },
      {
        ...sealed,
        // What an application's tokens come from never ends by itself.
        ...(connectWays[platform]?.prolongedBy === 'none' && { refreshTokenExpiresAt: null }),
        ...(tokens.scopes.length > 0 && { scopes: [...tokens.scopes] }),
        refreshedAt: at,
        nextRefreshAt: nextRefreshOf(platform, tokens, at, renewals),
        refreshError: null,
        refreshFailures: 0,
        renewals,
      },
    )
    if (done) noteChange(tx, { institutionId, kind: 'account', id })
    return done
  })
  return kept ? { kind: 'ok', accessToken: tokens.accessToken } : reconnected
}

/** Somebody reconnected while we asked: theirs stand, and the next try reads them. */
const reconnected = refuse('auth_expired', 'reconnected_meanwhile', true)

async function noteFailure(deps: Deps, account: Held['account'], code: string): Promise<void> {
  const { id, institutionId, accessToken: before, refreshFailures } = account
  const wait = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** refreshFailures)
  await deps.db.inTransaction(async (tx) => {
    await noteRefreshFailure(
      tx,
      { institutionId, id, before },
      {
        refreshError: code.slice(0, 60),
        refreshFailures: refreshFailures + 1,
        nextRefreshAt: new Date(deps.now().getTime() + wait),
      },
    )
    noteChange(tx, { institutionId, kind: 'account', id })
  })
}

async function lose(deps: Deps, account: Held['account'], code: string): Promise<UsableToken> {
  return (await markLost(deps, account, code)) ? refuse('auth_revoked', code) : reconnected
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
