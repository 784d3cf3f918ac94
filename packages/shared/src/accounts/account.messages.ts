import type { Texts } from '../text.ts'

export const accountMessages = {} as const satisfies Texts
