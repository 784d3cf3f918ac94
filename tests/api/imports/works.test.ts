import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { metricSnapshots } from '../../../apps/api/src/db/schema/metrics.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { asOf } from '../../imports/sample-files.ts'
import { testApp } from '../../support/test-app.ts'
import {
  bring,
  csv,
  type Detail,
  only,
  rowsOf,
  seedPieces,
  seedPublications,
  upload,
} from './support.ts'

const douyin = { kind: 'douyin_works', file: 'douyin-works.xlsx', accountId: 'douyin-a' }
const asOfText = asOf.toISOString()
const header =
  '作品名称,发布时间,体裁,审核状态,播放量,完播率,封面点击率,平均播放时长,点赞量,分享量,评论量,收藏量,主页访问量,粉丝增量'
const workRow = (title: string, time: string, plays: number | string) =>
  `${title},${time},视频,通过,${plays},12%,3%,9秒,5,4,3,2,1,0`

test('the sample Douyin export files 60 works under their publications, figures and all', async () => {
  const { app, db, as } = await testApp()
  await seedPieces(db, 'douyin-a')
  const done = await bring(app, { ...douyin, role: 'operator', asOf: asOfText })
  // Two works in review have no figure at all yet.
  const waiting = (await rowsOf(as, done.id, 'unchanged')).map(({ reasons }) => reasons[0]?.key)
  expect(waiting.every((key) => key === 'metrics.row.noFigures')).toBe(true)
  expect((done.counts.added ?? 0) + waiting.length).toBe(60)
  expect(done).toMatchObject({
    rows: 60,
    asOf: asOfText,
    accountName: 'douyin账号',
    platform: 'douyin',
  })

  const twin = (await rowsOf(as, done.id)).find(({ label }) => label === '鼻炎洗鼻子的正确步骤')
  const rows = await db.read
    .select()
    .from(metricSnapshots)
    .where(eq(metricSnapshots.publicationId, twin?.publication?.publicationId ?? ''))
  const snapshot = only(rows)
  expect(snapshot).toMatchObject({ source: 'import', importId: done.id, institutionId: 'a' })
  expect(snapshot.asOf).toEqual(asOf)
  expect(snapshot.impressions).toBeNull()
  const states = await db.read.selectDistinct({ state: publications.state }).from(publications)
  expect(states).toEqual([{ state: 'published' }])
})

test('the same file again, and the same rows in another file, change nothing', async () => {
  const { app, db, clock } = await testApp()
  await seedPieces(db, 'douyin-a')
  const first = await bring(app, douyin)
  const before = await db.read.select().from(metricSnapshots)
  clock.now = new Date(clock.now.getTime() + 3_600_000)
  const again = await bring(app, douyin)
  expect(again.counts).toEqual({ unchanged: 60 })
  // The same bytes are true for the same moment.
  expect(again.asOf).toBe(first.asOf)
  expect(await db.read.select().from(metricSnapshots)).toEqual(before)

  const two = csv(header, workRow('鼻炎能根治吗', '2026-11-03 18:00:05', 900))
  await seedPublications(db, [
    {
      id: 'extra',
      title: '鼻炎能根治吗',
      at: new Date('2026-11-03T10:00:00Z'),
      accountId: 'douyin-a',
    },
  ])
  await bring(app, { ...douyin, file: two })
  const resaved = csv(header, '', workRow('鼻炎能根治吗 #鼻炎', '2026/11/3 18:00:05', '900'))
  expect((await bring(app, { ...douyin, file: resaved })).counts).toEqual({ unchanged: 1 })
})

test('a later export adds figures, another export of the same moment corrects them', async () => {
  const { app, db } = await testApp()
  const accountId = 'douyin-a'
  await seedPublications(db, [
    { id: 'one', title: '鼻炎能根治吗', at: new Date('2026-11-03T10:00:00Z'), accountId },
  ])
  const at = (day: string) => `2026-11-${day}T00:00:00.000Z`
  const send = (plays: number, day: string) =>
    bring(app, {
      ...douyin,
      file: csv(header, workRow('鼻炎能根治吗', '2026-11-03 18:00:05', plays)),
      asOf: at(day),
    })
  expect((await send(100, '10')).counts).toEqual({ added: 1 })
  expect((await send(250, '12')).counts).toEqual({ updated: 1 })
  expect((await send(251, '12')).counts).toEqual({ updated: 1 })
  // An older export that comes late is history, not the present.
  expect((await send(40, '05')).counts).toEqual({ added: 1 })
  const rows = await db.read
    .select({ plays: metricSnapshots.plays, asOf: metricSnapshots.asOf })
    .from(metricSnapshots)
    .orderBy(metricSnapshots.asOf)
  expect(rows.map(({ plays, asOf }) => [plays, asOf.toISOString().slice(0, 10)])).toEqual([
    [40, '2026-11-05'],
    [100, '2026-11-10'],
    [251, '2026-11-12'],
  ])
})

