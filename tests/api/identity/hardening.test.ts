import type { AddressInfo } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import {
  loginThrottles,
  memberships,
  sessions,
  users,
} from '../../../apps/api/src/db/schema/identity.ts'
import { forgetExpired } from '../../../apps/api/src/modules/identity/session.service.ts'
import { testApp } from '../../support/test-app.ts'

const password = 'nobody-guesses-this-1'

test('an administrator cannot take over somebody who also works elsewhere', async () => {
  const t = await testApp()
  await t.db.inTransaction(async (tx) => {
    await tx
      .insert(memberships)
      .values({ userId: 'operator-a', institutionId: 'b', role: 'manager', doctorId: null })
  })
  const reset = () => t.as('admin')('/api/users/operator-a/password', { body: { password } })
  const rename = () =>
    t.as('admin')('/api/users/operator-a', {
      method: 'PATCH',
      body: { revision: 1, displayName: '别人' },
    })
  expect((await reset()).status).toBe(422)
  const refused = await rename()
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('别的机构')
  const [row] = await t.db.read.select().from(users).where(eq(users.id, 'operator-a'))
  expect(row).toMatchObject({ passwordHash: 'no-password', displayName: 'operator-a' })
  // What they are here is this institution's to say.
  const role = await t.as('admin')('/api/users/operator-a', {
    method: 'PATCH',
    body: { revision: 1, role: 'producer' },
  })
  expect(role.status, role.text).toBe(200)
  // One who administers both may.
  await t.db.inTransaction(async (tx) => {
    await tx
      .insert(memberships)
      .values({ userId: 'admin-a', institutionId: 'b', role: 'admin', doctorId: null })
  })
  expect((await reset()).status).toBe(200)
})

test('a burst of guesses at once is not let in before the first is counted', async () => {
  const t = await testApp()
  const guesses = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      t.app.inject({
        method: 'POST',
        url: '/api/login',
        remoteAddress: `10.1.0.${n + 1}`,
        payload: { username: 'operator-a', password: `guess-number-${n}` },
      }),
    ),
  )
  const tried = guesses.filter(({ statusCode }) => statusCode === 401)
  expect(tried.length).toBeLessThan(10)
  expect(guesses.every(({ statusCode }) => statusCode === 401 || statusCode === 429)).toBe(true)
})

test('failures of names nobody has are forgotten after a day, so that guessing fills no disk', async () => {
  const t = await testApp()
  for (let n = 0; n < 3; n++)
    await t.app.inject({
      method: 'POST',
      url: '/api/login',
      payload: { username: `no-such-${n}`, password },
    })
  expect(await t.db.read.select().from(loginThrottles)).toHaveLength(4)
  t.clock.now = new Date(t.clock.now.getTime() + 25 * 3_600_000)
  await forgetExpired(t.deps)
  expect(await t.db.read.select().from(loginThrottles)).toEqual([])
})

test('an open stream ends when its person is signed out, and for nobody else', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const t = await testApp()
    await t.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = t.app.server.address() as AddressInfo
    const listen = async (who: string) => {
      const res = await fetch(`http://127.0.0.1:${port}/api/live`, {
        headers: { cookie: `xingbo=token-${who}` },
      })
      const reader = res.body?.getReader()
      if (!reader) throw new Error('no stream')
      let ended = false
      const text: string[] = []
      const done = (async () => {
        for (;;) {
          const piece = await reader.read()
          if (piece.done) break
          text.push(new TextDecoder().decode(piece.value))
        }
        ended = true
      })()
      return { ended: () => ended, text, done, stop: () => reader.cancel() }
    }
    const gone = await listen('operator-a')
    const stays = await listen('producer-a')
    await t.db.inTransaction(async (tx) => {
      await tx.delete(sessions).where(sql`${sessions.userId} = 'operator-a'`)
    })
    vi.advanceTimersByTime(20_000)
    await gone.done
    await vi.waitFor(() => expect(stays.text.join('')).toContain('still here'))
    expect(stays.ended()).toBe(false)
    await stays.stop()
  } finally {
    vi.useRealTimers()
  }
})
