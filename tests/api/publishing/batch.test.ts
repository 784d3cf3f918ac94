import { randomUUID } from 'node:crypto'
import type { Batch, PlannedRow, SpreadAnswer } from '@xingbo/shared/publishing/batch.schema'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { contentItems, holds } from '../../../apps/api/src/db/schema/content.ts'
import { institutions } from '../../../apps/api/src/db/schema/institutions.ts'
import { publications, scheduleBatches } from '../../../apps/api/src/db/schema/publishing.ts'
import { readyItem } from '../../support/ready-item.ts'
import { addSixAccounts, addSlots, readyItems, sixAccounts } from '../../support/six-accounts.ts'
import { type Answer, testApp } from '../../support/test-app.ts'

const day = (n: number, time: string) => `2026-11-${n}T${time}:00.000+08:00`
const iso = (n: number, time: string) => new Date(day(n, time)).toISOString()

async function desk() {
  const t = await testApp()
  await addSixAccounts(t.deps)
  const operator = t.as('operator')
  const propose = async (contentIds: string[], how: object, accountIds: readonly string[] = []) =>
    operator('/api/schedule/spread', {
      body: {
        contentIds,
        accountIds: accountIds.length > 0 ? accountIds : sixAccounts,
        sharing: 'deal',
        way: {
          by: 'spacing',
          start: iso(23, '09:00'),
          everyMinutes: 60,
          from: '08:00',
          to: '21:00',
          perDay: 3,
          skipDaysOff: false,
        },
        ...how,
      },
    })
  const save = (rows: object[], key: string = randomUUID(), as = operator) =>
    as('/api/schedule/batches', { body: { key, rows } })
  const stored = () => t.db.read.select().from(publications)
  return { ...t, operator, propose, save, stored }
}
const rowsOf = (answer: Answer) => (answer.body as { rows: PlannedRow[] }).rows
const batchOf = (answer: Answer) => answer.body as Batch
const asRows = (rows: PlannedRow[]) =>
  rows.map(({ contentId, accountId, dueAt }) => ({ contentId, accountId, dueAt }))
const local = (at: string | null) =>
  at &&
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at))

test('30 items over 6 accounts: proposed, saved once however often the button is pressed, and taken back', async () => {
  const t = await desk()
  const items = await readyItems(t.deps, 30)
  const proposed = await t.propose(items, {})
  expect(proposed.status, proposed.text).toBe(200)
  const rows = rowsOf(proposed)
  expect(rows).toHaveLength(30)
  expect(rows.filter(({ refusal }) => refusal)).toEqual([])
  for (const account of sixAccounts) {
    const times = rows.filter(({ accountId }) => accountId === account).map(({ dueAt }) => dueAt)
    expect(times.map(local)).toEqual([
      '2026-11-23 09:00',
      '2026-11-23 10:00',
      '2026-11-23 11:00',
      '2026-11-24 08:00',
      '2026-11-24 09:00',
    ])
  }
  expect(await t.stored()).toEqual([])

  const key = randomUUID()
  const presses = await Promise.all([t.save(asRows(rows), key), t.save(asRows(rows), key)])
  expect(presses.map(({ status }) => status)).toEqual([200, 200])
  const [first, second] = presses.map((one) => batchOf(one))
  expect(second?.id).toBe(first?.id)
  expect(first).toMatchObject({ total: 30, open: 30, undoneAt: null })
  expect(await t.stored()).toHaveLength(30)
  expect((await t.save(asRows(rows.slice(1)), key)).status).toBe(409)
  const audit = await t.db.read.select().from(auditEntries)
  expect(audit.filter(({ action }) => action === 'publication.scheduled')).toHaveLength(30)
  expect(audit.filter(({ action }) => action === 'schedule.batch_saved')).toHaveLength(1)

  // Two go out in the meantime: they stay, the other 28 are taken back.
  const [a, b] = await t.stored()
  await t.db.inTransaction(async (tx) => {
    await tx
      .update(publications)
      .set({ state: 'submitting' })
      .where(eq(publications.id, a?.id ?? ''))
    await tx
      .update(publications)
      .set({ state: 'published', publishedAt: t.deps.now() })
      .where(eq(publications.id, b?.id ?? ''))
  })
  const undone = await t.operator(`/api/schedule/batches/${first?.id}/undo`, { method: 'POST' })
  expect(undone.body, undone.text).toEqual({ canceled: 28, movedBack: 0, left: 2 })
  const states = (await t.stored()).map(({ state }) => state)
  expect(states.filter((one) => one === 'canceled')).toHaveLength(28)
  expect(states.filter((one) => one !== 'canceled').sort()).toEqual(['published', 'submitting'])
  const list = await t.operator('/api/schedule/batches')
  expect((list.body as { items: Batch[] }).items[0]).toMatchObject({ total: 30, open: 0 })
})

