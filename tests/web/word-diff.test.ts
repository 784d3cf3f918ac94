import { expect, test } from 'vitest'
import { wordDiff } from '../../apps/web/src/lib/word-diff.ts'

const before = '高血压患者冬天晨练要小心，最好等太阳出来再出门。'
const after = '高血压患者冬天晨练要当心，最好等太阳出来再出门走走。'

test('the parts put together are the two texts, word for word', () => {
  const parts = wordDiff(before, after)
  const text = (left: 'added' | 'removed') =>
    parts
      .filter(({ kind }) => kind !== left)
      .map((part) => part.text)
      .join('')
  expect(text('added')).toBe(before)
  expect(text('removed')).toBe(after)
})

test('changes are whole words, not single characters', () => {
  const changed = wordDiff(before, after).filter(({ kind }) => kind !== 'same')
  expect(changed).toContainEqual({ kind: 'removed', text: '小心' })
  expect(changed).toContainEqual({ kind: 'added', text: '当心' })
})

test('equal texts have no changes', () => {
  expect(wordDiff(before, before)).toEqual([{ kind: 'same', text: before }])
})
