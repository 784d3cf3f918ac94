import type { EngineFinding } from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { Field } from './candidate.ts'

const goods =
  /下单|包邮|小黄车|购物车|橱窗|现货|规格|净含量|口味|库存|发货|到手价|原价|买[一二1-9]送|[一二三1-9]盒/gu
const facts =
  /第一名称|诊疗科目|接诊时间|门诊时间|出诊时间|开诊|停诊|床位|所有制|执业许可|医院等级|联系电话|预约电话|医院地址|地址[:：]|乘车|公交|地铁站|停车/gu

/** 认定指南 §8: recommending a service, leading to it, cases, guarantees. */
const advertising = new Set([
  ...['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R12', 'R14', 'R17'],
  ...['R18', 'R19', 'R20', 'R21', 'R22', 'R36', 'R37'],
])
/** One lead on a health-education post is a fault of that post, not yet another kind of post. */
const leastAdvertising = 3
const leastFacts = 2
const leastGoods = 2

const count = (fields: readonly Field[], words: RegExp): number =>
  fields.reduce((total, { text }) => total + [...text.matchAll(words)].length, 0)

/** Weighs what the engine found under `science`, the strictest reading for leads. */
export const guessFrom = (fields: readonly Field[], findings: readonly EngineFinding[]): Nature => {
  const promotions = findings.filter(
    ({ ruleId, severity }) => severity !== 'hint' && advertising.has(ruleId),
  )
  const services = promotions.filter(({ ruleId }) => ruleId !== 'R36' && ruleId !== 'R37')
  const sales = count(fields, goods)
  if (sales >= leastGoods && sales > services.length) return 'commerce'
  if (promotions.length >= leastAdvertising) return 'medical_ad'
  return count(fields, facts) >= leastFacts ? 'institution_info' : 'science'
}
