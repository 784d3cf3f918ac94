import type { Texts } from '../text.ts'

export const complianceMessages = {} as const satisfies Texts
