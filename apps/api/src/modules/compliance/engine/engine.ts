import { AhoCorasick } from '@monyone/aho-corasick/fast'
import type { Platform } from '@xingbo/shared/accounts/platform'
import {
  type EngineFinding,
  type FindingKind,
  type FindingSpan,
  findingCategoryLabels,
} from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { Bilingual } from '@xingbo/shared/text'
import type { Candidate, Field } from './candidate.ts'
import { findContacts } from './contacts.ts'
import { createUnmasker } from './disguise.ts'
import { type ItemFacts, itemCandidates } from './item-rules.ts'
import { joinedCandidates } from './joined.ts'
import { createLikeness } from './likeness.ts'
import type { ComplianceData, Rule } from './load-data.ts'
import { mergeFindings } from './merge.ts'
import { guessFrom } from './nature-guess.ts'
import { type Circumstances, isWaivable, judge } from './nature-rules.ts'
import { fold, foldNumerals, originalSpan, squeeze, type View } from './normalise.ts'
import { createPhraseMatcher } from './phrase-matcher.ts'
import { segmentsOf } from './segments.ts'
import { soften } from './soften.ts'
import { createTermMatcher, keyOf } from './terms.ts'

/** Raise when code changes what is found; data changes show in the fingerprint. */
const codeVersion = '1'

export interface CheckInput {
  readonly nature: Nature
  readonly platforms: readonly Platform[]
  /** In reading order; adjacent fields are also read as one, to see words split across them. */
  readonly fields: readonly Field[]
  readonly facts?: ItemFacts
}

export interface CheckResult {
  readonly engineVersion: string
  /** In the order of the fields, then of the text. */
  readonly findings: EngineFinding[]
}

export interface ComplianceEngine {
  readonly version: string
  readonly rules: readonly Rule[]
  check(input: CheckInput): CheckResult
  /** What the words look like in law; a person decides. */
  guessNature(fields: readonly Field[]): Nature
}

/** Marks and spaces after the last word of a span. */
const closing = /[\s,，。、；;：:！!？?]+$/u
/** 祖 传, 全*国, 根\u200b治: something stands between characters that belong together. */
const takenApart = /\p{Script=Han}[^\p{L}\p{N}]+\p{Script=Han}/u

/** A likeness names no fault of its own; the article beside it is where to look first. */
const resembles = ({ zh, en }: Bilingual): Bilingual => ({
  zh: `没有命中词表和句式，但写法与已知的“${zh}”类违规相近。所列条款供参考，请人工判断。`,
  en: `No term or phrase was hit, but it reads like known violations of the kind “${en}”. The article is where to look first; a person decides.`,
})

const ordinary: Circumstances = { byNature: false, phone: false, cited: false }

type Raw = Candidate & Circumstances

