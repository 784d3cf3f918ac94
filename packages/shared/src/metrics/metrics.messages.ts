import type { Texts } from '../text.ts'

export const metricsMessages = {} as const satisfies Texts
