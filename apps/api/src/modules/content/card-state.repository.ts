import type { HoldKind } from '@xingbo/shared/content/hold.schema'
import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { complianceDecisions, complianceRuns, findings } from '../../db/schema/compliance.ts'
import { holds } from '../../db/schema/content.ts'
import { scriptRevisions, signOffs } from '../../db/schema/scripts.ts'

/** The last row of each item, of rows in the order of time. */
const lastByContent = <Row extends { contentId: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.contentId, row]))

/** A hold's subject as one word, to ask whether it stands among those in force. */
export const heldKey = (kind: HoldKind, id: string | null): string => `${kind} ${id ?? ''}`

/** What the marks on many cards are made of, read in six queries for the whole board. */
export async function readCardMarks(
  db: Reader,
  institutionId: string,
  contentIds: readonly string[],
) {
  const ids = [...contentIds]
  const standing = await db
    .select({ kind: holds.kind, subjectId: holds.subjectId })
    .from(holds)
    .where(and(eq(holds.institutionId, institutionId), isNull(holds.liftedAt)))
  const revisions = await db
    .select({ contentId: scriptRevisions.contentId, sha256: scriptRevisions.sha256 })
    .from(scriptRevisions)
    .where(
      and(
        eq(scriptRevisions.institutionId, institutionId),
        inArray(scriptRevisions.contentId, ids),
      ),
    )
    .orderBy(asc(scriptRevisions.number))
  const decisions = await db
    .select({
      contentId: signOffs.contentId,
      doctorId: signOffs.doctorId,
      sha256: signOffs.sha256,
      decision: signOffs.decision,
      voidedAt: signOffs.voidedAt,
    })
    .from(signOffs)
    .where(and(eq(signOffs.institutionId, institutionId), inArray(signOffs.contentId, ids)))
    .orderBy(asc(signOffs.decidedAt), asc(signOffs.id))
  const runs = await db
    .select({
      id: complianceRuns.id,
      contentId: complianceRuns.contentId,
      sha256: complianceRuns.sha256,
      nature: complianceRuns.nature,
    })
    .from(complianceRuns)
    .where(
      and(eq(complianceRuns.institutionId, institutionId), inArray(complianceRuns.contentId, ids)),
    )
    .orderBy(asc(complianceRuns.ranAt), asc(complianceRuns.id))
  const blocks = await db
    .select({ runId: findings.runId, n: count() })
    .from(findings)
    .where(
      and(
        eq(findings.institutionId, institutionId),
        inArray(findings.contentId, ids),
        eq(findings.severity, 'block'),
        isNull(findings.waivedAt),
      ),
    )
    .groupBy(findings.runId)
  const reviews = await db
    .select({
      contentId: complianceDecisions.contentId,
      sha256: complianceDecisions.sha256,
      decision: complianceDecisions.decision,
      voidedAt: complianceDecisions.voidedAt,
    })
    .from(complianceDecisions)
    .where(
      and(
        eq(complianceDecisions.institutionId, institutionId),
        inArray(complianceDecisions.contentId, ids),
      ),
    )
    .orderBy(asc(complianceDecisions.decidedAt), asc(complianceDecisions.id))
  return {
    held: new Set(standing.map(({ kind, subjectId }) => heldKey(kind, subjectId))),
    revision: lastByContent(revisions),
    signOff: lastByContent(decisions),
    run: lastByContent(runs),
    openBlocks: new Map(blocks.map(({ runId, n }) => [runId, n])),
    review: lastByContent(reviews),
  }
}
export type CardMarks = Awaited<ReturnType<typeof readCardMarks>>
