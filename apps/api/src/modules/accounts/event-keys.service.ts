import { randomBytes } from 'node:crypto'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import type { EventKeys } from '../../platforms/platform.port.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import { recordAudit } from '../audit/audit.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import type { AccountRow } from './account.repository.ts'
import {
  findAccountAnywhere,
  findAccountByOpenId,
  findConnection,
  saveEventKeys,
} from './connection.repository.ts'

/** What a person copies into the account's 服务器配置 at mp.weixin.qq.com. */
export type EventSettings = {
  readonly url: string
  readonly token: string
  readonly encodingAesKey: string
}

const tokenPlace = (id: string) => `accounts.event_token.${id}`
const keyPlace = (id: string) => `accounts.event_key.${id}`

/** Letters and digits only, as WeChat's form wants them; 62 of 64 values of base64 are such. */
function letters(count: number): string {
  let text = ''
  while (text.length < count)
    text += randomBytes(count)
      .toString('base64')
      .replace(/[^0-9A-Za-z]/g, '')
  return text.slice(0, count)
}

function openKeys(vault: InstitutionVault, row: AccountRow): EventKeys | null {
  if (!row.openId || !row.eventToken || !row.eventKey) return null
  return {
    appId: row.openId,
    token: vault.open(tokenPlace(row.id), row.eventToken),
    encodingAesKey: vault.open(keyPlace(row.id), row.eventKey),
  }
}

/**
 * The address, token and key of an account's events, made on first asking. Only for an account that is connected
 * by its own AppID; every showing is audited, the values are not.
 */
export async function showEventSettings(
  deps: Deps,
  actor: Actor,
  accountId: string,
): Promise<EventSettings> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const row = found(await findConnection(tx, institutionId, accountId))
    if (row.platform !== 'wechat_oa')
      throw new DomainError('RULE_VIOLATION', { key: 'account.noEvents' })
    if (!row.openId || !row.refreshToken)
      throw new DomainError('RULE_VIOLATION', {
        key: 'account.notConnected',
        values: { account: row.displayName },
      })
    const vault = await institutionVault(deps, tx, institutionId)
    const known = openKeys(vault, row)
    const token = known?.token ?? letters(32)
    const encodingAesKey = known?.encodingAesKey ?? letters(43)
    if (!known)
      await saveEventKeys(
        tx,
        { institutionId, id: accountId },
        {
          eventToken: vault.seal(tokenPlace(accountId), token),
          eventKey: vault.seal(keyPlace(accountId), encodingAesKey),
        },
      )
    await recordAudit(tx, actor, deps.now(), {
      action: 'account.event_keys_shown',
      subjectType: 'account',
      subjectId: accountId,
      detail: { made: known === null },
    })
    return { url: eventUrl(deps.settings.publicUrl, accountId), token, encodingAesKey }
  })
}

export const eventUrl = (publicUrl: string, accountId: string): string =>
  `${publicUrl}/api/webhooks/wechat-oa/${accountId}`

/** What to check an account's events with; null when it has no address for them. */
export async function eventKeysOf(deps: Deps, accountId: string): Promise<EventKeys | null> {
  const row = await findAccountAnywhere(deps.db.read, accountId)
  if (!row?.eventToken || row.archivedAt) return null
  const vault = await institutionVault(deps, deps.db.read, row.institutionId)
  return openKeys(vault, row)
}

/** The account a platform's event speaks of, by the platform's own name for it. */
export const accountKnownAs = (
  deps: Deps,
  platform: AccountRow['platform'],
  openId: string,
): Promise<AccountRow | undefined> => findAccountByOpenId(deps.db.read, platform, openId)
