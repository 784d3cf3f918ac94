import type { Texts } from '../text.ts'

export const doctorMessages = {} as const satisfies Texts