test('slots: the next free ones of each account, around what stands there', async () => {
  const t = await desk()
  await addSlots(t.deps, ['douyin-a', 'kuaishou-a'])
  const items = await readyItems(t.deps, 3)
  await readyItem(t.deps, 'standing')
  await t.operator('/api/contents/standing/publications', {
    body: { items: [{ accountId: 'douyin-a', dueAt: iso(23, '19:20') }] },
  })
  // From Saturday noon: no morning slot until Monday, and Monday evening stands too near to 19:20.
  const answer = await t.propose(
    items,
    { sharing: 'every', way: { by: 'slots', start: iso(21, '12:00') } },
    ['douyin-a', 'kuaishou-a'],
  )
  const times = (account: string) =>
    rowsOf(answer)
      .filter(({ accountId }) => accountId === account)
      .map(({ dueAt, slotName }) => `${local(dueAt)} ${slotName}`)
  expect(times('kuaishou-a')).toEqual([
    '2026-11-21 19:30 晚间',
    '2026-11-22 19:30 晚间',
    '2026-11-23 07:30 早高峰',
  ])
  expect(times('douyin-a')).toEqual([
    '2026-11-21 19:30 晚间',
    '2026-11-22 19:30 晚间',
    '2026-11-23 07:30 早高峰',
  ])
  const later = await t.propose(items, { way: { by: 'slots', start: iso(23, '08:00') } }, [
    'douyin-a',
  ])
  expect(rowsOf(later).map(({ dueAt }) => local(dueAt))).toEqual([
    '2026-11-24 07:30',
    '2026-11-24 19:30',
    '2026-11-25 07:30',
  ])
  const none = await t.propose(
    items.slice(0, 1),
    { way: { by: 'slots', start: iso(23, '08:00') } },
    ['xiaohongshu-a'],
  )
  expect(rowsOf(none)[0]).toMatchObject({
    dueAt: null,
    refusal: { key: 'publishing.noSlots', values: { account: 'xiaohongshu账号' } },
  })
})

test('every line says what speaks against it, and one bad line saves nothing', async () => {
  const t = await desk()
  const [held = '', fine = '', near = ''] = await readyItems(t.deps, 3)
  await t.db.inTransaction(async (tx) => {
    await tx.insert(holds).values({
      id: 'hold-1',
      institutionId: 'a',
      kind: 'content',
      subjectId: held,
      reason: '指南更新',
      createdBy: 'reviewer-a',
      createdAt: t.deps.now(),
    })
  })
  const rows = [
    { contentId: held, accountId: 'douyin-a', dueAt: iso(23, '09:00') },
    { contentId: fine, accountId: 'douyin-a', dueAt: iso(23, '10:00') },
    { contentId: near, accountId: 'douyin-a', dueAt: iso(23, '10:10') },
    { contentId: fine, accountId: 'douyin-a', dueAt: iso(24, '10:00') },
    { contentId: fine, accountId: 'kuaishou-a', dueAt: iso(20, '10:00') },
  ]
  const checked = rowsOf(await t.operator('/api/schedule/check', { body: { rows } }))
  expect(checked.map(({ refusal }) => refusal?.key ?? null)).toEqual([
    'publishing.onHold',
    null,
    null,
    'publishing.alreadyScheduled',
    'publishing.dueInPast',
  ])
  expect(checked[2]?.warnings).toContainEqual({
    key: 'publishing.tooClose',
    values: { title: `选题 ${fine}`, minutes: 10 },
  })
  const refused = await t.save(rows)
  expect(refused.status).toBe(422)
  expect((refused.body as { issues: { path: string }[] }).issues.map(({ path }) => path)).toEqual([
    'rows.0',
    'rows.3',
    'rows.4',
  ])
  expect(refused.text).toContain('指南更新')
  const english = await t.operator('/api/schedule/batches', {
    body: { key: randomUUID(), rows },
    language: 'en',
  })
  expect(english.text).toContain('3 rows cannot be scheduled')
  expect(await t.stored()).toEqual([])
  expect(await t.db.read.select().from(scheduleBatches)).toEqual([])
})

