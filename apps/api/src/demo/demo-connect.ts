import type { Deps } from '../deps.ts'
import { finishConnect, startConnect } from '../modules/accounts/account-connect.service.ts'
import { actorFor, type Seed } from './demo-people.ts'

/** Walks the consent of an account at the sandbox, which gives it by itself, as a browser would. */
export async function connectAtSandbox(
  deps: Deps,
  data: Seed,
  institutionId: string,
  accountId: string,
): Promise<void> {
  const account = data.accounts.find(({ key }) => key === accountId)
  if (!account) throw new Error(`the demo has no account ${accountId}`)
  const admin = actorFor(data, 'admin', institutionId)
  const { url } = await startConnect(deps, admin, accountId)
  const consent = new URL(url)
  consent.searchParams.set('account', accountId)
  const answer = await fetch(consent, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '', deps.settings.publicUrl)
  const { outcome } = await finishConnect(deps, admin, account.platform, {
    code: back.searchParams.get('code') ?? undefined,
    state: back.searchParams.get('state') ?? undefined,
  })
  if (outcome !== 'ok') throw new Error(`the sandbox did not connect ${accountId}: ${outcome}`)
}
