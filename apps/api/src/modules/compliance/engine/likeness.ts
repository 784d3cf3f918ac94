import { type FindingCategory, findingCategories } from '@xingbo/shared/compliance/finding.schema'
import type { ComplianceData } from './load-data.ts'
import type { View } from './normalise.ts'

/** A stretch of text judged as one saying: a sentence, or a part of a long one. */
export interface Saying {
  readonly from: number
  readonly to: number
}

export interface Judgement extends Saying {
  /** `violation`: reads like known violations; `lawful`: reads like known lawful sentences. */
  readonly like: 'violation' | 'lawful'
  /** The likeliest kind of violation, whichever way it reads. */
  readonly category: FindingCategory
}

/** Longer sentences are judged clause by clause: one claim in many words would drown. */
const longestSaying = 40
/** Fewer characters say too little to be like anything. */
const shortestSaying = 7
/** Grams of one to three characters. */
const longestGram = 3

const breaks = (text: string, marks: RegExp, from: number, to: number): Saying[] => {
  const found: Saying[] = []
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && !marks.test(text.charAt(at))) continue
    if (at > start) found.push({ from: start, to: at })
    start = at + 1
  }
  return found
}

/** Cuts a squeezed view into sayings. */
export const sayingsOf = ({ text }: View): Saying[] =>
  breaks(text, /[。!?;\n]/u, 0, text.length)
    .flatMap((sentence) =>
      sentence.to - sentence.from <= longestSaying
        ? [sentence]
        : breaks(text, /[,:…]/u, sentence.from, sentence.to),
    )
    .filter(({ from, to }) => to - from >= shortestSaying)

/** The distinct grams of a saying, punctuation left out. */
export const gramsOf = (saying: string): Set<string> => {
  const letters = saying.replace(/[^\p{L}\p{N}]/gu, '')
  const grams = new Set<string>()
  for (let size = 1; size <= longestGram; size++)
    for (let at = 0; at + size <= letters.length; at++) grams.add(letters.slice(at, at + size))
  return grams
}

/**
 * Score a saying must reach. The base was chosen on our own sentences for a precision of about
 * 0.93; it rises with the number of sentences in the item, so that a whole script of lawful
 * sentences is not stopped more often than a single caption.
 */
const threshold = (sentences: number): number => 0.5 + 0.2 * Math.log(Math.max(1, sentences))

/**
 * At or below this a saying reads as lawful: of our own violations some two in a hundred do, of
 * our lawful sentences most.
 */
const lawful = -0.85

/** Keeps a category that never showed a gram from being ruled out by it. */
const smoothing = 0.05

/**
 * Tells sayings that read like known violations, though no term or phrase names them, and those
 * that read like lawful ones, though a lone word was hit: a linear model over character grams,
 * and naive Bayes for the likeliest category (data/likeness.csv, trained by
 * `tests/bench/main.ts likeness` on the sentences kept there). It can point and soften by a
 * grade, never decide.
 */
export const createLikeness = ({
  likeness: { bias, grams, totals },
}: Pick<ComplianceData, 'likeness'>): ((view: View, sentences: number) => Judgement[]) => {
  const score = (saying: ReadonlySet<string>): number => {
    let sum = 0
    let known = 0
    for (const gram of saying) {
      const entry = grams.get(gram)
      if (!entry) continue
      known++
      sum += entry.weight
    }
    return bias + sum / Math.sqrt(Math.max(1, known))
  }
  const likeliest = (saying: ReadonlySet<string>): FindingCategory => {
    const known = [...saying].flatMap((gram) => grams.get(gram) ?? [])
    let best: FindingCategory = findingCategories[0]
    let highest = Number.NEGATIVE_INFINITY
    for (const [category, total] of totals) {
      let sum = Math.log(total + 1)
      for (const { counts } of known)
        sum += Math.log(((counts.get(category) ?? 0) + smoothing) / (total + 2 * smoothing))
      if (sum > highest) {
        highest = sum
        best = category
      }
    }
    return best
  }
  return (view, sentences) => {
    const needed = threshold(sentences)
    return sayingsOf(view).flatMap((saying): Judgement[] => {
      const letters = gramsOf(view.text.slice(saying.from, saying.to))
      const reached = score(letters)
      // A question claims nothing; what answers it is judged on its own.
      const asks = view.text.charAt(saying.to) === '?'
      if (reached >= needed && !asks)
        return [{ ...saying, like: 'violation', category: likeliest(letters) }]
      if (reached <= lawful) return [{ ...saying, like: 'lawful', category: likeliest(letters) }]
      return []
    })
  }
}
