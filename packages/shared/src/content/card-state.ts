import type { Bilingual } from '../text.ts'

/** What a board card says about the doctor's sign-off of the newest revision. */
export const signStates = ['none', 'waiting', 'signed', 'returned', 'voided'] as const
export type SignState = (typeof signStates)[number]
export const signStateLabels = {
  none: { zh: '未送签', en: 'Not sent to sign' },
  waiting: { zh: '待签发', en: 'Waiting for sign-off' },
  signed: { zh: '已签发', en: 'Signed' },
  returned: { zh: '医生退回', en: 'Returned by doctor' },
  voided: { zh: '签发已失效', en: 'Sign-off void' },
} as const satisfies Record<SignState, Bilingual>

/** What a board card says about compliance of the newest revision. */
export const complianceStates = ['none', 'blocked', 'waiting', 'returned', 'passed'] as const
export type ComplianceState = (typeof complianceStates)[number]
export const complianceStateLabels = {
  none: { zh: '未检查', en: 'Not checked' },
  blocked: { zh: '有阻断', en: 'Blocked' },
  waiting: { zh: '待合规决定', en: 'Waiting for review' },
  returned: { zh: '合规退回', en: 'Returned by review' },
  passed: { zh: '合规通过', en: 'Compliance passed' },
} as const satisfies Record<ComplianceState, Bilingual>
