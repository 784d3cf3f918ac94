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

interface Entry {
  readonly term: Term
  readonly policy: Policy
  readonly need: RegExp | null
  readonly unless: RegExp | null
}

export interface TermMatcher {
  match(view: View, segments: Segments, disguised: (from: number, to: number) => boolean): TermHit[]
  /** Terms that need nothing around them; for wording split across fields. */
  strongIn(text: string): StrongHit[]
  /** A term with a mark after every character, even a full stop: 药，到，病，除. */
  spelledOut(folded: View): SpelledOut[]
}

/** Longer terms hardly ever arise by chance where two words meet. */
const longestChanceTerm = 3
const edge = /[a-z0-9]/u
const spelled = /(?:\p{Script=Han}[^\p{L}\p{N}\n]{1,2}){2,}\p{Script=Han}/gu
const han = /\p{Script=Han}/u
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
  const cutsRun = (text: string, from: number, to: number, keyword: string): boolean => {
    const first = keyword.charAt(0)
    const last = keyword.charAt(keyword.length - 1)
    const before = text.charAt(from - 1)
    const after = text.charAt(to)
    const same = (a: string, b: string): boolean =>
      edge.test(a) && edge.test(b) && /[a-z]/u.test(a) === /[a-z]/u.test(b)
    return same(before, first) || same(last, after)
  }

  const strongIn = (text: string): StrongHit[] =>
    automaton.matchInText(foldNumerals(text)).flatMap(({ begin, end, keyword }) => {
      const entry = entries.get(keyword)
      if (!entry || entry.need || entry.term.severity !== 'block') return []
      if (cutsRun(text, begin, end, keyword)) return []
      return [{ from: begin, to: end, term: entry.term, ruleId: entry.policy.rule }]
    })

  return {
    match(view, segments, disguised) {
      const text = foldNumerals(view.text)
      const hits: TermHit[] = []
      for (const { begin, end, keyword } of automaton.matchInText(text)) {
        const entry = entries.get(keyword)
        if (!entry || cutsRun(view.text, begin, end, keyword)) continue
        if (end - begin <= longestChanceTerm && segments.straddles(begin, end)) continue
        const context = contextOf(view.text, begin, end)
        const hidden = disguised(begin, end)
        if (!hidden && test(entry.need, context.sentence) === false) continue
        if (!hidden && test(entry.unless, context.sentence) === true) continue
        if (entry.policy.mode !== 'nature' && denied(context)) continue
        const severity = severityOf(entry.term, entry.policy)
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
      return hits
    },
    strongIn,
    spelledOut(folded) {
      const found: SpelledOut[] = []
      for (const run of folded.text.matchAll(spelled)) {
        const letters: number[] = []
        for (let i = 0; i < run[0].length; i++)
          if (han.test(run[0].charAt(i))) letters.push(run.index + i)
        const text = letters.map((at) => folded.text.charAt(at)).join('')
        for (const { from, to, term, ruleId } of strongIn(text)) {
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
