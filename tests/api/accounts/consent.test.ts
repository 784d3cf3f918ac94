import * as api from '@xingbo/shared/accounts/account.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { alarms } from '../../../apps/api/src/db/schema/health.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { accountDue } from '../../../apps/api/src/modules/accounts/account.jobs.ts'
import { keepAlive } from '../../../apps/api/src/modules/accounts/account-token.service.ts'
import { watchAccounts } from '../../../apps/api/src/modules/health/account-watch.service.ts'
import { testNow } from '../../support/test-app.ts'
import { said } from '../masterdata/bench.ts'
import { connectBench, sandboxApp } from './connect-bench.ts'

import { connected, DAY, HOUR, scheduled, waiting } from './token-bench.ts'

test('a state of one platform is worth nothing at another’s address', async () => {
  const t = await connectBench()
  const { id } = await t.unconnected('栖梧', 'bilibili')
  const { back } = await t.consent(id)
  expect(await t.land(back.replace('/bilibili/', '/kuaishou/'))).toBe(
    '/institution?tab=accounts&connect=expired',
  )
  expect((await t.rowOf(id)).openId).toBe(null)
  expect((await t.as('admin')('/api/oauth/nowhere/callback?code=x&state=y')).status).toBe(400)
})

test('an official account connects by its own AppID and secret, tried first, sealed, never shown', async () => {
  const t = await connectBench()
  const { id } = await t.unconnected('栖梧公众号', 'wechat_oa')
  const made = await fetch(`${t.sandbox.url}/__sandbox/wechat-oa/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: '栖梧' }),
  })
  const { appId, secret } = (await made.json()) as { appId: string; secret: string }
  const connect = (appSecret: string, role: 'admin' | 'operator' = 'admin') =>
    t.call(role, api.connectAccountByApp, { params: { accountId: id }, body: { appId, appSecret } })
  expect(await connect(secret, 'operator')).toMatchObject({ status: 403 })
  expect(said(await connect('0'.repeat(32)))).toContain('平台没有接受这组 AppID 和 AppSecret')
  expect((await t.rowOf(id)).accessToken).toBe(null)
  expect(said(await t.call('admin', api.connectAccount, { params: { accountId: id } }))).toContain(
    '用 AppID 和 AppSecret 连接',
  )
  expect(await connect(secret)).toMatchObject({ ok: true, value: { connected: true } })
  const row = await t.rowOf(id)
  expect(row.openId).toBe(appId)
  expect(row.refreshToken).not.toContain(secret)
  const first = await t.token(id)
  expect(first).toMatchObject({ kind: 'ok' })
  // Two hours later another is fetched by itself, with the same secret.
  await t.pass(2 * HOUR - 4 * 60_000)
  await keepAlive(t.deps, 'a', id)
  const second = await t.token(id)
  expect(second).toMatchObject({ kind: 'ok' })
  expect(second).not.toEqual(first)
  for (const url of [`/api/accounts/${id}`, `/api/accounts/${id}/connection`]) {
    const { text } = await t.as('admin')(url)
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/wx-access/)
  }
})

test('who is told in time: an authorisation that ends before a post’s hour, once, until the post is moved', async () => {
  const t = await connected()
  await t.db.inTransaction(async (tx) => {
    // As a Weibo consent: nothing to refresh with.
    await tx
      .update(accounts)
      .set({
        platform: 'weibo',
        refreshToken: null,
        refreshTokenExpiresAt: new Date(testNow.getTime() + 3 * DAY),
      })
      .where(eq(accounts.id, t.id))
  })
  await watchAccounts(t.deps)
  expect(await t.told()).toEqual([])
  const post = await waiting(t, 'weibo', new Date(testNow.getTime() + 4 * DAY))
  await watchAccounts(t.deps)
  await watchAccounts(t.deps)
  const told = await t.told()
  expect(told.map(({ userId }) => userId)).toEqual(['admin-a', 'manager-a', 'operator-a'])
  expect(told[0]).toMatchObject({
    messageKey: 'health.authorization_ends.began',
    messageValues: { platform: 'weibo', account: '澜州栖梧医院', end: '2026-11-24', count: 1 },
  })
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ dueAt: testNow }).where(eq(publications.id, post))
  })
  await watchAccounts(t.deps)
  const [alarm] = await t.db.read.select().from(alarms)
  expect(alarm).toMatchObject({ signal: 'authorization_ends', endedAt: t.deps.now() })
})

test('Douyin’s refresh token is renewed ahead of its end, five times and no more; the count is shown', async () => {
  const t = await connected()
  let renewed = 0
  const { kuaishou } = t.deps.platforms
  const platforms = {
    ...t.deps.platforms,
    douyin: {
      ...kuaishou,
      tokens: {
        ...kuaishou.tokens,
        refresh: async (refreshToken: string) => ({
          kind: 'ok' as const,
          value: {
            openId: 'dy',
            accessToken: `dy-access-${t.deps.now().getTime()}`,
            accessTokenExpiresAt: new Date(t.deps.now().getTime() + 15 * DAY),
            refreshToken,
            refreshTokenExpiresAt: new Date(testNow.getTime() + (30 + 27 * renewed) * DAY),
            scopes: [],
          },
        }),
        renewal: {
          limit: 5,
          renew: async () => {
            renewed += 1
            return {
              kind: 'ok' as const,
              value: {
                refreshToken: `dy-refresh-${renewed}`,
                refreshTokenExpiresAt: new Date(t.deps.now().getTime() + 30 * DAY),
              },
            }
          },
        },
      },
    },
  } as unknown as typeof t.deps.platforms
  const deps = { ...t.deps, platforms, now: () => t.clock.now }
  await t.db.inTransaction(async (tx) => {
    await tx
      .update(accounts)
      .set({
        platform: 'douyin',
        accessTokenExpiresAt: new Date(testNow.getTime() + 15 * DAY),
        refreshTokenExpiresAt: new Date(testNow.getTime() + 30 * DAY),
        nextRefreshAt: new Date(testNow.getTime() + 14 * DAY),
      })
      .where(eq(accounts.id, t.id))
  })
  for (let day = 0; day < 200; day++) {
    await t.pass(DAY)
    if ((await accountDue(deps)(deps.now())).length > 0) await keepAlive(deps, 'a', t.id)
  }
  expect(renewed).toBe(5)
  const seen = await t.must('admin', api.getAccountConnection, { params: { accountId: t.id } })
  expect(seen.renewals).toBe(5)
  // Nothing is left to prolong it with: only its owner can.
  expect((await t.rowOf(t.id)).health).toBe('reauth_needed')
})

test('no token, secret or code in the log, the jobs, the audit log, the answers or the addresses', async () => {
  const lines: string[] = []
  const t = await connected()
  const log = new Proxy(t.deps.log, {
    get: (target, key) =>
      ['info', 'warn', 'error', 'debug', 'fatal'].includes(String(key))
        ? (...parts: unknown[]) => lines.push(JSON.stringify(parts, errorsToo))
        : Reflect.get(target, key),
  })
  Object.assign(t.deps, { log })
  const post = await scheduled(t, 'c1', 60_000)
  for (const mode of ['error_before', 'cut', 'truncated', 'html', 'revoked_token'] as const) {
    await t.arm({ match: { op: 'kuaishou.refresh_token' }, mode, times: 1 })
    await t.pass(20 * 60_000)
    await t.token(t.id, (await nowToken()) ?? undefined)
  }
  await t.arm({ match: { op: 'kuaishou.access_token' }, mode: 'truncated', times: 1 })
  const { back, url } = await t.consent(t.id)
  expect(await t.land(back)).toContain('connect=failed')
  expect(url.toString()).not.toContain(sandboxApp.secret)
  const answers = await Promise.all(
    [
      '/api/accounts',
      `/api/accounts/${t.id}/connection`,
      `/api/publications/${post}`,
      '/api/audit',
      '/metrics',
      '/api/health',
    ].map(async (address) => (await t.as('admin')(address)).text),
  )
  const tables = ['outbox', 'audit_entries', 'notices', 'alarms', 'attempts', 'publications']
  const rows = tables.map((name) =>
    JSON.stringify(t.db.writer.prepare(`select * from ${name}`).all()),
  )
  const everything = [...lines, ...answers, ...rows].join('\n')
  expect(everything.length).toBeGreaterThan(1_000)
  expect(everything).not.toMatch(/ks-(access|refresh|code)-/)
  expect(everything).not.toContain(sandboxApp.secret)

  async function nowToken() {
    const held = await t.token(t.id)
    return held.kind === 'ok' ? held.accessToken : null
  }
})

const errorsToo = (_key: string, value: unknown) =>
  value instanceof Error ? `${value.message} ${value.stack}` : value
