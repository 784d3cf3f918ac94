import { expect, test } from 'vitest'
import { countFates } from '../../apps/api/src/modules/metrics/parsing/parsed-row.ts'
import { ordersOf, sampleSheets } from './sample-files.ts'

const sheets = await sampleSheets('orders.csv')
const { rows } = ordersOf(sheets)
const orders = rows.flatMap(({ fate, value }) => (fate === 'ok' && value ? [value] : []))
const reasonsOf = (rowNumber: number) => rows.find((row) => row.rowNumber === rowNumber)?.reasons
const withReason = (key: string) =>
  rows.filter(({ reasons }) => reasons.some((reason) => reason.key === `metrics.row.${key}`))
const order = (orderNumber: string) => orders.find((each) => each.orderNumber === orderNumber)

test('120 rows are 119 orders, one of them a test', () => {
  expect(countFates(rows)).toEqual({
    ok: 118,
    duplicate: 1,
    near_duplicate: 0,
    needs_person: 0,
    invalid: 0,
    ignored: 1,
  })
  expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(118)
  expect(reasonsOf(121)).toEqual([{ key: 'metrics.row.test' }])
})

test('an order in two states counts once, in the later one', () => {
  expect(reasonsOf(21)).toEqual([{ key: 'metrics.row.orderOlder', values: { row: 12 } }])
  expect(order('QW20260914001')).toMatchObject({
    status: 'redeemed',
    usedTimes: 6,
    lastUsedOn: '2026-10-28',
  })
  const [header = [], ...body] = sheets[0]?.rows ?? []
  const reversed = ordersOf([{ name: '', rows: [header, ...body.toReversed()] }]).rows
  const kept = reversed.filter(({ fate, value }) => fate === 'ok' && value?.usedTimes === 6)
  expect(kept.map(({ value }) => value?.orderNumber)).toContain('QW20260914001')
  expect(countFates(reversed)).toEqual(countFates(rows))
})

test('refunds: 6 full, 5 partial, their amounts agree with their states', () => {
  const full = orders.filter(({ status }) => status === 'refunded')
  const part = orders.filter(({ status }) => status === 'partly_refunded')
  expect([full.length, part.length]).toEqual([6, 5])
  expect(full.every(({ refundFen, paidFen }) => refundFen === paidFen)).toBe(true)
  expect(part.every(({ refundFen, paidFen }) => refundFen > 0 && refundFen < paidFen)).toBe(true)
  expect([...full, ...part].every(({ refundedAt }) => refundedAt !== null)).toBe(true)
  expect(withReason('refundMismatch')).toEqual([])
  expect(withReason('redeemedAfterRefund').map(({ value }) => value?.orderNumber)).toEqual([
    'MX20260926001',
  ])
  expect(withReason('redeemedTooOften').map(({ value }) => value?.orderNumber)).toEqual([
    'QW20261001004',
  ])
  expect(reasonsOf(33)).toContainEqual({
    key: 'metrics.row.redeemedTooOften',
    values: { used: 7, total: 6 },
  })
})

test('closed and unpaid orders carry no payment', () => {
  const open = orders.filter(({ status }) => status === 'closed' || status === 'unpaid')
  expect(open).toHaveLength(6)
  expect(open.every(({ paidFen, paidAt }) => paidFen === 0 && paidAt === null)).toBe(true)
  expect(withReason('paidWithoutTime')).toEqual([])
})

test('where an order came from: account, touch code, both, neither', () => {
  expect(orders.filter((o) => o.accountName === null && o.touchCode === null)).toHaveLength(21)
  // The test order is the twenty-second.
  expect(sheets[0]?.rows.filter((cells) => cells[6] === '' && cells[7] === '')).toHaveLength(22)
  expect(order('QW20260925001')?.accountId).toBe('dy-shen')
  expect(order('QW20260924001')).toMatchObject({ touchCode: 'qw-tuina-desk', touchKnown: true })
  expect(withReason('touchUnknown').map(({ value }) => value?.touchCode)).toEqual(['mx-old-poster'])
  expect(withReason('accountUnknown').map(({ value }) => value?.accountName)).toEqual([
    '抖音-陆医生',
  ])
  const ambiguous = withReason('accountAmbiguous')
  expect(new Set(ambiguous.map(({ value }) => value?.accountName))).toEqual(
    new Set(['栖梧医院', '澜州栖梧医院', '眠溪堂中医馆']),
  )
  expect(ambiguous.every(({ value }) => value?.accountId === null)).toBe(true)
})

test('three odd phones, one of them recovered', () => {
  expect(withReason('phone.too_short').map(({ rowNumber }) => rowNumber)).toEqual([28])
  expect(withReason('phone.empty').map(({ rowNumber }) => rowNumber)).toEqual([54])
  expect(withReason('phoneRepaired').map(({ value }) => value?.patient.phone)).toEqual([
    '+8619900004799',
  ])
})

test('an order placed before midnight and paid after it keeps both moments', () => {
  const late = order('MX20261031097')
  expect(late?.orderedAt.toISOString()).toBe('2026-10-31T15:58:12.000Z')
  expect(late?.paidAt?.toISOString()).toBe('2026-10-31T16:00:47.000Z')
})

test('amounts are in fen', () => {
  expect(order('QW20260911002')).toMatchObject({ amountFen: 108_000, paidFen: 97_200 })
  expect(orders.every(({ paidFen }) => Number.isInteger(paidFen))).toBe(true)
})

test('another institution’s patients stay outside', () => {
  const own = ordersOf(sheets, (name) => name === '澜州大学附属栖梧医院').rows
  const inside = own.filter(({ value }) => value)
  expect(inside.every(({ value }) => value?.orderNumber.startsWith('QW'))).toBe(true)
  const outside = own.filter(({ reasons }) => reasons[0]?.key === 'metrics.row.otherInstitution')
  expect(outside.every(({ fate, value }) => fate === 'ignored' && value === null)).toBe(true)
  expect(inside.length + outside.length).toBe(120)
})

test('a row that cannot be used says which cell', () => {
  const [header = [], first = []] = sheets[0]?.rows ?? []
  const broken = (change: Record<string, string>) =>
    ordersOf([
      {
        name: '',
        rows: [
          header,
          first.map((cell, at) => change[`${header[at]}`.replace('\ufeff', '')] ?? cell),
        ],
      },
    ]).rows[0]
  expect(broken({ 订单状态: '已飞走' })).toMatchObject({
    fate: 'invalid',
    reasons: [{ key: 'metrics.row.statusUnknown', values: { text: '已飞走' } }],
  })
  expect(broken({ 实付金额: '免费' })?.reasons).toEqual([
    { key: 'metrics.row.unreadable', values: { column: '实付金额' } },
  ])
  expect(broken({ 订单号: '' })?.reasons).toEqual([
    { key: 'metrics.row.missing', values: { column: '订单号' } },
  ])
  expect(broken({ 下单时间: '2026-02-30 10:00:00' })?.reasons[0]?.key).toBe(
    'metrics.row.impossibleDate',
  )
  expect(broken({ 实付金额: '1O8O.00' })).toMatchObject({
    fate: 'needs_person',
    value: { paidFen: 108_000 },
  })
})
