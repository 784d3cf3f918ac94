import * as api from '@xingbo/shared/accounts/account.schema'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { alarms } from '../../../apps/api/src/db/schema/health.ts'
import { notices } from '../../../apps/api/src/db/schema/inbox.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { accountDue } from '../../../apps/api/src/modules/accounts/account.jobs.ts'
import { keepAlive } from '../../../apps/api/src/modules/accounts/account-token.service.ts'
import { watchAccounts } from '../../../apps/api/src/modules/health/account-watch.service.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testNow } from '../../support/test-app.ts'
import { said } from '../masterdata/bench.ts'
import { connectBench, sandboxApp } from './connect-bench.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function connected(platform: 'kuaishou' | 'bilibili' = 'kuaishou') {
  const t = await connectBench()
  const { id } = await t.unconnected('澜州栖梧医院', platform)
  expect(await t.land((await t.consent(id)).back)).toBe(`/accounts/${id}?connect=ok`)
  const first = await t.token(id)
  if (first.kind !== 'ok') throw new Error(first.code)
  /** What the sweeper finds due, done as the worker would. */
  const due = async () =>
    (await accountDue(t.deps)(t.deps.now())).filter(({ jobId }) => jobId.includes(id))
  const sweep = async () => {
    const rings = await due()
    const handlers = jobsOf(t.deps).handlers
    for (const ring of rings)
      await handlers.find(({ job }) => job.name === ring.job)?.run(ring.payload as never)
    return rings
  }
  const told = () => t.db.read.select().from(notices).orderBy(notices.userId)
  return { ...t, id, first: first.accessToken, due, sweep, told }
}

/** One item scheduled on the account, `after` ms from now. */
async function scheduled(t: Awaited<ReturnType<typeof connected>>, item: string, after: number) {
  await readyItem(t.deps, item)
  const dueAt = new Date(t.deps.now().getTime() + after).toISOString()
  const answer = await t.as('operator')(`/api/contents/${item}/publications`, {
    body: { items: [{ accountId: t.id, dueAt }] },
  })
  expect(answer.status, answer.text).toBe(200)
  return (answer.body as { items: Publication[] }).items[0]?.id ?? ''
}
/** A post that waits on the account; its words do not matter here. */
async function waiting(
  t: Awaited<ReturnType<typeof connected>>,
  platform: 'bilibili' | 'weibo',
  dueAt: Date,
) {
  await t.db.inTransaction(async (tx) => {
    await tx.insert(publications).values({
      id: 'pub_late',
      institutionId: 'a',
      contentId: 'c9',
      accountId: t.id,
      platform,
      route: 'api',
      state: 'scheduled',
      stateEnteredAt: testNow,
      dueAt,
      timeZone: 'Asia/Shanghai',
      snapshot: {},
      snapshotSha256: 'x',
      scriptSha256: 'x',
      createdBy: 'operator-a',
      createdAt: testNow,
      updatedAt: testNow,
    })
  })
  return 'pub_late'
}
const postOf = async (t: Awaited<ReturnType<typeof connected>>, id: string) => {
  const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
  if (!row) throw new Error('no such post')
  return row
}

test('a token is fetched anew ahead of its end, before anybody needs it', async () => {
  const t = await connected()
  const { nextRefreshAt } = await t.rowOf(t.id)
  // A quarter of 48 hours ahead.
  expect(nextRefreshAt).toEqual(new Date(testNow.getTime() + 36 * HOUR))
  await t.pass(36 * HOUR - 60_000)
  expect(await t.sweep()).toEqual([])
  await t.pass(60_000)
  expect(await t.sweep()).toHaveLength(1)
  const row = await t.rowOf(t.id)
  expect(row.refreshedAt).toEqual(t.deps.now())
  expect(row.nextRefreshAt).toEqual(new Date(t.deps.now().getTime() + 36 * HOUR))
  expect(await t.token(t.id)).not.toEqual({ kind: 'ok', accessToken: t.first })
  expect(await t.sweep()).toEqual([])
})

test('a job of a refresh carries ids and no token', async () => {
  const t = await connected()
  await t.pass(40 * HOUR)
  const rings = await t.due()
  expect(rings.map(({ payload }) => payload)).toEqual([{ institutionId: 'a', accountId: t.id }])
  expect(JSON.stringify(rings)).not.toMatch(/ks-(access|refresh)-/)
})

test.each(['kuaishou', 'bilibili'] as const)(
  '%s: twenty jobs ask while the refresh is under way: one refresh, one new token for all',
  async (platform) => {
    const t = await connected(platform)
    const row = await t.rowOf(t.id)
    await t.pass((row.accessTokenExpiresAt?.getTime() ?? 0) - testNow.getTime() - 30 * 60_000)
    // The sandbox takes a refresh token once: a second refresh would lose the account.
    const all = await Promise.all([
      ...Array.from({ length: 20 }, () => t.token(t.id)),
      keepAlive(t.deps, 'a', t.id).then(() => t.token(t.id)),
    ])
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(all[0]).toMatchObject({ kind: 'ok' })
    expect(all[0]).not.toEqual({ kind: 'ok', accessToken: t.first })
    expect((await t.rowOf(t.id)).health).toBe('healthy')
  },
)

