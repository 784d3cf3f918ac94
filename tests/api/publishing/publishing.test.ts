import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { holds } from '../../../apps/api/src/db/schema/content.ts'
import { attempts, publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { signOffs } from '../../../apps/api/src/db/schema/scripts.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'
import { connectKuaishou, readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const minute = 60_000
const dueIn = (ms: number) => new Date(testNow.getTime() + ms).toISOString()

/** The product with a sandbox of its own; `look` does what a ring of the bell would do. */
async function desk() {
  const port = 40_000 + Math.floor(Math.random() * 20_000)
  const t = await testApp({ XINGBO_SANDBOX_PORT: String(port) })
  const sandbox = await startSandbox({
    port,
    dir: `${t.dir}/sandbox`,
    apps: t.deps.settings.platforms,
    now: () => t.clock.now,
    pendingMs: 4_000,
  })
  onTestFinished(() => sandbox.close())
  const posts = async () =>
    (await (await fetch(`${sandbox.url}/__sandbox/posts`)).json()) as unknown[]
  const fault = (body: object) =>
    fetch(`${sandbox.url}/__sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const [look] = jobsOf(t.deps).handlers.filter(({ job }) => job.name === 'publication.look')
  const ring = (publicationId: string) => look?.run({ publicationId } as never)
  const schedule = async (contentId: string, accountIds: string[], dueAt = dueIn(minute)) =>
    t.as('operator')(`/api/contents/${contentId}/publications`, {
      body: { items: accountIds.map((accountId) => ({ accountId, dueAt })) },
    })
  const state = async (id: string) => {
    const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    if (!row) throw new Error('no such publication')
    return row
  }
  const move = (ms: number) => {
    t.clock.now = new Date(t.clock.now.getTime() + ms)
  }
  await connectKuaishou(t.deps, sandbox.url)
  return { ...t, sandbox, posts, fault, ring, schedule, state, move }
}
type Items = { items: Publication[] }
const idOf = (answer: { body: never }, index = 0) =>
  (answer.body as Items).items[index]?.id ?? 'none'

test('an item goes out on three routes at once: API, hand-off, manual', async () => {
  const t = await desk()
  await readyItem(t.deps, 'c1')
  const answer = await t.schedule('c1', ['kuaishou-a', 'douyin-a', 'xiaohongshu-a'])
  expect(answer.status, answer.text).toBe(200)
  expect((answer.body as Items).items.map((p) => [p.platform, p.route, p.state])).toEqual([
    ['kuaishou', 'api', 'scheduled'],
    ['douyin', 'handoff', 'scheduled'],
    ['xiaohongshu', 'manual', 'scheduled'],
  ])
  const [kuaishou, douyin, red] = [idOf(answer, 0), idOf(answer, 1), idOf(answer, 2)]
  // Before its time nothing happens, however often the bell rings.
  await t.ring(kuaishou)
  expect((await t.state(kuaishou)).state).toBe('scheduled')

  t.move(minute)
  for (const id of [kuaishou, douyin, red]) await t.ring(id)
  expect((await t.state(kuaishou)).state).toBe('accepted')
  expect((await t.state(douyin)).state).toBe('awaiting_person')
  expect((await t.state(red)).state).toBe('awaiting_person')

  t.move(5_000)
  await t.ring(kuaishou)
  const published = await t.state(kuaishou)
  expect(published.state).toBe('published')
  expect(published.remoteUrl).toMatch(/^https:\/\/www\.kuaishou\.com\/short-video\//)
  expect(await t.posts()).toHaveLength(1)

  const card = await t.as('operator')(`/api/hand-offs/${red}`)
  expect(card.status).toBe(200)
  const link = 'https://www.xiaohongshu.com/explore/64a1b2c3000000001203abcd'
  const early = await t.as('operator')(`/api/hand-offs/${red}/proof`, {
    body: { link, declared: [] },
  })
  expect(early.status).toBe(422)
  const declared = (card.body as { declarations: { id: string }[] }).declarations.map((d) => d.id)
  const foreign = await t.as('operator')(`/api/hand-offs/${red}/proof`, {
    body: { link: 'https://www.douyin.com/video/7300000000000000000', declared },
  })
  expect(foreign.status).toBe(422)
  const proved = await t.as('operator')(`/api/hand-offs/${red}/proof`, { body: { link, declared } })
  expect(proved.status, proved.text).toBe(200)
  expect(await t.state(red)).toMatchObject({
    state: 'published',
    remoteId: '64a1b2c3000000001203abcd',
  })
})

test('scheduling is all or nothing, and says why not', async () => {
  const t = await desk()
  await readyItem(t.deps, 'c2')
  expect((await t.schedule('c2', ['kuaishou-a', 'kuaishou-b'])).status).toBe(404)
  expect(await t.db.read.select().from(publications)).toEqual([])
  expect((await t.schedule('c2', ['kuaishou-a'], dueIn(-10 * minute))).status).toBe(422)
  expect((await t.schedule('c2', ['kuaishou-a'])).status).toBe(200)
  const again = await t.schedule('c2', ['kuaishou-a'])
  expect(again.status).toBe(409)
  expect((again.body as { message: string }).message).toContain('kuaishou账号')
  const double = await readyItem(t.deps, 'c3')
  const both = await Promise.all([
    t.schedule(double, ['kuaishou-a']),
    t.schedule(double, ['kuaishou-a']),
  ])
  expect(both.map((r) => r.status).sort()).toEqual([200, 409])
})

test('a voided sign-off, a hold or a canceled post is seen at the last moment, before anything leaves', async () => {
  const t = await desk()
  for (const id of ['v1', 'v2', 'v3']) await readyItem(t.deps, id)
  const [a, b, c] = [
    idOf(await t.schedule('v1', ['kuaishou-a'])),
    idOf(await t.schedule('v2', ['kuaishou-a'])),
    idOf(await t.schedule('v3', ['kuaishou-a'])),
  ]
  await t.db.inTransaction(async (tx) => {
    await tx.update(signOffs).set({ voidedAt: testNow }).where(eq(signOffs.contentId, 'v1'))
    await tx.insert(holds).values({
      id: 'h1',
      institutionId: 'a',
      kind: 'content',
      subjectId: 'v2',
      reason: '等复核',
      createdBy: 'reviewer-a',
      createdAt: testNow,
    })
  })
  const { revision } = await t.state(c)
  const canceled = await t.as('operator')(`/api/publications/${c}/cancel`, { body: { revision } })
  expect(canceled.status).toBe(200)
  t.move(minute)
  for (const id of [a, b, c]) await t.ring(id)
  expect(await t.state(a)).toMatchObject({ state: 'scheduled', reasonKey: 'publishing.notSigned' })
  expect(await t.state(b)).toMatchObject({ state: 'scheduled', reasonKey: 'publishing.onHold' })
  expect((await t.state(c)).state).toBe('canceled')
  // Held past its time it expires; it is never sent late.
  t.move(31 * minute)
  for (const id of [a, b]) await t.ring(id)
  expect((await t.state(a)).state).toBe('expired')
  expect((await t.state(b)).state).toBe('expired')
  expect(await t.posts()).toEqual([])
})

test('a moved time makes the old ring silent; a stale screen is told', async () => {
  const t = await desk()
  await readyItem(t.deps, 'm1')
  const id = idOf(await t.schedule('m1', ['kuaishou-a']))
  const url = `/api/publications/${id}/reschedule`
  const moved = await t.as('operator')(url, { body: { revision: 1, dueAt: dueIn(10 * minute) } })
  expect(moved.status).toBe(200)
  expect((await t.as('operator')(url, { body: { revision: 1, dueAt: dueIn(0) } })).status).toBe(409)
  t.move(minute)
  await t.ring(id)
  expect((await t.state(id)).state).toBe('scheduled')
  t.move(9 * minute)
  await t.ring(id)
  expect((await t.state(id)).state).toBe('accepted')
})

test.each([
  ['timeout_after_accept', 'kuaishou.publish'],
  ['cut', 'kuaishou.publish'],
  ['truncated', 'kuaishou.publish'],
  ['no_id', 'kuaishou.publish'],
  ['error_after', 'kuaishou.publish'],
])('%s after acceptance: never sent again, found on the list and bound', async (mode, op) => {
  const t = await desk()
  await readyItem(t.deps, 'u1')
  const id = idOf(await t.schedule('u1', ['kuaishou-a']))
  t.move(minute)
  await t.fault({ match: { op }, mode })
  await t.ring(id)
  expect((await t.state(id)).state).toBe('unconfirmed')
  await t.ring(id)
  t.move(10_000)
  await t.ring(id)
  await t.ring(id)
  expect((await t.state(id)).state).toBe('published')
  expect(await t.posts()).toHaveLength(1)
})

test('an outcome nobody can find is a person’s to settle, with three audited choices', async () => {
  const t = await desk()
  for (const key of ['p1', 'p2', 'p3']) await readyItem(t.deps, key)
  const ids: string[] = []
  for (const key of ['p1', 'p2', 'p3']) {
    const id = idOf(await t.schedule(key, ['kuaishou-a']))
    ids.push(id)
  }
  t.move(minute)
  for (const id of ids) {
    await t.fault({ match: { op: 'kuaishou.publish' }, mode: 'error_before', status: 502 })
    await t.ring(id)
    expect((await t.state(id)).state).toBe('unconfirmed')
  }
  for (const wait of [5_000, minute, 5 * minute, 15 * minute, 61 * minute]) {
    t.move(wait)
    for (const id of ids) await t.ring(id)
  }
  for (const id of ids)
    expect(await t.state(id)).toMatchObject({
      state: 'unconfirmed',
      reasonKey: 'publishing.needsPerson',
      // What the platform took late may still show: the list is read on for a day.
      nextCheckAt: expect.any(Date),
    })
  expect(await t.posts()).toEqual([])
  const [one = '', two = '', three = ''] = ids
  const settle = async (id: string, body: object) =>
    t.as('operator')(`/api/publications/${id}/resolve`, {
      body: { revision: (await t.state(id)).revision, ...body },
    })
  expect((await settle(one, { choice: 'give_up', reason: '不发了' })).status).toBe(200)
  expect((await t.state(one)).state).toBe('failed')
  const link = 'https://www.kuaishou.com/short-video/3xabcdefghij'
  expect((await settle(two, { choice: 'bind', link })).status).toBe(200)
  expect(await t.state(two)).toMatchObject({ state: 'published', remoteUrl: link })
  // Three unknown outcomes have paused the account: sending again passes the gate, so a person lets it go on first.
  expect((await settle(three, { choice: 'send_again', reason: '后台确认没有' })).status).toBe(422)
  const resume = { reason: '平台故障已恢复' }
  const resumed = await t.as('admin')('/api/accounts/kuaishou-a/resume', { body: resume })
  expect(resumed.status, resumed.text).toBe(200)
  expect((await settle(three, { choice: 'send_again', reason: '后台确认没有' })).status).toBe(200)
  await t.ring(three)
  expect((await t.state(three)).state).toBe('accepted')
  expect(await t.posts()).toHaveLength(1)
  const told = await t.db.read
    .select({ action: auditEntries.action, who: auditEntries.actorId })
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, three))
  expect(told).toContainEqual({ action: 'publication.scheduled', who: 'operator-a' })
})

test('a passing refusal is tried again at most three times, a documented no is final', async () => {
  const t = await desk()
  for (const key of ['r1', 'r2']) await readyItem(t.deps, key)
  const busy = idOf(await t.schedule('r1', ['kuaishou-a']))
  t.move(minute)
  await t.fault({ match: { op: 'kuaishou.publish' }, mode: 'rate_limited', times: 9 })
  for (let i = 0; i < 6; i++) {
    await t.ring(busy)
    t.move(4 * minute)
  }
  expect((await t.state(busy)).state).toBe('failed')
  expect(
    await t.db.read.select().from(attempts).where(eq(attempts.publicationId, busy)),
  ).toHaveLength(3)
  await fetch(`${t.sandbox.url}/__sandbox/faults`, { method: 'DELETE' })
  const wrong = idOf(await t.schedule('r2', ['kuaishou-a'], t.clock.now.toISOString()))
  await t.fault({ match: { op: 'kuaishou.publish' }, mode: 'error_before', code: 100400 })
  await t.ring(wrong)
  expect(await t.state(wrong)).toMatchObject({ state: 'failed', reasonKey: 'publishing.refused' })
  expect(await t.posts()).toEqual([])
})

test('the Douyin webhook closes a hand-off once, and only when it is signed', async () => {
  const t = await desk()
  await readyItem(t.deps, 'd1')
  const id = idOf(await t.schedule('d1', ['douyin-a']))
  t.move(minute)
  await t.ring(id)
  const card = await t.as('operator')(`/api/hand-offs/${id}`)
  expect((card.body as { share: { openUrl: string } | null }).share?.openUrl).toContain(
    'douyin-app',
  )
  const [attempt] = await t.db.read.select().from(attempts).where(eq(attempts.publicationId, id))
  const { createHash } = await import('node:crypto')
  const body = JSON.stringify({
    event: 'create_video',
    from_user_id: 'u',
    client_key: t.deps.settings.platforms.douyin.clientKey,
    content: JSON.stringify({ share_id: attempt?.uploadId, item_id: '@9VxItem==', video_id: '73' }),
  })
  const sign = (secret: string) =>
    createHash('sha1')
      .update(secret + body)
      .digest('hex')
  const deliver = (signature: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/webhooks/douyin',
      headers: {
        'content-type': 'application/json',
        'x-douyin-signature': signature,
        'msg-id': 'm1',
      },
      payload: body,
    })
  expect((await deliver(sign('wrong'))).statusCode).toBe(401)
  expect((await t.state(id)).state).toBe('awaiting_person')
  const good = sign(t.deps.settings.platforms.douyin.clientSecret)
  for (let i = 0; i < 5; i++) expect((await deliver(good)).statusCode).toBe(200)
  expect(await t.state(id)).toMatchObject({ state: 'published', remoteId: '@9VxItem==' })
})

test('another institution’s publication is not there at all', async () => {
  const t = await desk()
  await readyItem(t.deps, 'x1')
  const id = idOf(await t.schedule('x1', ['kuaishou-a']))
  for (const url of [`/api/publications/${id}`, `/api/hand-offs/${id}`])
    expect((await t.as('operator', 'b')(url)).status).toBe(404)
  const foreign = await t.as('operator', 'b')(`/api/publications/${id}/cancel`, {
    body: { revision: 1 },
  })
  expect(foreign.status).toBe(404)
})
