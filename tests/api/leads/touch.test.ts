import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TouchToken } from '@xingbo/shared/leads/touch.schema'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../../apps/api/src/app.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { touches, touchTokens } from '../../../apps/api/src/db/schema/leads.ts'
import { testApp, testNow } from '../../support/test-app.ts'
import { seedPublications, seedQiwu } from '../imports/support.ts'
import { wechat } from './support.ts'

const at = new Date('2026-11-20T10:00:00Z')
const accountId = 'douyin-a'
const posts = [
  { id: 'pub-science', title: '鼻炎能根治吗', at, accountId, nature: 'science' as const },
  { id: 'pub-info', title: '推拿科门诊时间', at, accountId, nature: 'institution_info' as const },
  {
    id: 'pub-over',
    title: '取消的',
    at,
    accountId,
    nature: 'institution_info' as const,
    state: 'canceled' as const,
  },
]
const path = (id: string) => `/api/publications/${id}/touch-token`

test('a post that informs about the institution gets a token from an operator, once', async () => {
  const { db, as } = await testApp()
  await seedPublications(db, posts)
  const made = await as('operator')(path('pub-info'), { body: {} })
  const token = made.body as TouchToken
  expect(made.status).toBe(200)
  expect(token.token).toMatch(/^[2-9a-hjkmnp-z]{8}$/)
  expect(token).toMatchObject({
    label: '推拿科门诊时间',
    url: `http://127.0.0.1:5180/t/${token.token}`,
    accountId,
    nature: 'institution_info',
    allowedReason: null,
    contacts: 0,
  })
  const again = await as('operator')(path('pub-info'), { body: {} })
  expect([again.status, (again.body as { message: string }).message]).toEqual([
    422,
    '这条发布已有触点码，先停用旧的再建',
  ])
  expect((await as('operator')(path('pub-over'), { body: {} })).status).toBe(422)
  expect((await as('operator', 'b')(path('pub-info'), { body: {} })).status).toBe(404)
  expect((await as('advisor')(path('pub-info'), { body: {} })).status).toBe(403)

  const off = `/api/touch-tokens/${token.token}/disable`
  expect((await as('operator', 'b')(off, { method: 'POST' })).status).toBe(404)
  expect((await as('operator')(off, { method: 'POST' })).body).toMatchObject({
    disabledAt: expect.any(String),
  })
  expect((await as('operator')(off, { method: 'POST' })).status).toBe(409)
  expect((await as('operator')(path('pub-info'), { body: {} })).status).toBe(200)
  const list = await as('manager')('/api/touch-tokens?publicationId=pub-info')
  expect((list.body as { total: number }).total).toBe(2)
})

test('on a 科普 post a reviewer alone allows it, in writing, and the record keeps who and why', async () => {
  const { db, as } = await testApp()
  await seedPublications(db, posts)
  const reason = '本条为本院门诊停诊通知，不含任何诊疗推介'
  const operator = await as('operator')(path('pub-science'), { body: { reason } })
  expect(operator.status).toBe(422)
  expect((operator.body as { message: string }).message).toContain('医疗广告认定指南第八条第五项')
  expect((await as('admin')(path('pub-science'), { body: { reason } })).status).toBe(422)
  const short = await as('reviewer')(path('pub-science'), {
    body: { reason: '可以' },
    language: 'en',
  })
  expect((short.body as { message: string }).message).toBe(
    'Say why this health-education post may carry a touch token, in 10 characters or more',
  )
  expect(await db.read.select().from(touchTokens)).toEqual([])
  const made = (await as('reviewer')(path('pub-science'), { body: { reason } })).body as TouchToken
  expect(made).toMatchObject({ allowedByName: 'reviewer-a', allowedReason: reason })
  const [entry] = await db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'touch_token.created'))
  expect(entry).toMatchObject({
    actorId: 'reviewer-a',
    subjectType: 'touch_token',
    subjectId: made.token,
    detail: { publicationId: 'pub-science', accountId, allowedReason: reason },
  })
})

