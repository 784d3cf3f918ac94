import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { memberships, phoneLinks } from '../../../apps/api/src/db/schema/identity.ts'
import { scriptBench, words } from './script-bench.ts'

const messageOf = (answer: { body: never }) => (answer.body as { message: string }).message
type Link = { url: string; expiresAt: string; doctorName: string }

async function linkBench() {
  const bench = await scriptBench()
  const { app, as } = bench
  const make = (contentId = 'item-a') =>
    as('operator')(`/api/contents/${contentId}/sign-off-links`, { method: 'POST' })
  const tokenOf = (url: string) => new URL(url).hash.slice('#token='.length)
  /** Opens a link as a phone with no session of its own would; returns how that phone then calls the API. */
  const open = async (token: string) => {
    const opened = await app.inject({
      method: 'POST',
      url: '/api/link-session',
      payload: { token },
    })
    const [cookie] = opened.cookies
    const call = (url: string, body?: object) =>
      app.inject({
        method: body ? 'POST' : 'GET',
        url,
        cookies: { xingbo: cookie?.value ?? '' },
        ...(body && { payload: body }),
      })
    return { opened, call }
  }
  return { ...bench, make, tokenOf, open }
}

test('a link opens the doctor’s phone on that one item, and signing says it came by link', async () => {
  const { waiting, make, tokenOf, open, clock, addItem, db } = await linkBench()
  await waiting()
  await addItem({ id: 'item-2', stage: 'doctor_review' })
  const made = await make()
  expect(made.status).toBe(200)
  const { url, expiresAt, doctorName } = made.body as Link
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/m\/sign-off\/item-a#token=[\w-]{43}$/)
  expect(Date.parse(expiresAt) - clock.now.getTime()).toBe(72 * 3_600_000)
  expect(doctorName).toBe('陆闻溪')

  const { opened, call } = await open(tokenOf(url))
  expect(opened.json()).toMatchObject({
    userId: 'doctor-a',
    role: 'doctor',
    scope: { kind: 'sign_off', contentId: 'item-a' },
  })
  expect((await call('/api/sign-offs')).json().items).toMatchObject([{ contentId: 'item-a' }])
  const { newest } = (await call('/api/sign-offs/item-a')).json()
  const decided = await call('/api/sign-offs/item-a/decide', {
    revisionNumber: 1,
    sha256: newest.sha256,
    decision: 'approved',
    confirmedName: '陆闻溪',
  })
  expect(decided.json()).toMatchObject({ signOff: { via: 'link' }, stage: 'compliance_review' })
  const [invited] = await db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'sign_off.invited'))
  expect(JSON.stringify(invited)).not.toContain(tokenOf(url))
})

test('its session reaches nothing else', async () => {
  const { waiting, make, tokenOf, open, addItem } = await linkBench()
  await waiting()
  await addItem({ id: 'item-2', stage: 'doctor_review' })
  const { call } = await open(tokenOf(((await make()).body as Link).url))
  const elsewhere = [
    '/api/sign-offs/item-2',
    '/api/contents/item-a/script',
    '/api/contents/item-a/script/revisions/1',
    '/api/colleagues',
    '/api/live',
    '/api/hand-offs/item-a',
  ]
  for (const url of elsewhere) {
    const answer = await call(url)
    expect([403, 404], url).toContain(answer.statusCode)
  }
  const other = await call('/api/sign-offs/item-2/seen', { revisionNumber: 1 })
  expect(other.statusCode).toBe(403)
  expect(other.json().message).toBe('这个链接只能处理指定的那一项，请登录后再做别的')
  expect((await call('/api/contents/item-a/sign-off-links', {})).statusCode).toBe(403)
})

test('a link opens once, also when two phones open it at the same moment', async () => {
  const { waiting, make, tokenOf, open } = await linkBench()
  await waiting()
  const token = tokenOf(((await make()).body as Link).url)
  const both = await Promise.all([open(token), open(token)])
  expect(both.map((one) => one.opened.statusCode).sort()).toEqual([200, 401])
  const third = await open(token)
  expect(third.opened.json().message).toBe('链接已用过或已过期，请向运营同事要一个新的，或直接登录')
})

test('a link dies after 72 hours, and with the membership of its doctor', async () => {
  const { waiting, make, tokenOf, open, clock, db } = await linkBench()
  await waiting()
  const old = tokenOf(((await make()).body as Link).url)
  const shut = tokenOf(((await make()).body as Link).url)
  const start = clock.now.getTime()
  clock.now = new Date(start + 72 * 3_600_000 - 1)
  const [row] = await db.read.select().from(phoneLinks)
  expect(row?.usedAt).toBe(null)
  clock.now = new Date(start + 72 * 3_600_000)
  expect((await open(old)).opened.statusCode).toBe(401)
  clock.now = new Date(start)
  await db.inTransaction(async (tx) => {
    await tx
      .update(memberships)
      .set({ disabledAt: new Date(start) })
      .where(eq(memberships.userId, 'doctor-a'))
  })
  expect((await open(shut)).opened.statusCode).toBe(401)
})

test('a link is made only when there is something to sign and somebody to sign it', async () => {
  const { make, save, put, db, as } = await linkBench()
  expect(messageOf(await make())).toBe('现在不在医生审核阶段，不需要签发')
  await put('doctor_review')
  expect(messageOf(await make())).toBe('还没有保存过版本，医生没有可看的脚本')
  await save(words, null)
  await db.inTransaction(async (tx) => {
    await tx
      .update(memberships)
      .set({ disabledAt: new Date(0) })
      .where(eq(memberships.userId, 'doctor-a'))
  })
  const none = await make()
  expect(none.status).toBe(422)
  expect(messageOf(none)).toBe('陆闻溪 还没有可用的登录账号，请管理员先添加')
  for (const role of ['doctor', 'reviewer', 'advisor'] as const)
    expect((await as(role)('/api/contents/item-a/sign-off-links', { method: 'POST' })).status).toBe(
      role === 'doctor' ? 401 : 403,
    )
})
