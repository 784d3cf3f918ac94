import { AhoCorasick } from '@monyone/aho-corasick/fast'
import type { FindingCategory, Severity } from '@xingbo/shared/compliance/finding.schema'
import { contextOf, denied } from './context.ts'
import { pattern } from './lexicon.ts'
import type { ComplianceData, Policy, Term } from './load-data.ts'
import { fold, foldNumerals, squeeze, type View } from './normalise.ts'
import type { Segments } from './segments.ts'

export interface TermHit {
  readonly from: number
  readonly to: number
  readonly term: Term
  readonly ruleId: string
  readonly category: FindingCategory
  /** `nature`: a word that only some natures forbid. */
  readonly severity: Severity | 'nature'
  readonly absolute: boolean
}

export interface StrongHit {
  readonly from: number
  readonly to: number
  readonly term: Term
  readonly ruleId: string
}

export interface SpelledOut {
  readonly from: number
  readonly to: number
  readonly ruleId: string
  readonly category: FindingCategory
  readonly severity: 'block'
}

/** A place where a word was seen and its surroundings cleared it. */
export interface Excused {
  readonly from: number
  readonly to: number
}

interface Entry {
  readonly term: Term
  readonly policy: Policy
  readonly need: RegExp | null
  readonly unless: RegExp | null
}

export interface TermMatcher {
  match(
    view: View,
    segments: Segments,
    disguised: (from: number, to: number) => boolean,
  ): { hits: TermHit[]; excused: Excused[] }
  /** Terms that need nothing around them; for wording split across fields. */
  strongIn(view: View): StrongHit[]
  /** A term with a mark after every character, even a full stop: 药，到，病，除. */
  spelledOut(folded: View): SpelledOut[]
}

/** Longer terms hardly ever arise by chance where two words meet. */
const longestChanceTerm = 3
const edge = /[a-z0-9]/u
/** Drugs, diseases, procedures and effects: named in education, kept out of an advertisement. */
const namesThing: ReadonlySet<FindingCategory> = new Set(['G', 'I', 'J', 'P'])
const spelled = /(?:\p{Script=Han}[^\p{L}\p{N}\n]{1,2}){2,}\p{Script=Han}/gu
const isHan = /\p{Script=Han}/u
/** Two characters with a comma between them are two clauses as often as one word. */
const leastSpelledOut = 3

const severityOf = (term: Term, policy: Policy): Severity | 'nature' => {
  if (policy.mode === 'absolute') return 'block'
  if (policy.mode !== '' && policy.mode !== 'skip') return policy.mode
  return term.severity === 'warn' ? 'hint' : term.severity
}

const test = (expression: RegExp | null, text: string): boolean | null => {
  if (!expression) return null
  expression.lastIndex = 0
  return expression.test(text)
}

/** Tells whether a longer match covers a span, in one pass over the matches. */
const containedIn = (
  matches: readonly { begin: number; end: number }[],
): ((begin: number, end: number) => boolean) => {
  const farthest = new Map<number, number>()
  for (const { begin, end } of matches) farthest.set(begin, Math.max(farthest.get(begin) ?? 0, end))
  const starts = [...farthest.keys()].sort((a, b) => a - b)
  const before = new Map<number, number>()
  let reached = 0
  for (const start of starts) {
    before.set(start, reached)
    reached = Math.max(reached, farthest.get(start) ?? 0)
  }
  return (begin, end) => (before.get(begin) ?? 0) >= end || (farthest.get(begin) ?? 0) > end
}

export const keyOf = (text: string, data: ComplianceData): string =>
  foldNumerals(squeeze(fold(text, data.symbols), 'join').text)

