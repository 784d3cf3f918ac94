import type { Bilingual } from '../text.ts'

/** What became of one row of an imported file. */
export const importRowFates = [
  'added',
  'updated',
  'unchanged',
  'duplicate',
  'needs_person',
  'unmatched',
  'invalid',
  'ignored',
] as const
export type ImportRowFate = (typeof importRowFates)[number]

export const importRowFateLabels = {
  added: { zh: '已导入', en: 'Added' },
  updated: { zh: '已更新', en: 'Updated' },
  unchanged: { zh: '没有变化', en: 'Unchanged' },
  duplicate: { zh: '重复', en: 'Duplicate' },
  needs_person: { zh: '待人工确认', en: 'Needs a person' },
  unmatched: { zh: '没有对应的发布单', en: 'No matching publication' },
  invalid: { zh: '读不出来', en: 'Not readable' },
  ignored: { zh: '不计入', en: 'Left out' },
} as const satisfies Record<ImportRowFate, Bilingual>

/** How many rows of a file had each fate; a fate nobody had is left out. */
export type ImportCounts = Partial<Record<ImportRowFate, number>>
