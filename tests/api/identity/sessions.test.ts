import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { buildApp } from '../../../apps/api/src/app.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { memberships, sessions, users } from '../../../apps/api/src/db/schema/identity.ts'
import { offerSetup } from '../../../apps/api/src/modules/identity/setup.service.ts'
import { hashPassword } from '../../../apps/api/src/security/passwords.ts'
import { testApp, testDeps } from '../../support/test-app.ts'
import { freshDatabase } from '../../support/test-database.ts'

const password = 'right horse battery'

/** The seeded people with a password of their own, and a way to sign in as a browser would. */
async function doors() {
  const t = await testApp()
  const passwordHash = await hashPassword(password)
  await t.db.inTransaction(async (tx) => {
    await tx.update(users).set({ passwordHash })
  })
  const signIn = (username: string, given = password, ip = '10.0.0.1') =>
    t.app.inject({
      method: 'POST',
      url: '/api/login',
      remoteAddress: ip,
      payload: { username, password: given },
    })
  const cookieOf = (res: { headers: Record<string, unknown> }) =>
    String(res.headers['set-cookie']).split(';')[0] ?? ''
  const me = (cookie: string, headers: Record<string, string> = {}) =>
    t.app.inject({ url: '/api/me', headers: { cookie, ...headers } })
  return { ...t, signIn, cookieOf, me }
}

test('a password opens a session of one’s own; the cookie is httpOnly and the row holds no token', async () => {
  const t = await doors()
  const res = await t.signIn('Operator-A')
  expect(res.statusCode).toBe(200)
  expect(res.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/)
  const cookie = t.cookieOf(res)
  expect((await t.me(cookie)).json()).toMatchObject({ role: 'operator', institutionId: 'a' })
  const rows = await t.db.read.select().from(sessions).where(eq(sessions.userId, 'operator-a'))
  expect(JSON.stringify(rows)).not.toContain(cookie.slice('xingbo='.length))
})

test('a wrong name and a wrong password get the same answer', async () => {
  const t = await doors()
  const [name, word] = [await t.signIn('nobody'), await t.signIn('operator-a', 'wrong')]
  expect([name.statusCode, word.statusCode]).toEqual([401, 401])
  expect(name.json().message).toBe(word.json().message)
})

test('guesses on one account are stopped, also from other addresses; others still sign in', async () => {
  const t = await doors()
  const codes: number[] = []
  for (let i = 0; i < 12; i++)
    codes.push((await t.signIn('operator-a', 'no', `10.1.0.${i}`)).statusCode)
  expect(codes.filter((code) => code === 401).length).toBeLessThanOrEqual(6)
  expect(codes.at(-1)).toBe(429)
  // Even the right password waits now; a colleague does not.
  expect((await t.signIn('operator-a', password, '10.2.0.1')).statusCode).toBe(429)
  expect((await t.signIn('producer-a', password, '10.2.0.1')).statusCode).toBe(200)
  t.clock.now = new Date(t.clock.now.getTime() + 16 * 60_000)
  expect((await t.signIn('operator-a', password, '10.2.0.1')).statusCode).toBe(200)
})

test('sign out everywhere ends every browser; shutting a person out ends them at the next request', async () => {
  const t = await doors()
  const [one, two] = [
    t.cookieOf(await t.signIn('operator-a')),
    t.cookieOf(await t.signIn('operator-a')),
  ]
  const out = await t.app.inject({
    method: 'POST',
    url: '/api/me/sign-out-everywhere',
    headers: { cookie: one },
  })
  expect(out.json().ended).toBeGreaterThanOrEqual(2)
  for (const cookie of [one, two]) expect((await t.me(cookie)).statusCode).toBe(401)

  const three = t.cookieOf(await t.signIn('producer-a'))
  const shut = await t.as('admin')('/api/users/producer-a', {
    method: 'PATCH',
    body: { revision: 1, disabled: true },
  })
  expect(shut.status, shut.text).toBe(200)
  expect((await t.me(three)).statusCode).toBe(401)
})

