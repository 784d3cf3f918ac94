import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { holds } from '../../../apps/api/src/db/schema/content.ts'
import { institutions } from '../../../apps/api/src/db/schema/institutions.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import {
  beginSending,
  claim,
  recoverAllOrphans,
  recoverOrphan,
  settle,
} from '../../../apps/api/src/modules/publishing/ledger.service.ts'
import { noteReconciliation } from '../../../apps/api/src/modules/publishing/outcome.service.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

/** An item scheduled on `accountId`, and its time come. */
async function due(accountId: string, ...contentIds: string[]) {
  const t = await testApp()
  const dueAt = new Date(testNow.getTime() + 60_000).toISOString()
  const ids: string[] = []
  for (const contentId of contentIds) {
    await readyItem(t.deps, contentId)
    const answer = await t.as('operator')(`/api/contents/${contentId}/publications`, {
      body: { items: [{ accountId, dueAt }] },
    })
    expect(answer.status, answer.text).toBe(200)
    ids.push((answer.body as { items: Publication[] }).items[0]?.id ?? '')
  }
  const move = (ms: number) => {
    t.clock.now = new Date(t.clock.now.getTime() + ms)
  }
  move(60_000)
  const row = async (id: string) => {
    const [one] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    if (!one) throw new Error('no such publication')
    return one
  }
  const [first = '', second = ''] = ids
  const [look] = jobsOf(t.deps).handlers.filter(({ job }) => job.name === 'publication.look')
  const ring = (publicationId: string) => look?.run({ publicationId } as never)
  return { ...t, first, second, move, row, ring }
}
const claimed = async (t: Awaited<ReturnType<typeof due>>, id = t.first) => {
  const taken = await claim(t.deps, id)
  if (!taken) throw new Error('not claimed')
  return taken.row
}
const accepted = (remoteId: string) =>
  ({ kind: 'accepted', remoteId, remoteUrl: `https://x.invalid/${remoteId}`, raw: {} }) as const

test('words, account or file changed behind a frozen snapshot are never sent', async () => {
  for (const change of [
    sql`update publications set snapshot = json_set(snapshot, '$.rendered.caption', '包治百病')`,
    sql`update publications set snapshot = json_set(snapshot, '$.accountId', 'douyin-a')`,
    sql`update publications set account_id = 'xiaohongshu-a'`,
    sql`update publications set snapshot = '{}'`,
  ]) {
    const t = await due('kuaishou-a', 'c1')
    await t.db.inTransaction(async (tx) => {
      tx.run(change)
    })
    expect(await claim(t.deps, t.first)).toBeNull()
    expect(await t.row(t.first)).toMatchObject({
      state: 'failed',
      reasonKey: 'publishing.notAsFrozen',
      attemptCount: 0,
    })
  }
})

test('what breaks its worker each time is set aside after three claims; the others go on', async () => {
  const t = await due('kuaishou-a', 'c1', 'c2')
  for (let n = 1; n <= 3; n++) {
    await claimed(t)
    // The process dies here and starts again.
    expect(await recoverAllOrphans(t.deps)).toBe(1)
    expect((await t.row(t.first)).state).toBe(n < 3 ? 'scheduled' : 'failed')
  }
  expect(await t.row(t.first)).toMatchObject({ reasonKey: 'publishing.interruptedTooOften' })
  expect((await claimed(t, t.second)).state).toBe('submitting')
})

test('a claim whose lease was renewed meanwhile is not taken from its living worker', async () => {
  const t = await due('kuaishou-a', 'c1')
  const row = await claimed(t)
  await recoverOrphan(t.deps, t.first)
  expect((await t.row(t.first)).state).toBe('submitting')
  t.move(t.deps.settings.leaseMs)
  await recoverOrphan(t.deps, t.first)
  expect((await t.row(t.first)).state).toBe('scheduled')
  // The worker that only slept may not send any more, nor write.
  expect(await beginSending(t.deps, row)).toBe(false)
  await settle(t.deps, row, accepted('late'))
  expect((await t.row(t.first)).state).toBe('scheduled')
})

test('a “taken” that arrives after its worker was given up still says where the post is', async () => {
  const t = await due('kuaishou-a', 'c1')
  const row = await claimed(t)
  expect(await beginSending(t.deps, row)).toBe(true)
  t.move(t.deps.settings.leaseMs)
  await recoverOrphan(t.deps, t.first)
  expect((await t.row(t.first)).state).toBe('unconfirmed')
  await settle(t.deps, row, accepted('k1'))
  expect(await t.row(t.first)).toMatchObject({ state: 'accepted', remoteId: 'k1' })
})

