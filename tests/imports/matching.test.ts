import {
  type MatchablePublication,
  type MatchableWork,
  matchWorks,
  workKey,
} from '@xingbo/shared/metrics/matching.rules'
import { partIn, readableTitle, titleKey } from '@xingbo/shared/metrics/work-title.rules'
import { expect, test } from 'vitest'
import { parseSamples } from './sample-files.ts'

const { douyin, xiaohongshu } = await parseSamples()
const works = douyin.rows.flatMap(({ value }) => (value ? [value] : []))
const notes = xiaohongshu.rows.flatMap(({ value }) => (value ? [value] : []))
/** The pieces as publications, planned for the minute the Douyin works came out in. */
const pieces: MatchablePublication[] = works.map(({ title, publishedAt }, at) => ({
  id: `p${String(at).padStart(2, '0')}`,
  title,
  at: new Date(Math.floor(publishedAt.getTime() / 60_000) * 60_000),
}))
const pieceAt = (instant: string) =>
  pieces.find(({ at }) => at.toISOString().startsWith(instant))?.id ?? 'none'
const inShanghai = (text: string) => new Date(`${text}+08:00`)
const work = (title: string, time: string): MatchableWork => {
  const publishedAt = inShanghai(time)
  return { key: workKey({ title, publishedAt }), title, publishedAt }
}
const piece = (id: string, title: string, time: string) => ({ id, title, at: inShanghai(time) })
const outcomes = (matches: ReturnType<typeof matchWorks>) =>
  [...matches.values()].map((match) =>
    match.outcome === 'matched'
      ? match.publicationId
      : match.outcome === 'ambiguous'
        ? match.candidates.map(({ publicationId }) => publicationId)
        : 'none',
  )

test('titles are compared without tags, mentions, widths, emoji, punctuation and column names', () => {
  const key = titleKey('鼻炎和感冒的5个区别')
  for (const title of [
    ' 鼻炎和感冒的５个区别！ #过敏性鼻炎 #鼻科',
    '【医生说】鼻炎和感冒的5个区别🤧',
    '鼻炎和感冒的 5 个区别 @澜州栖梧医院',
    '鼻炎和感冒的5个区别\n#感冒#鼻科',
  ])
    expect(titleKey(title)).toBe(key)
  expect(readableTitle('孩子总揉鼻子，可能是过敏\n#儿童鼻炎 #过敏')).toBe(
    '孩子总揉鼻子，可能是过敏',
  )
  expect([
    partIn('怎么量（上）'),
    partIn('怎么量(下)'),
    partIn('第二集'),
    partIn('上火了'),
  ]).toEqual(['上', '下', '2', null])
})

test('all 60 Douyin works find their own publication', () => {
  const matches = matchWorks(works, pieces)
  expect(outcomes(matches)).toEqual(pieces.map(({ id }) => id))
})

test('two works of one title 10 minutes apart are told apart by time', () => {
  const matches = matchWorks(works, pieces)
  const [late, early] = works.filter(({ title }) => title === '鼻炎洗鼻子的正确步骤')
  expect(matches.get(early?.key ?? '')).toMatchObject({
    publicationId: pieceAt('2026-10-13T10:30'),
    how: 'same_title',
  })
  expect(matches.get(late?.key ?? '')).toMatchObject({
    publicationId: pieceAt('2026-10-13T10:40'),
  })
})

test('the same title weeks apart is resolved by time', () => {
  const again = works.filter(({ title }) => title === '落枕了能不能马上推拿')
  expect(outcomes(matchWorks(again, pieces))).toEqual([
    pieceAt('2026-11-02T10:30'),
    pieceAt('2026-09-25T10:30'),
  ])
})

test('a note half-way between two publications of its title is asked of a person', () => {
  const note = notes.find(({ title }) => title === '鼻炎洗鼻子的正确步骤')
  expect(matchWorks(notes, pieces).get(note?.key ?? '')).toEqual({
    outcome: 'ambiguous',
    reason: { key: 'metrics.match.several', values: { count: 2 } },
    candidates: [
      {
        publicationId: pieceAt('2026-10-13T10:40'),
        offsetSeconds: -258,
        reason: { key: 'metrics.match.sameTitle', values: { minutes: 4 } },
      },
      {
        publicationId: pieceAt('2026-10-13T10:30'),
        offsetSeconds: 342,
        reason: { key: 'metrics.match.sameTitle', values: { minutes: 6 } },
      },
    ],
  })
})

test('（上） and （下） are never confused, not even when one is missing', () => {
  const parts = [
    piece('up', '高血压在家怎么量（上）', '2026-10-02T12:05:00'),
    piece('down', '高血压在家怎么量（下）', '2026-10-03T12:05:00'),
  ]
  const up = work('高血压在家怎么量（上） #高血压', '2026-10-02T12:28:19')
  const down = work('高血压在家怎么量（下）', '2026-10-04T12:07:37')
  expect(outcomes(matchWorks([up, down], parts))).toEqual(['up', 'down'])
  expect(outcomes(matchWorks([down, up], parts.toReversed()))).toEqual(['down', 'up'])
  expect(outcomes(matchWorks([up], parts.slice(1)))).toEqual(['none'])
  const atOnce = work('高血压在家怎么量（上）', '2026-10-03T12:05:30')
  expect(outcomes(matchWorks([atOnce], parts.slice(1)))).toEqual(['none'])
  const unnamed = work('高血压在家怎么量', '2026-10-03T12:05:30')
  expect(outcomes(matchWorks([unnamed], parts.slice(1)))).toEqual([['down']])
})

