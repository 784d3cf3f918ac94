import { bizDate } from '../dates.ts'
import { expiryOf } from '../expiry.ts'
import type { Message } from '../messages.ts'
import { type Readiness, readinessOf } from '../readiness.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { Account } from './account.schema.ts'
import { connectWays } from './connection.rules.ts'
import type { AccountHealth, Platform, PublishRoute } from './platform.ts'

/**
 * The ways a post may get out on each platform, the usual one first (product §4, facts of the platforms).
 * Posting by hand is always possible: a person with the app needs nobody's interface.
 */
const routes: Readonly<Record<Platform, readonly [PublishRoute, ...PublishRoute[]]>> = {
  douyin: ['handoff', 'manual'],
  xiaohongshu: ['manual'],
  kuaishou: ['api', 'manual'],
  channels: ['manual'],
  wechat_oa: ['api', 'manual'],
  bilibili: ['api', 'manual'],
  // By the API a picture with words, by a person the video.
  weibo: ['manual', 'api'],
  toutiao: ['manual'],
  jd_health: ['manual'],
}

/**
 * The capability switch of ways that exist on paper. Douyin: posting for others (video.create.bind) is granted to
 * government media and a few enterprise services only, so it is off until an application here holds it.
 */
const switchedOff: Partial<Readonly<Record<Platform, PublishRoute>>> = { douyin: 'api' }

export const usualRoute = (platform: Platform): PublishRoute => routes[platform][0]
/** What the form offers; a switched-off way is shown with its reason. */
export const offeredRoutes = (platform: Platform): readonly PublishRoute[] => {
  const off = switchedOff[platform]
  return off ? [...routes[platform], off] : routes[platform]
}

/** May posts of this platform go out by this way? `granted`: an application here holds the switched-off capability. */
export function routeVerdict(platform: Platform, route: PublishRoute, granted = false): Verdict {
  if (routes[platform].includes(route)) return yes
  if (switchedOff[platform] !== route) return no('account.routeImpossible')
  return granted ? yes : no('account.routeSwitchedOff')
}

/** R47: 视频号 forbids any form of operation for others (健康医疗对外公约 二.2). */
export const operatorVerdict = (platform: Platform, operatedBy: Account['operatedBy']): Verdict =>
  platform === 'channels' && operatedBy === 'team' ? no('account.teamForbidden') : yes

/** Whose account it is must be said completely, and only that. */
export function ownerVerdict(
  owner: Pick<Account, 'ownerType' | 'departmentId' | 'doctorId'>,
): Verdict {
  if (owner.ownerType === 'doctor' && !owner.doctorId) return no('account.ownerDoctorMissing')
  if (owner.ownerType === 'department' && !owner.departmentId)
    return no('account.ownerDepartmentMissing')
  return yes
}

type Connectable = Pick<Account, 'platform' | 'publishRoute' | 'archived'>
/** May this account be connected to its platform? */
export function connectVerdict(account: Connectable): Verdict {
  if (account.archived) return no('row.archived')
  if (!connectWays[account.platform]) return no('account.connectUnsupported')
  if (account.publishRoute !== 'api') return no('account.connectNotApi')
  return yes
}

export type AccountFacts = Pick<
  Account,
  | 'displayName'
  | 'platform'
  | 'publishRoute'
  | 'postLink'
  | 'operatedBy'
  | 'ownerType'
  | 'certificationStatus'
  | 'certificationExpiresOn'
  | 'health'
  | 'ownerUserId'
  | 'connected'
  | 'authorizedUntil'
  | 'prolongsItself'
  | 'paused'
  | 'archived'
>

/** What a health says about publishing; a broken token stops only those who publish by it. */
const sick = {
  healthy: null,
  limited: null,
  token_expired: 'account.tokenExpired',
  reauth_needed: 'account.reauthNeeded',
  banned: 'account.banned',
} as const satisfies Record<AccountHealth, Message['key'] | null>

/**
 * Whether anything may be published on this account on `today` (`YYYY-MM-DD`, business zone).
 * The law: accounts without checked certification publish no medical science (R46; 四部门通知 2025-08-01),
 * 视频号 is run by its owner alone (R47).
 */
export function accountReadiness(account: AccountFacts, today: string): Readiness {
  const blocks: Message[] = []
  const warnings: Message[] = []
  const who = { account: account.displayName }
  if (account.archived) blocks.push({ key: 'account.archived', values: who })
  const operator = operatorVerdict(account.platform, account.operatedBy)
  if (!operator.ok) blocks.push(operator.reason)
  // R47, 抖音 2023-04-11: not forbidden, but not supported.
  else if (account.platform === 'douyin' && doctorsRunByUs(account))
    warnings.push({ key: 'account.teamDiscouraged', values: who })

  if (account.paused) blocks.push(account.paused.reason as Message)
  const byToken = account.publishRoute === 'api'
  const illness = sick[account.health]
  if (illness && (account.health === 'banned' || byToken))
    blocks.push({ key: illness, values: who })
  if (account.health === 'limited') warnings.push({ key: 'account.limited', values: who })
  if (byToken && !connectWays[account.platform])
    warnings.push({ key: 'account.apiNotWired', values: who })
  else if (byToken && !illness) judgeConnection(account, today, blocks, warnings)
  if (byToken && account.platform === 'weibo' && !account.postLink)
    blocks.push({ key: 'account.postLinkMissing', values: who })
  judgeCertification(account, today, blocks, warnings)
  if (!account.ownerUserId) warnings.push({ key: 'account.noOwner', values: who })
  return readinessOf(blocks, warnings)
}

const doctorsRunByUs = (account: AccountFacts): boolean =>
  account.operatedBy === 'team' && account.ownerType === 'doctor'

function judgeConnection(
  account: AccountFacts,
  today: string,
  blocks: Message[],
  warnings: Message[],
): void {
  const who = { account: account.displayName }
  if (!account.connected) blocks.push({ key: 'account.notConnected', values: who })
  if (!account.connected || !account.authorizedUntil) return
  const expiry = expiryOf(bizDate(new Date(account.authorizedUntil)), today)
  if (expiry.state === 'expired') blocks.push({ key: 'account.reauthNeeded', values: who })
  if (expiry.state === 'soon' && !account.prolongsItself)
    warnings.push({ key: 'account.authorizationSoon', values: { ...who, days: expiry.days } })
}

function judgeCertification(
  account: AccountFacts,
  today: string,
  blocks: Message[],
  warnings: Message[],
): void {
  const who = { account: account.displayName }
  const { certificationStatus: status, certificationExpiresOn: expiresOn } = account
  const expiry = expiryOf(expiresOn, today)
  if (status === 'expired' || (status === 'certified' && expiry.state === 'expired'))
    blocks.push({ key: 'account.certificationExpired', values: who })
  else if (status === 'pending') blocks.push({ key: 'account.certificationPending', values: who })
  else if (status !== 'certified') blocks.push({ key: 'account.certificationMissing', values: who })
  else if (expiry.state === 'soon')
    warnings.push({ key: 'account.certificationSoon', values: { ...who, days: expiry.days } })
}
