import type { EngineFinding } from '@xingbo/shared/compliance/finding.schema'
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { complianceDecisions, complianceRuns, findings } from '../../db/schema/compliance.ts'
import { contentItems } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'

export type RunRow = typeof complianceRuns.$inferSelect
export type FindingRow = Omit<typeof findings.$inferSelect, 'detail'> & { detail: EngineFinding }

export async function findContentNature(db: Reader, institutionId: string, contentId: string) {
  const [row] = await db
    .select({
      id: contentItems.id,
      stage: contentItems.stage,
      nature: contentItems.nature,
      platforms: contentItems.platforms,
    })
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, contentId)))
  return row
}

export async function findLatestRun(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<RunRow | undefined> {
  const [row] = await db
    .select()
    .from(complianceRuns)
    .where(
      and(eq(complianceRuns.institutionId, institutionId), eq(complianceRuns.contentId, contentId)),
    )
    .orderBy(desc(complianceRuns.ranAt), desc(complianceRuns.id))
    .limit(1)
  return row
}

export async function listFindings(
  db: Reader,
  runId: string,
): Promise<{ row: FindingRow; waivedByName: string | null }[]> {
  const rows = await db
    .select({ row: findings, waivedByName: users.displayName })
    .from(findings)
    .leftJoin(users, eq(users.id, findings.waivedBy))
    .where(eq(findings.runId, runId))
    .orderBy(asc(findings.position))
  return rows as { row: FindingRow; waivedByName: string | null }[]
}

export async function findFinding(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<FindingRow | undefined> {
  const [row] = await db
    .select()
    .from(findings)
    .where(and(eq(findings.institutionId, institutionId), eq(findings.id, id)))
  return row as FindingRow | undefined
}

export async function insertRun(
  tx: Tx,
  run: typeof complianceRuns.$inferInsert,
  found: (typeof findings.$inferInsert)[],
): Promise<void> {
  await tx.insert(complianceRuns).values(run)
  if (found.length > 0) await tx.insert(findings).values(found)
}

/** Once: of two reviewers at the same finding the second gets nothing back. */
export async function setWaiver(
  tx: Tx,
  id: string,
  waiver: { waivedBy: string; waivedAt: Date; waiverReason: string },
): Promise<boolean> {
  const rows = await tx
    .update(findings)
    .set(waiver)
    .where(and(eq(findings.id, id), isNull(findings.waivedAt)))
    .returning({ id: findings.id })
  return rows.length > 0
}

export async function listDecisions(db: Reader, institutionId: string, contentId: string) {
  return db
    .select({ row: complianceDecisions, reviewerName: users.displayName })
    .from(complianceDecisions)
    .leftJoin(users, eq(users.id, complianceDecisions.reviewerId))
    .where(
      and(
        eq(complianceDecisions.institutionId, institutionId),
        eq(complianceDecisions.contentId, contentId),
      ),
    )
    .orderBy(desc(complianceDecisions.decidedAt), desc(complianceDecisions.id))
}

export async function insertDecision(
  tx: Tx,
  row: typeof complianceDecisions.$inferInsert,
): Promise<void> {
  await tx.insert(complianceDecisions).values(row)
}

/** Items at the two stages a reviewer decides, longest waiting first. */
export async function listWaiting(db: Reader, institutionId: string) {
  return db
    .select({
      id: contentItems.id,
      title: contentItems.title,
      stage: contentItems.stage,
      stageEnteredAt: contentItems.stageEnteredAt,
      dueOn: contentItems.dueOn,
      doctorName: doctors.name,
    })
    .from(contentItems)
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))
    .where(
      and(
        eq(contentItems.institutionId, institutionId),
        inArray(contentItems.stage, ['compliance_review', 'final_review']),
      ),
    )
    .orderBy(asc(contentItems.stageEnteredAt), asc(contentItems.id))
    .limit(500)
}
