import { type Role, roles } from '@xingbo/shared/identity/actor'
import { mayCall, permissions, type RouteKey } from '@xingbo/shared/identity/permissions'
import { expect, test } from 'vitest'
import { sessions } from '../../apps/api/src/db/schema/identity.ts'
import { testApp } from '../support/test-app.ts'

const keys = Object.keys(permissions) as RouteKey[]
/** Streams never end and files are not JSON; who may open them is asked by the same guard. */
const stream = 'GET /api/live'

/** The built pages and their files, which this app is made without; the same guard stands before them. */
const pages = new Set<RouteKey>(['GET /*', 'GET /m/*', 'GET /assets/*'])
const endsSessions = new Set<RouteKey>(['POST /api/logout', 'POST /api/me/sign-out-everywhere'])

const urlOf = (path: string, id: string) =>
  path.replace(/:\w+/g, id).replace('*', 'anything').replace('/api/docs/anything', '/api/docs/json')

test('every route × every role × own and other tenant answers as the table says', async () => {
  const { app, as, db } = await testApp()
  await app.ready()
  const everybody = await db.read.select().from(sessions)
  /** Signs everybody in again whom the last call may have signed out. */
  const restore = () =>
    db.inTransaction(async (tx) => {
      await tx.insert(sessions).values(everybody).onConflictDoNothing()
    })
  const wrong: string[] = []
  let cases = 0
  for (const key of keys) {
    if (key === stream) continue
    const method = key.slice(0, key.indexOf(' ')) as 'GET'
    const path = key.slice(key.indexOf(' ') + 1)
    for (const role of [null, ...roles] as (Role | null)[])
      for (const tenant of ['own', 'other'] as const) {
        cases++
        const url = urlOf(path, tenant === 'own' ? 'absent' : 'of-another-tenant')
        const headers: Record<string, string> =
          tenant === 'other' && role ? { 'x-institution-id': 'b' } : {}
        const res = await as(role)(url, {
          method,
          headers,
          ...(['POST', 'PUT', 'PATCH'].includes(method) && { body: {} }),
        })
        if (endsSessions.has(key)) await restore()
        const fits = verdictOf(key, role, tenant, res.status)
        if (!fits) wrong.push(`${key} as ${role ?? 'nobody'} (${tenant}): ${res.status}`)
      }
  }
  expect(wrong).toEqual([])
  expect(cases).toBe((keys.length - 1) * (roles.length + 1) * 2)
  process.stdout.write(
    `${keys.length} routes × ${roles.length + 1} roles × 2 tenants: ${cases} cases\n`,
  )
}, 120_000)

/** 401 nobody, 403 the wrong role or a tenant one is no member of; whatever passes the guard is anything else. */
function verdictOf(
  key: RouteKey,
  role: Role | null,
  tenant: 'own' | 'other',
  status: number,
): boolean {
  if (status >= 500) return false
  if (pages.has(key)) return status === 404
  const isPublic = permissions[key] === 'public'
  if (role && tenant === 'other') return status === 403
  if (isPublic) return true
  if (!role) return status === 401
  return mayCall(key, role) ? status !== 401 && status !== 403 : status === 403
}

test('one person’s rows are 404 for everybody of the other institution', async () => {
  const { as } = await testApp()
  const rows: [string, Role][] = [
    ['/api/doctors/doc-a', 'admin'],
    ['/api/accounts/kuaishou-a', 'admin'],
  ]
  for (const [url, role] of rows) {
    expect((await as(role, 'a')(url)).status, url).toBe(200)
    expect((await as(role, 'b')(url)).status, url).toBe(404)
  }
})
