import { healthMessages } from '@xingbo/shared/health/health.messages'
import { getHealth } from '@xingbo/shared/health/health.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { buildApp } from '../../../apps/api/src/app.ts'
import { takeDataFolder } from '../../../apps/api/src/db/data-lock.ts'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { outbox } from '../../../apps/api/src/db/schema/audit.ts'
import { alarms } from '../../../apps/api/src/db/schema/health.ts'
import { notices } from '../../../apps/api/src/db/schema/inbox.ts'
import { attempts, publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { resumeAccount } from '../../../apps/api/src/modules/accounts/account-unsure.service.ts'
import { watchAccounts } from '../../../apps/api/src/modules/health/account-watch.service.ts'
import { createWatch, type Probes } from '../../../apps/api/src/modules/health/watch.service.ts'
import {
  beginSending,
  claim,
  settle,
} from '../../../apps/api/src/modules/publishing/ledger.service.ts'
import { askTheTime, clockSkewMs, forgetTime } from '../../../apps/api/src/platforms/clock.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'
import { connectBench } from '../accounts/connect-bench.ts'

const MINUTE = 60_000

async function watched(probes: Probes = {}) {
  const t = await testApp()
  const skew = { ms: 0 as number | null }
  Object.assign(t.deps, { clockSkewMs: () => skew.ms })
  const watch = createWatch(t.deps, probes)
  const move = (ms: number) => {
    t.clock.now = new Date(t.clock.now.getTime() + ms)
  }
  const told = (userId = 'admin-a') =>
    t.db.read
      .select()
      .from(notices)
      .where(eq(notices.userId, userId))
      .then((rows) => rows.map(({ messageKey }) => messageKey))
  const stateOf = (signal: string) =>
    watch.readings().items.find((one) => one.signal === signal)?.state
  /** A post due in `after`. */
  const scheduled = async (contentId: string, after: number) => {
    await readyItem(t.deps, contentId)
    const dueAt = new Date(t.clock.now.getTime() + after).toISOString()
    const answer = await t.as('operator')(`/api/contents/${contentId}/publications`, {
      body: { items: [{ accountId: 'kuaishou-a', dueAt }] },
    })
    expect(answer.status, answer.text).toBe(200)
    // No relay runs here: what was handed over is gone.
    await t.db.inTransaction(async (tx) => {
      await tx.delete(outbox)
    })
    return (answer.body as { items: { id: string }[] }).items[0]?.id ?? ''
  }
  /** A post whose time has come. */
  const due = async (contentId: string) => {
    const id = await scheduled(contentId, MINUTE)
    move(MINUTE)
    return id
  }
  const postOf = async (id: string) => {
    const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    if (!row) throw new Error('no such post')
    return row
  }
  return { ...t, skew, watch, move, told, stateOf, scheduled, due, postOf }
}

test('an episode is told once when it begins and once when it ends, however often one looks', async () => {
  const t = await watched()
  const post = await t.due('c1')
  await t.watch.look()
  expect(t.stateOf('due_unclaimed')).toBe('ok')
  t.move(2 * MINUTE)
  for (let n = 0; n < 3; n++) await t.watch.look()
  expect(t.stateOf('due_unclaimed')).toBe('bad')
  expect(await t.told()).toEqual(['health.due_unclaimed.began'])
  expect(await t.told('manager-b')).toEqual(['health.due_unclaimed.began'])
  expect(await t.told('operator-a')).toEqual([])
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ state: 'canceled' }).where(eq(publications.id, post))
  })
  for (let n = 0; n < 3; n++) await t.watch.look()
  expect((await t.told()).sort()).toEqual([
    'health.due_unclaimed.began',
    'health.due_unclaimed.ended',
  ])
  // Wrong again is another episode.
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ state: 'scheduled' }).where(eq(publications.id, post))
  })
  t.move(MINUTE)
  await t.watch.look()
  expect(await t.told()).toHaveLength(3)
  expect(await t.db.read.select().from(alarms)).toHaveLength(2)
})

test('a clock that is off by more than a minute holds what is due, with the reason, and lets it go by itself', async () => {
  const t = await watched()
  const post = await t.due('c1')
  t.skew.ms = 3_600_000
  expect(await claim(t.deps, post)).toBeNull()
  expect(await t.postOf(post)).toMatchObject({
    state: 'scheduled',
    reasonKey: 'health.clockUntrusted',
    reasonValues: { seconds: 3600 },
    attemptCount: 0,
  })
  const { revision } = await t.postOf(post)
  expect(await claim(t.deps, post)).toBeNull()
  // Said once, not written again at every look.
  expect((await t.postOf(post)).revision).toBe(revision)
  // Long past its time by that clock: still held, not expired by a clock nobody believes.
  t.move(120 * MINUTE)
  expect(await claim(t.deps, post)).toBeNull()
  expect((await t.postOf(post)).state).toBe('scheduled')
  await t.watch.look()
  expect(t.stateOf('clock_skew')).toBe('bad')
  t.move(-120 * MINUTE)
  t.skew.ms = 59_000
  await t.watch.look()
  expect(await t.told()).toEqual(['health.clock_skew.began', 'health.clock_skew.ended'])
  expect((await t.postOf(post)).reasonKey).toBeNull()
  const rung = await t.db.read.select().from(outbox)
  expect(
    rung.some(({ payload }) => (payload as { publicationId?: string }).publicationId === post),
  ).toBe(true)
  expect(await claim(t.deps, post)).not.toBeNull()
})

