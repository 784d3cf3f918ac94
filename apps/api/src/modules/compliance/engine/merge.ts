import { type EngineFinding, severities } from '@xingbo/shared/compliance/finding.schema'

const weight = (finding: EngineFinding): number =>
  severities.indexOf(finding.severity) * 2 + (finding.waivable ? 1 : 0)

const overlap = (a: EngineFinding, b: EngineFinding): number =>
  Math.min(a.end, b.end) - Math.max(a.start, b.start)

const isSameFault = (a: EngineFinding, b: EngineFinding): boolean =>
  a.ruleId === b.ruleId && weight(a) === weight(b) && a.also.length + b.also.length === 0

/**
 * One place, one finding: of those that overlap, the gravest stays, one that cannot be waived
 * before one that can, then the longest. Of the same rule they grow into one span.
 */
export const mergeFindings = (
  findings: readonly EngineFinding[],
  textOf: (field: string) => string,
): EngineFinding[] => {
  const ranked = [...findings].sort(
    (a, b) => weight(a) - weight(b) || b.end - b.start - (a.end - a.start) || a.start - b.start,
  )
  const kept: EngineFinding[] = []
  for (const finding of ranked) {
    const rivals = kept.filter(
      (other) => other.field === finding.field && overlap(other, finding) > 0,
    )
    const alike = rivals.filter((other) => isSameFault(other, finding))
    if (alike.length > 0) {
      const start = Math.min(finding.start, ...alike.map((other) => other.start))
      const end = Math.max(finding.end, ...alike.map((other) => other.end))
      const first = alike[0] ?? finding
      const grown = { ...first, start, end, text: textOf(finding.field).slice(start, end) }
      for (const other of alike) kept.splice(kept.indexOf(other), 1)
      kept.push(grown)
      continue
    }
    if (rivals.some((other) => other.ruleId === finding.ruleId)) continue
    // What says most of its piece elsewhere is a finding of its own.
    const shared = rivals.reduce((total, other) => total + overlap(other, finding), 0)
    if (shared * 2 < finding.end - finding.start) kept.push(finding)
    else if (rivals.length === 0) kept.push(finding)
  }
  return kept
}
