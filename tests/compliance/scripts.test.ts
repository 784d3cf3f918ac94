import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { engine, fixture } from './support.ts'

const names = readdirSync(new URL('./fixtures/', import.meta.url)).sort()
const findingsOf = (name: string) =>
  engine.check({
    nature: 'science',
    platforms: ['douyin', 'channels'],
    fields: fixture(name),
  }).findings

test.each(names.filter((name) => /^0[1-8]/.test(name)))('%s may be published', (name) => {
  expect(findingsOf(name).filter(({ severity }) => severity === 'block')).toEqual([])
  expect(engine.guessNature(fixture(name))).toBe('science')
})

test('the cure draft is refused for each of its faults', () => {
  const blocked = findingsOf('09-neck-cure-draft.md').filter(({ severity }) => severity === 'block')
  const faults = [
    ['R18', '推拿第一人'],
    ['R05', '无效退款'],
    ['R12', '央视也报道过我'],
    ['R38', '病历我放在屏幕'],
    ['R28', '药全停了'],
    ['R10', '左边是推之前的片子，右边是推之后'],
    ['R04', '有效率高达百分之九十八'],
    ['R08', '三天见效'],
    ['R06', '零风险'],
    ['R06', '没有任何副作用'],
    ['R07', '老人、孕妇、小孩都能做'],
    ['R17', '别的医院做不到'],
    ['R36', '小黄车'],
    ['R19', '加微信 lu_tuina_0001'],
    ['R19', '1990000 0017'],
    ['R22', '地址栖桐路十八号'],
  ]
  for (const [ruleId, words = ''] of faults)
    expect(
      blocked.find((finding) => finding.ruleId === ruleId && finding.text.includes(words)),
      `${ruleId} ${words}`,
    ).toBeDefined()
  expect(blocked.find(({ text }) => text === '无效退款')?.waivable).toBe(false)
})

test('the secret draft is refused through every disguise, and the spans are exact', () => {
  const fields = fixture('10-insomnia-secret-draft.md')
  const findings = findingsOf('10-insomnia-secret-draft.md')
  const disguises: [text: string, ruleId: string, disguised: boolean][] = [
    ['祖 传 秘 方', 'R14', true],
    ['木艮治', 'R03', true],
    ['无付作用', 'R06', true],
    ['治①个好①个', 'R03', false],
    ['NO.1', 'R02', false],
    ['加薇❤️：mxt－sleep－001', 'R19', false],
    ['看“简 介', 'R19', true],
    ['有效率百分之九十九点二', 'R04', false],
  ]
  for (const [text, ruleId, disguised] of disguises) {
    const found = findings.find((finding) => finding.text === text)
    expect(found, text).toMatchObject({ ruleId, severity: 'block' })
    if (disguised) expect(found?.kind, text).toBe('disguised')
    const source = fields.find(({ field }) => field === found?.field)?.text
    expect(source?.slice(found?.start, found?.end)).toBe(text)
  }
})
