import { expect, test } from 'vitest'
import {
  countFates,
  type ParsedRow,
} from '../../apps/api/src/modules/metrics/parsing/parsed-row.ts'
import type { Sheet } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import type { ParsedVisit } from '../../apps/api/src/modules/metrics/parsing/visits-his.ts'
import { sampleSheets, visitsOf } from './sample-files.ts'

const sheets = await sampleSheets('visits-his.csv')
const { rows } = visitsOf(sheets)
const withReason = (key: string) =>
  rows.filter(({ reasons }) => reasons.some((reason) => reason.key === `metrics.row.${key}`))
const numbers = (list: readonly ParsedRow<ParsedVisit>[]) => list.map(({ rowNumber }) => rowNumber)
const row = (rowNumber: number) => rows.find((each) => each.rowNumber === rowNumber)
const counted = rows.filter(({ fate }) => fate === 'ok' || fate === 'needs_person')
const values = counted.flatMap(({ value }) => (value ? [value] : []))

function grouped<T, K>(list: readonly T[], of: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of list) groups.set(of(item), [...(groups.get(of(item)) ?? []), item])
  return groups
}

test('each of the 300 rows has one fate', () => {
  expect(rows).toHaveLength(300)
  expect(countFates(rows)).toEqual({
    ok: 276,
    duplicate: 12,
    near_duplicate: 8,
    needs_person: 2,
    invalid: 1,
    ignored: 1,
  })
})

test('repeats: 12 to the letter, 8 in other words, each naming the row that counts', () => {
  expect(withReason('duplicate')).toHaveLength(12)
  expect(numbers(withReason('nearDuplicate'))).toEqual([23, 54, 98, 190, 243, 278])
  expect(numbers(withReason('markedRepeat'))).toEqual([158, 289])
  expect(row(23)?.reasons).toEqual([{ key: 'metrics.row.nearDuplicate', values: { row: 21 } }])
  expect(row(158)?.reasons).toEqual([{ key: 'metrics.row.markedRepeat', values: { row: 147 } }])
  expect(row(203)?.reasons).toEqual([{ key: 'metrics.row.duplicate', values: { row: 201 } }])
  const counting = new Set(numbers(counted))
  for (const { fate, reasons } of rows)
    if (fate.endsWith('duplicate')) expect(counting).toContain(reasons[0]?.values?.row)
})

test('a second department, another fee or another source on one day is a second visit', () => {
  const days = grouped(
    values.filter(({ kind }) => kind === 'visit'),
    ({ day, patient }) => `${day}|${patient.identity}`,
  )
  const twice = [...days.values()].filter((visits) => visits.length > 1)
  const departments = twice.filter((visits) => visits[0]?.departmentId !== visits[1]?.departmentId)
  expect(departments).toHaveLength(4)
  expect(twice).toHaveLength(4 + 3)
  expect(numbers(withReason('sameDayAgain'))).toEqual([8])
  expect(new Set(values.map(({ identity }) => identity)).size).toBe(values.length)
})

test('people: three children on a parent’s phone, namesakes apart', () => {
  const byPhone = grouped(
    values.filter(({ patient }) => patient.phone),
    ({ patient }) => patient.phone,
  )
  const shared = [...byPhone.values()].filter(
    (visits) => new Set(visits.map(({ patient }) => patient.name)).size > 1,
  )
  expect(shared).toHaveLength(3)
  expect(withReason('sharedPhone').length).toBe(shared.flat().length)
  const byName = grouped(
    values.filter(({ patient }) => patient.name && patient.phone),
    ({ patient }) => patient.name,
  )
  const namesakes = [...byName].filter(
    ([, visits]) => new Set(visits.map(({ patient }) => patient.phone)).size > 1,
  )
  expect(namesakes.map(([name]) => name).toSorted()).toEqual(['程莹', '魏玉梅'])
})

test('phones: 15 odd ones, 7 of them recovered, 8 with the reason they cannot be', () => {
  const repaired = rows.filter(({ rowNumber }) =>
    [84, 98, 107, 247, 253, 270, 278].includes(rowNumber),
  )
  expect(repaired.map(({ value }) => value?.patient.phone)).toEqual([
    '+8619900005948',
    '+8619900009668',
    '+8619900000845',
    '+8619900003461',
    '+8619900003461',
    '+8619900003080',
    '+8619900009507',
  ])
  expect(numbers(withReason('phoneRepaired'))).toEqual([84, 107, 247, 270])
  const lost = rows.filter(({ value }) => value && value.patient.phone === null)
  expect(
    lost.flatMap(({ reasons }) => reasons.filter(({ key }) => key.includes('.phone.'))),
  ).toEqual(
    [
      'empty',
      'too_short',
      'too_long',
      'masked',
      'scientific',
      'landline',
      'not_mobile',
      'not_a_number',
    ].map((problem) => ({ key: `metrics.row.phone.${problem}` })),
  )
  expect(lost.every(({ fate }) => fate === 'ok')).toBe(true)
})

test('money: refunds as negative rows find their visit, statuses and blanks stay apart', () => {
  const refunds = values.filter(({ kind }) => kind === 'refund')
  expect(refunds).toHaveLength(8)
  for (const refund of refunds) {
    const visit = row(refund.refundOf ?? 0)?.value
    expect(visit?.patient.identity).toBe(refund.patient.identity)
    expect(visit?.feeFen).toBe(-(refund.feeFen ?? 0))
    expect((visit?.day ?? '9') <= refund.day).toBe(true)
  }
  const visits = values.filter(({ kind }) => kind === 'visit')
  const states = grouped(visits, ({ payStatus }) => payStatus)
  expect(states.get('unpaid')).toHaveLength(7)
  expect(states.get('refunded')).toHaveLength(4)
  expect(states.get('partly_refunded')).toHaveLength(2)
  expect(states.get('unknown')).toHaveLength(1)
  expect(states.get('unpaid')?.every(({ feeFen }) => feeFen === null)).toBe(true)
  expect(row(10)?.value?.feeFen).toBe(16_800)
  expect(visits.find(({ feeFen }) => feeFen === 128_000)?.day).toBe('2026-11-10')
  expect(visits.filter(({ source }) => source === '服务包核销').length).toBeGreaterThan(5)
  expect(
    visits
      .filter(({ source }) => source === '服务包核销')
      .every(({ feeFen }) => feeFen === 0 || feeFen === null),
  ).toBe(true)
})