test('Xiaohongshu’s notes: matched, asked or left, never wrong', () => {
  const matches = matchWorks(notes, pieces)
  const by = (outcome: string) => notes.filter(({ key }) => matches.get(key)?.outcome === outcome)
  expect([by('matched').length, by('ambiguous').length, by('unmatched').length]).toEqual([
    30, 11, 4,
  ])
  // The four that exist only there; one of them has no title.
  expect(by('unmatched').map(({ title }) => title)).toEqual([
    '待产包之外，产后42天本子怎么记',
    '',
    '鼻炎人的换季清单（可存图）',
    '推拿科医生的一天｜早八点查房',
  ])
  const untitled = by('ambiguous').filter(({ title }) => title === '')
  expect(untitled).toHaveLength(4)
  for (const { key } of untitled)
    expect(matches.get(key)).toMatchObject({ reason: { key: 'metrics.match.noTitle' } })
  // Whatever was matched lies where the posting person was: the same hour, or a day late twice.
  const late = by('matched').filter(({ key, publishedAt }) => {
    const match = matches.get(key)
    const found = pieces.find(
      ({ id }) => match?.outcome === 'matched' && id === match.publicationId,
    )
    return Math.abs(publishedAt.getTime() - (found?.at.getTime() ?? 0)) > 3_600_000
  })
  expect(late.map(({ title }) => title)).toEqual([
    '腹直肌分离，自己怎么摸',
    '高血压在家怎么量（下）',
  ])
  const taken = outcomes(matches).filter(
    (outcome) => typeof outcome === 'string' && outcome !== 'none',
  )
  expect(new Set(taken).size).toBe(30)
})

test('one publication is matched once; two rows that could be it are asked about', () => {
  const one = [piece('one', '午睡多久合适', '2026-10-10T20:00:00')]
  const twins = [
    work('午睡多久合适', '2026-10-10T20:03:00'),
    work('午睡多久合适', '2026-10-10T20:05:00'),
  ]
  expect(outcomes(matchWorks(twins, one))).toEqual([['one'], ['one']])
  expect([...matchWorks(twins, one).values()]).toEqual(
    Array(2).fill(expect.objectContaining({ reason: { key: 'metrics.match.contested' } })),
  )
  const sure = [
    work('午睡多久合适', '2026-10-10T20:00:40'),
    work('午睡多久合适', '2026-10-11T20:05:00'),
  ]
  expect(outcomes(matchWorks(sure, one))).toEqual(['one', 'none'])
})

test('a title cut off with … is known by its beginning', () => {
  const planned = [piece('one', '枕头被套多久洗一次？鼻炎的人看过来', '2026-10-04T20:00:00')]
  expect(
    outcomes(matchWorks([work('【医生说】枕头被套多久洗一次...', '2026-10-05T09:00:00')], planned)),
  ).toEqual(['one'])
  expect(outcomes(matchWorks([work('枕头被…', '2026-10-05T09:00:00')], planned))).toEqual(['none'])
})

test('an answer once given is kept, whatever else fits', () => {
  const note = notes.find(({ title }) => title === '鼻炎洗鼻子的正确步骤')
  const chosen = pieceAt('2026-10-13T10:30')
  const matches = matchWorks(notes, pieces, new Map([[note?.key ?? '', chosen]]))
  expect(matches.get(note?.key ?? '')).toEqual({
    outcome: 'matched',
    publicationId: chosen,
    how: 'settled',
  })
})

test('nothing near: unmatched; near under another title: asked', () => {
  const planned = [piece('one', '周末补觉有用吗', '2026-10-10T20:00:00')]
  expect(outcomes(matchWorks([work('周末补觉有用吗', '2026-10-13T20:00:00')], planned))).toEqual([
    'none',
  ])
  expect(outcomes(matchWorks([work('今天食堂吃什么', '2026-10-10T20:30:00')], planned))).toEqual([
    ['one'],
  ])
  expect(outcomes(matchWorks([work('今天食堂吃什么', '2026-10-10T23:30:00')], planned))).toEqual([
    'none',
  ])
})

test.each([3, 41, 1126])('the order of rows and publications changes nothing (seed %i)', (seed) => {
  let state = seed
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        return { item, at: state }
      })
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item)
  for (const list of [works, notes]) {
    const straight = matchWorks(list, pieces)
    const mixed = matchWorks(mix(list), mix(pieces))
    expect(Object.fromEntries(mixed)).toEqual(Object.fromEntries(straight))
    expect(mixed.size).toBe(list.length)
  }
})
