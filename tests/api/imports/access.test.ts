import { expect, test } from 'vitest'
import { testApp } from '../../support/test-app.ts'
import { bring, csv, type Detail, rowsOf, seedPieces, seedQiwu, upload } from './support.ts'

const costs = csv('月份,专病线,账号,费用类别,金额', '2026-10,颈肩推拿,,人力,100.00')
const visits = csv(
  '就诊日期,科室,医生,患者姓名,手机号,来源渠道备注,费用,支付状态',
  '2026-11-20,推拿科,陆闻溪,赵小满,19900000011,抖音,300.00,已支付',
)

test('operators bring figures, advisors bring patients, administrators bring both', async () => {
  const { app } = await testApp()
  const as = (
    role: 'operator' | 'advisor' | 'admin' | 'manager',
    kind: string,
    language?: string,
  ) =>
    upload(app, {
      role,
      kind,
      file: kind === 'costs' ? costs : visits,
      ...(language && { language }),
    })
  expect((await as('operator', 'costs')).status).toBe(200)
  expect((await as('advisor', 'visits')).status).toBe(200)
  expect((await as('admin', 'costs')).status).toBe(200)
  expect((await as('manager', 'costs')).status).toBe(403)
  const operator = await as('operator', 'visits')
  expect([operator.status, operator.body.message]).toEqual([
    403,
    '就诊记录和订单由健康顾问或管理员导入',
  ])
  const advisor = await as('advisor', 'costs', 'en')
  expect([advisor.status, advisor.body.message]).toEqual([
    403,
    'Works and costs are imported by an operator or an administrator',
  ])
})

test('everybody concerned sees the counts; rows about patients only who works with patients', async () => {
  const { app, as } = await testApp()
  const done = await bring(app, { kind: 'visits', file: visits, role: 'advisor' })
  const list = (await as('manager')('/api/imports')).body as { items: { counts: unknown }[] }
  expect(list.items[0]?.counts).toEqual({ added: 1 })
  for (const role of ['operator', 'manager'] as const)
    for (const path of ['', '/report']) {
      const res = await as(role)(`/api/imports/${done.id}${path}`)
      expect([res.status, (res.body as { message: string }).message]).toEqual([
        403,
        '患者相关的逐行结果只对健康顾问和管理员开放',
      ])
    }
  expect(await rowsOf(as, done.id, undefined, 'advisor')).toMatchObject([
    { label: '2026-11-20 · 推拿科', fate: 'added' },
  ])
})

test('another institution’s import is not there', async () => {
  const { app, as } = await testApp()
  const done = await bring(app, { kind: 'costs', file: costs })
  expect((await as('admin', 'b')(`/api/imports/${done.id}`)).status).toBe(404)
  expect((await as('admin', 'b')(`/api/imports/${done.id}/report`)).status).toBe(404)
  expect(
    (
      await as('admin', 'b')(`/api/imports/${done.id}/rows/x/resolve`, {
        body: { answer: 'accept' },
      })
    ).status,
  ).toBe(404)
  // The same file in the other institution is its own business.
  expect((await bring(app, { kind: 'costs', file: costs, institution: 'b' })).counts).toEqual({
    added: 1,
  })
})

test('a file that cannot be read says why and leaves nothing', async () => {
  const { app, as } = await testApp()
  const message = async (file: Buffer, language = 'zh-CN') => {
    const { status, body } = await upload(app, { kind: 'costs', file, language })
    return [status, body.message]
  }
  expect(await message(Buffer.alloc(0))).toEqual([422, '文件是空的'])
  expect(await message(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'en')).toEqual([
    422,
    expect.stringContaining('old .xls'),
  ])
  expect(await message(csv('a,b', '1,2'))).toEqual([422, expect.stringContaining('没有找到表头')])
  expect((await message(Buffer.alloc(21 * 1024 * 1024, 0x61)))[0]).toBe(413)
  expect(((await as('admin')('/api/imports')).body as { total: number }).total).toBe(0)
})

test('the report is a CSV in the reader’s language, a page of rows is what was asked for', async () => {
  const { app, db, as } = await testApp()
  await seedQiwu(db)
  await seedPieces(db, 'xiaohongshu-a')
  const done = await bring(app, {
    kind: 'xiaohongshu_notes',
    file: 'xiaohongshu-notes.xlsx',
    accountId: 'xiaohongshu-a',
  })
  const zh = await as('operator')(`/api/imports/${done.id}/report`)
  expect(zh.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(zh.headers['content-disposition']).toContain(`import-${done.id}.csv`)
  expect(zh.text.startsWith('\ufeff行号,结果,内容,原因,对应的发布单,人工确认时间\r\n')).toBe(true)
  expect(zh.text).toContain(
    '待人工确认,鼻炎洗鼻子的正确步骤,有 2 个发布单标题相同、时间相近，请选一个',
  )
  const en = await as('manager')(`/api/imports/${done.id}/report`, { language: 'en-GB' })
  expect(en.text).toContain('Needs a person,鼻炎洗鼻子的正确步骤')
  const page = (await as('manager')(`/api/imports/${done.id}?fate=added&page=2&pageSize=20`))
    .body as Detail
  expect([page.rows.total, page.rows.items.length]).toEqual([30, 10])
})

test('a large file is read beside the server, not in its way', async () => {
  const { app, db } = await testApp()
  await seedQiwu(db)
  const lines = Array.from(
    { length: 6_000 },
    (_, at) =>
      `2026-09-${String(1 + (at % 28)).padStart(2, '0')},推拿科,陆闻溪,张${at},1990${String(at).padStart(7, '0')},抖音,${at % 400}.00,已支付`,
  )
  const file = csv('就诊日期,科室,医生,患者姓名,手机号,来源渠道备注,费用,支付状态', ...lines)
  expect(file.length).toBeGreaterThan(128 * 1024)
  expect((await bring(app, { kind: 'visits', file })).counts).toEqual({ added: 6_000 })
  expect((await bring(app, { kind: 'visits', file })).counts).toEqual({ unchanged: 6_000 })
})
