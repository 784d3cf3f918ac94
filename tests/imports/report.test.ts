import { expect, test } from 'vitest'
import { readTable } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import {
  importReportCsv,
  type ReportRow,
} from '../../apps/api/src/modules/metrics/parsing/report.ts'

const row = (change: Partial<ReportRow>): ReportRow => ({
  rowNumber: 2,
  fate: 'added',
  label: '鼻炎和感冒的五个区别',
  reasons: [],
  matchedTo: '鼻炎和感冒的五个区别',
  resolvedAt: null,
  ...change,
})
const readBack = async (csv: string) => (await readTable(Buffer.from(csv)))[0]?.rows

test('the report opens in a spreadsheet, in the reader’s language', async () => {
  const rows = [
    row({}),
    row({
      rowNumber: 3,
      fate: 'needs_person',
      matchedTo: null,
      reasons: [
        { key: 'metrics.match.several', values: { count: 2 } },
        { key: 'metrics.row.metricUnreadable', values: { column: '播放量' } },
      ],
      resolvedAt: new Date('2026-11-20T16:30:00Z'),
    }),
  ]
  const csv = importReportCsv(rows, 'zh')
  expect(csv.startsWith('\ufeff行号,结果,内容,原因,对应的发布单,人工确认时间\r\n')).toBe(true)
  expect((await readBack(csv))?.slice(1)).toEqual([
    ['2', '已导入', '鼻炎和感冒的五个区别', '', '鼻炎和感冒的五个区别', ''],
    [
      '3',
      '待人工确认',
      '鼻炎和感冒的五个区别',
      '有 2 个发布单标题相同、时间相近，请选一个；「播放量」读不出来，按未知处理',
      '',
      '2026-11-21 00:30:00',
    ],
  ])
  const english = await readBack(importReportCsv(rows, 'en'))
  expect(english?.[0]).toEqual(['Row', 'Outcome', 'About', 'Why', 'Publication', 'Confirmed at'])
  expect(english?.[2]?.[1]).toBe('Needs a person')
})

test.each(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r=', '\0=', '  =', '\u2028@'])(
  'text beginning with %j cannot run as a formula',
  async (start) => {
    const rows = await readBack(importReportCsv([row({ label: `${start}HYPERLINK("x")` })], 'zh'))
    expect(rows?.[1]?.[2]).toMatch(/^'[=+\-@＝＋－＠]HYPERLINK/)
  },
)
