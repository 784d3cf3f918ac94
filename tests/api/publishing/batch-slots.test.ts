import type { BestTime, PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { metricSnapshots } from '../../../apps/api/src/db/schema/metrics.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const evening = {
  name: '晚间',
  weekdays: [7, 6, 6],
  time: '19:30',
  startsOn: '2026-11-01',
  endsOn: null,
}

test('slots are made, changed and taken away, each act in the log; what is stale or foreign is refused', async () => {
  const t = await testApp()
  const operator = t.as('operator')
  const made = await operator('/api/accounts/douyin-a/slots', { body: evening })
  expect(made.status, made.text).toBe(200)
  const slot = made.body as PostingSlot
  expect(slot).toMatchObject({ accountId: 'douyin-a', weekdays: [6, 7], revision: 1 })

  const again = await operator('/api/accounts/douyin-a/slots', { body: evening })
  expect(again.status).toBe(409)
  expect(again.text).toContain('已有同名或同一时间的时段')
  const backwards = await operator('/api/accounts/douyin-a/slots', {
    body: { ...evening, name: '短期', time: '12:00', endsOn: '2026-10-01' },
  })
  expect(backwards.status).toBe(422)
  for (const wrong of [{ time: '24:00' }, { weekdays: [] }, { weekdays: [8] }, { name: ' ' }])
    expect(
      (await operator('/api/accounts/douyin-a/slots', { body: { ...evening, ...wrong } })).status,
    ).toBe(400)

  const both = await Promise.all(
    ['20:00', '21:00'].map((time) =>
      operator(`/api/slots/${slot.id}`, { method: 'PATCH', body: { time, revision: 1 } }),
    ),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await t.as('operator', 'b')('/api/slots')).body).toEqual({ items: [] })
  const foreign = t.as('operator', 'b')
  expect(
    (await foreign(`/api/slots/${slot.id}`, { method: 'PATCH', body: { revision: 2 } })).status,
  ).toBe(404)
  expect((await foreign('/api/accounts/douyin-a/slots', { body: evening })).status).toBe(404)
  expect((await t.as('doctor')('/api/accounts/douyin-a/slots', { body: evening })).status).toBe(403)

  const gone = await operator(`/api/slots/${slot.id}?revision=2`, { method: 'DELETE' })
  expect(gone.status, gone.text).toBe(200)
  expect((await operator('/api/slots')).body).toEqual({ items: [] })
  const log = await t.db.read.select().from(auditEntries)
  expect(log.map(({ action }) => action)).toEqual(['slot.created', 'slot.changed', 'slot.removed'])
})

test('the next free slot passes over what stands near, over days that are over, and over accounts without any', async () => {
  const t = await testApp()
  const operator = t.as('operator')
  await readyItem(t.deps, 'c1')
  await operator('/api/accounts/douyin-a/slots', { body: { ...evening, endsOn: '2026-11-28' } })
  const ask = (start: string) =>
    operator('/api/slots/next-free', { body: { accountIds: ['douyin-a', 'kuaishou-a'], start } })
  const first = '2026-11-21T11:30:00.000Z'
  expect((await ask(testNow.toISOString())).body).toEqual({
    slots: [{ accountId: 'douyin-a', at: first, name: '晚间' }],
  })
  await operator('/api/contents/c1/publications', {
    body: { items: [{ accountId: 'douyin-a', dueAt: '2026-11-21T11:50:00.000Z' }] },
  })
  expect((await ask(testNow.toISOString())).body).toMatchObject({
    slots: [{ at: '2026-11-22T11:30:00.000Z' }],
  })
  expect((await ask('2026-11-29T00:00:00.000Z')).body).toEqual({ slots: [] })
})

test('the best time is told from the newest count of each post, with its sample', async () => {
  const t = await testApp()
  await readyItem(t.deps, 'c1')
  const path = '/api/accounts/douyin-a/best-time'
  const none = (await t.as('operator')(path)).body as BestTime
  expect(none).toMatchObject({ sample: 0, minimum: 20, bestHour: null })
  await t.as('operator')('/api/contents/c1/publications', {
    body: { items: [{ accountId: 'douyin-a', dueAt: '2026-11-21T11:50:00.000Z' }] },
  })
  const [row] = await t.db.read.select().from(publications)
  if (!row) throw new Error('nothing was scheduled')
  await t.db.inTransaction(async (tx) => {
    for (let n = 0; n < 20; n += 1) {
      const hour = n < 10 ? 1 : 12
      const publishedAt = new Date(Date.UTC(2026, 10, 1 + (n % 10), hour))
      await tx.insert(publications).values({
        ...row,
        id: `out-${n}`,
        contentId: `c-${n}`,
        state: 'published',
        publishedAt,
      })
      // An old count and a newer one: the newer is what it was played by now.
      for (const [day, plays] of [
        [14, 9_000],
        [16, hour === 1 ? 100 : 300],
      ] as const)
        await tx.insert(metricSnapshots).values({
          id: `m-${n}-${day}`,
          institutionId: 'a',
          publicationId: `out-${n}`,
          source: 'import',
          asOf: new Date(Date.UTC(2026, 10, day)),
          plays,
        })
    }
  })
  const best = (await t.as('operator')(path)).body as BestTime
  // 12:00 UTC is 20:00 in Shanghai.
  expect(best).toMatchObject({ sample: 20, bestHour: 20 })
  expect(best.hours).toEqual([
    { hour: 9, sample: 10, medianPlays: 100 },
    { hour: 20, sample: 10, medianPlays: 300 },
  ])
  expect((await t.as('operator', 'b')(path)).status).toBe(404)
})
