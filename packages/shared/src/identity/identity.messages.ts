import type { Texts } from '../text.ts'

export const identityMessages = {} as const satisfies Texts
