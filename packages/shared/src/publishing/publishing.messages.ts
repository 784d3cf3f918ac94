import type { Texts } from '../text.ts'

export const publishingMessages = {} as const satisfies Texts
