import type { Notice } from '@xingbo/shared/inbox/notice.schema'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { memberships } from '../../../apps/api/src/db/schema/identity.ts'
import { settleNotices } from '../../../apps/api/src/modules/inbox/notice.service.ts'
import { testApp } from '../../support/test-app.ts'
import { tell } from './support.ts'

type List = { items: Notice[]; total: number }
const itemsOf = (answer: { body: never }) => (answer.body as List).items

test('a notice reaches the people of a role once, and nobody of another institution', async () => {
  const { deps, as } = await testApp()
  expect(await tell(deps)).toBe(1)
  expect(await tell(deps)).toBe(0)
  const mine = itemsOf(await as('operator')('/api/inbox'))
  expect(mine).toHaveLength(1)
  expect(mine[0]).toMatchObject({
    kind: 'hand_off',
    severity: 'warning',
    subject: { type: 'publication', id: 'pub-1' },
    times: 2,
    readAt: null,
  })
  expect(itemsOf(await as('operator', 'b')('/api/inbox'))).toEqual([])
  expect(itemsOf(await as('manager')('/api/inbox'))).toEqual([])
})

test('an account’s owner is told; without one, or when they have left, the operators are', async () => {
  const { deps, db, as } = await testApp()
  const about = (n: number) => tell(deps, { to: { ownerOf: 'douyin-a' }, mergeKey: `m${n}` })
  await about(1)
  expect(itemsOf(await as('operator')('/api/inbox'))).toHaveLength(1)
  await db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ ownerUserId: 'producer-a' }).where(eq(accounts.id, 'douyin-a'))
  })
  await about(2)
  expect(itemsOf(await as('producer')('/api/inbox'))).toHaveLength(1)
  expect(itemsOf(await as('operator')('/api/inbox'))).toHaveLength(1)
  await db.inTransaction(async (tx) => {
    await tx
      .update(memberships)
      .set({ disabledAt: deps.now() })
      .where(eq(memberships.userId, 'producer-a'))
  })
  await about(3)
  expect(itemsOf(await as('operator')('/api/inbox'))).toHaveLength(2)
})

test('reading, muting and settling', async () => {
  const { deps, as, db } = await testApp()
  const me = as('operator')
  const count = async () => (await me('/api/inbox/count')).body
  await tell(deps, { mergeKey: 'one' })
  await tell(deps, { mergeKey: 'two', severity: 'urgent' })
  expect(await count()).toEqual({ unread: 2, urgent: 1 })
  const [first] = itemsOf(await me('/api/inbox'))
  await me('/api/inbox/read', { body: { ids: [first?.id ?? ''] } })
  expect(await count()).toMatchObject({ unread: 1 })
  // Somebody else's ids change nothing of mine.
  expect((await as('manager')('/api/inbox/read', { body: {} })).body).toEqual({ read: 0 })
  expect((await me('/api/inbox/read', { body: {} })).body).toEqual({ read: 1 })
  expect(await count()).toEqual({ unread: 0, urgent: 0 })
  expect(itemsOf(await me('/api/inbox?show=all'))).toHaveLength(2)

  await me('/api/inbox/muted-kinds', { method: 'PUT', body: { kinds: ['hand_off'] } })
  await tell(deps, { mergeKey: 'three' })
  expect(await count()).toEqual({ unread: 0, urgent: 0 })
  await tell(deps, { mergeKey: 'four', severity: 'urgent' })
  expect(await count()).toEqual({ unread: 1, urgent: 1 })
  const muted = itemsOf(await me('/api/inbox')).find((one) => one.muted)
  expect(muted?.severity).toBe('warning')

  await db.inTransaction((tx) =>
    settleNotices(tx, deps.now(), {
      institutionId: 'a',
      subjectId: 'pub-1',
      kinds: ['hand_off'],
    }),
  )
  expect(await count()).toEqual({ unread: 0, urgent: 0 })
  const all = itemsOf(await me('/api/inbox?show=all&kind=hand_off'))
  expect(all.every(({ settledAt }) => settledAt !== null)).toBe(true)
})

test('what is rolled back tells nobody; what is committed is said on the live channel', async () => {
  const { deps, db, as } = await testApp()
  const seen: string[] = []
  onTestFinished(db.onChanges((changes) => seen.push(...changes.map(({ kind }) => kind))))
  await expect(
    db.inTransaction(async (tx) => {
      const { notify } = await import('../../../apps/api/src/modules/inbox/notice.service.ts')
      await notify(tx, deps, {
        institutionId: 'a',
        to: { roles: ['operator'] },
        kind: 'alarm',
        severity: 'urgent',
        subject: { type: 'system', id: 'queue' },
        message: { key: 'row.archived' },
        mergeKey: 'x',
      })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(itemsOf(await as('operator')('/api/inbox'))).toEqual([])
  expect(seen).toEqual([])
  await tell(deps)
  expect(seen).toContain('notice')
})

test('reminders and quiet hours are the admin’s to change, against the revision on screen', async () => {
  const { as } = await testApp()
  const admin = as('admin')
  const before = (await admin('/api/notice-settings')).body as { revision: number }
  expect(before).toMatchObject({ beforeMinutes: [30, 5], escalateAfterMinutes: 60, revision: 0 })
  const wanted = { ...before, beforeMinutes: [5, 60, 5], quietFrom: null, quietUntil: null }
  const put = (body: unknown) => admin('/api/notice-settings', { method: 'PUT', body })
  expect((await put(wanted)).body).toMatchObject({ beforeMinutes: [60, 5], revision: 1 })
  expect((await put(wanted)).status).toBe(409)
  const half = await put({ ...wanted, revision: 1, quietFrom: '22:00' })
  expect(half.status).toBe(422)
  expect(
    (await as('operator')('/api/notice-settings', { method: 'PUT', body: wanted })).status,
  ).toBe(403)
  expect((await as('admin', 'b')('/api/notice-settings')).body).toMatchObject({ revision: 0 })
})