test('a clock found wrong during the upload: nothing is sent, the post goes back to wait', async () => {
  const t = await watched()
  const post = await t.due('c1')
  const claimed = await claim(t.deps, post)
  if (!claimed) throw new Error('not claimed')
  t.skew.ms = -61_000
  expect(await beginSending(t.deps, claimed.row)).toBe(false)
  expect(await t.postOf(post)).toMatchObject({
    state: 'scheduled',
    reasonKey: 'health.clockUntrusted',
    nextCheckAt: null,
  })
  t.skew.ms = null
  expect(await claim(t.deps, post)).not.toBeNull()
})

test('the platforms’ Date header tells the skew; a step of our clock shows without a new answer', async () => {
  const t = await connectBench()
  forgetTime()
  const off = (now: Date) => Math.abs(clockSkewMs(now) ?? 1e9)
  expect(clockSkewMs(testNow)).toBeNull()
  // The sandbox's clock stands at the tests' moment, and its answers say so.
  await askTheTime([t.sandbox.url, 'http://127.0.0.1:1'])
  expect(off(testNow)).toBeLessThan(30_000)
  expect(Math.abs(off(new Date(testNow.getTime() + 3_600_000)) - 3_600_000)).toBeLessThan(30_000)
  forgetTime()
  // Any call of an adapter hears it too.
  const { id } = await t.unconnected()
  await t.land((await t.consent(id)).back)
  expect(clockSkewMs(testNow)).not.toBeNull()
  forgetTime()
})

test('three submissions of unknown outcome within ten minutes pause the account; a person lets it go on', async () => {
  const t = await watched()
  const ids: string[] = []
  const unsure = async (contentId: string) => {
    const id = await t.due(contentId)
    ids.push(id)
    const taken = await claim(t.deps, id)
    if (!taken) throw new Error(`not claimed: ${JSON.stringify(await t.postOf(id))}`)
    expect(await beginSending(t.deps, taken.row)).toBe(true)
    await settle(t.deps, taken.row, { kind: 'unknown', why: 'timeout', detail: '' })
  }
  const account = async () => {
    const [row] = await t.db.read.select().from(accounts).where(eq(accounts.id, 'kuaishou-a'))
    return row
  }
  await unsure('c1')
  await unsure('c2')
  expect((await account())?.pausedAt).toBeNull()
  const later = await t.scheduled('c4', 5 * MINUTE)
  await unsure('c3')
  expect(await account()).toMatchObject({ pausedKey: 'account.pausedUnsure' })
  expect(await t.told()).toEqual(['health.account_paused.began'])
  expect(await t.postOf(later)).toMatchObject({
    state: 'scheduled',
    reasonKey: 'account.pausedUnsure',
  })
  t.move(5 * MINUTE)
  expect(await claim(t.deps, later)).toBeNull()
  await watchAccounts(t.deps)
  expect(await t.told()).toHaveLength(1)

  const resume = (role: 'operator' | 'producer', institution = 'a') =>
    t.as(role, institution)('/api/accounts/kuaishou-a/resume', {
      body: { reason: '三条都核对过了' },
    })
  expect((await resume('producer')).status).toBe(403)
  expect((await resume('operator', 'b')).status).toBe(404)
  const [one, two] = await Promise.all([resume('operator'), resume('operator')])
  expect([one.status, two.status].sort()).toEqual([200, 422])
  expect(await t.postOf(later)).toMatchObject({ reasonKey: null })
  expect((await t.told()).sort()).toEqual([
    'health.account_paused.began',
    'health.account_paused.ended',
  ])
  const audit = await t.as('admin')('/api/audit')
  expect(audit.text).toContain('account.paused')
  expect(audit.text).toContain('三条都核对过了')
  // What was looked into does not count again: one more is one.
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ state: 'canceled' }).where(eq(publications.id, later))
  })
  t.move(MINUTE)
  await unsure('c5')
  expect((await account())?.pausedAt).toBeNull()
  await expect(
    resumeAccount(
      t.deps,
      {
        userId: 'operator-a',
        displayName: 'x',
        institutionId: 'a',
        role: 'operator',
        doctorId: null,
        sessionId: 's',
        scope: null,
      },
      'kuaishou-a',
      '再来',
    ),
  ).rejects.toMatchObject({ code: 'RULE_VIOLATION' })
})

