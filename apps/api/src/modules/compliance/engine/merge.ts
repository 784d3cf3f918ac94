import { type EngineFinding, severities } from '@xingbo/shared/compliance/finding.schema'

const weight = (finding: EngineFinding): number =>
  severities.indexOf(finding.severity) * 2 + (finding.waivable ? 1 : 0)

const overlap = (a: EngineFinding, b: EngineFinding): number =>
  Math.min(a.end, b.end) - Math.max(a.start, b.start)

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
    const rival = kept.findIndex(
      (other) => other.field === finding.field && overlap(other, finding) > 0,
    )
    const other = kept[rival]
    if (!other) {
      kept.push(finding)
      continue
    }
    if (other.ruleId === finding.ruleId && other.also.length === 0) {
      const start = Math.min(other.start, finding.start)
      const end = Math.max(other.end, finding.end)
      kept[rival] = { ...other, start, end, text: textOf(other.field).slice(start, end) }
      continue
    }
    // A different rule that says most of its piece elsewhere is a finding of its own.
    const shared = kept
      .filter((known) => known.field === finding.field)
      .reduce((total, known) => total + Math.max(0, overlap(known, finding)), 0)
    if (shared * 2 < finding.end - finding.start) kept.push(finding)
  }
  return kept
}
