import type { Role } from '@xingbo/shared/identity/actor'
import type { SearchHit } from '@xingbo/shared/work/search.schema'
import type { Work } from '@xingbo/shared/work/work.schema'
import { type WorkKind, workOf } from '@xingbo/shared/work/work-kind'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { credentials, doctors } from '../../../apps/api/src/db/schema/doctors.ts'
import { leads } from '../../../apps/api/src/db/schema/leads.ts'
import { importRows, imports } from '../../../apps/api/src/db/schema/metrics.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { testNow } from '../../support/test-app.ts'
import { everything, lineBench, sha } from '../content/line-bench.ts'

type PublicationRow = typeof publications.$inferInsert

async function workBench() {
  const bench = await lineBench()
  const { db, as } = bench
  let made = 0
  const post = async (contentId: string, over: Partial<PublicationRow> = {}) => {
    const id = `pub-${++made}`
    await db.inTransaction(async (tx) => {
      await tx.insert(publications).values({
        id,
        institutionId: 'a',
        contentId,
        accountId: 'douyin-a',
        platform: 'douyin',
        route: 'handoff',
        state: 'scheduled',
        stateEnteredAt: testNow,
        dueAt: testNow,
        timeZone: 'Asia/Shanghai',
        snapshot: { title: '冻结的标题' },
        snapshotSha256: sha,
        scriptSha256: sha,
        createdBy: 'operator-a',
        createdAt: testNow,
        updatedAt: testNow,
        ...over,
      })
    })
    return id
  }
  const work = async (role: Role, institution = 'a') =>
    (await as(role, institution)('/api/work')).body as Work
  const list = async (role: Role, kind: WorkKind) =>
    (await work(role)).sections.find((one) => one.kind === kind) ?? { total: -1, items: [] }
  return { ...bench, post, work, list }
}

test('every role has its own lists, all empty in an empty house', async () => {
  const { work, db } = await workBench()
  // The seed's doctors have not told their institution yet, which rightly waits for the administrator.
  await db.inTransaction(async (tx) => {
    await tx.update(doctors).set({ internetScienceFiledOn: '2026-01-01' })
    await tx.update(accounts).set({ publishRoute: 'manual' })
  })
  for (const role of Object.keys(workOf) as Role[]) {
    const { sections, badges } = await work(role)
    expect(
      sections.map(({ kind }) => kind),
      role,
    ).toEqual(workOf[role])
    expect(
      sections.filter(({ total }) => total > 0),
      role,
    ).toEqual([])
    expect(badges.work, role).toBe(0)
  }
})

test('items wait for the people whose step is next, mine first, then the longest waiting', async () => {
  const { item, list, work } = await workBench()
  const day = (n: number) => new Date(testNow.getTime() - n * 86_400_000)
  await item('doctor_review', {}, { id: 'sign', doctorId: 'doc-a' })
  await item('doctor_review', {}, { id: 'others-sign', doctorId: null })
  await item('compliance_review', {}, { id: 'check', stageEnteredAt: day(1) })
  await item('compliance_review', {}, { id: 'check-older', stageEnteredAt: day(3) })
  await item('compliance_review', {}, { id: 'check-due', dueOn: '2026-11-20' })
  await item('final_review', everything, { id: 'final' })
  await item('production', everything, { id: 'cut', stageEnteredAt: day(9) })
  await item('production', everything, { id: 'my-cut', producerUserId: 'producer-a' })
  await item('scripting', {}, { id: 'fresh' })
  await item('scripting', {}, { id: 'sent-back', stageReason: '口语化一点' })
  await item('on_hold', {}, { id: 'paused', resumeStage: 'ready', stageReason: '医生请假' })
  await item('compliance_review', {}, { id: 'foreign', institutionId: 'b' })

  const ids = async (role: Role, kind: WorkKind) =>
    (await list(role, kind)).items.map(({ id }) => id)
  expect(await ids('doctor', 'sign_off')).toEqual(['sign'])
  expect(await ids('reviewer', 'compliance')).toEqual(['check-due', 'check-older', 'check'])
  expect(await ids('reviewer', 'final_review')).toEqual(['final'])
  expect(await ids('producer', 'production')).toEqual(['my-cut', 'cut'])
  expect(await ids('operator', 'returned')).toEqual(['sent-back'])
  expect(await ids('manager', 'paused')).toEqual(['paused'])
  expect(await ids('manager', 'overdue')).toEqual(['check-due'])
  expect((await list('reviewer', 'compliance')).items[0]).toMatchObject({
    subject: 'content',
    stage: 'compliance_review',
    who: '陆闻溪',
    overdue: true,
  })
  expect((await work('reviewer')).badges).toEqual({ work: 4, review: 3, board: 1 })
  expect((await work('doctor')).badges).toEqual({ work: 1, sign_off: 1, publications: 0 })
})

