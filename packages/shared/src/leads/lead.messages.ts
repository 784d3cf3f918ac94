import type { Texts } from '../text.ts'

export const leadMessages = {} as const satisfies Texts
