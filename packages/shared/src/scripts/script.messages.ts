import type { Texts } from '../text.ts'

export const scriptMessages = {} as const satisfies Texts
