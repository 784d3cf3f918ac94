import type { Platform } from '@xingbo/shared/accounts/platform'
import type { Severity } from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { Candidate, Field } from './candidate.ts'
import type { ComplianceData } from './load-data.ts'

/** What the engine cannot read from the words. Leave out what is not known: nothing is assumed. */
export interface ItemFacts {
  readonly aiGenerated?: boolean
  /** The platform's AI declaration is ticked or the label is on the picture. */
  readonly aiLabelled?: boolean
  readonly doctorDepartment?: string
  readonly publisher?: 'institution' | 'doctor' | 'mcn'
  /** Number of the 医疗广告审查证明. */
  readonly adReviewNumber?: string
  /** The account is certified and reported to the institution. */
  readonly accountCertified?: boolean
  readonly operatedByMcn?: boolean
}

const emergency =
  /胸痛|心肌梗死|心梗|脑卒中|卒中|脑梗|窒息|呼吸困难|大出血|抽搐|昏迷|休克|自杀|自伤|轻生|农药中毒|一氧化碳|溺水|触电/u
const firstAid =
  /120|999|12356|急救|急诊|(?:立即|马上|尽快|及时|赶紧|立刻)[^，。！]{0,6}(?:就医|就诊|送医|医院)|送医/u
/** A single caption line has no room for first-aid advice; a script has. */
const scriptLength = 100

const item = (ruleId: string, category: Candidate['category'], severity: Severity): Candidate => ({
  ruleId,
  category,
  severity,
  kind: 'item',
  field: 'item',
  start: 0,
  end: 0,
  text: '',
  absolute: false,
  sources: [],
  also: [],
})

const at = (
  { field, text }: Field,
  match: RegExpExecArray,
  ruleId: string,
  category: Candidate['category'],
  severity: Severity,
): Candidate => ({
  ...item(ruleId, category, severity),
  kind: 'pattern',
  field,
  start: match.index,
  end: match.index + match[0].length,
  text: text.slice(match.index, match.index + match[0].length),
})

/** Rules about the item as a whole: who publishes where, what is declared, what is missing. */
export const itemCandidates = (
  nature: Nature,
  platforms: readonly Platform[],
  fields: readonly Field[],
  facts: ItemFacts,
  data: ComplianceData,
): Candidate[] => {
  const found: Candidate[] = []
  if (nature === 'medical_ad' && (facts.publisher !== 'institution' || !facts.adReviewNumber))
    found.push({ ...item('R24', 'F', 'block'), absolute: true })
  if (facts.aiGenerated === true && facts.aiLabelled !== true) found.push(item('R43', 'S', 'block'))
  if (facts.accountCertified === false && nature === 'science')
    found.push(item('R46', 'N', 'block'))
  if (facts.operatedByMcn === true) {
    if (platforms.includes('channels')) found.push(item('R47', 'N', 'block'))
    else if (platforms.includes('douyin')) found.push(item('R47', 'N', 'review'))
  }

  const title = fields.find(({ field }) => field === 'title')
  const department = facts.doctorDepartment
  if (title && department !== undefined && nature === 'science')
    for (const { topics, departments } of data.specialties) {
      const topic = topics.exec(title.text)
      if (topic && !departments.test(department)) {
        found.push(at(title, topic, 'R45', 'H', 'review'))
        break
      }
    }

  const all = fields.map(({ text }) => text).join('\n')
  if (nature === 'science' && all.length >= scriptLength && !firstAid.test(all))
    for (const field of fields) {
      const named = emergency.exec(field.text)
      if (!named) continue
      found.push(at(field, named, 'R50', 'H', 'hint'))
      break
    }
  return found
}
