import type { Lead } from '@xingbo/shared/leads/lead.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { leadEvents, leads, visits } from '../../../apps/api/src/db/schema/leads.ts'
import { testApp } from '../../support/test-app.ts'
import { bring, csv, only, seedPublications, seedQiwu } from '../imports/support.ts'
import { leave } from './support.ts'

const post = {
  id: 'pub-info',
  title: '推拿科门诊时间',
  at: new Date('2026-11-20T10:00:00Z'),
  accountId: 'douyin-a',
  nature: 'institution_info' as const,
}

async function withLead() {
  const test = await testApp()
  await seedQiwu(test.db)
  expect((await leave(test.app, 'qw-oa-menu', { wish: '颈椎不舒服' })).status).toBe(200)
  const list = (await test.as('advisor')('/api/leads')).body as { items: Lead[] }
  return { ...test, lead: only(list.items) }
}

test('what a person leaves is sealed, consented to, masked, and known to come from its post', async () => {
  const { app, db, as } = await testApp()
  await seedPublications(db, [post])
  const { token } = (await as('operator')('/api/publications/pub-info/touch-token', { body: {} }))
    .body as { token: string }
  expect(
    (await leave(app, token.toUpperCase(), { name: '陆闻溪', phone: '+86 199 0000 0009' })).status,
  ).toBe(200)
  const row = only(await db.read.select().from(leads))
  expect(row).toMatchObject({
    touchToken: token,
    publicationId: 'pub-info',
    accountId: 'douyin-a',
    departmentId: 'dep-a',
    consentVersion: '2026-11',
    consentPurpose: '就诊预约与健康咨询回访',
    status: 'new',
  })
  expect(JSON.stringify(row)).not.toMatch(/陆闻溪|19900000009/)
  const { items } = (await as('advisor')('/api/leads')).body as { items: Lead[] }
  expect(only(items)).toMatchObject({
    maskedName: '陆**',
    maskedPhone: '199****0009',
    publicationTitle: '推拿科门诊时间',
    accountName: 'douyin账号',
    departmentName: '推拿科',
    events: [],
  })
})

test('the same phone within a day corrects what was left; another day or another link is another wish', async () => {
  const { app, db, clock } = await testApp()
  await seedQiwu(db)
  const send = (token: string, phone: string, wish = '') => leave(app, token, { phone, wish })
  await send('qw-oa-menu', '19900000011', '颈椎')
  await send('qw-oa-menu', '199-0000-0011')
  expect(only(await db.read.select().from(leads))).toMatchObject({ wish: '颈椎', revision: 2 })
  await send('qw-nose-desk', '19900000011')
  await send('qw-oa-menu', '19900000012')
  expect(await db.read.select().from(leads)).toHaveLength(3)
  clock.now = new Date(clock.now.getTime() + 25 * 3_600_000)
  await send('qw-oa-menu', '19900000011')
  expect(await db.read.select().from(leads)).toHaveLength(4)
})

test('two submissions at once make one lead', async () => {
  const { app, db } = await testApp()
  await seedQiwu(db)
  const both = await Promise.all([leave(app, 'qw-oa-menu', {}), leave(app, 'qw-oa-menu', {})])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(await db.read.select().from(leads)).toHaveLength(1)
})

test('without consent, with a wrong phone, to a dead link, or by a machine, nothing is kept', async () => {
  const { app, db } = await testApp()
  await seedQiwu(db)
  const wrong = await leave(app, 'qw-oa-menu', { phone: '1990000001' })
  expect(wrong).toMatchObject({
    status: 400,
    body: { issues: [{ path: 'phone', message: '请填 11 位手机号' }] },
  })
  expect((await leave(app, 'qw-oa-menu', { phone: '02085551234' }, 'en')).body.message).toBe(
    'Enter a mainland mobile number of 11 digits',
  )
  expect((await leave(app, 'qw-oa-menu', { consent: false })).status).toBe(400)
  const old = await leave(app, 'qw-oa-menu', { consentVersion: '2020-01' })
  expect([old.status, old.body.message]).toEqual([422, '告知内容刚刚更新，请刷新页面后再提交'])
  expect((await leave(app, 'nothing1', {})).status).toBe(404)
  expect(await leave(app, 'qw-oa-menu', { website: 'https://spam.example' })).toMatchObject({
    status: 200,
  })
  expect(await db.read.select().from(leads)).toEqual([])
  // Six forms have come from this address; ten a minute are enough for anybody.
  const more: number[] = []
  for (let n = 0; n < 6; n++) more.push((await leave(app, 'qw-oa-menu', {})).status)
  expect(more).toEqual([200, 200, 200, 200, 429, 429])
})

test('leads are found by whole phone, status and advisor, by nobody of another institution', async () => {
  const { app, as, lead } = await withLead()
  await leave(app, 'qw-nose-desk', { name: '钱多多', phone: '19900000012' })
  const total = async (query: string, institution = 'a') =>
    ((await as('advisor', institution)(`/api/leads?${query}`)).body as { total: number }).total
  expect(await total('')).toBe(2)
  expect(await total('q=199%200000%200012')).toBe(1)
  expect(await total('q=0012')).toBe(0)
  expect(await total('q=%E9%92%B1%E5%A4%9A%E5%A4%9A')).toBe(0)
  expect(await total('advisor=none')).toBe(2)
  await as('advisor')(`/api/leads/${lead.id}/follow-up`, {
    body: { revision: 1, kind: 'follow_up' },
  })
  expect(await total('advisor=none')).toBe(1)
  expect(await total('advisor=advisor-a&status=following')).toBe(1)
  expect(await total('', 'b')).toBe(0)
  for (const [action, body] of [
    ['reveal', { reason: '预约确认' }],
    ['follow-up', { revision: 1, kind: 'follow_up' }],
    ['erase', { revision: 1, reason: '本人要求' }],
  ] as const) {
    expect((await as('advisor', 'b')(`/api/leads/${lead.id}/${action}`, { body })).status).toBe(404)
    expect((await as('operator')(`/api/leads/${lead.id}/${action}`, { body })).status).toBe(403)
  }
  expect((await as('manager')('/api/leads')).status).toBe(403)
})

