import type { Bilingual } from '../text.ts'

export const accountOwnerTypes = ['institution', 'department', 'doctor'] as const
export type AccountOwnerType = (typeof accountOwnerTypes)[number]
export const accountOwnerLabels = {
  institution: { zh: '机构', en: 'Institution' },
  department: { zh: '科室', en: 'Department' },
  doctor: { zh: '医生', en: 'Doctor' },
} as const satisfies Record<AccountOwnerType, Bilingual>

/** Who runs the account day by day; some platforms forbid that anybody but its owner does. */
export const accountOperators = ['team', 'owner'] as const
export type AccountOperator = (typeof accountOperators)[number]
export const accountOperatorLabels = {
  team: { zh: '运营团队', en: 'Our team' },
  owner: { zh: '账号所有者本人', en: 'Its owner alone' },
} as const satisfies Record<AccountOperator, Bilingual>

/** How an authorisation ended; the account's page says it in words. */
export const connectOutcomes = [
  'ok',
  'denied',
  'expired',
  'failed',
  'other_account',
  'taken',
] as const
export type ConnectOutcome = (typeof connectOutcomes)[number]
