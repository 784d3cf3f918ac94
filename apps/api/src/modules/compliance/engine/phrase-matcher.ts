import type { FindingCategory, Severity } from '@xingbo/shared/compliance/finding.schema'
import { contextOf, denied, turnsRound } from './context.ts'
import { pattern } from './lexicon.ts'
import type { ComplianceData } from './load-data.ts'
import type { View } from './normalise.ts'
import { claimPhrases } from './phrases/claims.ts'
import { figurePhrases } from './phrases/figures.ts'
import { groupPhrases } from './phrases/groups.ts'
import type { Phrase } from './phrases/phrase.ts'
import { promisePhrases } from './phrases/promises.ts'
import { routePhrases } from './phrases/routes.ts'
import { standingPhrases } from './phrases/standing.ts'
import type { Excused } from './terms.ts'

export interface PhraseHit {
  readonly from: number
  readonly to: number
  readonly ruleId: string
  readonly category: FindingCategory
  readonly severity: Severity
  readonly absolute: boolean
  /** The sentence names a source that can be looked up. */
  readonly cited: boolean
}

/** A title of a guideline, a journal with its year, or a plain 来源: a reader can look it up. */
const concreteSource =
  /来源[:是为]|指南\(?[0-9]{4}|[0-9]{4}年?(?:版|修订|发布)|共识\(?[0-9]{4}|杂志,?[0-9]{4}|(?:柳叶刀|新英格兰)[^,]{0,6}[0-9]{4}|doi|第[0-9]+期|《[^》]{4,}》[^。]{0,4}[0-9]{4}/u

interface Compiled {
  readonly phrase: Phrase
  readonly re: RegExp
  readonly unless: RegExp | null
  /** The phrase itself speaks in negations, so one inside it means nothing. */
  readonly negative: boolean
}

const namesOf = (data: ComplianceData, special: boolean): string => {
  const names = data.terms
    .filter((term) => term.category === 'G' && term.group.includes('特殊管理') === special)
    .map((term) => term.text.toLowerCase())
    // Longer names first, so that 甲泼尼龙 is not read as 泼尼松's neighbour.
    .sort((a, b) => b.length - a.length)
  return `(?:${names.join('|')})`
}

export const createPhraseMatcher = (
  data: ComplianceData,
): ((view: View) => { hits: PhraseHit[]; excused: Excused[] }) => {
  const drugs = { drug: namesOf(data, false), special: namesOf(data, true) }
  const compiled: Compiled[] = [
    ...claimPhrases,
    ...figurePhrases,
    ...promisePhrases,
    ...standingPhrases,
    ...routePhrases,
    ...groupPhrases,
  ].map((phrase) => {
    if (!data.rules.has(phrase.rule))
      throw new Error(`compliance phrases: unknown rule ${phrase.rule} in ${phrase.re}`)
    return {
      phrase,
      re: pattern(phrase.re, drugs),
      unless: phrase.unless === undefined ? null : pattern(phrase.unless, drugs),
      negative: phrase.free === true || turnsRound.test(phrase.re),
    }
  })

  return (view) => {
    const hits: PhraseHit[] = []
    const excused: Excused[] = []
    for (const { phrase, re, unless, negative } of compiled) {
      re.lastIndex = 0
      for (let match = re.exec(view.text); match; match = re.exec(view.text)) {
        const from = match.index
        const to = from + match[0].length
        if (to === from) {
          re.lastIndex++
          continue
        }
        const context = contextOf(view.text, from, to)
        const sentence = context.sentence.replace('※', match[0])
        if (unless) unless.lastIndex = 0
        const turned = !negative && turnsRound.test(match[0])
        if (unless?.test(sentence) || turned || (!phrase.free && denied(context))) {
          excused.push({ from, to })
          continue
        }
        const cited = phrase.cited === true && concreteSource.test(sentence)
        hits.push({
          from,
          to,
          ruleId: phrase.rule,
          category: phrase.category,
          severity: phrase.severity,
          absolute: phrase.absolute === true,
          cited,
        })
      }
    }
    return { hits, excused }
  }
}