test('the same words or the same video on one account need a reason, within the institution’s days', async () => {
  const t = await desk()
  const [one = '', two = ''] = await readyItems(t.deps, 2)
  // The second item is given the first one's cut.
  const first = await t.save([{ contentId: one, accountId: 'douyin-a', dueAt: iso(23, '09:00') }])
  expect(first.status, first.text).toBe(200)
  await t.db.inTransaction(async (tx) => {
    await tx
      .update(contentItems)
      .set({ finalAssetId: `ast_${one}` })
      .where(eq(contentItems.id, two))
  })
  const rows = [{ contentId: two, accountId: 'douyin-a', dueAt: iso(27, '09:00') }]
  const [checked] = rowsOf(await t.operator('/api/schedule/check', { body: { rows } }))
  expect(checked?.repeat).toEqual({
    key: 'publishing.repeatsMedia',
    values: { title: `选题 ${one}`, day: '2026-11-23' },
  })
  const bare = await t.save(rows)
  expect(bare.status).toBe(422)
  expect(bare.text).toContain('要发请写明理由')
  const single = { items: [{ accountId: 'douyin-a', dueAt: iso(27, '09:00') }] }
  const drawer = await t.operator(`/api/contents/${two}/publications`, { body: single })
  expect(drawer.status).toBe(422)
  // On another account it repeats nothing.
  const other = [{ ...rows[0], accountId: 'douyin-a2' }]
  const elsewhere = rowsOf(await t.operator('/api/schedule/check', { body: { rows: other } }))
  expect(elsewhere[0]?.repeat).toBeNull()

  const reasoned = await t.operator(`/api/contents/${two}/publications`, {
    body: { items: [{ ...single.items[0], repeatReason: '换了封面，重发' }] },
  })
  expect(reasoned.status, reasoned.text).toBe(200)
  const [post] = (reasoned.body as { items: Publication[] }).items
  const audit = await t.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, post?.id ?? ''))
  expect(audit.find(({ action }) => action === 'publication.repeated')?.detail).toMatchObject({
    note: '换了封面，重发',
    of: 'media',
    repeats: one,
  })

  await t.db.inTransaction(async (tx) => {
    await tx.update(institutions).set({ duplicateDays: 3 })
  })
  const third = [{ contentId: two, accountId: 'douyin-a', dueAt: iso(27, '09:00') }]
  await t.operator(`/api/publications/${post?.id}/cancel`, { body: { revision: 1 } })
  const far = rowsOf(await t.operator('/api/schedule/check', { body: { rows: third } }))
  expect(far[0]?.repeat).toBeNull()
})

