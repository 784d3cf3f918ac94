import type { Texts } from '../text.ts'

export const institutionMessages = {} as const satisfies Texts
