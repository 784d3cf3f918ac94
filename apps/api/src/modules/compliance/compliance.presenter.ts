import type { ComplianceState } from '@xingbo/shared/compliance/compliance.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { FindingRow, listDecisions, RunRow } from './compliance.repository.ts'

type Parts = {
  contentId: string
  nature: Nature
  guessedNature: Nature
  /** SHA-256 of the newest revision; null before the first. */
  sha256: string | null
  run: RunRow | undefined
  findings: { row: FindingRow; waivedByName: string | null }[]
  decisions: Awaited<ReturnType<typeof listDecisions>>
}

export function presentCompliance(parts: Parts): ComplianceState {
  const { run, nature, sha256 } = parts
  const open = parts.findings.filter(({ row }) => row.waivedAt === null)
  return {
    contentId: parts.contentId,
    nature,
    guessedNature: parts.guessedNature,
    run: run
      ? {
          revisionNumber: run.revisionNumber,
          sha256: run.sha256,
          nature: run.nature,
          engineVersion: run.engineVersion,
          ranAt: run.ranAt.toISOString(),
          current: run.sha256 === sha256 && run.nature === nature,
        }
      : null,
    findings: parts.findings.map(({ row, waivedByName }) => ({
      ...row.detail,
      id: row.id,
      waiver:
        row.waivedAt && row.waiverReason !== null
          ? {
              by: waivedByName ?? '—',
              at: row.waivedAt.toISOString(),
              reason: row.waiverReason,
            }
          : null,
    })),
    openBlocks: open.filter(({ row }) => row.severity === 'block').length,
    openReviews: open.filter(({ row }) => row.severity === 'review').length,
    decisions: parts.decisions.map(({ row, reviewerName }) => ({
      decision: row.decision,
      reason: row.reason,
      reviewerName: reviewerName ?? '—',
      decidedAt: row.decidedAt.toISOString(),
      sha256: row.sha256,
      current: row.voidedAt === null && row.sha256 === sha256,
    })),
  }
}
