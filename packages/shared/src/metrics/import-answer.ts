import type { Bilingual } from '../text.ts'

/**
 * What a person may say to a row that waits: it is this publication; it is none of ours, or not to be
 * counted; our reading is right; it is right and takes the place of what an earlier file said.
 */
export const importAnswers = ['bind', 'leave_out', 'accept', 'replace'] as const
export type ImportAnswer = (typeof importAnswers)[number]

export const importAnswerLabels = {
  bind: { zh: '对应到发布单', en: 'Bound to a publication' },
  leave_out: { zh: '不计入', en: 'Left out' },
  accept: { zh: '确认计入', en: 'Counted' },
  replace: { zh: '替换之前的', en: 'Put in place of the earlier one' },
} as const satisfies Record<ImportAnswer, Bilingual>
