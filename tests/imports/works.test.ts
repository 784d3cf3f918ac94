import { expect, test } from 'vitest'
import { parseDouyinWorks } from '../../apps/api/src/modules/metrics/parsing/douyin-works.ts'
import { countFates } from '../../apps/api/src/modules/metrics/parsing/parsed-row.ts'
import type { Cell, Sheet } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import { readTable } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import { UnreadableFile } from '../../apps/api/src/modules/metrics/parsing/unreadable-file.ts'
import type { ParsedWork } from '../../apps/api/src/modules/metrics/parsing/works.ts'
import { parseXiaohongshuNotes } from '../../apps/api/src/modules/metrics/parsing/xiaohongshu-notes.ts'
import { asOf, parseSamples, sampleSheets } from './sample-files.ts'

const { douyin, xiaohongshu } = await parseSamples()
const works = douyin.rows.flatMap(({ value }) => (value ? [value] : []))
const notes = xiaohongshu.rows.flatMap(({ value }) => (value ? [value] : []))
const at = (list: readonly ParsedWork[], instant: string) => {
  const found = list.filter(({ publishedAt }) => publishedAt.toISOString() === instant)
  expect(found).toHaveLength(1)
  return found[0]
}
const clear = { duplicate: 0, near_duplicate: 0, needs_person: 0, invalid: 0, ignored: 0 }

test('Douyin: all 60 works are read, row 2 first', () => {
  expect(countFates(douyin.rows)).toEqual({ ...clear, ok: 60 })
  expect(douyin.rows.flatMap(({ reasons }) => reasons)).toEqual([])
  expect(douyin.rows[0]?.rowNumber).toBe(2)
  expect(new Set(works.map(({ key }) => key)).size).toBe(60)
})

