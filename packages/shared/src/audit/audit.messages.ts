import type { Texts } from '../text.ts'

export const auditMessages = {} as const satisfies Texts