test('long lists are counted whole and shown in part', async () => {
  const { item, list } = await workBench()
  for (let n = 0; n < 9; n++) await item('compliance_review')
  const { total, items } = await list('reviewer', 'compliance')
  expect([total, items.length]).toEqual([9, 6])
})

test('the operator sees what to schedule, to hand off, and what went wrong', async () => {
  const { item, post, list, work } = await workBench()
  const free = await item('ready', everything, { id: 'free' })
  const taken = await item('ready', everything, { id: 'taken' })
  await post(taken)
  const dropped = await item('ready', everything, { id: 'dropped' })
  await post(dropped, { state: 'canceled' })
  expect((await list('operator', 'to_schedule')).items.map(({ id }) => id).sort()).toEqual([
    dropped,
    free,
  ])

  const out = await item('live', everything)
  const waiting = await post(out, { state: 'awaiting_person' })
  expect((await list('operator', 'hand_offs')).items).toMatchObject([
    {
      id: waiting,
      subject: 'publication',
      platform: 'douyin',
      who: 'douyin账号',
      state: 'awaiting_person',
    },
  ])
  // The doctor sees those of their own accounts only.
  expect((await list('doctor', 'hand_offs')).total).toBe(0)

  const other = await item('live', everything)
  const unsure = await post(other, {
    state: 'unconfirmed',
    accountId: 'kuaishou-a',
    platform: 'kuaishou',
  })
  const broken = await post(other, {
    state: 'failed',
    accountId: 'xiaohongshu-a',
    platform: 'xiaohongshu',
    dueAt: new Date(testNow.getTime() + 1),
    reasonKey: 'publishing.rejectedByPlatform',
    reasonValues: { message: '画面不清' },
  })
  const old = new Date(testNow.getTime() - 15 * 86_400_000)
  await post(other, { state: 'failed', stateEnteredAt: old, dueAt: old })
  // Failed, then posted again on the same account: no longer anybody's work.
  await post(taken, { state: 'failed' })
  expect((await list('manager', 'publish_trouble')).items).toMatchObject([
    { id: unsure, state: 'unconfirmed', reason: null },
    {
      id: broken,
      state: 'failed',
      reason: { key: 'publishing.rejectedByPlatform', values: { message: '画面不清' } },
    },
  ])
  expect((await work('operator')).badges).toMatchObject({ publications: 3, calendar: 2 })
})

test('a doctor who runs their own account hands off on it', async () => {
  const { db, item, post, list } = await workBench()
  await db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ doctorId: 'doc-a' }).where(eq(accounts.id, 'douyin-a'))
  })
  const id = await post(await item('ready', everything), { state: 'awaiting_person' })
  expect((await list('doctor', 'hand_offs')).items.map((one) => one.id)).toEqual([id])
})

test('rows of an import wait for the one who can place them', async () => {
  const { db, list } = await workBench()
  await db.inTransaction(async (tx) => {
    for (const [id, kind] of [
      ['imp-works', 'douyin_works'],
      ['imp-visits', 'visits'],
    ] as const) {
      await tx.insert(imports).values({
        id,
        institutionId: 'a',
        kind,
        fileName: `${id}.csv`,
        fileSha256: sha,
        asOf: testNow,
        counts: {},
        createdBy: 'operator-a',
        createdAt: testNow,
      })
      for (const [n, fate, resolvedAt] of [
        [1, 'needs_person', null],
        [2, 'needs_person', null],
        [3, 'needs_person', testNow],
        [4, 'added', null],
      ] as const)
        await tx.insert(importRows).values({
          id: `${id}-${n}`,
          institutionId: 'a',
          importId: id,
          rowNumber: n,
          fate,
          label: '',
          resolvedAt,
        })
    }
  })
  const seen = async (role: Role) => {
    const { total, items } = await list(role, 'import_rows')
    return { total, items: items.map(({ title, rows }) => [title, rows]) }
  }
  expect(await seen('operator')).toEqual({ total: 2, items: [['imp-works.csv', 2]] })
  expect(await seen('advisor')).toEqual({ total: 2, items: [['imp-visits.csv', 2]] })
  expect((await seen('admin')).total).toBe(4)
})

