import type { Bilingual } from '../text.ts'

export const signOffDecisions = ['approved', 'returned'] as const

/** Why a doctor sends a script back; chips on the phone, free text beside them. */
export const returnReasons = [
  'inaccurate',
  'overclaim',
  'missing_caution',
  'not_my_words',
  'source',
  'hard_to_follow',
  'privacy',
  'other',
] as const
export type ReturnReason = (typeof returnReasons)[number]
export const returnReasonLabels = {
  inaccurate: { zh: '医学表述不准确', en: 'Medically inaccurate' },
  overclaim: { zh: '疗效说得太满', en: 'Promises too much' },
  missing_caution: { zh: '缺少禁忌或就医提示', en: 'Cautions are missing' },
  not_my_words: { zh: '不像我会说的话', en: 'Not how I would say it' },
  source: { zh: '出处不足或过时', en: 'Sources missing or outdated' },
  hard_to_follow: { zh: '患者听不懂', en: 'Hard for patients to follow' },
  privacy: { zh: '涉及患者隐私', en: 'Touches a patient’s privacy' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Record<ReturnReason, Bilingual>

/** Why an approval no longer stands: the words changed, or the doctor decided anew. */
export const voidReasons = ['edited', 'decided_anew'] as const
export type VoidReason = (typeof voidReasons)[number]

/** How the signer came: with a password, or by a single-use link. */
export const signOffWays = ['password', 'link'] as const
type SignOffWay = (typeof signOffWays)[number]
export const signOffWayLabels = {
  password: { zh: '登录签发', en: 'Signed in' },
  link: { zh: '链接签发', en: 'By link' },
} as const satisfies Record<SignOffWay, Bilingual>
