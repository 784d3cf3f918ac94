import type { z } from 'zod'
import { type Bilingual, fill, type Language, type TextValues } from './text.ts'

/**
 * Our own words for zod's findings, by issue code: zod's Chinese texts are half English. Used by form fields
 * in the browser and by the server's 400, so that both say the same.
 */
const sentences = {
  required: { zh: '此项必填', en: 'This is required' },
  type: { zh: '格式不对', en: 'This has the wrong form' },
  number: { zh: '请填数字', en: 'Enter a number' },
  int: { zh: '请填整数', en: 'Enter a whole number' },
  shortText: { zh: '至少 {n} 个字', en: 'At least {n} characters' },
  longText: { zh: '最多 {n} 个字', en: 'At most {n} characters' },
  exactText: { zh: '应为 {n} 个字', en: 'Exactly {n} characters' },
  fewItems: { zh: '至少选 {n} 项', en: 'Choose at least {n}' },
  manyItems: { zh: '最多 {n} 项', en: 'At most {n} items' },
  low: { zh: '不能小于 {n}', en: 'Not less than {n}' },
  above: { zh: '必须大于 {n}', en: 'More than {n}' },
  high: { zh: '不能大于 {n}', en: 'Not more than {n}' },
  below: { zh: '必须小于 {n}', en: 'Less than {n}' },
  step: { zh: '必须是 {n} 的倍数', en: 'A multiple of {n}' },
  email: { zh: '请填完整的邮箱地址', en: 'Enter a full e-mail address' },
  url: {
    zh: '请填完整的网址，以 https:// 开头',
    en: 'Enter a full address starting with https://',
  },
  date: { zh: '请填完整的日期', en: 'Enter a full date' },
  pattern: { zh: '格式不符合要求', en: 'This does not follow the expected form' },
  choice: { zh: '请从给出的选项里选', en: 'Choose one of the given options' },
  unknown: { zh: '有不认识的字段：{n}', en: 'Unknown fields: {n}' },
} as const satisfies Record<string, Bilingual>

type Issue = z.core.$ZodIssue
type Found = readonly [keyof typeof sentences, (string | number)?]

/** Whether nothing was given. Parsed without `reportInput` only zod's own message still knows. */
const isAbsent = (issue: Issue): boolean =>
  'input' in issue
    ? issue.input === undefined || issue.input === null || issue.input === ''
    : /received (undefined|null)$/.test(issue.message)

function found(issue: Issue): Found | null {
  switch (issue.code) {
    case 'invalid_type':
      if (isAbsent(issue)) return ['required']
      if (issue.expected === 'int') return ['int']
      return [issue.expected === 'number' ? 'number' : 'type']
    case 'too_small': {
      const n = Number(issue.minimum)
      if (issue.origin === 'string')
        return issue.exact ? ['exactText', n] : n === 1 ? ['required'] : ['shortText', n]
      if (issue.origin === 'array' || issue.origin === 'set')
        return n === 1 ? ['required'] : ['fewItems', n]
      return [issue.inclusive === false ? 'above' : 'low', n]
    }
    case 'too_big': {
      const n = Number(issue.maximum)
      if (issue.origin === 'string') return [issue.exact ? 'exactText' : 'longText', n]
      if (issue.origin === 'array' || issue.origin === 'set') return ['manyItems', n]
      return [issue.inclusive === false ? 'below' : 'high', n]
    }
    case 'not_multiple_of':
      return ['step', Number(issue.divisor)]
    case 'invalid_format':
      if (issue.format === 'email') return ['email']
      if (issue.format === 'url') return ['url']
      if (['date', 'datetime', 'time'].includes(issue.format)) return ['date']
      return ['pattern']
    case 'invalid_value':
      return [isAbsent(issue) ? 'required' : 'choice']
    case 'unrecognized_keys':
      return ['unknown', issue.keys.join(', ')]
    case 'custom':
      return null
    default:
      return ['type']
  }
}

/**
 * What a zod issue says to a person. A check that says something of its own (`.refine(…, { error: 'zh|en' })`)
 * gives both languages in one message, the Chinese before the bar.
 */
export function issueSentence(issue: Issue, language: Language): string {
  const hit = found(issue)
  if (!hit) {
    const [zh = '', en = zh] = issue.message.split('|')
    return language === 'zh' ? zh : en
  }
  const [key, n] = hit
  const values: TextValues = n === undefined ? {} : { n }
  return fill(sentences[key], language, values)
}