test('a hand-off proved by hand, or still waiting for a phone, keeps its state', async () => {
  const { app, db } = await testApp()
  const at = new Date('2026-11-03T10:00:00Z')
  const accountId = 'douyin-a'
  await seedPublications(db, [
    { id: 'waiting', title: '鼻炎能根治吗', at, accountId, state: 'awaiting_person' },
    { id: 'gone', title: '落枕怎么办', at, accountId, state: 'canceled' },
  ])
  const file = csv(
    header,
    workRow('鼻炎能根治吗', '2026-11-03 18:20:05', 900),
    workRow('落枕怎么办', '2026-11-03 18:00:05', 900),
  )
  expect((await bring(app, { ...douyin, file })).counts).toEqual({ added: 1, unmatched: 1 })
  const rows = await db.read
    .select({ id: publications.id, state: publications.state })
    .from(publications)
  expect(rows).toEqual([
    { id: 'waiting', state: 'awaiting_person' },
    { id: 'gone', state: 'canceled' },
  ])
})

test('Xiaohongshu: what two could claim is asked, answered once, audited and remembered', async () => {
  const { app, db, as } = await testApp()
  await seedPieces(db, 'xiaohongshu-a')
  const notes = {
    kind: 'xiaohongshu_notes',
    file: 'xiaohongshu-notes.xlsx',
    accountId: 'xiaohongshu-a',
  }
  const first = await bring(app, { ...notes, role: 'operator', asOf: asOfText })
  expect(first.counts).toEqual({ added: 30, needs_person: 11, unmatched: 4 })
  const row = only(
    (await rowsOf(as, first.id, 'needs_person')).filter(
      ({ label }) => label === '鼻炎洗鼻子的正确步骤',
    ),
  )
  expect(row.publishedAt).toBe('2026-10-13T10:35:42.000Z')
  expect(row.candidates.map(({ offsetSeconds }) => offsetSeconds)).toEqual([-258, 342])
  expect(row.candidates[0]).toMatchObject({ title: '鼻炎洗鼻子的正确步骤', state: 'published' })

  // Nobody is asked twice while the first question stands.
  const meanwhile = await bring(app, { ...notes, asOf: asOfText })
  expect(meanwhile.counts).toEqual({ unchanged: 30, duplicate: 11, unmatched: 4 })

  const chosen = row.candidates[1]?.publicationId ?? ''
  const answer = `/api/imports/${first.id}/rows/${row.id}/resolve`
  const bound = await as('operator')(answer, { body: { answer: 'bind', publicationId: chosen } })
  expect(bound.status).toBe(200)
  expect(bound.body).toMatchObject({
    fate: 'added',
    answer: 'bind',
    resolvedByName: 'operator-a',
    publication: { publicationId: chosen },
  })
  expect(
    await db.read.select().from(metricSnapshots).where(eq(metricSnapshots.publicationId, chosen)),
  ).toHaveLength(1)
  const late = await as('admin')(answer, { body: { answer: 'leave_out' } })
  expect(late.status).toBe(409)
  expect((late.body as { message: string }).message).toContain('operator-a')

  const [other] = (await rowsOf(as, first.id, 'needs_person')).filter(({ label }) => label === '')
  const left = await as('operator')(`/api/imports/${first.id}/rows/${other?.id}/resolve`, {
    body: { answer: 'leave_out' },
  })
  expect(left.body).toMatchObject({ fate: 'ignored', answer: 'leave_out', publication: null })
  const after = (await as('operator')(`/api/imports/${first.id}`)).body as Detail
  expect(after.import.counts).toEqual({ added: 31, needs_person: 9, unmatched: 4, ignored: 1 })

  const third = await bring(app, { ...notes, asOf: asOfText })
  expect(third.counts).toEqual({ unchanged: 31, duplicate: 9, unmatched: 4, ignored: 1 })
  const audits = await db.read
    .select({ detail: auditEntries.detail, who: auditEntries.actorName })
    .from(auditEntries)
    .where(eq(auditEntries.action, 'import.row_answered'))
  expect(audits).toMatchObject([
    { who: 'operator-a', detail: { answer: 'bind', publicationId: chosen, fate: 'added' } },
    { detail: { answer: 'leave_out', fate: 'ignored' } },
  ])
})

