import type { FindingCategory } from '@xingbo/shared/compliance/finding.schema'
import type { View } from './normalise.ts'

export interface ContactHit {
  readonly from: number
  readonly to: number
  readonly ruleId: 'R19' | 'R22' | 'R38'
  readonly category: FindingCategory
  readonly severity: 'block' | 'review' | 'hint'
}

const digits: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  o: '0',
  一: '1',
  幺: '1',
  壹: '1',
  二: '2',
  两: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
}

/** A run of digits in any writing with at most two separators between them. */
const digitRun =
  /[0-9零〇一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖](?:[ \-_.·*~/|、,—–﹣()]{0,2}[0-9o零〇一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖]){6,}/gu
const mobile = /^(?:0?86)?(1[3-9][0-9]{9})$/u
const tollFree = /^[48]00[0-9]{7}$/u
const landline = /^0[1-9][0-9]{1,2}[2-9][0-9]{6,7}$/u
const callWord = /电话|热线|致电|来电|拨打|咨询|联系|手机|号码|加我|tel|call/u

/** Check digit of a citizen identity number, GB 11643. */
const isIdentityNumber = (value: string): boolean => {
  if (!/^[1-9][0-9]{16}[0-9x]$/u.test(value)) return false
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, i) => total + weight * Number(value.charAt(i)), 0)
  return '10x98765432'.charAt(sum % 11) === value.charAt(17)
}

const plainDigits = (run: string): string => {
  let result = ''
  for (const char of run) if (/[0-9]/u.test(char) || char in digits) result += digits[char] ?? char
  return result
}

const account =
  /(?:微信|微信号|vx|wx|v信|薇信|薇❤|威信|溦❤|微❤|卫星号?|(?<![a-z])v|微|薇|溦|加|id|tg|telegram|账号|小红书号|抖音号)(?:号|同号|同名|是|为|搜)?[ :=_]{0,3}(?<id>[a-z][a-z0-9][a-z0-9_-]{3,22})/gu
const chatNumber =
  /(?:qq|扣扣|抠抠|企鹅号?|球球|(?<![a-z])q)(?:群|号|群号)?[ :]{0,3}(?<id>[1-9][0-9]{4,10})(?![0-9])/gu
const link =
  /(?:https?:\/\/|www\.)[a-z0-9./?=&_%#-]+|(?<![a-z0-9@.])[a-z0-9-]+\.(?:com|cn|net|top|vip|shop|xyz|cc|me|io)(?:\/[a-z0-9./?=&_%#-]*)?|[a-z0-9._-]+@[a-z0-9-]+\.(?:com|cn|net)/gu
const publicBody = /\.gov\.cn|who\.int|nhc\.gov|chinacdc|cma\.org|\.org(?:\.cn)?(?:\/|$)/u
const street =
  /(?:地址|位于|坐落于?|门店|导航(?:到|搜)?|地点)[在是: ]{0,3}[^,。!?;\n]{0,14}?(?:路|街|巷|大道|弄|胡同|广场|大厦)[^,。!?;\n]{0,10}?(?:号|楼|层|室|栋|座|旁|对面)|[\p{Script=Han}]{2,6}(?:路|街|大道|巷|弄|胡同)[0-9一二三四五六七八九十百零]{1,6}号(?![线令])(?:[^,。!?;\n]{0,6}(?:楼|层|室|栋|座))?/gu
const officialPlace = /官网|接种门诊|发热门诊|疾控|定点|公布|不良|救助|献血/u

/**
 * Phone numbers, chat accounts, links and addresses (互联网广告管理办法 §8 second paragraph).
 * Reads the folded text with its separators, since they are part of how these are hidden.
 */
export const findContacts = (view: View, hotlines: ReadonlySet<string>): ContactHit[] => {
  const hits: ContactHit[] = []
  const add = (from: number, to: number, hit: Omit<ContactHit, 'from' | 'to'>): void => {
    hits.push({ from, to, ...hit })
  }
  const lead = { ruleId: 'R19', category: 'F', severity: 'block' } as const

  for (const match of view.text.matchAll(digitRun)) {
    const number = plainDigits(match[0])
    const from = match.index
    const to = from + match[0].length
    const around = view.text.slice(Math.max(0, from - 12), to + 6)
    if (hotlines.has(number)) continue
    if (mobile.test(number) || tollFree.test(number)) add(from, to, lead)
    else if (landline.test(number) && (/^0[0-9]{2,3}[ -]/u.test(match[0]) || callWord.test(around)))
      add(from, to, { ...lead, ruleId: 'R22' })
    else if (number.length <= 8 && callWord.test(around) && /^[2-8]/u.test(number))
      add(from, to, { ...lead, ruleId: 'R22' })
    else if (isIdentityNumber(number) || isIdentityNumber(`${number}${view.text.charAt(to)}`))
      add(from, to, { ruleId: 'R38', category: 'Q', severity: 'block' })
    else {
      const inside = /(?<![0-9])1[3-9][0-9]{9}(?![0-9])/u.exec(match[0])
      if (inside) add(from + inside.index, from + inside.index + inside[0].length, lead)
    }
  }
  for (const expression of [account, chatNumber])
    for (const match of view.text.matchAll(expression))
      add(match.index, match.index + match[0].length, lead)
  for (const match of view.text.matchAll(link)) {
    const severity = publicBody.test(match[0]) ? 'hint' : 'block'
    add(match.index, match.index + match[0].length, { ...lead, severity })
  }
  for (const match of view.text.matchAll(street)) {
    const around = view.text.slice(Math.max(0, match.index - 12), match.index + match[0].length + 8)
    if (!officialPlace.test(around))
      add(match.index, match.index + match[0].length, {
        ruleId: 'R22',
        category: 'F',
        severity: 'block',
      })
  }
  return hits
}