test('a reveal says why, is written down, and ends at 30 an hour', async () => {
  const { db, as, clock, lead } = await withLead()
  const reveal = (reason = '预约确认') =>
    as('advisor')(`/api/leads/${lead.id}/reveal`, { body: { reason } })
  expect((await reveal('')).status).toBe(400)
  const shown = await reveal('给赵小满 19900000011 回电')
  expect(shown.body).toEqual({ name: '赵小满', phone: '19900000011' })
  expect(shown.headers['cache-control']).toBe('no-store')
  const entries = await db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'lead.revealed'))
  expect(only(entries)).toMatchObject({
    actorId: 'advisor-a',
    subjectId: lead.id,
    detail: { reason: '给… … 回电' },
  })
  for (let n = 1; n < 30; n++) expect((await reveal()).status).toBe(200)
  const last = await reveal()
  expect([last.status, (last.body as { message: string }).message]).toEqual([
    429,
    '一小时内最多查看 30 位，请稍后再试',
  ])
  expect(
    (await as('admin')(`/api/leads/${lead.id}/reveal`, { body: { reason: '核对' } })).status,
  ).toBe(200)
  clock.now = new Date(clock.now.getTime() + 3_600_001)
  expect((await reveal()).status).toBe(200)
})

test('following up, consulting, closing; whoever is late with an old revision is told by whom', async () => {
  const { db, as, lead } = await withLead()
  const write = (role: 'advisor' | 'admin', revision: number, kind: string, note = '') =>
    as(role)(`/api/leads/${lead.id}/follow-up`, { body: { revision, kind, note } })
  expect((await write('advisor', 1, 'follow_up', '已约周二下午')).body).toMatchObject({
    status: 'following',
    advisorUserId: 'advisor-a',
    revision: 2,
    events: [{ kind: 'follow_up', note: '已约周二下午', byName: 'advisor-a' }],
  })
  const late = await write('admin', 1, 'closed')
  expect(late.status).toBe(409)
  expect((late.body as { message: string }).message).toContain('advisor-a')
  expect((await write('admin', 2, 'consultation')).body).toMatchObject({
    status: 'consulted',
    advisorUserId: 'advisor-a',
  })
  expect((await write('advisor', 3, 'follow_up')).body).toMatchObject({ status: 'consulted' })
  expect((await write('advisor', 4, 'closed')).body).toMatchObject({ status: 'closed' })
  expect((await write('advisor', 5, 'closed')).status).toBe(422)
  expect((await write('advisor', 5, 'follow_up')).body).toMatchObject({ status: 'following' })
  const kinds = (await db.read.select().from(leadEvents)).map(({ kind }) => kind)
  expect(kinds).toEqual(['follow_up', 'consultation', 'follow_up', 'closed', 'follow_up'])
  const told = JSON.stringify(await db.read.select().from(auditEntries))
  expect(told).not.toContain('已约周二下午')
})

test('erasing empties every trace of the person and keeps that there was one', async () => {
  const { app, db, as, lead } = await withLead()
  const visitRow = '2026-11-21,推拿科,陆闻溪,赵小满,19900000011,抖音,300.00,已支付'
  const file = csv('就诊日期,科室,医生,患者姓名,手机号,来源渠道备注,费用,支付状态', visitRow)
  await bring(app, { kind: 'visits', file, role: 'advisor' })
  await as('advisor')(`/api/leads/${lead.id}/follow-up`, {
    body: { revision: 1, kind: 'follow_up', note: '赵女士周二来' },
  })
  const erase = (revision: number) =>
    as('advisor')(`/api/leads/${lead.id}/erase`, { body: { revision, reason: '本人要求' } })
  expect((await erase(1)).status).toBe(409)
  const gone = await erase(2)
  expect(gone.body).toMatchObject({
    maskedName: null,
    maskedPhone: null,
    wish: '',
    status: 'closed',
    visits: 1,
    events: [{ kind: 'follow_up', note: '' }],
  })
  const row = only(await db.read.select().from(leads))
  expect(row).toMatchObject({ name: null, phone: null, phoneIndex: null, touchToken: 'qw-oa-menu' })
  expect(only(await db.read.select().from(visits))).toMatchObject({
    phoneIndex: null,
    leadId: lead.id,
  })
  // The hospital's next list does not bring the person back.
  expect((await bring(app, { kind: 'visits', file, role: 'advisor' })).counts).toEqual({
    unchanged: 1,
  })
  expect(only(await db.read.select().from(visits)).phoneIndex).toBeNull()
  const after = ((await as('advisor')('/api/leads?q=19900000011')).body as { total: number }).total
  expect(after).toBe(0)
  expect((await erase(3)).body).toMatchObject({ message: '这位潜客的资料已按要求抹除' })
  for (const [action, body] of [
    ['reveal', { reason: '预约确认' }],
    ['follow-up', { revision: 3, kind: 'follow_up' }],
  ] as const)
    expect((await as('advisor')(`/api/leads/${lead.id}/${action}`, { body })).status).toBe(422)
  const entry = only(
    await db.read.select().from(auditEntries).where(eq(auditEntries.action, 'lead.erased')),
  )
  expect(entry).toMatchObject({ actorId: 'advisor-a', detail: { reason: '本人要求' } })
})
