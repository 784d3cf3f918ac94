import { expect, test } from 'vitest'
import { fold, squeeze } from '../../apps/api/src/modules/compliance/engine/normalise.ts'
import { data, engine, type Field } from './support.ts'

/** Mulberry32: the same cases on every run, named by their seed when one fails. */
const random = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const listed = data.terms.map(({ text }) => text)
const forms = [...data.variants.values()].flatMap((variant) => [...variant.forms, variant.pinyin])
const marks = [
  ' ',
  '\n',
  '，',
  '。',
  '？',
  '、',
  '*',
  '/',
  '“',
  '\u200b',
  '\ufeff',
  '\ufe0f',
  '…',
  '\r\n',
]
const odd = [
  '➕',
  '❤️',
  '🛰️',
  '🐧',
  '1️⃣',
  '①',
  '㎎',
  'ＶＸ',
  '國',
  '𠮷',
  '\ud83d',
  '👨‍⚕️',
  'e\u0301',
  '½',
  'ﬁ',
]
const words = [
  '我们',
  '医生',
  '三天',
  '98%',
  '138',
  '0013',
  '8000',
  '你',
  '就',
  '好了',
  '药',
  '不要',
]
const sources = [listed, listed, forms, marks, marks, odd, words]

const text = (pick: (below: number) => number): string => {
  let result = ''
  for (let i = pick(14); i >= 0; i--) {
    const source = sources[pick(sources.length)] ?? words
    const piece = source[pick(source.length)] ?? ''
    // Now and then something stands between all characters of a piece.
    const between = pick(4) === 0 ? (marks[pick(marks.length)] ?? '') : ''
    result += [...piece].join(between)
  }
  return result
}

test('a finding is always a slice of the text it names', () => {
  let found = 0
  for (let seed = 1; seed <= 1500; seed++) {
    const pick = random(seed)
    const fields: Field[] = ['title', 'hook', 'shots.0', 'captions.douyin.body'].map((field) => ({
      field,
      text: text(pick),
    }))
    const nature = (['science', 'institution_info', 'medical_ad', 'commerce'] as const)[pick(4)]
    const { findings } = engine.check({
      nature: nature ?? 'science',
      platforms: ['douyin'],
      fields,
    })
    for (const finding of findings.flatMap((one) => [one, ...one.also])) {
      if (finding.field === 'item') continue
      found++
      const original = fields.find(({ field }) => field === finding.field)?.text ?? ''
      const where = `seed ${seed} ${JSON.stringify(finding)}`
      expect(finding.start, where).toBeGreaterThanOrEqual(0)
      expect(finding.end, where).toBeGreaterThan(finding.start)
      expect(finding.end, where).toBeLessThanOrEqual(original.length)
      expect(original.slice(finding.start, finding.end), where).toBe(finding.text)
    }
  }
  expect(found).toBeGreaterThan(3000)
})

test('findings of one rule never overlap', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const original = text(random(seed))
    const { findings } = engine.check({
      nature: 'science',
      platforms: [],
      fields: [{ field: 'title', text: original }],
    })
    findings.forEach((a, index) => {
      for (const b of findings.slice(index + 1)) {
        if (a.ruleId !== b.ruleId || a.also.length + b.also.length > 0) continue
        expect(Math.min(a.end, b.end), `seed ${seed} ${a.text} / ${b.text}`).toBeLessThanOrEqual(
          Math.max(a.start, b.start),
        )
      }
    })
  }
})

test('folding keeps every character tied to its place, in order', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const original = text(random(seed))
    for (const view of [
      fold(original, data.symbols),
      squeeze(fold(original, data.symbols), 'keep'),
      squeeze(fold(original, data.symbols), 'join'),
    ]) {
      expect(view.start).toHaveLength(view.text.length)
      expect(view.end).toHaveLength(view.text.length)
      view.start.forEach((start, i) => {
        const end = view.end[i] ?? -1
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThanOrEqual(original.length)
        expect(start).toBeGreaterThanOrEqual(view.start[i - 1] ?? 0)
      })
    }
  }
})

test('the same input gives the same answer, whatever was checked before', () => {
  const fields = [{ field: 'title', text: '国家级名医，三天根治，加VX领资料' }]
  const once = engine.check({ nature: 'science', platforms: [], fields })
  engine.check({ nature: 'commerce', platforms: [], fields: [{ field: 'title', text: '抗癌' }] })
  expect(engine.check({ nature: 'science', platforms: [], fields })).toEqual(once)
})

test('an empty text is answered', () => {
  const fields = [{ field: 'title', text: '' }]
  expect(engine.check({ nature: 'science', platforms: [], fields }).findings).toEqual([])
})

/** Ten thousand characters and more; a pattern that backtracks without bound takes minutes. */
test.each([
  ['lawful sentences', '多喝水，早睡觉，规律运动。'.repeat(4000), 20_000],
  ['terms without a full stop', '糖尿病高血压根治三天见效'.repeat(800), 20_000],
  ['numerals without end', '一二三'.repeat(3000), 5_000],
  ['digits and spaces', '1 3 8 '.repeat(3000), 5_000],
  ['separated characters', '药，'.repeat(5000), 5_000],
  ['pinyin', 'jia wei xin '.repeat(800), 5_000],
  ['open brackets', '【'.repeat(5000), 5_000],
])('%s do not hold the engine up', (_, long, limit) => {
  const started = performance.now()
  engine.check({ nature: 'science', platforms: [], fields: [{ field: 'shots.0', text: long }] })
  expect(performance.now() - started).toBeLessThan(limit)
})
