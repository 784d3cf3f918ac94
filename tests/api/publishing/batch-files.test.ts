import { randomUUID } from 'node:crypto'
import type { Batch } from '@xingbo/shared/publishing/batch.schema'
import type { FileRow } from '@xingbo/shared/publishing/calendar-file.schema'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { addSixAccounts, readyItems } from '../../support/six-accounts.ts'
import { testApp } from '../../support/test-app.ts'

const period = 'from=2026-11-20T16:00:00.000Z&to=2026-12-20T16:00:00.000Z'

async function desk() {
  const t = await testApp()
  await addSixAccounts(t.deps)
  await readyItems(t.deps, 3)
  const send = async (url: string, bytes: Buffer, as = 'operator-a', language = 'zh-CN') => {
    const boundary = 'calendar'
    const res = await t.app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: `xingbo=token-${as}`,
        'accept-language': language,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: Buffer.concat([
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="calendar.csv"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        bytes,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    })
    return { status: res.statusCode, text: res.body, raw: res.rawPayload }
  }
  const read = async (bytes: Buffer) => {
    const answer = await send('/api/schedule/import', bytes)
    expect(answer.status, answer.text).toBe(200)
    return (JSON.parse(answer.text) as { rows: FileRow[] }).rows
  }
  const save = async (rows: FileRow[]) =>
    t.as('operator')('/api/schedule/batches', {
      body: {
        key: randomUUID(),
        rows: rows.flatMap(({ line, repeatReason }) =>
          line ? [{ ...line, repeatReason, refusal: undefined }] : [],
        ),
      },
    })
  const download = async (url: string) => {
    const res = await t.app.inject({ url, headers: { cookie: 'xingbo=token-operator-a' } })
    return { status: res.statusCode, bytes: res.rawPayload, headers: res.headers }
  }
  return { ...t, send, read, save, download }
}
const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const head = '内容编号,内容,平台,账号,日期,时间,重复也要发的理由'

test('a file is read row by row, saved, exported, and imported again without a change', async () => {
  const t = await desk()
  const rows = await t.read(
    csv(
      head,
      ',选题 c01,抖音,douyin账号,2026-11-23,19:30,',
      'c02,,小红书,xiaohongshu二号,2026年11月23日,7点5分,',
      ',选题 c03,,kuaishou二号,2026/11/24 08:15,,',
    ),
  )
  expect(rows.map(({ rowNumber, fate }) => [rowNumber, fate])).toEqual([
    [2, 'new'],
    [3, 'new'],
    [4, 'new'],
  ])
  expect(rows.map(({ line }) => line?.dueAt)).toEqual([
    '2026-11-23T11:30:00.000Z',
    '2026-11-22T23:05:00.000Z',
    '2026-11-24T00:15:00.000Z',
  ])
  const saved = await t.save(rows)
  expect(saved.status, saved.text).toBe(200)
  expect((saved.body as Batch).total).toBe(3)
  for (const format of ['csv', 'xlsx']) {
    const file = await t.download(`/api/schedule/export?${period}&format=${format}`)
    expect(file.status).toBe(200)
    expect(file.headers['content-disposition']).toContain(`.${format}`)
    const again = await t.read(file.bytes)
    expect(again.map(({ fate }) => fate)).toEqual(['same', 'same', 'same'])
  }
  // The file that was imported says the same again too.
  const twice = await t.read(csv(head, ',选题 c01,抖音,douyin账号,2026-11-23,19:30,'))
  expect(twice.map(({ fate }) => fate)).toEqual(['same'])

  const moved = await t.read(csv(head, ',选题 c01,抖音,douyin账号,2026-11-25,20:00,'))
  expect(moved.map(({ fate }) => fate)).toEqual(['move'])
  expect((await t.save(moved)).status).toBe(200)
  const posts = await t.db.read.select().from(publications)
  expect(posts).toHaveLength(3)
  expect(posts.find(({ contentId }) => contentId === 'c01')?.dueAt.toISOString()).toBe(
    '2026-11-25T12:00:00.000Z',
  )
})

test('what was canceled is not scheduled again by importing its own export', async () => {
  const t = await desk()
  await t.save(await t.read(csv(head, ',选题 c01,抖音,douyin账号,2026-11-23,19:30,')))
  const [post] = await t.db.read.select().from(publications)
  await t.as('operator')(`/api/publications/${post?.id}/cancel`, { body: { revision: 1 } })
  const { bytes } = await t.download(`/api/schedule/export?${period}&format=csv`)
  expect((await t.read(bytes)).map(({ fate }) => fate)).toEqual(['same'])
})