test('of two open posts with one caption, a post seen on the platform is nobody’s by itself', async () => {
  const t = await due('kuaishou-a', 'c1', 'c2')
  for (const id of [t.first, t.second]) {
    const row = await claimed(t, id)
    await beginSending(t.deps, row)
    await settle(t.deps, row, { kind: 'unknown', why: 'timeout', detail: '' })
  }
  const post = {
    remoteId: 'k1',
    remoteUrl: 'https://x.invalid/k1',
    caption: 'same',
    pending: false,
    createdAt: t.clock.now,
    durationMs: null,
    title: null,
    counts: { plays: null, likes: null, comments: null, shares: null, favorites: null },
    fits: true,
  }
  const seen = { kind: 'read', posts: [post] } as const
  const sameCaption = sql`update publications set snapshot = json_set(snapshot, '$.rendered.caption', 'same')`
  await t.db.inTransaction(async (tx) => {
    tx.run(sameCaption)
  })
  await noteReconciliation(t.deps, t.first, seen)
  expect(await t.row(t.first)).toMatchObject({
    state: 'unconfirmed',
    remoteId: null,
    reasonKey: 'publishing.needsPerson',
  })
})

test('a look that breaks for a reason of ours waits a quarter of an hour, not one sweep', async () => {
  const t = await due('kuaishou-a', 'c1')
  const row = await claimed(t)
  await beginSending(t.deps, row)
  await settle(t.deps, row, accepted('k1'))
  t.move(10_000)
  await t.db.inTransaction(async (tx) => {
    await tx.update(institutions).set({ dataKey: 'v1.damaged' })
  })
  await expect(t.ring(t.first)).rejects.toThrow()
  const after = await t.row(t.first)
  expect(after.state).toBe('accepted')
  expect(after.nextCheckAt).toEqual(new Date(t.clock.now.getTime() + 15 * 60_000))
})

test('a hold placed while a hand-off waits keeps its card shut; what was posted before still counts', async () => {
  const t = await due('xiaohongshu-a', 'c1')
  await t.ring(t.first)
  const card = await t.as('operator')(`/api/hand-offs/${t.first}`)
  expect(card.status).toBe(200)
  await t.db.inTransaction(async (tx) => {
    await tx.insert(holds).values({
      id: 'hold1',
      institutionId: 'a',
      kind: 'doctor',
      subjectId: 'doc-a',
      reason: '停诊',
      createdBy: 'reviewer-a',
      createdAt: t.clock.now,
    })
  })
  const shut = await t.as('operator')(`/api/hand-offs/${t.first}`)
  expect(shut.status).toBe(422)
  expect(shut.text).toContain('停诊')
  expect(shut.text).not.toContain('/media/')
  const declared = (card.body as { declarations: { id: string }[] }).declarations.map((d) => d.id)
  const proof = await t.as('operator')(`/api/hand-offs/${t.first}/proof`, {
    body: { link: 'https://www.xiaohongshu.com/explore/64a1b2c3000000001203abcd', declared },
  })
  expect(proof.status, proof.text).toBe(200)
})

test('a phone link opens for an active colleague who may post, and is written down; for nobody else', async () => {
  const t = await due('douyin-a', 'c1')
  const give = (userId?: string) =>
    t.as('operator')(`/api/publications/${t.first}/hand-off-links`, {
      body: { ...(userId && { userId }) },
    })
  for (const userId of ['absent', 'operator-b', 'advisor-a', 'reviewer-a', '__proto__'])
    expect((await give(userId)).status, userId).toBe(422)
  expect((await give('producer-a')).status).toBe(200)
  // The account's owner may not post: whoever asks gets the link.
  await t.db.inTransaction(async (tx) => {
    tx.run(sql`update accounts set owner_user_id = 'manager-a' where id = 'douyin-a'`)
  })
  const link = await give()
  expect(link.status).toBe(200)
  const token = new URL((link.body as { url: string }).url).hash.slice('#token='.length)
  const opened = await t.app.inject({
    method: 'POST',
    url: '/api/link-session',
    payload: { token },
  })
  expect(opened.json()).toMatchObject({ userId: 'operator-a' })
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  const ask = async (url: string) => (await t.app.inject({ url, headers: { cookie } })).statusCode
  expect(await ask(`/api/hand-offs/${t.first}`)).toBe(200)
  for (const url of [
    '/api/live',
    '/api/work',
    '/api/search?q=a',
    '/api/publications',
    `/api/publications/${t.first}`,
    '/api/contents/c1',
    '/api/assets/ast_c1/file',
    '/api/hand-offs/another',
    '/api/sign-offs',
    '/api/users',
  ])
    expect(await ask(url), url).toBe(403)
  const told = await t.as('admin')('/api/audit?subjectType=publication')
  expect(told.text).toContain('publication.handed_to')
})
