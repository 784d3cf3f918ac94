import '../support/browser-globals.ts'
import { describe, expect, test } from 'vitest'
import { formatsFor, unknown } from '../../apps/web/src/lib/formats.ts'

const shanghai = 'Asia/Shanghai'
const zh = formatsFor('zh', shanghai, shanghai)
const en = formatsFor('en', shanghai, shanghai)

describe('counts', () => {
  test.each([
    [null, unknown, unknown],
    [0, '0', '0'],
    [9_999, '9,999', '9,999'],
    [10_000, '1万', '10K'],
    [12_345, '1.23万', '12.35K'],
    [2_500, '2,500', '2,500'],
    [999_999, '100万', '1M'],
    [99_999_999, '1亿', '100M'],
    [123_456_789, '1.23亿', '123.46M'],
    [-25_000, '-2.5万', '-25K'],
  ])('%s reads %s and %s', (value, chinese, english) => {
    expect(zh.count(value)).toBe(chinese)
    expect(en.count(value)).toBe(english)
  })

  test('no rounding ever shows a mantissa that belongs to the next unit', () => {
    for (let exponent = 4; exponent < 10; exponent++)
      for (const step of [-1, 0, 1]) {
        const value = 10 ** exponent + step
        expect(Number.parseFloat(zh.count(value).replaceAll(',', ''))).toBeLessThan(10_000)
        if (value >= 10_000) expect(Number.parseFloat(en.count(value))).toBeLessThan(1_000)
      }
  })
})

test('fen become yuan, and a missing amount is not ¥0', () => {
  expect(zh.money(null)).toBe(unknown)
  expect(zh.money(0)).toBe('¥0')
  expect(zh.money(123_450)).toBe('¥1,234.50')
  expect(zh.money(1_234_500)).toBe('¥1.23万')
  expect(zh.money(-1_050)).toBe('-¥10.50')
  expect(zh.exactMoney(1_234_567)).toBe('¥12,345.67')
})

test('rates keep their sense when they are small', () => {
  expect(zh.rate(null)).toBe(unknown)
  expect(zh.rate(0)).toBe('0%')
  expect(zh.rate(0.1234)).toBe('12.3%')
  expect(zh.rate(0.00123)).toBe('0.12%')
  expect(zh.rate(0.000_01)).toBe('<0.01%')
  expect(zh.rate(Number.NaN)).toBe(unknown)
})

describe('times', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const at = '2026-11-22T11:30:00.000Z'

  test('are read on the institution’s clock', () => {
    expect(zh.dateTime(at, now)).toBe('11月22日 周日 19:30')
    expect(en.dateTime(at, now)).toBe('Sun, Nov 22, 19:30')
    expect(zh.dateTime('2025-01-01T16:00:00Z', now)).toBe('2025年1月2日 周四 00:00')
  })

  test('name the zone only when the viewer’s clock differs', () => {
    const abroad = formatsFor('zh', shanghai, 'America/New_York')
    expect(abroad.dateTime(at, now)).toBe('11月22日 周日 19:30（中国标准时间）')
    expect(formatsFor('en', shanghai, 'America/New_York').dateTime(at, now)).toBe(
      'Sun, Nov 22, 19:30 (China Standard Time)',
    )
    // Another zone with the same clock needs no name.
    expect(formatsFor('zh', shanghai, 'Asia/Singapore').zoneNote(at)).toBe('')
  })

  test('a calendar day is the same day wherever it is read', () => {
    for (const viewer of ['America/New_York', 'Pacific/Kiritimati', shanghai])
      expect(formatsFor('zh', shanghai, viewer).day('2026-11-22', now)).toBe('11月22日 周日')
  })

  test('are relative within 24 hours and not beyond', () => {
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
    expect(zh.relative(ago(30), now)).toBe('刚刚')
    expect(zh.relative(ago(180), now)).toBe('3分钟前')
    expect(zh.relative(ago(-7_200), now)).toBe('2小时后')
    expect(zh.relative(ago(86_399), now)).toBe('23小时前')
    expect(zh.relative(ago(86_400), now)).toBeNull()
  })
})

test('lengths read as clocks', () => {
  expect(zh.duration(65)).toBe('1:05')
  expect(zh.duration(3_723)).toBe('1:02:03')
})
