import { issueSentence } from '@xingbo/shared/issues'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const first = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value, { reportInput: true })
  const issue = result.error?.issues[0]
  if (!issue) throw new Error('the value passed')
  return issue
}

const cases: [string, z.ZodType, unknown, string, string][] = [
  ['absent', z.string(), undefined, '此项必填', 'This is required'],
  ['empty', z.string().min(1), '', '此项必填', 'This is required'],
  ['too short', z.string().min(12), 'short', '至少 12 个字', 'At least 12 characters'],
  ['too long', z.string().max(3), 'longer', '最多 3 个字', 'At most 3 characters'],
  ['no choice', z.array(z.string()).min(1), [], '此项必填', 'This is required'],
  ['too many', z.array(z.string()).max(1), ['a', 'b'], '最多 1 项', 'At most 1 items'],
  ['too low', z.int().min(0), -1, '不能小于 0', 'Not less than 0'],
  ['not above', z.number().positive(), 0, '必须大于 0', 'More than 0'],
  ['too high', z.int().max(5), 6, '不能大于 5', 'Not more than 5'],
  ['no number', z.number(), 'x', '请填数字', 'Enter a number'],
  ['no date', z.iso.date(), '22/11', '请填完整的日期', 'Enter a full date'],
  [
    'bad form',
    z.string().regex(/^a$/),
    'b',
    '格式不符合要求',
    'This does not follow the expected form',
  ],
  ['not offered', z.enum(['a', 'b']), 'c', '请从给出的选项里选', 'Choose one of the given options'],
  [
    'own words',
    z.string().refine(() => false, { error: '两次输入不一样|The two entries differ' }),
    'x',
    '两次输入不一样',
    'The two entries differ',
  ],
]

describe('what zod finds is said in our words', () => {
  test.each(cases)('%s', (_name, schema, value, zh, en) => {
    const issue = first(schema, value)
    expect(issueSentence(issue, 'zh')).toBe(zh)
    expect(issueSentence(issue, 'en')).toBe(en)
  })
})

test('a server that does not report inputs tells absent from wrong all the same', () => {
  const said = (value: unknown) => {
    const issue = z.object({ title: z.string() }).safeParse({ title: value }).error?.issues[0]
    return issue && issueSentence(issue, 'zh')
  }
  expect(said(undefined)).toBe('此项必填')
  expect(said(3)).toBe('格式不对')
})
