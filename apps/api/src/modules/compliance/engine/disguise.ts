import { AhoCorasick } from '@monyone/aho-corasick/fast'
import type { ComplianceData, Disguise } from './load-data.ts'
import { fold, foldNumerals, squeeze, type View } from './normalise.ts'
import { segmentsOf } from './segments.ts'

/** A word written so that a word list misses it, and the stretch of the original that hides it. */
export interface Unmasked {
  readonly disguise: Disguise
  readonly start: number
  readonly end: number
}

export interface Unmasker {
  /** Finds hidden words and returns the text with them written plainly. */
  unmask(view: View): { plain: View; unmasked: readonly Unmasked[] }
}

/** More than this many letters in one form would make more keywords than it finds words. */
const mostReplaced = 2
const latin = /^[a-z]+$/u
const latinChar = /[a-z]/u
const han = /\p{Script=Han}/u

interface Choice {
  readonly written: string
  readonly replaced: number
  readonly pinyin: number
}

const formsOf = (disguise: Disguise, data: ComplianceData): Set<string> => {
  const chars = [...disguise.word]
  let choices: Choice[] = [{ written: '', replaced: 0, pinyin: 0 }]
  for (const char of chars) {
    const table = data.variants.get(char)
    const next: Choice[] = []
    for (const choice of choices) {
      next.push({ ...choice, written: choice.written + char })
      if (!table) continue
      if (choice.replaced < mostReplaced && choice.pinyin === 0)
        for (const form of table.forms)
          next.push({ written: choice.written + form, replaced: choice.replaced + 1, pinyin: 0 })
      // Pinyin may take over any number of characters, but not mix with homophones.
      if (table.pinyin && choice.replaced === choice.pinyin)
        next.push({
          written: choice.written + table.pinyin,
          replaced: choice.replaced + 1,
          pinyin: choice.pinyin + 1,
        })
    }
    choices = next
  }
  const forms = new Set(disguise.forms)
  for (const choice of choices) if (choice.replaced > 0) forms.add(choice.written)
  forms.delete(disguise.word)
  return forms
}

export const createUnmasker = (data: ComplianceData): Unmasker => {
  const byForm = new Map<string, Disguise>()
  const keyOf = (text: string): string =>
    foldNumerals(squeeze(fold(text, data.symbols), 'join').text)
  const plainWords = new Set(data.disguises.map((disguise) => keyOf(disguise.word)))
  for (const disguise of data.disguises)
    for (const form of formsOf(disguise, data)) {
      const key = keyOf(form)
      if (!plainWords.has(key) && !byForm.has(key)) byForm.set(key, disguise)
    }
  const automaton = new AhoCorasick([...byForm.keys()])

  const find = (view: View): { from: number; to: number; disguise: Disguise }[] => {
    const squeezed = squeeze(view, 'join')
    const segments = segmentsOf(squeezed.text)
    const accepted: { from: number; to: number; disguise: Disguise }[] = []
    const hits = automaton
      .matchInText(foldNumerals(squeezed.text))
      .sort((a, b) => a.begin - b.begin || b.end - a.end)
    let free = 0
    for (const { begin, end, keyword } of hits) {
      const disguise = byForm.get(keyword)
      if (!disguise || begin < free) continue
      const mixed = latinChar.test(keyword)
      if (mixed && !standsAlone(squeezed, begin, end)) continue
      if (latin.test(keyword) && keyword.length < 4) continue
      if (han.test(keyword) && segments.straddles(begin, end)) continue
      if (!mixed && segments.isWord(begin, end)) continue
      accepted.push({ from: begin, to: end, disguise })
      free = end
    }
    return accepted.map(({ from, to, disguise }) => ({
      from: squeezed.start[from] ?? 0,
      to: squeezed.end[to - 1] ?? 0,
      disguise,
    }))
  }

  return {
    unmask(view) {
      const found = find(view)
      if (found.length === 0) return { plain: view, unmasked: [] }
      let text = ''
      const start: number[] = []
      const end: number[] = []
      let next = 0
      for (let i = 0; i < view.text.length; i++) {
        const at = view.start[i] ?? 0
        while (next < found.length && at >= (found[next]?.to ?? 0)) next++
        const hidden = found[next]
        if (hidden && at >= hidden.from) {
          if (at === hidden.from && (i === 0 || (view.start[i - 1] ?? 0) < at))
            for (const char of hidden.disguise.word) {
              text += char
              start.push(hidden.from)
              end.push(hidden.to)
            }
          continue
        }
        text += view.text.charAt(i)
        start.push(at)
        end.push(view.end[i] ?? 0)
      }
      return {
        plain: { text, start, end },
        unmasked: found.map(({ from, to, disguise }) => ({ disguise, start: from, end: to })),
      }
    },
  }
}

/** No Latin letter of the same run goes on beyond the form: `weixin` yes, `weixing` no. */
const standsAlone = (view: View, from: number, to: number): boolean => {
  const joins = (left: number, right: number): boolean =>
    latinChar.test(view.text.charAt(left)) &&
    latinChar.test(view.text.charAt(right)) &&
    view.end[left] === view.start[right]
  return !(from > 0 && joins(from - 1, from)) && !(to < view.text.length && joins(to - 1, to))
}
