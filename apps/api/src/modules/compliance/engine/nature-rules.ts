import type { EngineFinding, Severity } from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { Bilingual } from '@xingbo/shared/text'
import type { Candidate } from './candidate.ts'

export interface Verdict {
  readonly ruleId: string
  readonly severity: Severity
  readonly note: Bilingual | null
}

const disguised: Bilingual = {
  zh: '科普内容附加联系方式、跳转入口或购买链接，即构成变相医疗广告（《医疗广告认定指南》§8(五)、《互联网广告管理办法》§8）；标注“广告”也不能使其合法。',
  en: 'Health education with a contact, a jump or a purchase link is a disguised medical advertisement (Guide on Identifying Medical Advertising §8(5), Measures on Internet Advertising §8); marking it “advertisement” does not make it lawful.',
}
const promoting: Bilingual = {
  zh: '科普可以写医生姓名、职称、医院和科室，不得推介具体服务（《医疗广告认定指南》§7、§8）。',
  en: 'Education may name doctor, title, hospital and department but not promote a service (Guide on Identifying Medical Advertising §7, §8).',
}
const eightItems: Bilingual = {
  zh: '医疗广告只能写第一名称、地址、所有制形式、类别、诊疗科目、床位数、接诊时间、联系电话八项（《医疗广告管理办法》§6、§7）。',
  en: 'A medical advertisement may only give the eight items of the Measures on Medical Advertising §6: first name, address, ownership, class, departments, beds, hours, telephone.',
}
const goods: Bilingual = {
  zh: '商品内容不得涉及疾病治疗功能，处方药不得在互联网发布广告（《广告法》§17、§15，《互联网广告管理办法》§6）。',
  en: 'Goods may not be said to treat disease, and prescription drugs may not be advertised on the internet (Advertising Law §17, §15; Measures on Internet Advertising §6).',
}

/** Routes off the post and to a service. */
const leads = new Set(['R19', 'R20', 'R22', 'R36', 'R49'])
/** Telephone and address: two of the eight items an institution may state. */
const institutionFacts = new Set(['R22'])
/** What a medical advertisement has no room for, however mild it is in education. */
const beyondEightItems = new Set([
  ...['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R11', 'R12', 'R13'],
  ...['R14', 'R15', 'R17', 'R18', 'R21', 'R27', 'R28', 'R31', 'R37'],
])
const beyondGoods = new Set(['R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R11', 'R25', 'R26', 'R35'])
/** Selling is what goods are for; selling by a doctor stays with R36 (负面清单二). */
const ordinaryTrade = new Set(['R37'])

/** What else about a hit weighs differently by nature. */
export interface Circumstances {
  /** A word that is lawful where it teaches: a disease, a drug, a procedure. */
  readonly byNature: boolean
  /** A bare telephone number, which an institution may state and education may not. */
  readonly phone: boolean
  /** A figure with its source, which education may quote and advertising may not. */
  readonly cited: boolean
}

/** What a candidate comes to under the declared nature; null where that nature permits it. */
export const judge = (
  candidate: Pick<Candidate, 'ruleId' | 'severity' | 'category'> & Circumstances,
  nature: Nature,
): Verdict | null => {
  const { ruleId, severity, category } = candidate
  if (candidate.byNature) {
    if (nature === 'medical_ad') return { ruleId: 'R30', severity: 'block', note: eightItems }
    if (nature !== 'commerce' || category === 'J') return null
    return { ruleId: category === 'G' ? ruleId : 'R35', severity: 'block', note: goods }
  }
  const as = (grade: Severity, note: Bilingual | null): Verdict => ({
    ruleId,
    severity: grade,
    note,
  })
  if (candidate.cited && (nature === 'science' || nature === 'institution_info'))
    return { ruleId: 'R44', severity: 'hint', note: null }
  const fact = institutionFacts.has(ruleId) || candidate.phone
  switch (nature) {
    case 'science':
      if (leads.has(ruleId)) return as(severity, disguised)
      return as(severity, ruleId === 'R21' ? promoting : null)
    case 'institution_info':
      if (fact) return null
      return as(severity, ruleId === 'R21' ? promoting : null)
    case 'medical_ad':
      if (fact) return null
      if (category === 'G') return as('block', eightItems)
      if (beyondEightItems.has(ruleId) && severity !== 'hint') return as('block', eightItems)
      return as(severity, null)
    case 'commerce':
      if (category === 'G') return as('block', goods)
      if (beyondGoods.has(ruleId) && severity !== 'hint') return as('block', goods)
      return as(ordinaryTrade.has(ruleId) ? 'hint' : severity, null)
  }
}

/** Drugs promoted, forbidden services, unreviewed medical advertising: no reviewer may pass them. */
export const absoluteRules: ReadonlySet<string> = new Set(['R24', 'R25', 'R26', 'R32'])

/** A block is waivable unless it is a legal absolute; anything milder always is. */
export const isWaivable = (
  finding: Pick<EngineFinding, 'ruleId' | 'severity'>,
  absolute: boolean,
): boolean => finding.severity !== 'block' || !(absolute || absoluteRules.has(finding.ruleId))
