import { z } from 'zod'
import type { Deps } from '../deps.ts'
import {
  connectByApp,
  finishConnect,
  startConnect,
} from '../modules/accounts/account-connect.service.ts'
import { eventUrl, showEventSettings } from '../modules/accounts/event-keys.service.ts'
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

const oaApp = z.object({ appId: z.string(), secret: z.string() })

async function atSandbox(deps: Deps, path: string, body: object): Promise<unknown> {
  const answer = await fetch(new URL(path, deps.settings.platforms.wechatOa.baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the sandbox answered ${path} with ${answer.status}`)
  return answer.json()
}

/** An official account as its owner finds it at the sandbox: with an AppID and a secret, not connected yet. */
export async function openOfficialAccount(deps: Deps, data: Seed, accountId: string) {
  const account = data.accounts.find(({ key }) => key === accountId)
  if (!account) throw new Error(`the demo has no account ${accountId}`)
  return oaApp.parse(
    await atSandbox(deps, '/__sandbox/wechat-oa/apps', { name: account.displayName }),
  )
}

/** Types in the AppID and secret, and enters the address for its events at the sandbox, as an admin would. */
export async function connectOfficialAccount(
  deps: Deps,
  data: Seed,
  institutionId: string,
  accountId: string,
): Promise<void> {
  const admin = actorFor(data, 'admin', institutionId)
  const { appId, secret } = await openOfficialAccount(deps, data, accountId)
  await connectByApp(deps, admin, accountId, { appId, appSecret: secret })
  const { token, encodingAesKey } = await showEventSettings(deps, admin, accountId)
  // The sandbox stands on this machine, whatever address people use.
  const url = eventUrl(`http://127.0.0.1:${deps.settings.port}`, accountId)
  await atSandbox(deps, '/__sandbox/wechat-oa/server', {
    appId,
    url,
    token,
    aesKey: encodingAesKey,
  })
}