test('a set may move posts; the undo puts back what nobody has moved since', async () => {
  const t = await desk()
  const [one = '', two = ''] = await readyItems(t.deps, 2)
  await t.save([
    { contentId: one, accountId: 'douyin-a', dueAt: iso(23, '09:00') },
    { contentId: two, accountId: 'douyin-a', dueAt: iso(23, '12:00') },
  ])
  const posts = await t.stored()
  const idOf = (contentId: string) => posts.find((post) => post.contentId === contentId)?.id ?? ''
  const moved = await t.save([
    {
      contentId: one,
      accountId: 'douyin-a',
      dueAt: iso(24, '09:00'),
      publicationId: idOf(one),
    },
    {
      contentId: two,
      accountId: 'douyin-a',
      dueAt: iso(24, '12:00'),
      publicationId: idOf(two),
    },
  ])
  expect(moved.status, moved.text).toBe(200)
  const due = async (contentId: string) =>
    local(
      (await t.stored()).find((post) => post.contentId === contentId)?.dueAt.toISOString() ?? null,
    )
  expect([await due(one), await due(two)]).toEqual(['2026-11-24 09:00', '2026-11-24 12:00'])
  const again = await t.operator(`/api/publications/${idOf(two)}/reschedule`, {
    body: { revision: 2, dueAt: iso(25, '12:00') },
  })
  expect(again.status, again.text).toBe(200)
  const undone = await t.operator(`/api/schedule/batches/${batchOf(moved).id}/undo`, {
    method: 'POST',
  })
  expect(undone.body).toEqual({ canceled: 0, movedBack: 1, left: 1 })
  expect([await due(one), await due(two)]).toEqual(['2026-11-23 09:00', '2026-11-25 12:00'])
})

test('what was not made for an account is left out and counted', async () => {
  const t = await desk()
  const items = await readyItems(t.deps, 2)
  await t.db.inTransaction(async (tx) => {
    await tx
      .update(contentItems)
      .set({ platforms: ['bilibili'] })
      .where(eq(contentItems.id, items[1] ?? ''))
  })
  await t.save([{ contentId: 'c01', accountId: 'douyin-a', dueAt: iso(23, '09:00') }])
  const answer = (await t.propose(items, { sharing: 'every' })).body as SpreadAnswer
  expect(answer.rows.map(({ accountId }) => accountId).sort()).toEqual(
    sixAccounts.filter((one) => one !== 'douyin-a').toSorted(),
  )
  expect(answer).toMatchObject({
    placed: 1,
    notMeant: 6,
    without: [{ contentId: 'c02', contentTitle: '选题 c02' }],
  })
})

test('another institution sees none of it, and only schedulers may', async () => {
  const t = await desk()
  const [item = ''] = await readyItems(t.deps, 1)
  const row = { contentId: item, accountId: 'douyin-a', dueAt: iso(23, '09:00') }
  const saved = batchOf(await t.save([row]))
  expect((await t.save([row], randomUUID(), t.as('operator', 'b'))).status).toBe(404)
  const undo = `/api/schedule/batches/${saved.id}/undo`
  expect((await t.as('operator', 'b')(undo, { method: 'POST' })).status).toBe(404)
  expect((await t.as('doctor')(undo, { method: 'POST' })).status).toBe(403)
  expect((await t.as('producer')('/api/schedule/check', { body: { rows: [row] } })).status).toBe(
    403,
  )
  expect((await t.save([{ ...row, accountId: 'douyin-b' }])).status).toBe(404)
})

test('200 lines are proposed and checked without a query for each', async () => {
  const t = await desk()
  const items = await readyItems(t.deps, 40)
  await addSlots(t.deps, sixAccounts)
  const count = async (contentIds: string[]) => {
    let queries = 0
    const reader = t.db.read as unknown as {
      session: { client: { prepare: (sql: string) => unknown } }
    }
    const { client } = reader.session
    const prepare = client.prepare
    client.prepare = function (this: unknown, sql: string) {
      queries += 1
      return prepare.call(client, sql)
    }
    const answer = await t.propose(contentIds, {
      sharing: 'every',
      way: { by: 'slots', start: iso(23, '00:00') },
    })
    client.prepare = prepare
    return { queries, rows: rowsOf(answer).length }
  }
  const few = await count(items.slice(0, 2))
  const many = await count(items)
  expect(few.rows).toBe(12)
  expect(many.rows).toBe(240)
  expect(few.queries).toBeGreaterThan(5)
  // Some are built at their first use and kept.
  expect(many.queries).toBeLessThanOrEqual(few.queries)
})