test('many failed submissions within an hour alarm, and do not flicker at the limit', async () => {
  const t = await watched()
  const post = await t.due('c1')
  const fail = (number: number, minutesAgo: number) =>
    t.db.inTransaction(async (tx) => {
      await tx.insert(attempts).values({
        id: `att_${number}`,
        institutionId: 'a',
        publicationId: post,
        number: 100 + number,
        fence: 100 + number,
        step: 'settled',
        outcome: 'refused',
        errorCode: number === 9 ? 'gate' : '120003',
        startedAt: t.clock.now,
        settledAt: new Date(t.clock.now.getTime() - minutesAgo * MINUTE),
      })
    })
  for (let n = 0; n < 4; n++) await fail(n, 50 - n * 10)
  // Our own reasons to stop are not the account's.
  await fail(9, 1)
  await watchAccounts(t.deps)
  expect(await t.told()).toEqual([])
  await fail(4, 0)
  await watchAccounts(t.deps)
  expect(await t.told()).toEqual(['health.account_errors.began'])
  t.move(20 * MINUTE)
  await watchAccounts(t.deps)
  expect(await t.told()).toHaveLength(1)
  t.move(40 * MINUTE)
  await watchAccounts(t.deps)
  expect(await t.told()).toContain('health.account_errors.ended')
})

test('the page shows every signal with its state, to managers and admins of the institution only', async () => {
  const t = await watched()
  let queue = () => Promise.resolve(3)
  const watch = createWatch(t.deps, {
    queueDepth: () => queue(),
    dataLockHeld: () => true,
  })
  const app = await buildApp(t.deps, { webDir: null, watch })
  const get = async (role: string) => {
    const answer = await app.inject({
      method: 'GET',
      url: '/api/health',
      headers: { cookie: `xingbo=token-${role}` },
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  await watch.look()
  expect((await get('operator-a')).status).toBe(403)
  const fine = getHealth.response.parse((await get('manager-a')).body)
  expect(fine.signals.map(({ signal, state }) => `${signal} ${state}`)).toEqual([
    'due_unclaimed ok',
    'clock_skew ok',
    'queue_depth ok',
    'outbox_age ok',
    'data_lock ok',
    expect.stringMatching(/^disk_free (ok|bad)$/),
    'wal_size ok',
  ])
  queue = () => Promise.reject(new Error('connection refused'))
  await t.db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ health: 'reauth_needed' }).where(eq(accounts.id, 'kuaishou-b'))
  })
  t.move(MINUTE)
  for (let n = 0; n < 3; n++) await watch.look()
  const bad = getHealth.response.parse((await get('manager-a')).body)
  expect(bad.signals.find(({ signal }) => signal === 'queue_depth')).toMatchObject({
    state: 'bad',
    value: null,
    since: t.clock.now.toISOString(),
  })
  // What is wrong in the other house is not this one's to see.
  expect(bad.troubles).toEqual([])
  expect(JSON.stringify(bad)).not.toContain('kuaishou-b')
  const theirs = getHealth.response.parse((await get('admin-b')).body)
  expect(theirs.troubles).toMatchObject([{ signal: 'authorization_lost', accountId: 'kuaishou-b' }])
  await app.close()
})

test('/metrics speaks Prometheus, to this machine or with the token, without names', async () => {
  const t = await watched()
  await t.due('c1')
  await t.watch.look()
  const app = await buildApp(t.deps, { webDir: null, watch: t.watch })
  const get = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.inject({ method: 'GET', url: '/metrics', headers, remoteAddress })
  const answer = await get()
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4')
  for (const line of answer.body.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? -?[0-9.e+]+)$/)
  expect(answer.body).toContain('xingbo_signal_ok{signal="due_unclaimed"} 1')
  expect(answer.body).toContain('xingbo_publications{platform="kuaishou",state="scheduled"} 1')
  expect(answer.body).not.toMatch(/[一-鿿]|账号|1990000/)
  expect((await get({}, '10.0.0.8')).statusCode).toBe(403)
  expect((await get({ 'x-forwarded-for': '10.0.0.8' })).statusCode).toBe(403)
  await app.close()

  const token = 'scrape-me-please-123'
  const kept = await testApp({ XINGBO_METRICS_TOKEN: token })
  const scrape = (authorization?: string) =>
    kept.app.inject({
      method: 'GET',
      url: '/metrics',
      remoteAddress: '10.0.0.8',
      ...(authorization && { headers: { authorization } }),
    })
  expect((await scrape()).statusCode).toBe(403)
  expect((await scrape('Bearer wrong')).statusCode).toBe(403)
  expect((await scrape(`Bearer ${token}`)).statusCode).toBe(200)
})

test('the lock on the data folder is seen to be held, and to be lost', async () => {
  const { dir } = await testApp()
  const lock = takeDataFolder(dir, { pid: process.pid, since: 'now', address: 'here' })
  expect(lock.held()).toBe(true)
  // Asking must not let go of it.
  expect(() => takeDataFolder(dir, { pid: 1, since: 'now', address: 'there' })).toThrow()
  expect(lock.held()).toBe(true)
  lock.release()
  expect(lock.held()).toBe(false)
})

test('every sentence of an episode stands for a signal, and begins and ends', async () => {
  const keys = Object.keys(healthMessages)
  const began = keys.filter((key) => key.endsWith('.began'))
  expect(began.length).toBe(13)
  for (const key of began) expect(keys).toContain(key.replace('.began', '.ended'))
  expect(testNow.getTime()).toBeGreaterThan(0)
})
