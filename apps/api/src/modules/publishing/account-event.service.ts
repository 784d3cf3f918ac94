import type { Platform } from '@xingbo/shared/accounts/platform'
import type { Deps } from '../../deps.ts'
import type { AccountEvent } from '../../platforms/platform.port.ts'
import { markLost } from '../accounts/account-lost.service.ts'
import { accountKnownAs } from '../accounts/event-keys.service.ts'
import { recordDelivery } from './attempt.repository.ts'
import {
  deleteDeliveriesBefore,
  findDelivery,
  findPublicationOfAccount,
} from './delivery.repository.ts'
import { noteStatus } from './outcome.service.ts'

/** Longer than any platform repeats an event; WeChat and Douyin give up within a minute. */
const KEEP_DELIVERIES_MS = 30 * 86_400_000

type Settled = Extract<AccountEvent, { kind: 'settled' }>

/**
 * A platform says how one of an account's posts ended. Told twice it counts once; told before our own answer has
 * been written down, or of a post we do not know, it changes nothing, and the next look finds it.
 */
export async function takeAccountEvent(
  deps: Deps,
  accountId: string,
  { messageId, remoteId, status }: Settled,
): Promise<void> {
  if (await findDelivery(deps.db.read, messageId)) return
  const row = await findPublicationOfAccount(deps.db.read, accountId, remoteId)
  if (!row) return
  await noteStatus(deps, row.id, status)
  // Last: were it first, an interruption between the two would have swallowed the event.
  await deps.db.inTransaction((tx) =>
    recordDelivery(tx, {
      id: messageId,
      platform: row.platform,
      event: 'settled',
      at: deps.now(),
    }),
  )
}

/** A post made without a person is out: told of the account by the platform's own name for it. */
export async function takeDirectPost(
  deps: Deps,
  platform: Platform,
  event: {
    readonly messageId: string | null
    readonly openId: string
    readonly remoteId: string
    readonly remoteUrl: string | null
  },
): Promise<void> {
  const account = await accountKnownAs(deps, platform, event.openId)
  if (!account) return
  const { remoteId, remoteUrl } = event
  await takeAccountEvent(deps, account.id, {
    kind: 'settled',
    messageId: event.messageId ?? `${platform}:${remoteId}`,
    remoteId,
    status: { kind: 'published', remoteUrl: remoteUrl ?? '', createdAt: null, caption: null },
  })
}

/** The account's owner has taken the consent back, at the platform. */
export async function takeWithdrawal(
  deps: Deps,
  platform: Platform,
  { messageId, openId }: { readonly messageId: string | null; readonly openId: string },
): Promise<void> {
  const account = await accountKnownAs(deps, platform, openId)
  if (!account?.accessToken || messageId === null) return
  // First: repeated after a new consent it would end that one.
  const fresh = await deps.db.inTransaction((tx) =>
    recordDelivery(tx, { id: messageId, platform, event: 'unauthorize', at: deps.now() }),
  )
  if (fresh) await markLost(deps, { ...account, accessToken: account.accessToken }, 'unauthorize')
}

/** What nobody will send again need not be remembered. Returns how many were forgotten. */
export const forgetOldDeliveries = (deps: Deps): Promise<number> =>
  deps.db.inTransaction((tx) =>
    deleteDeliveriesBefore(tx, new Date(deps.now().getTime() - KEEP_DELIVERIES_MS)),
  )
