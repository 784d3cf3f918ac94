import { type PhoneReading, readPhone } from '@xingbo/shared/leads/phone.rules'
import { expect, test } from 'vitest'
import { readMoment, readMonth } from '../../apps/api/src/modules/metrics/parsing/moments.ts'
import {
  readCount,
  readMoney,
  readRate,
  readSeconds,
} from '../../apps/api/src/modules/metrics/parsing/numbers.ts'
import { readFreeText } from '../../apps/api/src/modules/metrics/parsing/patients.ts'

const unknown = [null, '', '  ', '-', '—', '－', '/', '无', 'N/A']

test.each(unknown)('%j is unknown, never zero', (cell) => {
  expect([readCount(cell), readRate(cell), readSeconds(cell), readMoney(cell)]).toEqual(
    Array(4).fill(null),
  )
  expect(readMoment(cell)).toEqual({ kind: 'blank' })
})

test.each([
  [0, 0],
  ['0', 0],
  ['12,345', 12_345],
  ['41.2万', 412_000],
  ['６.３万', 63_000],
  ['1.2亿', 120_000_000],
  [12316, 12_316],
  ['12.5', undefined],
  ['1,23', undefined],
  ['很多', undefined],
  [-2, undefined],
])('count %j is %j', (cell, value) => expect(readCount(cell)).toBe(value))

test('only a balance may be negative', () => expect(readCount('-2', { negative: true })).toBe(-2))

test.each([
  ['12.3%', 0.123],
  [0.123, 0.123],
  ['0.8%', 0.008],
  [0.009, 0.009],
  ['９.０３％', 0.0903],
  [0, 0],
  ['0%', 0],
  [1, 1],
  ['100%', 1],
  ['12.3', undefined],
  ['120%', undefined],
  [-0.1, undefined],
])('rate %j is %j', (cell, value) => expect(readRate(cell)).toBe(value))

test.each([
  [15.4, 15.4],
  ['9.1秒', 9.1],
  ['1分20秒', 80],
  ['01:20', 80],
  ['2分钟', 120],
  ['很久', undefined],
])('seconds %j is %j', (cell, value) => expect(readSeconds(cell)).toBe(value))

test.each([
  ['168.00', 16_800],
  ['¥1280', 128_000],
  ['￥1,280.00', 128_000],
  ['-45.00', -4500],
  [0, 0],
  ['0.01', 1],
  ['1,500元', 150_000],
  ['1.2万', 1_200_000],
])('%j is %i fen', (cell, fen) => expect(readMoney(cell)).toEqual({ fen, mistyped: null }))

test('a letter among the digits is seen, not swallowed', () => {
  expect(readMoney('3O0.00')).toEqual({ fen: 30_000, mistyped: '3O0.00' })
  expect(readMoney('¥l20')).toEqual({ fen: 12_000, mistyped: '¥l20' })
  expect(readMoney('OO')).toBeUndefined()
  expect(readMoney('1.005')).toBeUndefined()
  expect(readMoney('免费')).toBeUndefined()
})

const moment = (day: string, time: string | null = null) => ({ kind: 'moment', day, time })
test.each([
  ['2026-11-15 20:00:06', moment('2026-11-15', '20:00:06')],
  ['2026/9/22', moment('2026-09-22')],
  ['2026.9.2', moment('2026-09-02')],
  ['2026-09-22 15:06', moment('2026-09-22', '15:06:00')],
  ['2026年11月14日10时43分02秒', moment('2026-11-14', '10:43:02')],
  ['2026年1月4日', moment('2026-01-04')],
  ['20261115', moment('2026-11-15')],
  [20261115, moment('2026-11-15')],
  ['46303', moment('2026-10-08')],
  [46328.5, moment('2026-11-02', '12:00:00')],
  [new Date('2026-10-08T00:00:00Z'), moment('2026-10-08')],
  [new Date('2026-10-08T09:30:00.499Z'), moment('2026-10-08', '09:30:00')],
  ['2026-11-31', { kind: 'impossible', text: '2026-11-31' }],
  ['2025-02-29', { kind: 'impossible', text: '2025-02-29' }],
  ['2026-11-01 24:10', { kind: 'impossible', text: '2026-11-01 24:10' }],
  ['昨天', { kind: 'unreadable' }],
  ['12345', { kind: 'unreadable' }],
  [3, { kind: 'unreadable' }],
])('date %j', (cell, value) => expect(readMoment(cell)).toEqual(value))

test.each([
  ['2026-10', '2026-10'],
  ['2026年10月', '2026-10'],
  ['2026/11', '2026-11'],
  ['202611', '2026-11'],
  [new Date('2026-10-01T00:00:00Z'), '2026-10'],
  ['2026-13', undefined],
  ['十月', undefined],
])('month %j is %j', (cell, value) => expect(readMonth(cell)).toBe(value))

const good = (repaired: boolean): PhoneReading => ({ ok: true, e164: '+8619900000845', repaired })
const bad = (problem: string) => ({ ok: false, problem })
test.each([
  ['19900000845', good(false)],
  ['+86 19900000845', good(true)],
  ['+8619900000845', good(true)],
  ['8619900000845', good(true)],
  ['199 0000 0845', good(true)],
  ['199-0000-0845', good(true)],
  ['１９９０００００８４５', good(true)],
  ['', bad('empty')],
  ['1990000084', bad('too_short')],
  ['199000008455', bad('too_long')],
  ['199****0845', bad('masked')],
  ['1.99E+10', bad('scientific')],
  ['0000-8800123', bad('landline')],
  ['不愿提供', bad('not_a_number')],
  ['11111111111', bad('not_mobile')],
])('phone %j', (text, value) => expect(readPhone(text)).toEqual(value))

test('free text that a spreadsheet would run loses its sign and nothing else', () => {
  expect(readFreeText('=抖音')).toEqual({ text: '抖音', neutralised: true })
  expect(readFreeText('@陆医生抖音')).toEqual({ text: '陆医生抖音', neutralised: true })
  expect(readFreeText(' ＋ =cmd|1')).toEqual({ text: 'cmd|1', neutralised: true })
  expect(readFreeText('刷到视频\n自己查到医院')).toEqual({
    text: '刷到视频 自己查到医院',
    neutralised: false,
  })
})