test('a refresh whose answer is lost: the old token serves, nobody hammers, then the owner is asked', async () => {
  const t = await connected('bilibili')
  const end = (await t.rowOf(t.id)).accessTokenExpiresAt?.getTime() ?? 0
  const post = await waiting(t, 'bilibili', new Date(end))
  await t.pass(end - testNow.getTime() - 30 * 60_000)
  // Spent at the platform, and we never hear the new ones.
  await t.arm({ match: { op: 'bilibili.refresh_token' }, mode: 'cut', times: 1 })
  const many = await Promise.all(Array.from({ length: 20 }, () => t.token(t.id)))
  for (const one of many) expect(one).toEqual({ kind: 'ok', accessToken: t.first })
  const after = await t.rowOf(t.id)
  expect(after).toMatchObject({ health: 'healthy', refreshFailures: 1 })
  expect(after.nextRefreshAt).toEqual(new Date(t.deps.now().getTime() + 30_000))
  expect(await t.token(t.id)).toEqual({ kind: 'ok', accessToken: t.first })
  expect((await t.rowOf(t.id)).refreshFailures).toBe(1)
  await t.pass(30_000)
  await t.sweep()
  expect((await t.rowOf(t.id)).health).toBe('reauth_needed')
  expect(await postOf(t, post)).toMatchObject({
    state: 'scheduled',
    reasonKey: 'account.reauthNeeded',
  })
})

test('a withdrawn consent: posts held with the reason, owner and leads told at once, others go on, and reconnecting frees them', async () => {
  const t = await connected()
  const other = await t.unconnected('另一个号')
  await t.land((await t.consent(other.id, 'another')).back)
  const soon = await scheduled(t, 'c1', 60_000)
  const later = await scheduled(t, 'c2', 40 * HOUR)
  await t.pass(30_000)
  await t.arm({
    match: { op: 'kuaishou.refresh_token' },
    mode: 'revoked_token',
    times: 1,
  })
  expect(await t.token(t.id, t.first)).toMatchObject({ kind: 'refused', category: 'auth_revoked' })
  const seen = await t.must('operator', api.getAccountConnection, { params: { accountId: t.id } })
  expect(seen.heldPosts).toBe(2)
  for (const id of [soon, later]) {
    const page = await t.as('operator')(`/api/publications/${id}`)
    expect(page.body).toMatchObject({
      state: 'scheduled',
      reason: { key: 'account.reauthNeeded', values: { account: '澜州栖梧医院' } },
    })
  }
  const said = (await t.told()).filter(({ subjectId }) => subjectId === t.id)
  expect(said.map(({ userId }) => userId)).toEqual(['admin-a', 'manager-a', 'operator-a'])
  expect(said[0]).toMatchObject({
    severity: 'urgent',
    messageKey: 'health.authorization_lost.began',
    messageValues: { platform: 'kuaishou', account: '澜州栖梧医院', count: 2 },
    at: t.deps.now(),
  })
  expect(await t.token(other.id)).toMatchObject({ kind: 'ok' })
  // A second loss of the same authorisation is not told again.
  await watchAccounts(t.deps)
  expect(await t.db.read.select().from(alarms)).toHaveLength(1)

  await t.pass(60_000)
  expect(await t.land((await t.consent(t.id)).back)).toBe(`/accounts/${t.id}?connect=ok`)
  expect(await postOf(t, soon)).toMatchObject({ reasonKey: null, nextCheckAt: t.deps.now() })
  expect(await postOf(t, later)).toMatchObject({ reasonKey: null, nextCheckAt: null })
  const [alarm] = await t.db.read.select().from(alarms)
  expect(alarm?.endedAt).toEqual(t.deps.now())
  const look = jobsOf(t.deps).handlers.find(({ job }) => job.name === 'publication.look')
  await look?.run({ publicationId: soon } as never)
  expect((await postOf(t, soon)).state).toBe('accepted')
})

test('a sealed token moved to another row, column or institution opens nothing', async () => {
  const t = await connected()
  const other = await t.unconnected('另一个号')
  await t.land((await t.consent(other.id, 'another')).back)
  const { accessToken, refreshToken } = await t.rowOf(t.id)
  const put = (id: string, set: Partial<typeof accounts.$inferInsert>) =>
    t.db.inTransaction(async (tx) => {
      await tx.update(accounts).set(set).where(eq(accounts.id, id))
    })
  await put(other.id, { accessToken })
  await expect(t.token(other.id)).rejects.toThrow()
  await put(t.id, { accessToken: refreshToken })
  await expect(t.token(t.id)).rejects.toThrow()
  await put(t.id, { accessToken })
  expect(await t.token(t.id)).toMatchObject({ kind: 'ok' })
  await put('kuaishou-b', { accessToken })
  await expect(
    t.deps.db.inTransaction(async () => undefined).then(() => keepAliveOf('kuaishou-b')),
  ).rejects.toThrow()
  async function keepAliveOf(id: string) {
    await keepAlive(t.deps, 'b', id)
  }
})

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
