import type { Candidate } from './candidate.ts'
import { absoluteRules, type Circumstances } from './nature-rules.ts'

type Hit = Candidate & Circumstances
interface Span {
  readonly start: number
  readonly end: number
}

const meets = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

/**
 * A lone word in a sentence that otherwise reads as lawful comes down one grade: block to
 * review, so that a person still looks, review to hint. Never a disguise, a contact detail, a
 * legal absolute, or one of several faults in one sentence.
 */
export const soften = <H extends Hit>(hits: readonly H[], lawful: readonly Span[]): H[] =>
  hits.map((hit) => {
    const around = lawful.find((span) => meets(span, hit))
    if (!around || hit.severity === 'hint' || hit.byNature) return hit
    if (hit.kind !== 'term' && hit.kind !== 'pattern') return hit
    if (hit.absolute || absoluteRules.has(hit.ruleId)) return hit
    const company = hits.some(
      (other) => other !== hit && !other.byNature && meets(around, other) && !meets(hit, other),
    )
    if (company) return hit
    // What fills the saying is the saying, not a word in it.
    if ((hit.end - hit.start) * 2 > around.end - around.start) return hit
    return { ...hit, severity: hit.severity === 'block' ? 'review' : 'hint' }
  })
