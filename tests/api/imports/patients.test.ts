import { and, eq, isNotNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { leads, orders, visits } from '../../../apps/api/src/db/schema/leads.ts'
import { testApp } from '../../support/test-app.ts'
import { leave } from '../leads/support.ts'
import { bring, csv, only, rowsOf, seedQiwu } from './support.ts'

const visitHeader = '就诊日期,科室,医生,患者姓名,手机号,来源渠道备注,费用,支付状态'
const orderHeader =
  '订单号,机构,服务包,下单时间,患者姓名,手机号,来源账号,触点码,自述来源,数量,应付金额,实付金额,支付时间,订单状态,总次数,已核销次数,最近核销时间,退款金额,退款时间,备注'
const orderRow = (number: string, rest: { status: string; used?: number; refund?: string }) =>
  `${number},栖梧医院,颈肩推拿调理六次包,2026-11-01 10:00:00,赵小满,19900000011,,QW-OA-MENU,抖音,1,1080.00,1080.00,2026-11-01 10:05:00,${rest.status},6,${rest.used ?? 0},,${rest.refund ?? ''},${rest.refund ? '2026-11-10 09:00:00' : ''},`

test('the hospital’s list: repeats folded, refunds given back, doubtful rows asked, nothing twice', async () => {
  const { app, db, as, clock } = await testApp()
  await seedQiwu(db)
  const first = await bring(app, { kind: 'visits', file: 'visits-his.csv', role: 'advisor' })
  expect(first.rows).toBe(300)
  const { added = 0, duplicate, needs_person: asked = 0, invalid, ignored } = first.counts
  expect({ duplicate, invalid, ignored }).toEqual({ duplicate: 20, invalid: 1, ignored: 1 })
  expect(added + asked).toBe(278)
  const recorded = await db.read.select().from(visits)
  const refunds = recorded.filter(({ refundHash }) => refundHash !== null)
  expect(refunds).toHaveLength(8)
  expect(refunds.every(({ feeFen, refundFen }) => refundFen === feeFen)).toBe(true)
  // A refund row is no visit.
  expect(recorded).toHaveLength(added - 8)
  expect(recorded.filter(({ feeFen }) => (feeFen ?? 0) < 0)).toEqual([])
  const byStatus = recorded.filter(({ payStatus }) => payStatus === 'refunded')
  expect(byStatus.every(({ feeFen, refundFen }) => refundFen === feeFen)).toBe(true)

  clock.now = new Date(clock.now.getTime() + 3_600_000)
  const again = await bring(app, { kind: 'visits', file: 'visits-his.csv', role: 'advisor' })
  expect(again.counts).toEqual({ unchanged: added, duplicate: 20 + asked, invalid: 1, ignored: 1 })
  expect(await db.read.select().from(visits)).toEqual(recorded)

  const letterO = (await rowsOf(as, first.id, 'needs_person', 'advisor')).find(({ reasons }) =>
    reasons.some(({ key }) => key === 'metrics.row.letterInAmount'),
  )
  const resolve = `/api/imports/${first.id}/rows/${letterO?.id}/resolve`
  expect((await as('operator')(resolve, { body: { answer: 'accept' } })).status).toBe(403)
  expect(
    (await as('advisor')(resolve, { body: { answer: 'bind', publicationId: 'x' } })).status,
  ).toBe(422)
  const accepted = await as('advisor')(resolve, { body: { answer: 'accept' } })
  expect(accepted.body).toMatchObject({ fate: 'added', answer: 'accept' })
  expect(await db.read.select().from(visits)).toHaveLength(recorded.length + 1)
  const third = await bring(app, { kind: 'visits', file: 'visits-his.csv', role: 'advisor' })
  expect(third.counts).toMatchObject({ unchanged: added + 1, duplicate: 20 + asked - 1 })
})

test('a visit finds the lead of its phone, a child on a parent’s phone too; a later payment updates it', async () => {
  const { app, db, as } = await testApp()
  await seedQiwu(db)
  expect((await leave(app, 'qw-oa-menu', { name: '赵小满', phone: '199 0000 0011' })).status).toBe(
    200,
  )
  const lead = only(await db.read.select().from(leads))
  const row = (name: string, phone: string, status: string) =>
    `2026-11-21,推拿门诊,陆闻溪,${name},${phone},抖音看到的,300.00,${status}`
  const send = (...rows: string[]) =>
    bring(app, { kind: 'visits', file: csv(visitHeader, ...rows), role: 'advisor' })
  await send(row('赵小满', '+86 199-0000-0011', '未支付'), row('赵小宝', '19900000011', '已支付'))
  await send(row('钱多多', '19900000012', '已支付'))
  const own = await db.read.select().from(visits).where(eq(visits.leadId, lead.id))
  expect(own.map(({ departmentId, payStatus }) => [departmentId, payStatus])).toEqual([
    ['dep-a', 'unpaid'],
    ['dep-a', 'paid'],
  ])
  expect(new Set(own.map(({ nameIndex }) => nameIndex)).size).toBe(2)
  expect((await send(row('赵小满', '19900000011', '已支付'))).counts).toEqual({ updated: 1 })
  expect(await db.read.select().from(visits)).toHaveLength(3)

  const list = await as('advisor')('/api/visits?matched=yes')
  expect(list.body).toMatchObject({ total: 2 })
  expect((list.body as { items: unknown[] }).items[0]).toMatchObject({
    departmentName: '推拿科',
    feeFen: 30_000,
    lead: { id: lead.id, maskedName: '赵**' },
  })
  expect(list.text).not.toMatch(/赵小满|19900000011/)
})

test('of two leads on one phone the last one before the visit is taken; a lead left later finds earlier visits', async () => {
  const { app, db, clock } = await testApp()
  await seedQiwu(db)
  const phone = '19900000021'
  const line = (day: string, name: string) => `${day},鼻科,沈怀屿,${name},${phone},,100.00,已支付`
  const send = (...rows: string[]) =>
    bring(app, { kind: 'visits', file: csv(visitHeader, ...rows) })
  await send(line('2026-11-20', '孙一'))
  expect(only(await db.read.select().from(visits)).leadId).toBeNull()
  await leave(app, 'qw-nose-desk', { name: '孙一', phone })
  const first = only(await db.read.select().from(leads))
  expect(only(await db.read.select().from(visits)).leadId).toBe(first.id)
  clock.now = new Date('2026-12-05T02:00:00Z')
  await leave(app, 'qw-oa-menu', { name: '孙一', phone })
  await db.writer.exec('update sessions set last_seen_at = 1796400000000')
  await send(line('2026-11-25', '孙一'), line('2026-12-05', '孙一'))
  const rows = await db.read.select().from(visits).where(isNotNull(visits.leadId))
  const second = (await db.read.select().from(leads)).find(({ id }) => id !== first.id)
  expect(rows.map(({ visitOn, leadId }) => [visitOn, leadId]).sort()).toEqual([
    ['2026-11-20', first.id],
    ['2026-11-25', first.id],
    ['2026-12-05', second?.id],
  ])
})

test('a refund that comes in a later file finds its visit; one whose visit is unknown waits', async () => {
  const { app, db, as } = await testApp()
  await seedQiwu(db)
  const line = (day: string, fee: string) => `${day},推拿科,陆闻溪,李四,19900000031,,${fee},已支付`
  const send = (...rows: string[]) =>
    bring(app, { kind: 'visits', file: csv(visitHeader, ...rows), role: 'advisor' })
  const orphan = await send(line('2026-11-12', '-80.00'))
  expect(orphan.counts).toEqual({ needs_person: 1 })
  const row = only(await rowsOf(as, orphan.id))
  expect(row.reasons[0]?.key).toBe('metrics.row.refundOrphan')
  const accept = () =>
    as('advisor')(`/api/imports/${orphan.id}/rows/${row.id}/resolve`, {
      body: { answer: 'accept' },
    })
  expect((await accept()).body).toMatchObject({
    code: 'RULE_VIOLATION',
    message: '还没有找到这笔退费对应的就诊；先导入那次就诊，或选择不计入',
  })
  await send(line('2026-11-10', '80.00'), line('2026-11-11', '120.00'))
  expect((await accept()).body).toMatchObject({ fate: 'added' })
  expect((await send(line('2026-11-13', '-120.00'))).counts).toEqual({ added: 1 })
  expect((await send(line('2026-11-13', '-120.00'))).counts).toEqual({ unchanged: 1 })
  const rows = await db.read.select({ fee: visits.feeFen, back: visits.refundFen }).from(visits)
  expect(rows).toEqual([
    { fee: 8_000, back: 8_000 },
    { fee: 12_000, back: 12_000 },
  ])
})

test('the order list: one order once, in its latest state; other institutions’ rows stay outside', async () => {
  const { app, db } = await testApp()
  await seedQiwu(db)
  const first = await bring(app, { kind: 'orders', file: 'orders.csv', role: 'advisor' })
  expect(first.rows).toBe(120)
  const recorded = await db.read.select().from(orders)
  expect(recorded.every(({ orderNumber }) => orderNumber.startsWith('QW'))).toBe(true)
  expect(recorded).toHaveLength(first.counts.added ?? 0)
  expect(first.counts).toMatchObject({ duplicate: 1 })
  const again = await bring(app, { kind: 'orders', file: 'orders.csv', role: 'advisor' })
  expect(again.counts).toEqual({ ...first.counts, added: undefined, unchanged: first.counts.added })
  expect(await db.read.select().from(orders)).toEqual(recorded)
  // Named by code in capitals, with no account of its own.
  expect(recorded.find(({ orderNumber }) => orderNumber === 'QW20260924001')).toMatchObject({
    touchToken: 'qw-tuina-desk',
  })
  const menu = recorded.filter(({ touchToken }) => touchToken === 'qw-oa-menu')
  expect(menu.length).toBeGreaterThan(5)
  expect(menu.filter(({ accountId }) => accountId === 'oa-qiwu').length).toBeGreaterThan(5)
})

test('an order moves on and never back, and belongs to the lead of its phone', async () => {
  const { app, db, as } = await testApp()
  await seedQiwu(db)
  await leave(app, 'qw-oa-menu', { name: '赵小满', phone: '19900000011' })
  const send = (row: string) =>
    bring(app, { kind: 'orders', file: csv(orderHeader, row), role: 'advisor' })
  expect((await send(orderRow('QW1', { status: '部分核销', used: 2 }))).counts).toEqual({
    added: 1,
  })
  expect((await send(orderRow('QW1', { status: '部分核销', used: 3 }))).counts).toEqual({
    updated: 1,
  })
  const behind = await send(orderRow('QW1', { status: '部分核销', used: 2 }))
  expect(behind.counts).toEqual({ unchanged: 1 })
  expect(only(await rowsOf(as, behind.id)).reasons[0]?.key).toBe('metrics.row.orderBehind')
  const back = orderRow('QW1', { status: '部分退款', used: 3, refund: '540.00' })
  expect((await send(back)).counts).toEqual({ updated: 1 })
  const lead = only(await db.read.select().from(leads))
  const rows = await db.read
    .select()
    .from(orders)
    .where(and(eq(orders.leadId, lead.id), eq(orders.accountId, 'oa-qiwu')))
  expect(only(rows)).toMatchObject({ status: 'partly_refunded', refundFen: 54_000, usedTimes: 3 })

  const list = await as('advisor')('/api/orders?status=partly_refunded')
  expect((list.body as { items: unknown[] }).items).toMatchObject([
    {
      orderNumber: 'QW1',
      accountName: '栖梧医院',
      touchLabel: '触点 qw-oa-menu',
      lead: { maskedName: '赵**' },
    },
  ])
  expect((await as('operator')('/api/orders')).status).toBe(403)
  expect(((await as('advisor', 'b')('/api/orders')).body as { total: number }).total).toBe(0)
})
