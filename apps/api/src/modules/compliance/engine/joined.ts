import type { Candidate, Field } from './candidate.ts'
import type { ComplianceData } from './load-data.ts'
import { fold, originalSpan, squeeze, type View } from './normalise.ts'
import { segmentsOf } from './segments.ts'
import type { TermMatcher } from './terms.ts'

/** No listed term is longer; more would only join what nobody reads as one. */
const reach = 8

const tail = (view: View): View =>
  slice(view, Math.max(0, view.text.length - reach), view.text.length)
const head = (view: View): View => slice(view, 0, reach)
const slice = ({ text, start, end }: View, from: number, to: number): View => ({
  text: text.slice(from, to),
  start: start.slice(from, to),
  end: end.slice(from, to),
})

/** Captions of two platforms never stand side by side. */
const readTogether = (a: Field, b: Field): boolean =>
  !(a.field.startsWith('captions.') && b.field.startsWith('captions.'))

/** Words split across two neighbouring fields: 加 at the end of the title, 微信 in the caption. */
export const joinedCandidates = (
  fields: readonly Field[],
  terms: TermMatcher,
  data: ComplianceData,
): Candidate[] => {
  const found: Candidate[] = []
  const views = fields.map(({ text }) => squeeze(fold(text, data.symbols), 'join'))
  fields.forEach((second, index) => {
    const first = fields[index - 1]
    const before = views[index - 1]
    const after = views[index]
    if (!first || !before || !after || !readTogether(first, second)) return
    const left = tail(before)
    const right = head(after)
    const seam = left.text.length
    // The second field's offsets are moved past the first's: nothing of the two is adjacent.
    const past = first.text.length + 1
    const both = {
      text: left.text + right.text,
      start: [...left.start, ...right.start.map((at) => at + past)],
      end: [...left.end, ...right.end.map((at) => at + past)],
    }
    const segments = segmentsOf(both.text)
    const across = terms
      .strongIn(both)
      .filter(({ from, to }) => from < seam && to > seam && !segments.straddles(from, to))
    for (const hit of across) {
      if (
        across.some(
          ({ from, to }) => from <= hit.from && hit.to <= to && to - from > hit.to - hit.from,
        )
      )
        continue
      const a = originalSpan(left, hit.from, seam)
      const b = originalSpan(right, 0, hit.to - seam)
      found.push({
        ruleId: hit.ruleId,
        category: hit.term.category,
        kind: 'joined',
        severity: 'block',
        absolute: false,
        sources: hit.term.sources,
        ...{ field: first.field, ...a, text: first.text.slice(a.start, a.end) },
        also: [{ field: second.field, ...b, text: second.text.slice(b.start, b.end) }],
      })
    }
  })
  return found
}