test('Douyin: hashtags, a mention and a line break leave the title', () => {
  expect(works.filter(({ title }) => /[#@\n]|^\s|\s$/.test(title))).toEqual([])
  expect(works.filter(({ tags }) => tags.length < 3)).toEqual([])
  expect(at(works, '2026-10-20T04:05:59.000Z')).toMatchObject({
    title: '孩子总揉鼻子，可能是过敏',
    tags: ['儿童鼻炎', '过敏', '鼻科'],
  })
  expect(at(works, '2026-09-24T10:30:09.000Z')).toMatchObject({
    title: '备孕前先做哪几项检查？',
    tags: ['备孕', '孕前检查', '妇产科'],
  })
  expect(at(works, '2026-09-29T04:05:14.000Z')?.title).toBe('脖子咔咔响要不要紧？')
})

test('Douyin: a rate is one thing, written as 12.3% or as 0.123', () => {
  const rates = works.flatMap(({ metrics }) => [metrics.completionRate, metrics.coverClickRate])
  expect(rates.filter((rate) => rate !== null && (rate < 0 || rate > 0.4))).toEqual([])
  expect(at(works, '2026-10-02T04:05:22.000Z')?.metrics.coverClickRate).toBe(0.008)
  expect(at(works, '2026-10-18T12:00:46.000Z')?.metrics.coverClickRate).toBe(0.009)
  expect(at(works, '2026-11-07T02:00:14.000Z')?.metrics).toMatchObject({
    completionRate: 0.1218,
    coverClickRate: 0.0532,
  })
})

test('Douyin: unknown is null and zero is zero', () => {
  const reviewing = works.filter(({ reviewState }) => reviewState === 'reviewing')
  expect(reviewing.map(({ metrics }) => Object.values(metrics))).toEqual([Array(11).fill(null)])
  const rejected = works.filter(({ reviewState }) => reviewState === 'rejected')
  expect(rejected.map(({ metrics }) => metrics)).toEqual([
    expect.objectContaining({ plays: 0, likes: 0, followersGained: 0, completionRate: null }),
  ])
  expect(works.filter(({ reviewState }) => reviewState === 'private')).toHaveLength(1)
  expect(works.every(({ metrics }) => metrics.impressions === null)).toBe(true)
  expect(at(works, '2026-10-04T12:00:36.000Z')?.metrics.plays).toBeNull()
  expect(works.filter(({ metrics }) => metrics.plays === null)).toHaveLength(2)
})

test('Douyin: seconds with and without 秒, picture posts, the outlier, a loss of followers', () => {
  expect(at(works, '2026-11-10T04:05:04.000Z')?.metrics.avgPlaySeconds).toBe(9.1)
  expect(at(works, '2026-11-14T02:00:41.000Z')?.metrics.avgPlaySeconds).toBe(15.4)
  expect(works.filter(({ format }) => format === 'image_text')).toHaveLength(3)
  expect(works.filter(({ format }) => format === null)).toEqual([])
  expect(Math.max(...works.map(({ metrics }) => metrics.plays ?? 0))).toBe(1_286_430)
  expect(at(works, '2026-10-13T10:30:12.000Z')?.metrics.followersGained).toBe(-2)
  expect(at(works, '2026-10-27T15:58:40.000Z')?.title).toBe('推拿完第二天更酸，正常吗')
})

test('Douyin: what the platform wrote is kept, unknown columns too', () => {
  expect(at(works, '2026-11-14T02:00:41.000Z')?.raw).toMatchObject({
    '5s完播率': '39.3%',
    '2s跳出率': 0.2156,
    封面点击率: '-',
  })
})

test('Xiaohongshu: the header is in row 2; all 45 notes are read', () => {
  expect(countFates(xiaohongshu.rows)).toEqual({ ...clear, ok: 45 })
  expect(xiaohongshu.rows.flatMap(({ reasons }) => reasons)).toEqual([])
  expect(xiaohongshu.rows[0]?.rowNumber).toBe(3)
  expect(notes.filter(({ title }) => title === '')).toHaveLength(5)
})

test('Xiaohongshu: 万, blanks, dashes and one percentage among fractions', () => {
  expect(at(notes, '2026-11-07T02:41:43.000Z')?.metrics).toMatchObject({
    impressions: 412_000,
    plays: 63_000,
  })
  expect(at(notes, '2026-11-14T02:43:02.000Z')?.metrics).toMatchObject({
    impressions: null,
    plays: 2638,
  })
  expect(at(notes, '2026-10-31T13:15:40.000Z')?.metrics.followersGained).toBeNull()
  expect(at(notes, '2026-09-27T12:30:09.000Z')?.metrics.coverClickRate).toBe(0.094)
  expect(notes.filter(({ metrics }) => metrics.coverClickRate === null)).toHaveLength(4)
  expect(
    notes.every(({ metrics }) => metrics.profileVisits === null && metrics.completionRate === null),
  ).toBe(true)
})

const table = (...rows: Cell[][]): readonly Sheet[] => [{ name: '', rows }]
const header = ['作品名称', '发布时间', '播放量', '完播率']
const read = (...rows: Cell[][]) => parseDouyinWorks(table(header, ...rows), asOf).rows

test('the header is found by its names, in any order, below notes, with other spaces', () => {
  const { rows, fingerprint } = parseDouyinWorks(
    table(
      ['导出说明'],
      [null],
      ['播放量', '\ufeff作品 名称', '别的', '发布时间 '],
      [7, '题', 'x', '2026-10-01 10:00:00'],
    ),
    asOf,
  )
  expect(rows[0]).toMatchObject({ rowNumber: 4, value: { title: '题', metrics: { plays: 7 } } })
  expect(fingerprint).not.toBe(douyin.fingerprint)
})

test('a file of another kind is named, a file of no kind says what is missing', async () => {
  const refusal = (run: () => unknown) => {
    try {
      run()
    } catch (error) {
      if (error instanceof UnreadableFile) return error.reason
      throw error
    }
    return 'read'
  }
  const xhs = await sampleSheets('xiaohongshu-notes.xlsx')
  expect(refusal(() => parseDouyinWorks(xhs, asOf))).toEqual({
    key: 'metrics.file.is.xiaohongshu_notes',
  })
  const visits = await sampleSheets('visits-his.csv')
  expect(refusal(() => parseXiaohongshuNotes(visits, asOf))).toEqual({
    key: 'metrics.file.is.visits',
  })
  expect(refusal(() => parseDouyinWorks(table(['作品名称', '播放量'], ['a', 1]), asOf))).toEqual({
    key: 'metrics.file.noHeader',
    values: { columns: '「发布时间」' },
  })
  expect(refusal(() => read())).toEqual({ key: 'metrics.file.noRows' })
  const noise = await readTable(Buffer.from('hello\nworld\n'))
  expect(refusal(() => parseDouyinWorks(noise, asOf))).toMatchObject({
    key: 'metrics.file.noHeader',
  })
})

test('a row that cannot be used says why, and the others stand', () => {
  const rows = read(
    ['没有时间', null, 1, null],
    ['没有这天', '2026-11-31 10:00:00', 1, null],
    ['只有日期', '2026-11-01', 1, null],
    ['看不懂', '昨天', 1, null],
    ['未来', '2026-12-01 10:00:00', 1, null],
    ['合计', null, 9999, null],
    ['好的', '2026-11-01 10:00:00', '一千', '250%'],
    ['好的', '2026-11-01 10:00:00', '一千', '250%'],
    ['好的 #标签', '2026/11/01 10:00:00', 1000, null],
  )
  expect(rows.map(({ fate, reasons }) => [fate, reasons[0]?.key])).toEqual([
    ['invalid', 'metrics.row.missing'],
    ['invalid', 'metrics.row.impossibleDate'],
    ['invalid', 'metrics.row.unreadable'],
    ['invalid', 'metrics.row.unreadable'],
    ['invalid', 'metrics.row.futureDate'],
    ['ignored', 'metrics.row.total'],
    ['near_duplicate', 'metrics.row.nearDuplicate'],
    ['near_duplicate', 'metrics.row.nearDuplicate'],
    ['ok', undefined],
  ])
})