test('every row that cannot be says why, on screen and in a file, in both languages', async () => {
  const t = await desk()
  await t.db.inTransaction(async (tx) => {
    const [one] = await tx.select().from(contentItems).where(eq(contentItems.id, 'c03'))
    if (one) await tx.insert(contentItems).values({ ...one, id: 'c03-twin' })
  })
  const file = csv(
    head,
    ',没有这条,抖音,douyin账号,2026-11-23,19:30,',
    ',选题 c01,抖音,没有这个号,2026-11-23,19:30,',
    ',选题 c01,抖音,douyin账号,明天,19:30,',
    ',选题 c01,抖音,douyin账号,2026-11-23,25:99,',
    ',选题 c03,抖音,douyin账号,2026-11-23,19:30,',
    ',选题 c01,抖音,douyin账号,2026-11-01,19:30,',
    ',选题 c02,抖音,douyin账号,2026-11-23,19:30,',
    ',选题 c02,抖音,douyin账号,2026-11-24,19:30,',
    '"=HYPERLINK(""http://x"")",,,"=1+1",,,',
  )
  const rows = await t.read(file)
  expect(rows.map(({ fate, reasons }) => [fate, ...reasons.map(({ key }) => key)])).toEqual([
    ['refused', 'publishing.file.itemUnknown'],
    ['refused', 'publishing.file.accountUnknown'],
    ['refused', 'publishing.file.dateUnreadable'],
    ['refused', 'publishing.file.timeUnreadable'],
    ['refused', 'publishing.file.itemAmbiguous'],
    ['refused', 'publishing.dueInPast'],
    ['new'],
    ['refused', 'publishing.file.twice'],
    [
      'refused',
      'publishing.file.itemUnknown',
      'publishing.file.accountUnknown',
      'publishing.file.dateUnreadable',
    ],
  ])
  const zh = await t.send('/api/schedule/import/errors', file)
  expect(zh.status).toBe(200)
  const lines = parse(zh.raw, { bom: true }) as string[][]
  expect(lines).toHaveLength(9)
  expect(lines[0]).toEqual(['行号', '内容', '账号', '日期', '原因'])
  expect(lines[1]?.[4]).toBe('没有找到内容「没有这条」')
  // Nothing a spreadsheet would run.
  expect(lines.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([])
  const en = await t.send('/api/schedule/import/errors', file, 'operator-a', 'en')
  expect(en.text).toContain('There is no item')
})

test('a repeat in a file needs its reason in the file', async () => {
  const t = await desk()
  await t.save(await t.read(csv(head, ',选题 c01,抖音,douyin账号,2026-11-23,19:30,')))
  await t.db.inTransaction(async (tx) => {
    await tx.update(contentItems).set({ finalAssetId: 'ast_c01' }).where(eq(contentItems.id, 'c02'))
  })
  const bare = await t.read(csv(head, ',选题 c02,抖音,douyin账号,2026-11-26,19:30,'))
  expect(bare[0]).toMatchObject({
    fate: 'refused',
    reasons: [{ key: 'publishing.repeatsMedia' }],
  })
  const reasoned = await t.read(csv(head, ',选题 c02,抖音,douyin账号,2026-11-26,19:30,换了开头'))
  expect(reasoned[0]?.fate).toBe('new')
  expect((await t.save(reasoned)).status).toBe(200)
})

test('the template holds the ready items, and what is left blank in it is left alone', async () => {
  const t = await desk()
  const csvFile = await t.download('/api/schedule/template?format=csv')
  const lines = parse(csvFile.bytes, { bom: true }) as string[][]
  expect(lines.map(([id]) => id)).toEqual(['内容编号', 'c01', 'c02', 'c03'])
  expect(await t.read(csvFile.bytes)).toEqual([])
  const xlsx = await t.download('/api/schedule/template?format=xlsx')
  expect(await t.read(xlsx.bytes)).toEqual([])
})

test('a workbook with real dates and times is read as it is shown', async () => {
  const t = await desk()
  const bytes = await writeWorkbook([
    [{ value: 'Item' }, { value: 'Account' }, { value: 'Date' }, { value: 'Time' }],
    [
      { value: '选题 c01' },
      { value: 'douyin账号' },
      { value: new Date('2026-11-23T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
      { value: 0.8125, type: Number, format: 'hh:mm' },
    ],
  ]).toBuffer()
  const [row] = await t.read(bytes)
  expect(row).toMatchObject({ fate: 'new', line: { dueAt: '2026-11-23T11:30:00.000Z' } })
})

test('a file without the columns, or that is no table, is refused whole; other people may not', async () => {
  const t = await desk()
  const wrong = await t.send('/api/schedule/import', csv('a,b', '1,2'))
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('没有找到表头')
  expect((await t.send('/api/schedule/import', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).status).toBe(
    422,
  )
  expect((await t.send('/api/schedule/import', csv(head), 'doctor-a')).status).toBe(403)
  // Another institution finds neither the items nor the accounts.
  const foreign = await t.send(
    '/api/schedule/import',
    csv(head, 'c01,,抖音,douyin二号,2026-11-23,19:30,'),
    'operator-b',
  )
  const [row] = (JSON.parse(foreign.text) as { rows: FileRow[] }).rows
  expect(row?.reasons.map(({ key }) => key)).toEqual([
    'publishing.file.itemUnknown',
    'publishing.file.accountUnknown',
  ])
})
