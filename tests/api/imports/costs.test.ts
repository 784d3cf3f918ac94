import { expect, test } from 'vitest'
import { costs } from '../../../apps/api/src/db/schema/metrics.ts'
import { testApp } from '../../support/test-app.ts'
import { bring, csv, only, rowsOf, seedQiwu } from './support.ts'

const header = '月份,专病线,账号,费用类别,金额'

test('the cost sheet: counted once, other institutions’ lines not at all, doubtful kinds asked', async () => {
  const { app, db, as } = await testApp()
  await seedQiwu(db)
  const first = await bring(app, { kind: 'costs', file: 'costs.csv', role: 'operator' })
  expect(first.rows).toBe(77)
  const recorded = await db.read.select().from(costs)
  expect(recorded).toHaveLength(first.counts.added ?? 0)
  expect(first.counts.duplicate).toBe(1)
  const again = await bring(app, { kind: 'costs', file: 'costs.csv', role: 'operator' })
  expect(again.counts.added).toBeUndefined()
  expect(again.counts.needs_person).toBeUndefined()
  expect(again.counts.unchanged).toBe(first.counts.added)
  expect(await db.read.select().from(costs)).toEqual(recorded)

  const asked = await rowsOf(as, first.id, 'needs_person')
  expect(asked.length).toBeGreaterThan(0)
  const [odd] = asked
  const url = `/api/imports/${first.id}/rows/${odd?.id}/resolve`
  expect((await as('operator')(url, { body: { answer: 'replace' } })).status).toBe(422)
  expect((await as('operator')(url, { body: { answer: 'accept' } })).body).toMatchObject({
    fate: 'added',
  })
  const production = (await db.read.select().from(costs)).filter(
    ({ kind }) => kind === 'production',
  )
  expect(production.length).toBe(recorded.filter(({ kind }) => kind === 'production').length + 1)
})

test('another amount where an earlier file had one: a person says whether it replaces or adds', async () => {
  const { app, db, as } = await testApp()
  const send = (...lines: string[]) =>
    bring(app, { kind: 'costs', file: csv(header, ...lines), role: 'operator' })
  const amounts = async () =>
    (await db.read.select({ fen: costs.amountFen }).from(costs)).map(({ fen }) => fen).sort()
  await send('2026-11,颈肩推拿,,人力,3000.00', '2026-11,颈肩推拿,,广告投放,500.00')
  const later = await send('2026-11,颈肩推拿,,人力,5000.00', '2026-11,颈肩推拿,,广告投放,500.00')
  expect(later.counts).toEqual({ needs_person: 1, unchanged: 1 })
  const row = only(await rowsOf(as, later.id, 'needs_person'))
  expect(row).toMatchObject({
    label: '2026-11 · 颈肩推拿 · 人力 · ¥5000.00',
    replaces: true,
    reasons: [{ key: 'metrics.row.costChanged', values: { old: '3000.00' } }, {}],
  })
  const answer = await as('operator')(`/api/imports/${later.id}/rows/${row.id}/resolve`, {
    body: { answer: 'replace' },
  })
  expect(answer.body).toMatchObject({ fate: 'updated', answer: 'replace' })
  expect(await amounts()).toEqual([500_00, 5000_00])

  // Two costs of one kind in one file are two costs, a credit among them.
  const both = await send(
    '2026-11,颈肩推拿,,人力,5000.00',
    '2026-11,颈肩推拿,,广告投放,500.00',
    '2026-11,颈肩推拿,,广告投放,-80.00',
  )
  expect(both.counts).toEqual({ unchanged: 2, added: 1 })
})
