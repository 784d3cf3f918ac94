import { diffArrays } from 'diff'

export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment)

/** What changed from `before` to `after`, in whole words (Chinese words as `Intl.Segmenter` cuts them). */
export const wordDiff = (before: string, after: string): DiffPart[] =>
  diffArrays(wordsOf(before), wordsOf(after)).map((part) => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value.join(''),
  }))