/** Builds the matchers once (about 0.2 s); `check` is pure and holds no state between calls. */
export const createEngine = (data: ComplianceData): ComplianceEngine => {
  const engineVersion = `${codeVersion}-${data.fingerprint}`
  const unmasker = createUnmasker(data)
  const terms = createTermMatcher(data)
  const phrases = createPhraseMatcher(data)
  const likeness = createLikeness(data)
  const lawful = new AhoCorasick(data.lawful.map((phrase) => keyOf(phrase, data)))

  const read = ({ field, text }: Field, sentences: number): Raw[] => {
    const folded = fold(text, data.symbols)
    const { plain, unmasked } = unmasker.unmask(folded)
    const tight = squeeze(plain, 'join')
    const readable = squeeze(plain, 'keep')
    const hiddenAt = (start: number, end: number): boolean =>
      unmasked.some((hidden) => hidden.start < end && start < hidden.end)
    const found: Raw[] = []
    const add = (
      view: View,
      hit: { from: number; to: number } & Pick<Raw, 'ruleId' | 'category' | 'severity'>,
      kind: FindingKind,
      more: Partial<Pick<Raw, 'absolute' | 'sources' | keyof Circumstances>> = {},
    ): void => {
      const span = originalSpan(view, hit.from, hit.to)
      // A pattern may end on the mark that closes its clause; the finding is the words.
      const end = span.start + text.slice(span.start, span.end).replace(closing, '').length
      const start = span.start
      if (end === start) return
      const words = text.slice(start, end)
      const { ruleId, category, severity } = hit
      const masked = kind === 'term' && takenApart.test(words)
      found.push({
        ...{ field, start, end, text: words, ruleId, category, severity },
        kind: kind !== 'contact' && (masked || hiddenAt(start, end)) ? 'disguised' : kind,
        ...{ absolute: false, sources: [], also: [], ...ordinary },
        ...more,
      })
    }

    const segments = segmentsOf(tight.text)
    const hiddenIn = (from: number, to: number): boolean => {
      const { start, end } = originalSpan(tight, from, to)
      return hiddenAt(start, end)
    }
    const listed = terms.match(tight, segments, hiddenIn)
    for (const hit of listed.hits) {
      const byNature = hit.severity === 'nature'
      const { absolute } = hit
      add(tight, { ...hit, severity: hit.severity === 'nature' ? 'block' : hit.severity }, 'term', {
        ...{ absolute, byNature, sources: hit.term.sources },
      })
    }
    const said = phrases(readable)
    for (const hit of said.hits)
      add(readable, hit, 'pattern', { absolute: hit.absolute, cited: hit.cited })
    for (const hit of findContacts(folded, data.hotlines))
      add(folded, hit, 'contact', { phone: /^[^a-z]*$/u.test(folded.text.slice(hit.from, hit.to)) })
    for (const hit of terms.spelledOut(folded)) add(folded, hit, 'disguised')
    for (const { disguise, start, end } of unmasked)
      if (disguise.category && disguise.rule)
        found.push({
          ...{ field, start, end, text: text.slice(start, end), kind: 'disguised' },
          ...{ ruleId: disguise.rule, category: disguise.category, severity: 'block' },
          ...{ absolute: false, sources: [], also: [], ...ordinary },
        })

    const cleared = [
      ...listed.excused.map(({ from, to }) => originalSpan(tight, from, to)),
      ...said.excused.map(({ from, to }) => originalSpan(readable, from, to)),
    ]
    // That a drug or a disease is named says nothing of what is said about it.
    const named = (raw: Raw): boolean =>
      raw.byNature || (raw.category === 'G' && raw.severity === 'hint')
    /** What terms and phrases have judged, either way, is not for the likeness to judge again. */
    const judged = (from: number, to: number): boolean =>
      found.some((raw) => !named(raw) && raw.start < to && from < raw.end) ||
      cleared.some(({ start, end }) => start < to && from < end)
    const directions = [...text.matchAll(/【[^】]*】/gu)]
    const judgements = likeness(tight, sentences)
    for (const hit of judgements) {
      const { start, end } = originalSpan(tight, hit.from, hit.to)
      const staged = directions.some(
        (match) => match.index < end && start < match.index + match[0].length,
      )
      const ruleId = data.categoryPolicies.get(hit.category)?.rule
      if (hit.like === 'violation' && ruleId && !staged && !judged(start, end))
        add(tight, { ...hit, ruleId, severity: 'review' }, 'likeness')
    }
    const lawfully = judgements
      .filter(({ like }) => like === 'lawful')
      .map(({ from, to }) => originalSpan(tight, from, to))

    const masks = lawful
      .matchInText(foldNumerals(tight.text))
      .map(({ begin, end }) => originalSpan(tight, begin, end))
    const unmaskedHits = found.filter(
      (raw) =>
        raw.kind === 'contact' ||
        !masks.some((mask) => mask.start <= raw.start && raw.end <= mask.end),
    )
    return soften(unmaskedHits, lawfully)
  }

  const lawOf = (candidate: Candidate, fallback: Bilingual): Bilingual => {
    const named = candidate.sources.flatMap((code) => data.sources.get(code) ?? [])
    if (named.length === 0) return fallback
    return {
      zh: named.map(({ zh }) => zh).join('；'),
      en: named.map(({ en }) => en).join('; '),
    }
  }

  const decide = (raw: Raw, nature: Nature): EngineFinding[] => {
    const verdict = judge(raw, nature)
    if (!verdict) return []
    const { ruleId, severity, note } = verdict
    const rule = data.rules.get(ruleId)
    if (!rule) throw new Error(`compliance engine: no rule ${ruleId} in the data`)
    const { field, start, end, text, kind, also } = raw
    // A claim that names its source is about the citation.
    const category = ruleId === 'R44' ? 'T' : raw.category
    return [
      {
        ...{ ruleId, category, kind, field, start, end, text, severity },
        also: [...also],
        waivable: isWaivable({ ruleId, severity }, raw.absolute),
        ruleTitle: rule.title,
        law: raw.byNature ? rule.law : lawOf(raw, rule.law),
        why: kind === 'likeness' ? resembles(findingCategoryLabels[category]) : rule.why,
        rewrite: rule.rewrite,
        natureNote: note,
      },
    ]
  }

  const plain = (candidate: Candidate): Raw => ({ ...candidate, ...ordinary })

  const check = ({ nature, platforms, fields, facts = {} }: CheckInput): CheckResult => {
    const sentences = fields.reduce(
      (total, { text }) => total + text.split(/[。！？!?；;\n]+/u).filter(Boolean).length,
      0,
    )
    const raws = [
      ...fields.flatMap((field) => read(field, sentences)),
      ...joinedCandidates(fields, terms, data).map(plain),
      ...itemCandidates(nature, platforms, fields, facts, data).map(plain),
    ]
    const textOf = (name: string): string => fields.find(({ field }) => field === name)?.text ?? ''
    const order = new Map(fields.map(({ field }, index) => [field, index]))
    const position = (span: FindingSpan): number => order.get(span.field) ?? -1
    const findings = mergeFindings(
      raws.flatMap((raw) => decide(raw, nature)),
      textOf,
    ).sort((a, b) => position(a) - position(b) || a.start - b.start || a.end - b.end)
    return { engineVersion, findings }
  }

  return {
    version: engineVersion,
    rules: [...data.rules.values()],
    check,
    guessNature: (fields) =>
      guessFrom(fields, check({ nature: 'science', platforms: [], fields }).findings),
  }
}
