import type { Bilingual } from '../text.ts'

/**
 * What a person agrees to when leaving a phone number. A version, once used, is never edited: a lead keeps
 * the version it agreed to. Asked for apart from everything else and not ticked in advance, because what
 * they wish to ask about may be health information (个人信息保护法 §28, §29, §30; under 14: §31).
 */
export const consents = {
  '2026-11': {
    purpose: { zh: '就诊预约与健康咨询回访', en: 'Appointments and follow-up on health enquiries' },
    text: {
      zh: '我同意{institution}收集我填写的称呼、手机号和想咨询的内容，仅用于与我联系、安排就诊预约和健康咨询回访，由本机构的健康顾问处理，加密保存，不公开、不转让。想咨询的内容可能属于敏感个人信息，不填也可以提交。我可以随时要求查看、更正、删除或撤回同意。未满十四周岁请由监护人填写。',
      en: 'I agree that {institution} keeps the name, phone number and enquiry I enter here, only to contact me about appointments and my health enquiry. Its advisors handle them; they are stored encrypted, and are neither published nor passed on. What I ask about may be sensitive personal information; I can leave it empty. I can ask to see, correct or delete it, or withdraw my consent, at any time. For children under 14 a guardian fills this in.',
    },
  },
} as const satisfies Record<string, { purpose: Bilingual; text: Bilingual }>

export type ConsentVersion = keyof typeof consents
export const currentConsent: ConsentVersion = '2026-11'

/** Says what the page is not (互联网诊疗管理办法: no diagnosis here, and an emergency does not wait for a call back). */
export const healthNotice: Bilingual = {
  zh: '本页只用于预约和回访，不提供诊断和治疗建议。情况紧急请拨打 120 或直接前往急诊。',
  en: 'This page is for appointments and call-backs only and gives no diagnosis or treatment. In an emergency call 120 or go to the emergency department.',
}

const isVersion = (version: string): version is ConsentVersion => version in consents

/** What a lead agreed to, in the reader's language; `kept` is what was written down at the time. */
export const consentPurpose = (version: string, kept: string): Bilingual =>
  isVersion(version) ? consents[version].purpose : { zh: kept, en: kept }