export const createTermMatcher = (data: ComplianceData): TermMatcher => {
  const compiled = new Map<string, RegExp>()
  const compile = (source: string): RegExp | null => {
    if (source === '') return null
    const known = compiled.get(source) ?? pattern(source)
    compiled.set(source, known)
    return known
  }
  const entries = new Map<string, Entry>()
  for (const term of data.terms) {
    const fallback = data.categoryPolicies.get(term.category)
    const own = data.policies.get(term.text)
    if (!fallback) throw new Error(`compliance data: policies.csv lacks category:${term.category}`)
    if (own?.mode === 'skip') continue
    const policy = own ? { ...own, rule: own.rule || fallback.rule } : fallback
    const key = keyOf(term.text, data)
    const entry = { term, policy, need: compile(policy.need), unless: compile(policy.unless) }
    if (!entries.has(key)) entries.set(key, entry)
  }
  const automaton = new AhoCorasick([...entries.keys()])

  /** 0元 is not in 100元, vx not in avx, TOP1 not in TOP10. */
  const cutsRun = ({ text, start, end }: View, from: number, to: number): boolean => {
    const same = (left: number): boolean => {
      const a = text.charAt(left)
      const b = text.charAt(left + 1)
      if (!edge.test(a) || !edge.test(b) || /[a-z]/u.test(a) !== /[a-z]/u.test(b)) return false
      return end[left] === start[left + 1]
    }
    return same(from - 1) || same(to - 1)
  }

  const strongIn = (view: View): StrongHit[] =>
    automaton.matchInText(foldNumerals(view.text)).flatMap(({ begin, end, keyword }) => {
      const entry = entries.get(keyword)
      if (!entry || entry.need || entry.term.severity !== 'block') return []
      if (cutsRun(view, begin, end)) return []
      return [{ from: begin, to: end, term: entry.term, ruleId: entry.policy.rule }]
    })

  return {
    match(view, segments, disguised) {
      const text = foldNumerals(view.text)
      const hits: TermHit[] = []
      const excused: Excused[] = []
      const matches = automaton.matchInText(text)
      const within = containedIn(matches)
      for (const { begin, end, keyword } of matches) {
        const entry = entries.get(keyword)
        if (!entry || cutsRun(view, begin, end)) continue
        const chance = end - begin <= longestChanceTerm && !entry.policy.seamless
        if (chance && segments.straddles(begin, end)) continue
        // 瘦脸 inside 瘦脸针 is the needle: the longer term speaks for the place.
        if (within(begin, end)) continue
        const context = contextOf(view.text, begin, end)
        const hidden = disguised(begin, end)
        const claimed =
          (hidden || test(entry.need, context.sentence) !== false) &&
          (hidden || test(entry.unless, context.sentence) !== true) &&
          (entry.policy.mode === 'nature' || !denied(context))
        if (!claimed) excused.push({ from: begin, to: end })
        if (!claimed && !namesThing.has(entry.term.category)) continue
        const severity = claimed ? severityOf(entry.term, entry.policy) : 'nature'
        hits.push({
          from: begin,
          to: end,
          term: entry.term,
          ruleId: entry.policy.rule,
          category: entry.term.category,
          severity: hidden && severity === 'review' ? 'block' : severity,
          absolute: entry.policy.mode === 'absolute',
        })
      }
      return { hits, excused }
    },
    strongIn,
    spelledOut(folded) {
      const found: SpelledOut[] = []
      for (const run of folded.text.matchAll(spelled)) {
        const letters: number[] = []
        for (let i = 0; i < run[0].length; i++)
          if (isHan.test(run[0].charAt(i))) letters.push(run.index + i)
        const han = {
          text: letters.map((at) => folded.text.charAt(at)).join(''),
          start: letters,
          end: letters.map((at) => at + 1),
        }
        for (const { from, to, term, ruleId } of strongIn(han)) {
          const first = letters[from]
          const last = letters[to - 1]
          if (first === undefined || last === undefined || to - from < leastSpelledOut) continue
          const { category } = term
          found.push({ from: first, to: last + 1, ruleId, category, severity: 'block' })
        }
      }
      return found
    },
  }
}
