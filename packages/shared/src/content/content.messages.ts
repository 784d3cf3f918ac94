import type { Texts } from '../text.ts'

export const contentMessages = {} as const satisfies Texts
