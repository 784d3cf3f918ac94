import { bizDate } from '@xingbo/shared/dates'
import { expect, test } from 'vitest'
import { countFates } from '../../apps/api/src/modules/metrics/parsing/parsed-row.ts'
import { costsOf, parseSamples, sampleSheets } from './sample-files.ts'

const sheets = await sampleSheets('costs.csv')
const { rows } = costsOf(sheets)
const row = (rowNumber: number) => rows.find((each) => each.rowNumber === rowNumber)
const withReason = (key: string) =>
  rows.filter(({ reasons }) => reasons.some((reason) => reason.key === `metrics.row.${key}`))

test('each of the 77 rows has one fate', () => {
  expect(countFates(rows)).toEqual({
    ok: 73,
    duplicate: 1,
    near_duplicate: 0,
    needs_person: 2,
    invalid: 1,
    ignored: 0,
  })
  expect(row(58)?.reasons).toEqual([{ key: 'metrics.row.duplicate', values: { row: 46 } }])
})

test('shared costs, costs without an account, kinds outside the five', () => {
  expect(withReason('costShared')).toHaveLength(4)
  const bare = sheets[0]?.rows.filter((cells) => `${cells[2]}`.trim() === '') ?? []
  expect(bare).toHaveLength(16)
  expect(withReason('costKindOther').map(({ value, fate }) => [fate, value?.kind])).toEqual([
    ['needs_person', 'production'],
    ['needs_person', 'production'],
  ])
  expect(row(78)).toMatchObject({
    fate: 'invalid',
    value: null,
    reasons: [{ key: 'metrics.row.missing', values: { column: '金额' } }],
  })
})

test('amounts, a credit, three ways to write a month, a month not over', () => {
  expect(row(7)?.value?.amountFen).toBe(1_020_000)
  expect(row(8)?.value?.amountFen).toBe(320_000)
  expect(rows.filter(({ value }) => (value?.amountFen ?? 0) < 0).map(({ value }) => value)).toEqual(
    [expect.objectContaining({ amountFen: -38_000, kind: 'advertising', month: '2026-10' })],
  )
  expect(row(59)?.value?.month).toBe('2026-10')
  expect(row(77)?.value?.month).toBe('2026-11')
  expect(withReason('partMonth').every(({ value }) => value?.month === '2026-11')).toBe(true)
  expect(withReason('partMonth')).toHaveLength(18)
})

test('a specialty line of another institution is not imported as a shared cost', () => {
  const own = costsOf(sheets, ['颈肩推拿', '过敏性鼻炎']).rows
  const outside = own.filter(({ reasons }) => reasons[0]?.key === 'metrics.row.lineUnknown')
  expect(outside.every(({ fate }) => fate === 'invalid')).toBe(true)
  expect(outside).toHaveLength(sheets[0]?.rows.filter((cells) => cells[1] === '失眠').length ?? 0)
})

test('the three hospital files together give the results they were made to give', async () => {
  const { visits, orders, costs } = await parseSamples()
  const lineOfPackage: Record<string, string> = {
    颈肩推拿调理六次包: '颈肩推拿',
    过敏性鼻炎全年管理包: '过敏性鼻炎',
    失眠中医调理四周包: '失眠',
    好好睡觉十三日训练营: '失眠',
  }
  const lineOfDepartment: Record<string, string> = { tuina: '颈肩推拿', nose: '过敏性鼻炎' }
  const months = ['2026-08', '2026-09', '2026-10', '2026-11']
  const results = new Map<string, number[]>()
  const add = (line: string | undefined | null, day: string, fen: number) => {
    if (!line) return
    const sums = results.get(line) ?? months.map(() => 0)
    for (const [at, month] of months.entries())
      if (month >= day.slice(0, 7)) sums[at] = (sums[at] ?? 0) + fen
    results.set(line, sums)
  }
  const usable = <T>(list: readonly { fate: string; value: T | null }[]) =>
    list.flatMap(({ fate, value }) => (value && /^(ok|needs_person)$/.test(fate) ? [value] : []))
  for (const order of usable(orders.rows)) {
    const line = lineOfPackage[order.packageName]
    if (order.paidAt) add(line, bizDate(order.paidAt), order.paidFen)
    if (order.refundedAt) add(line, bizDate(order.refundedAt), -order.refundFen)
  }
  for (const visit of usable(visits.rows))
    if (visit.kind === 'refund' || visit.payStatus !== 'refunded')
      add(lineOfDepartment[visit.departmentId ?? ''], visit.day, visit.feeFen ?? 0)
  for (const cost of usable(costs.rows)) add(cost.specialtyLineId, cost.month, -cost.amountFen)

  const [, september = 0, october = 0] = results.get('失眠') ?? []
  expect(september).toBeLessThan(0)
  expect(october).toBeGreaterThan(0)
  const shortBy = (line: string) => -(results.get(line)?.at(-1) ?? 0) / 100
  expect(shortBy('颈肩推拿')).toBeGreaterThan(3000)
  expect(shortBy('颈肩推拿')).toBeLessThan(5000)
  expect(shortBy('过敏性鼻炎')).toBeGreaterThan(27_000)
  expect(shortBy('过敏性鼻炎')).toBeLessThan(33_000)
})
