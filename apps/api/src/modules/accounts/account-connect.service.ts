import type { ConnectOutcome } from '@xingbo/shared/accounts/account.labels'
import { connectVerdict } from '@xingbo/shared/accounts/account.rules'
import type { AccountHealth } from '@xingbo/shared/accounts/platform'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import type { TokenSet } from '../../platforms/platform.port.ts'
import { newToken, sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import { openIdTaken } from './account.repository.ts'
import { sealTokens } from './account-token.service.ts'
import {
  deleteOauthStatesBefore,
  findConnection,
  insertOauthState,
  type OauthState,
  saveConnection,
  spendOauthState,
} from './connection.repository.ts'

/** Long enough to log in at the platform and scan a code, short enough to be of no use to a finder. */
const STATE_LIFE_MS = 10 * 60_000

export const kuaishouCallbackUrl = (publicUrl: string): string =>
  `${publicUrl}/api/oauth/kuaishou/callback`

const oldestState = (deps: Deps) => new Date(deps.now().getTime() - STATE_LIFE_MS)

/** The address at which the account's owner lets us act for it. */
export async function startConnect(
  deps: Deps,
  actor: Actor,
  accountId: string,
): Promise<{ url: string }> {
  const { institutionId, userId } = actor
  const { kuaishou } = deps.platforms
  const account = found(await findConnection(deps.db.read, institutionId, accountId))
  assertVerdict(connectVerdict({ ...account, archived: account.archivedAt !== null }))
  if (!kuaishou.configured)
    throw new DomainError('RULE_VIOLATION', { key: 'account.kuaishouNotConfigured' })
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
  const redirectUri = kuaishouCallbackUrl(deps.settings.publicUrl)
  return { url: kuaishou.tokens.authorizeUrl({ state, redirectUri }) }
}

export type Connected = {
  /** Null when the state is not known (any more), so nobody can say which account it was for. */
  readonly accountId: string | null
  readonly outcome: ConnectOutcome
}

/**
 * The browser is back from Kuaishou. The state counts once, for ten minutes, and only for the person it was made
 * for: an address of ours sent to somebody else's browser connects nothing.
 */
export async function finishConnect(
  deps: Deps,
  actor: Pick<Actor, 'userId' | 'displayName'> | null,
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
  const { accountId } = wish
  if (!code) return { accountId, outcome: 'denied' }
  const redirectUri = kuaishouCallbackUrl(deps.settings.publicUrl)
  const answer = await deps.platforms.kuaishou.tokens.exchangeCode(code, { redirectUri })
  if (answer.kind !== 'ok') {
    const { kind } = answer
    deps.log.warn({ accountId, kind, ...reasonOf(answer) }, 'kuaishou gave no tokens for a code')
    return { accountId, outcome: 'failed' }
  }
  return { accountId, outcome: await keep(deps, actor, wish, answer.value) }
}

type Exchanged = Awaited<ReturnType<Deps['platforms']['kuaishou']['tokens']['exchangeCode']>>
const reasonOf = (answer: Exclude<Exchanged, { kind: 'ok' }>) =>
  answer.kind === 'refused' ? { code: answer.code, category: answer.category } : { why: answer.why }

/** Consent mends what the lack of it broke; it lifts neither a ban nor a limit. */
const mended = (health: AccountHealth): AccountHealth =>
  health === 'banned' || health === 'limited' ? health : 'healthy'

async function keep(
  deps: Deps,
  actor: Pick<Actor, 'userId' | 'displayName'>,
  { institutionId, accountId }: OauthState,
  tokens: TokenSet,
): Promise<ConnectOutcome> {
  return deps.db.inTransaction(async (tx) => {
    const account = found(await findConnection(tx, institutionId, accountId))
    // Posting to another account than the one on the screen is worse than not posting.
    if (account.openId && account.openId !== tokens.openId) return 'other_account'
    if (await openIdTaken(tx, account.platform, tokens.openId, accountId)) return 'taken'
    const vault = await institutionVault(deps, tx, institutionId)
    const at = deps.now()
    const health = mended(account.health)
    await saveConnection(
      tx,
      { institutionId, id: accountId },
      {
        ...sealTokens(vault, accountId, tokens),
        openId: tokens.openId,
        health,
        updatedAt: at,
        updatedBy: actor.userId,
      },
    )
    await recordAudit(tx, { ...actor, institutionId }, at, {
      action: 'account.connected',
      subjectType: 'account',
      subjectId: accountId,
      detail: { again: account.openId !== null, health: [account.health, health] },
    })
    return 'ok'
  })
}