test('new leads are shown by the post they came from and never by name', async () => {
  const { db, item, post, as, list } = await workBench()
  const content = await item('live', everything, { title: '落枕了能不能马上推拿' })
  const publicationId = await post(content, { state: 'published' })
  await db.inTransaction(async (tx) => {
    for (const [id, status, erasedAt] of [
      ['lead-new', 'new', null],
      ['lead-old', 'following', null],
      ['lead-gone', 'new', testNow],
    ] as const)
      await tx.insert(leads).values({
        id,
        institutionId: 'a',
        publicationId,
        accountId: 'douyin-a',
        name: 'sealed-name',
        phone: 'sealed-phone',
        wish: '想约周末',
        consentPurpose: '预约',
        consentVersion: '1',
        consentAt: testNow,
        status,
        createdAt: testNow,
        erasedAt,
      })
  })
  expect(await list('advisor', 'leads')).toMatchObject({
    total: 1,
    items: [
      { id: 'lead-new', title: '落枕了能不能马上推拿', who: 'douyin账号', platform: 'douyin' },
    ],
  })
  expect((await as('advisor')('/api/work')).text).not.toMatch(/sealed|想约周末/)
})

test('the administrator is told of papers and accounts while there is still time', async () => {
  const { db, list } = await workBench()
  await db.inTransaction(async (tx) => {
    await tx.update(doctors).set({ internetScienceFiledOn: '2026-01-01' })
    await tx.update(credentials).set({ expiresOn: '2026-12-11' })
    await tx.update(accounts).set({ publishRoute: 'manual', ownerUserId: null })
    await tx.update(accounts).set({ health: 'banned' }).where(eq(accounts.id, 'douyin-a'))
    await tx
      .update(accounts)
      .set({ certificationExpiresOn: '2026-12-01' })
      .where(eq(accounts.id, 'xiaohongshu-a'))
    await tx
      .update(accounts)
      .set({
        publishRoute: 'api',
        accessTokenExpiresAt: testNow,
        refreshTokenExpiresAt: new Date('2026-11-25T02:00:00Z'),
        // What prolongs it by itself does not work any more.
        refreshFailures: 2,
      })
      .where(eq(accounts.id, 'kuaishou-a'))
  })
  expect((await list('admin', 'credentials')).items).toMatchObject([
    {
      subject: 'doctor',
      title: '陆闻溪',
      overdue: false,
      reason: { key: 'doctor.credentialSoon', values: { kind: '医师定期考核', days: 20 } },
    },
  ])
  expect(
    (await list('admin', 'accounts')).items.map(({ id, reason, overdue }) => [
      id,
      reason?.key,
      overdue,
    ]),
  ).toEqual([
    ['douyin-a', 'account.banned', true],
    ['kuaishou-a', 'account.authorizationSoon', false],
    ['xiaohongshu-a', 'account.certificationSoon', false],
  ])
})

test('the search finds five kinds of things by name, of this institution only', async () => {
  const { as, item, post } = await workBench()
  const content = await item('ready', everything, { title: '推拿前先看这一条 100%' })
  await post(content)
  await item('ready', everything, { title: '推拿：别家的', institutionId: 'b', id: 'foreign' })
  await as('operator')('/api/topics', { body: { title: '推拿与落枕' } })
  const find = async (q: string, role: Role = 'operator') =>
    (
      (await as(role)(`/api/search?q=${encodeURIComponent(q)}`)).body as { items: SearchHit[] }
    ).items.map(({ kind, title, note }) => `${kind} ${title} ${note}`)
  expect(await find('推拿')).toEqual([
    'content 推拿前先看这一条 100% 陆闻溪',
    'topic 推拿与落枕 ',
    'publication 推拿前先看这一条 100% douyin账号',
  ])
  expect(await find('闻溪')).toEqual(['doctor 陆闻溪 推拿科'])
  expect(await find('DOUYIN')).toEqual(['account douyin账号 '])
  expect(await find('冻结')).toEqual(['publication 推拿前先看这一条 100% douyin账号'])
  expect(await find('%')).toHaveLength(2)
  expect(await find('_')).toEqual([])
  expect(await find("' or 1=1 --")).toEqual([])
  expect((await as('operator')('/api/search?q=')).status).toBe(400)
  expect((await as('advisor')('/api/search?q=x')).status).toBe(403)
})
