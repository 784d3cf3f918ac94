import type { ConnectOutcome } from '@xingbo/shared/accounts/account.labels'
import { connectVerdict } from '@xingbo/shared/accounts/account.rules'
import type { AccountHealth, Platform } from '@xingbo/shared/accounts/platform'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import type { AppCredentials, Refused, TokenSet, Unknown } from '../../platforms/platform.port.ts'
import { newToken, sha256Hex } from '../../security/tokens.ts'
import { type AuditActor, recordAudit } from '../audit/audit.ts'
import { endAlarm } from '../health/alarm.service.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import { releasePostsOf } from '../publishing/account-posts.service.ts'
import { type AccountView, findAccountView, openIdTaken } from './account.repository.ts'
import { apiAdapterFor, nextRefreshOf, sealApp, sealTokens } from './account-token.service.ts'
import {
  deleteOauthStatesBefore,
  findConnection,
  insertOauthState,
  saveConnection,
  spendOauthState,
} from './connection.repository.ts'

/** Long enough to log in at the platform and scan a code, short enough to be of no use to a finder. */
const STATE_LIFE_MS = 10 * 60_000

export const callbackUrlOf = (publicUrl: string, platform: Platform): string =>
  `${publicUrl}/api/oauth/${platform}/callback`

const oldestState = (deps: Deps) => new Date(deps.now().getTime() - STATE_LIFE_MS)

/** The address at which the account's owner lets us act for it. */
export async function startConnect(
  deps: Deps,
  actor: Actor,
  accountId: string,
): Promise<{ url: string }> {
  const { institutionId, userId } = actor
  const account = found(await findConnection(deps.db.read, institutionId, accountId))
  const { platform } = account
  assertVerdict(connectVerdict({ ...account, archived: account.archivedAt !== null }))
  const adapter = apiAdapterFor(deps, platform)
  if (!adapter?.configured)
    throw new DomainError('RULE_VIOLATION', { key: 'account.appNotConfigured' })
  if (adapter.tokens.kind !== 'consent')
    throw new DomainError('RULE_VIOLATION', { key: 'account.connectByApp' })
  const state = newToken()
  await deps.db.inTransaction(async (tx) => {
    await deleteOauthStatesBefore(tx, oldestState(deps))
    await insertOauthState(tx, {
      state: sha256Hex(state),
      institutionId,
      accountId,
      userId,
      createdAt: deps.now(),
    })
  })
  const redirectUri = callbackUrlOf(deps.settings.publicUrl, platform)
  return { url: adapter.tokens.authorizeUrl({ state, redirectUri }) }
}

export type Connected = {
  /** Null when the state is not known (any more), so nobody can say which account it was for. */
  readonly accountId: string | null
  readonly outcome: ConnectOutcome
}

/**
 * The browser is back from the platform. The state counts once, for ten minutes, only for the person it was made
 * for and only at the platform it was made for: an address of ours sent to somebody else's browser, or an answer of
 * one platform brought to another's address, connects nothing. (None of these platforms documents PKCE.)
 */
export async function finishConnect(
  deps: Deps,
  actor: Pick<Actor, 'userId' | 'displayName'> | null,
  platform: Platform,
  { code, state }: { code?: string | undefined; state?: string | undefined },
): Promise<Connected> {
  if (!actor || !state) return { accountId: null, outcome: 'expired' }
  const wish = await deps.db.inTransaction((tx) =>
    spendOauthState(tx, {
      state: sha256Hex(state),
      userId: actor.userId,
      madeAfter: oldestState(deps),
    }),
  )
  if (!wish) return { accountId: null, outcome: 'expired' }
  const { accountId, institutionId } = wish
  const account = await findConnection(deps.db.read, institutionId, accountId)
  if (account?.platform !== platform) return { accountId: null, outcome: 'expired' }
  if (!code) return { accountId, outcome: 'denied' }
  const adapter = apiAdapterFor(deps, platform)
  if (adapter?.tokens.kind !== 'consent') return { accountId, outcome: 'failed' }
  const redirectUri = callbackUrlOf(deps.settings.publicUrl, platform)
  const answer = await adapter.tokens.exchangeCode(code, { redirectUri })
  if (answer.kind !== 'ok') {
    const { kind } = answer
    deps.log.warn({ accountId, platform, kind, ...reasonOf(answer) }, 'no tokens for a code')
    return { accountId, outcome: 'failed' }
  }
  const who = { ...actor, institutionId }
  return { accountId, outcome: await keep(deps, who, accountId, answer.value) }
}

