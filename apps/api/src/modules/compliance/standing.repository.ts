import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { complianceDecisions, complianceRuns, findings } from '../../db/schema/compliance.ts'

/** Runs over these items, newest first. */
export const listRunsOf = (db: Reader, institutionId: string, contentIds: readonly string[]) =>
  db
    .select({
      id: complianceRuns.id,
      contentId: complianceRuns.contentId,
      sha256: complianceRuns.sha256,
      nature: complianceRuns.nature,
    })
    .from(complianceRuns)
    .where(
      and(
        eq(complianceRuns.institutionId, institutionId),
        inArray(complianceRuns.contentId, [...contentIds]),
      ),
    )
    .orderBy(desc(complianceRuns.ranAt), desc(complianceRuns.id))

/** Findings nobody waived, counted by run and severity. */
export const countOpenFindings = (db: Reader, runIds: readonly string[]) =>
  db
    .select({ runId: findings.runId, severity: findings.severity, n: count() })
    .from(findings)
    .where(and(inArray(findings.runId, [...runIds]), isNull(findings.waivedAt)))
    .groupBy(findings.runId, findings.severity)

/** Decisions on these items, newest first. */
export const listDecisionsOf = (db: Reader, institutionId: string, contentIds: readonly string[]) =>
  db
    .select({
      contentId: complianceDecisions.contentId,
      decision: complianceDecisions.decision,
      sha256: complianceDecisions.sha256,
      voidedAt: complianceDecisions.voidedAt,
    })
    .from(complianceDecisions)
    .where(
      and(
        eq(complianceDecisions.institutionId, institutionId),
        inArray(complianceDecisions.contentId, [...contentIds]),
      ),
    )
    .orderBy(desc(complianceDecisions.decidedAt), desc(complianceDecisions.id))
