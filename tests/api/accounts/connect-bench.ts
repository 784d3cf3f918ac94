import * as api from '@xingbo/shared/accounts/account.schema'
import type { Platform } from '@xingbo/shared/accounts/platform'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { sessions } from '../../../apps/api/src/db/schema/identity.ts'
import { accessTokenFor } from '../../../apps/api/src/modules/accounts/account-token.service.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'
import { testNow } from '../../support/test-app.ts'
import { freshDatabase } from '../../support/test-database.ts'
import { bench } from '../masterdata/bench.ts'

export const sandboxApp = { id: 'xingbo-sandbox', secret: 'sandbox-only-not-a-secret' }

/** The app in front of a sandbox on a free port, both on one clock, and the calls that reached the sandbox. */
export async function connectBench() {
  const { dir } = freshDatabase()
  const clock = { now: testNow }
  const sandbox = await startSandbox({
    port: 0,
    dir: `${dir}/sandbox`,
    now: () => clock.now,
    apps: {
      kuaishou: { appId: sandboxApp.id, appSecret: sandboxApp.secret },
      douyin: { clientKey: sandboxApp.id, clientSecret: sandboxApp.secret },
      bilibili: { clientId: sandboxApp.id, clientSecret: sandboxApp.secret },
      weibo: { appKey: sandboxApp.id, appSecret: sandboxApp.secret },
    },
  })
  onTestFinished(() => sandbox.close())
  const made = await bench({ XINGBO_SANDBOX_PORT: new URL(sandbox.url).port })
  /** Time goes by, and nobody's session ends meanwhile. */
  const pass = async (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
    made.clock.now = clock.now
    await made.db.inTransaction(async (tx) => {
      await tx.update(sessions).set({ lastSeenAt: clock.now })
    })
  }
  const arm = (fault: object) =>
    fetch(`${sandbox.url}/__sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    })
  const unconnected = async (displayName = '澜州栖梧医院', platform: Platform = 'kuaishou') =>
    made.must('admin', api.createAccount, {
      body: {
        platform,
        publishRoute: 'api',
        displayName,
        ownerType: 'institution',
        certificationStatus: 'certified',
        ownerUserId: 'operator-a',
      },
    })
  /** The owner consents in a browser logged in at the platform as `who`; returns the way back to us. */
  const consent = async (accountId: string, who = 'qiwu_ks') => {
    const { url } = await made.must('admin', api.connectAccount, { params: { accountId } })
    const res = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: ['kuaishou', 'bilibili', 'weibo'].map((at) => `sandbox_${at}=${who}`).join('; '),
      },
    })
    const back = new URL(res.headers.get('location') ?? '')
    return { url: new URL(url), back: back.pathname + back.search, host: back.origin }
  }
  const land = async (back: string, role: 'admin' | 'operator' | null = 'admin') => {
    const answer = await made.as(role)(back)
    expect(answer.status).toBe(302)
    return String(answer.headers.location)
  }
  const rowOf = async (id: string) => {
    const [row] = await made.db.read.select().from(accounts).where(eq(accounts.id, id))
    if (!row) throw new Error('no such account')
    return row
  }
  const token = (id: string, refused?: string) => accessTokenFor(made.deps, 'a', id, refused)
  return { ...made, sandbox, pass, arm, unconnected, consent, land, rowOf, token }
}
