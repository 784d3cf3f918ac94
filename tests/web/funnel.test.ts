import '../support/browser-globals.ts'
import { funnelCan } from '@xingbo/shared/funnel/funnel.rules'
import { describe, expect, test } from 'vitest'
import { cutText } from '../../apps/web/src/features/funnel/cut-text.ts'
import { toCsv } from '../../apps/web/src/features/funnel/funnel-csv.ts'
import { funnelSearch, queryOf, rangeOf } from '../../apps/web/src/features/funnel/funnel-search.ts'

describe('the file that is taken away', () => {
  test('opens as UTF-8 in Excel, with commas, quotes and line breaks kept', () => {
    expect(
      toCsv([
        ['平台', '数量'],
        ['抖音, "澜州"', 12.5],
        ['两\n行', null],
      ]),
    ).toBe('\uFEFF平台,数量\r\n"抖音, ""澜州""",12.5\r\n"两\n行",\r\n')
  })
  test('a name that a spreadsheet would run as a formula is a text', () => {
    expect(toCsv([['=1+1', '+86', '@x', '-cmd', '\tx']])).toBe(
      "\uFEFF'=1+1,'+86,'@x,'-cmd,'\tx\r\n",
    )
    expect(toCsv([['-3.5%'], [-3.5], ['—'], ['-12']])).toBe("\uFEFF'-3.5%\r\n-3.5\r\n—\r\n-12\r\n")
  })
})

describe('the address of the page', () => {
  test('presets mean days up to today', () => {
    const today = '2026-03-01'
    expect(rangeOf({}, today)).toEqual({ from: '2026-01-31', to: today })
    expect(rangeOf({ range: '7d' }, today)).toEqual({ from: '2026-02-23', to: today })
    expect(rangeOf({ range: 'month' }, today)).toEqual({ from: today, to: today })
    expect(rangeOf({ range: 'custom', from: '2026-02-01' }, today)).toEqual({
      from: '2026-02-01',
      to: today,
    })
    for (const range of ['7d', '30d', 'month', 'custom'] as const)
      expect(funnelCan.ask(rangeOf({ range }, today)).ok, range).toBe(true)
  })
  test('what nobody could have meant is left out, what was asked is asked of the server', () => {
    const search = funnelSearch.parse({
      range: 'ever',
      from: 'x',
      platform: 'tiktok',
      accountId: 'dy',
      breakdown: 'account',
      stage: 'play',
      group: '',
    })
    expect(queryOf(search, '2026-11-21')).toEqual({
      from: '2026-10-23',
      to: '2026-11-21',
      accountId: 'dy',
      breakdown: 'account',
      attribution: 'last',
    })
    expect(search).toMatchObject({ stage: 'play', group: undefined })
  })
})

test('a name too long for its place is cut with a mark, by how wide it is drawn', () => {
  expect(cutText('澜州栖梧医院', 91, 13)).toBe('澜州栖梧医院')
  expect(cutText('澜州大学附属栖梧医院', 91, 13)).toBe('澜州大学附属…')
  expect(cutText('WeChat Channels', 130, 13)).toBe('WeChat Channels')
  expect(cutText('WeChat Channels', 60, 13)).toBe('WeChat…')
  expect(cutText('', 10, 13)).toBe('')
})