test('two operators at once make one token', async () => {
  const { db, as } = await testApp()
  await seedPublications(db, posts)
  const answers = await Promise.all([
    as('operator')(path('pub-info'), { body: {} }),
    as('admin')(path('pub-info'), { body: {} }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  expect(await db.read.select().from(touchTokens)).toHaveLength(1)
})

test('a desk or a menu gets a code of its own', async () => {
  const { as } = await testApp()
  const made = await as('operator')('/api/touch-tokens', { body: { label: '候诊区海报' } })
  expect(made.body).toMatchObject({ label: '候诊区海报', publicationId: null, accountId: null })
  expect(
    (await as('operator')('/api/touch-tokens', { body: { label: '菜单', accountId: 'douyin-b' } }))
      .status,
  ).toBe(404)
  expect((await as('reviewer')('/api/touch-tokens', { body: { label: '菜单' } })).status).toBe(403)
})

/** The real app with a built web beside it; all that matters of the web here is which page comes. */
async function withPages() {
  const { db, deps, clock, as } = await testApp()
  await seedQiwu(db)
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-web-'))
  mkdirSync(join(dir, 'assets'))
  for (const name of ['index', 'phone', 'touch'])
    writeFileSync(join(dir, `${name}.html`), `<!doctype html><title>${name}</title>`)
  const app = await buildApp(deps, { webDir: dir })
  onTestFinished(async () => {
    await app.close()
    rmSync(dir, { recursive: true })
  })
  const open = (
    token: string,
    headers: Record<string, string> = wechat,
    { method = 'GET', ip = '203.0.113.7' }: { method?: 'GET' | 'HEAD'; ip?: string } = {},
  ) => app.inject({ method, url: `/t/${token}`, headers, remoteAddress: ip })
  const kept = () => db.read.select().from(touches)
  return { db, clock, as, open, kept }
}

test('opening a link counts a visitor once a day; case does not matter, tomorrow is another day', async () => {
  const { clock, open, kept, as } = await withPages()
  const page = await open('qw-oa-menu')
  expect([page.statusCode, page.body]).toEqual([200, '<!doctype html><title>touch</title>'])
  expect(page.headers['cache-control']).toBe('no-store')
  await open('QW-OA-Menu')
  expect(await kept()).toHaveLength(1)
  await open('qw-oa-menu', wechat, { ip: '203.0.113.8' })
  await open('qw-oa-menu', { ...wechat, 'user-agent': `${wechat['user-agent']} x` })
  await open('qw-nose-desk')
  expect(await kept()).toHaveLength(4)
  clock.now = new Date('2026-11-21T16:00:00Z')
  await open('qw-oa-menu')
  const rows = await kept()
  expect(rows).toHaveLength(5)
  expect(new Set(rows.map(({ visitorHash }) => visitorHash)).size).toBe(4)
  expect(JSON.stringify(rows)).not.toContain('203.0.113')
  // Sessions end after a day's rest; the counts are the same at any hour.
  clock.now = testNow
  const list = (await as('operator')('/api/touch-tokens')).body as { items: TouchToken[] }
  expect(list.items.find(({ token }) => token === 'qw-oa-menu')).toMatchObject({
    contacts: 4,
    machines: 0,
  })
})

test('machines get the page and are kept apart', async () => {
  const { open, kept, as } = await withPages()
  const { 'accept-language': _, ...previewer } = wechat
  await open('qw-oa-menu', wechat, { method: 'HEAD' })
  await open(
    'qw-oa-menu',
    { ...wechat, 'sec-purpose': 'prefetch;prerender' },
    { ip: '203.0.113.9' },
  )
  await open('qw-oa-menu', { ...wechat, 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0)' })
  await open('qw-oa-menu', previewer, { ip: '203.0.113.10' })
  await open('qw-oa-menu', { 'user-agent': '' })
  expect((await kept()).map(({ bot }) => bot)).toEqual([true, true, true, true, true])
  const list = (await as('operator')('/api/touch-tokens?q=menu')).body as { items: TouchToken[] }
  expect(list.items).toMatchObject([{ token: 'qw-oa-menu', contacts: 0, machines: 5 }])
})

test('an unknown or disabled link shows the friendly page, counts nothing and says so to the page', async () => {
  const { as, open, kept } = await withPages()
  await as('admin')('/api/touch-tokens/qw-nose-desk/disable', { method: 'POST' })
  for (const token of ['nothing1', 'qw-nose-desk']) {
    const page = await open(token)
    expect([page.statusCode, page.body]).toEqual([404, '<!doctype html><title>touch</title>'])
    const info = await as(null)(`/api/public/touch/${token}`)
    expect([info.status, (info.body as { message: string }).message]).toEqual([
      404,
      '这个链接已停用或不存在',
    ])
  }
  expect(await kept()).toEqual([])
  expect((await as(null)('/api/public/touch/qw-oa-menu')).body).toEqual({
    institutionName: '澜州大学附属栖梧医院',
    consentVersion: '2026-11',
  })
})

test('one address cannot open links without end', async () => {
  const { open, kept } = await withPages()
  const statuses: number[] = []
  for (let n = 0; n < 122; n++) statuses.push((await open('qw-oa-menu')).statusCode)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  expect(await kept()).toHaveLength(1)
})
