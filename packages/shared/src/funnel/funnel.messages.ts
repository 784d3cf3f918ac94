import type { Texts } from '../text.ts'

export const funnelMessages = {} as const satisfies Texts
