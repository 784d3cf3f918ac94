import * as api from '@xingbo/shared/accounts/account.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { alarms } from '../../../apps/api/src/db/schema/health.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { keepAlive } from '../../../apps/api/src/modules/accounts/account-token.service.ts'
import { watchAccounts } from '../../../apps/api/src/modules/health/account-watch.service.ts'
import { testNow } from '../../support/test-app.ts'

import { connected, HOUR, postOf, scheduled, waiting } from './token-bench.ts'

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