test('dates: five forms, two serials, one impossible, one slip of the pen', () => {
  expect(row(297)).toMatchObject({
    fate: 'invalid',
    value: null,
    reasons: [
      { key: 'metrics.row.impossibleDate', values: { column: '就诊日期', text: '2026-11-31' } },
    ],
  })
  expect(row(116)).toMatchObject({
    fate: 'needs_person',
    value: { day: '2026-10-19' },
    reasons: [{ key: 'metrics.row.futureDateGuess', values: { guess: '2026-10-19' } }],
  })
  const serials = sheets[0]?.rows.flatMap(([cell], at) =>
    /^\d{5}$/.test(`${cell}`) ? [at + 1] : [],
  )
  expect(serials?.map((rowNumber) => row(rowNumber)?.value?.day)).toEqual([
    '2026-10-08',
    '2026-11-02',
  ])
  expect(row(9)?.value).toMatchObject({ day: '2026-09-22', time: '15:06:00' })
  expect(values.every(({ day }) => day >= '2026-09-21' && day <= '2026-11-15')).toBe(true)
})

test('a letter O in a fee waits for a person with the likely amount', () => {
  expect(row(189)).toMatchObject({
    fate: 'needs_person',
    value: { feeFen: 30_000 },
    reasons: [
      {
        key: 'metrics.row.letterInAmount',
        values: { column: '费用', text: '3O0.00', guess: '300.00' },
      },
    ],
  })
})

test('departments by alias, doctors by name, tests left out, formula text harmless', () => {
  expect(row(5)?.value?.departmentId).toBe('nose')
  expect(row(7)?.value?.departmentId).toBe('tuina')
  expect(withReason('departmentUnknown')).toEqual([])
  expect(row(8)?.value?.doctorId).toBe('陆闻溪')
  expect(row(13)?.value?.doctorId).toBeNull()
  expect(row(137)).toMatchObject({ fate: 'ignored', reasons: [{ key: 'metrics.row.test' }] })
  expect(numbers(withReason('formulaText'))).toEqual([11, 39, 265])
  expect(values.filter(({ source }) => /^[=+@-]|\n/.test(source))).toEqual([])
  expect(rows.filter(({ value }) => value?.source === '').length).toBe(40)
  expect(values.some(({ source }) => source === '刷到视频 自己查到医院')).toBe(true)
})

test('no reason carries a name or a number of a person', () => {
  const said = JSON.stringify(rows.map(({ reasons }) => reasons))
  for (const { patient } of values) {
    if (patient.name) expect(said).not.toContain(patient.name)
    if (patient.phone) expect(said).not.toContain(patient.phone.slice(3))
  }
  expect(said).not.toMatch(/1[3-9]\d{9}/)
})

test('a department we do not know waits for a person', () => {
  const [header, first] = sheets[0]?.rows ?? []
  const odd = first?.map((cell, at) => (at === 1 ? '皮肤科' : cell)) ?? []
  expect(visitsOf([{ name: '', rows: [header ?? [], odd] }]).rows[0]).toMatchObject({
    fate: 'needs_person',
    value: { departmentId: null },
    reasons: [{ key: 'metrics.row.departmentUnknown', values: { name: '皮肤科' } }],
  })
})

test('a row whose cells slipped sideways does not leak a number into a reason', () => {
  const [header, first] = sheets[0]?.rows ?? []
  const slipped = first?.map((cell, at) => (at === 1 ? '19900003678' : cell)) ?? []
  const [row] = visitsOf([{ name: '', rows: [header ?? [], slipped] }]).rows
  expect(row?.reasons[0]).toEqual({
    key: 'metrics.row.departmentUnknown',
    values: { name: '…' },
  })
})

test('a refund whose visit is not in the file waits for a person', () => {
  const [header, ...body] = sheets[0]?.rows ?? []
  const alone = body.filter((cells) => `${cells[6]}`.startsWith('-'))
  const fates = visitsOf([{ name: '', rows: [header ?? [], ...alone] }]).rows
  expect(fates.map(({ fate, reasons }) => [fate, reasons[0]?.key])).toEqual(
    Array(8).fill(['needs_person', 'metrics.row.refundOrphan']),
  )
})

/** A fixed shuffle, so that a failure can be run again. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  return list
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

test.each([1, 7, 2026])('the order of the rows changes no fate (seed %i)', (seed) => {
  const [header = [], ...body] = sheets[0]?.rows ?? []
  const mixed: Sheet = { name: '', rows: [header, ...shuffled(body, seed)] }
  const told = (sheet: Sheet | undefined) =>
    visitsOf(sheet ? [sheet] : [])
      .rows.map(
        ({ rowNumber, fate, value }) =>
          `${JSON.stringify(sheet?.rows[rowNumber - 1])} ${fate} ${value?.identity} ${
            value?.refundOf ? JSON.stringify(sheet?.rows[value.refundOf - 1]) : ''
          }`,
      )
      .toSorted()
  expect(told(mixed)).toEqual(told(sheets[0]))
})