test('an answer settles the same work in every file that waits for it, each with its own figures', async () => {
  const { app, db, as } = await testApp()
  const accountId = 'douyin-a'
  const at = (time: string) => new Date(`2026-11-03T${time}:00Z`)
  await seedPublications(db, [
    { id: 'p1', title: '鼻炎能根治吗', at: at('10:00'), accountId },
    { id: 'p2', title: '鼻炎能根治吗', at: at('10:10'), accountId },
    { id: 'p3', title: '落枕怎么办', at: at('20:00'), accountId: 'dy-elsewhere' },
  ])
  const send = (plays: number, day: string) =>
    bring(app, {
      ...douyin,
      file: csv(header, workRow('鼻炎能根治吗', '2026-11-03 18:05:00', plays)),
      asOf: `2026-11-${day}T00:00:00.000Z`,
    })
  const first = await send(100, '10')
  const second = await send(200, '12')
  expect([first.counts, second.counts]).toEqual([{ needs_person: 1 }, { needs_person: 1 }])
  const row = only(await rowsOf(as, second.id))
  const answer = (publicationId: string) =>
    as('admin')(`/api/imports/${second.id}/rows/${row.id}/resolve`, {
      body: { answer: 'bind', publicationId },
    })
  expect((await answer('p3')).status).toBe(422)
  expect((await answer('p2')).status).toBe(200)
  const figures = await db.read
    .select({ plays: metricSnapshots.plays, of: metricSnapshots.publicationId })
    .from(metricSnapshots)
    .orderBy(metricSnapshots.plays)
  expect(figures).toEqual([
    { plays: 100, of: 'p2' },
    { plays: 200, of: 'p2' },
  ])
  expect(await rowsOf(as, first.id, 'needs_person')).toEqual([])
  expect((await send(300, '14')).counts).toEqual({ updated: 1 })
})

test('a work nobody matched can be bound by hand, but one publication takes one work of a file', async () => {
  const { app, db, as } = await testApp()
  await seedPublications(db, [
    {
      id: 'p1',
      title: '鼻炎能根治吗',
      at: new Date('2026-11-03T10:00:00Z'),
      accountId: 'douyin-a',
    },
    { id: 'p2', title: '另一条', at: new Date('2026-10-01T10:00:00Z'), accountId: 'douyin-a' },
  ])
  const done = await bring(app, {
    ...douyin,
    file: csv(
      header,
      workRow('鼻炎能根治吗', '2026-11-03 18:00:05', 10),
      workRow('换了标题又换了时间', '2026-11-09 08:00:00', 20),
    ),
  })
  const row = only(await rowsOf(as, done.id, 'unmatched'))
  expect(row).toMatchObject({ plays: 20, candidates: [] })
  const bind = (publicationId: string, language?: string) =>
    as('operator')(`/api/imports/${done.id}/rows/${row.id}/resolve`, {
      body: { answer: 'bind', publicationId },
      ...(language && { language }),
    })
  expect((await bind('p1')).body).toMatchObject({
    message: '这份文件的第 2 行已经对应到这个发布单',
  })
  expect((await bind('p1', 'en')).body).toMatchObject({
    message: 'Row 2 of this file is already bound to this publication',
  })
  expect((await bind('p2')).body).toMatchObject({ fate: 'added' })
  const wrongWord = await as('operator')(`/api/imports/${done.id}/rows/${row.id}/resolve`, {
    body: { answer: 'accept' },
  })
  expect(wrongWord.status).toBe(409)
})

test('two people answer at once: one wins, the other is told by whom', async () => {
  const { app, db, as } = await testApp()
  const accountId = 'douyin-a'
  await seedPublications(db, [
    { id: 'p1', title: '鼻炎能根治吗', at: new Date('2026-11-03T10:00:00Z'), accountId },
    { id: 'p2', title: '鼻炎能根治吗', at: new Date('2026-11-03T10:10:00Z'), accountId },
  ])
  const file = csv(header, workRow('鼻炎能根治吗', '2026-11-03 18:05:00', 100))
  const done = await bring(app, { ...douyin, file })
  const url = `/api/imports/${done.id}/rows/${only(await rowsOf(as, done.id)).id}/resolve`
  const answers = await Promise.all([
    as('operator')(url, { body: { answer: 'bind', publicationId: 'p1' } }),
    as('admin')(url, { body: { answer: 'bind', publicationId: 'p2' } }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await db.read.select().from(metricSnapshots)).toHaveLength(1)
})

test('an export needs its account, and one of its own platform', async () => {
  const { app } = await testApp()
  const { accountId: _, ...without } = douyin
  expect((await upload(app, without)).body.message).toBe('请选择这份导出属于哪个平台账号')
  const wrong = { ...douyin, accountId: 'xiaohongshu-a' }
  expect((await upload(app, wrong)).body).toMatchObject({
    code: 'RULE_VIOLATION',
    message: '「xiaohongshu账号」不是这类导出所属平台的账号',
  })
  expect((await upload(app, { ...douyin, accountId: 'douyin-b' })).status).toBe(404)
  const early = { ...douyin, asOf: '2027-01-01T00:00:00.000Z' }
  expect((await upload(app, early)).status).toBe(422)
  expect((await upload(app, { ...douyin, kind: 'nonsense' })).status).toBe(400)
})