/** Tries the account's own AppID and AppSecret at the platform, and keeps them only if it gives a token for them. */
export async function connectByApp(
  deps: Deps,
  actor: Actor,
  accountId: string,
  app: AppCredentials,
): Promise<AccountView> {
  const { institutionId } = actor
  const account = found(await findConnection(deps.db.read, institutionId, accountId))
  const { platform } = account
  assertVerdict(connectVerdict({ ...account, archived: account.archivedAt !== null }))
  const adapter = apiAdapterFor(deps, platform)
  if (adapter?.tokens.kind !== 'app')
    throw new DomainError('RULE_VIOLATION', { key: 'account.connectByConsent' })
  const answer = await adapter.tokens.issue(app, { fresh: false })
  if (answer.kind === 'unknown' || (answer.kind === 'refused' && answer.retryable))
    throw new DomainError('RULE_VIOLATION', { key: 'account.appUnreachable' })
  if (answer.kind === 'refused')
    throw new DomainError('RULE_VIOLATION', {
      key: 'account.appRefused',
      values: { code: answer.code },
    })
  const tokens = { ...answer.value, openId: app.appId }
  const outcome = await keep(deps, actor, accountId, tokens, app.appSecret)
  if (outcome === 'other_account')
    throw new DomainError('RULE_VIOLATION', { key: 'account.otherApp' })
  if (outcome === 'taken') throw new DomainError('RULE_VIOLATION', { key: 'account.appTaken' })
  return found(await findAccountView(deps.db.read, institutionId, accountId))
}

const reasonOf = (answer: Refused | Unknown) =>
  answer.kind === 'refused' ? { code: answer.code, category: answer.category } : { why: answer.why }

/** Consent mends what the lack of it broke; it lifts neither a ban nor a limit. */
const mended = (health: AccountHealth): AccountHealth =>
  health === 'banned' || health === 'limited' ? health : 'healthy'

/** `appSecret`: what an account that is an application of its own gets its tokens with. */
async function keep(
  deps: Deps,
  actor: AuditActor,
  accountId: string,
  tokens: TokenSet,
  appSecret?: string,
): Promise<ConnectOutcome> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const account = found(await findConnection(tx, institutionId, accountId))
    // Posting to another account than the one on the screen is worse than not posting.
    if (account.openId && account.openId !== tokens.openId) return 'other_account'
    if (await openIdTaken(tx, account.platform, tokens.openId, accountId)) return 'taken'
    const vault = await institutionVault(deps, tx, institutionId)
    const at = deps.now()
    const health = mended(account.health)
    const sealed =
      appSecret === undefined
        ? sealTokens(vault, accountId, tokens)
        : sealApp(vault, accountId, tokens, appSecret)
    await saveConnection(
      tx,
      { institutionId, id: accountId },
      {
        ...sealed,
        openId: tokens.openId,
        scopes: [...tokens.scopes],
        connectedAt: at,
        refreshedAt: null,
        nextRefreshAt: nextRefreshOf(account.platform, tokens, at, 0),
        refreshError: null,
        refreshFailures: 0,
        renewals: 0,
        health,
        updatedAt: at,
        updatedBy: actor.userId,
      },
    )
    const released = account.pausedAt ? 0 : await releasePostsOf(tx, at, account)
    await recordAudit(tx, actor, at, {
      action: 'account.connected',
      subjectType: 'account',
      subjectId: accountId,
      detail: { again: account.openId !== null, health: [account.health, health], released },
    })
    await endAlarm(deps, tx, 'authorization_lost', accountId)
    return 'ok'
  })
}
