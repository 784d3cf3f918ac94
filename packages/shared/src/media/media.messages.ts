import type { Texts } from '../text.ts'

export const mediaMessages = {} as const satisfies Texts