test('a session ends after twelve idle hours and after a week whatever happens', async () => {
  const t = await doors()
  const cookie = t.cookieOf(await t.signIn('operator-a'))
  const hour = 3_600_000
  t.clock.now = new Date(t.clock.now.getTime() + 11 * hour)
  expect((await t.me(cookie)).statusCode).toBe(200)
  t.clock.now = new Date(t.clock.now.getTime() + 13 * hour)
  expect((await t.me(cookie)).statusCode).toBe(401)
})

test('two tabs of one person never mix their institutions', async () => {
  const t = await doors()
  await t.db.inTransaction(async (tx) => {
    await tx
      .insert(memberships)
      .values({ userId: 'operator-a', institutionId: 'b', role: 'manager' })
  })
  const cookie = t.cookieOf(await t.signIn('operator-a'))
  const [here, there] = await Promise.all([
    t.me(cookie, { 'x-institution-id': 'a' }),
    t.me(cookie, { 'x-institution-id': 'b' }),
  ])
  expect(here.json()).toMatchObject({ institutionId: 'a', role: 'operator' })
  expect(there.json()).toMatchObject({ institutionId: 'b', role: 'manager' })
  expect((await t.me(cookie, { 'x-institution-id': 'c' })).statusCode).toBe(403)
})

test('a changed password ends every other browser and is needed from then on', async () => {
  const t = await doors()
  const [mine, other] = [
    t.cookieOf(await t.signIn('doctor-a')),
    t.cookieOf(await t.signIn('doctor-a')),
  ]
  const change = (current: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/me/password',
      headers: { cookie: mine },
      payload: { current, next: 'a much longer one' },
    })
  expect((await change('wrong')).statusCode).toBe(422)
  expect((await change(password)).statusCode).toBe(200)
  expect((await t.me(mine)).statusCode).toBe(200)
  expect((await t.me(other)).statusCode).toBe(401)
  expect((await t.signIn('doctor-a')).statusCode).toBe(401)
})

test('the last administrator cannot lock the house, and a doctor’s login needs a doctor', async () => {
  const t = await doors()
  const change = (userId: string, body: object) =>
    t.as('admin')(`/api/users/${userId}`, { method: 'PATCH', body: { revision: 1, ...body } })
  expect((await change('admin-a', { role: 'operator' })).status).toBe(422)
  expect((await change('admin-a', { disabled: true })).status).toBe(422)
  expect((await change('operator-a', { role: 'doctor' })).status).toBe(422)
  expect((await change('operator-b', { role: 'admin' })).status).toBe(404)
})

test('the first-run page works once, with the token from the terminal', async () => {
  const { db, dir } = freshDatabase()
  const { deps } = testDeps(db, dir, { XINGBO_DEMO: '0' })
  const app = await buildApp(deps, { webDir: null })
  const token = await offerSetup(deps)
  const run = (given: string) =>
    app.inject({
      method: 'POST',
      url: '/api/setup',
      payload: {
        token: given,
        institutionName: '某某医院',
        shortName: '某某',
        displayName: '管理员',
        username: 'root',
        password,
      },
    })
  expect((await app.inject({ url: '/api/setup' })).json()).toEqual({ needed: true, demo: false })
  expect((await run('wrong')).statusCode).toBe(403)
  const both = await Promise.all([run(token ?? ''), run(token ?? '')])
  expect(both.map((res) => res.statusCode).sort()).toEqual([200, 409])
  expect((await app.inject({ url: '/api/setup' })).json().needed).toBe(false)
  expect(await offerSetup(deps)).toBeNull()
  const told = await db.read.select({ action: auditEntries.action }).from(auditEntries)
  expect(told.map(({ action }) => action)).toContain('institution.created')
  await app.close()
})
