import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { scriptRevisions, signOffs } from '../../db/schema/scripts.ts'

/** The newest revision of each of these items, with its text. */
export async function listNewestRevisions(
  db: Reader,
  institutionId: string,
  contentIds: readonly string[],
): Promise<{ contentId: string; sha256: string; body: ScriptBody }[]> {
  const rows = await db
    .select({
      contentId: scriptRevisions.contentId,
      sha256: scriptRevisions.sha256,
      body: scriptRevisions.body,
    })
    .from(scriptRevisions)
    .where(
      and(
        eq(scriptRevisions.institutionId, institutionId),
        inArray(scriptRevisions.contentId, [...contentIds]),
        sql`${scriptRevisions.number} = (select max(newer.number) from script_revisions as newer where newer.content_id = ${scriptRevisions.contentId})`,
      ),
    )
  return rows.map((row) => ({ ...row, body: row.body as ScriptBody }))
}

/** Approvals of these items that nobody voided, newest first. */
export const listStandingApprovals = (
  db: Reader,
  institutionId: string,
  contentIds: readonly string[],
) =>
  db
    .select({
      contentId: signOffs.contentId,
      sha256: signOffs.sha256,
      doctorId: signOffs.doctorId,
      decision: signOffs.decision,
      voidedAt: signOffs.voidedAt,
    })
    .from(signOffs)
    .where(
      and(
        eq(signOffs.institutionId, institutionId),
        inArray(signOffs.contentId, [...contentIds]),
        eq(signOffs.decision, 'approved'),
        isNull(signOffs.voidedAt),
      ),
    )
    .orderBy(desc(signOffs.decidedAt), desc(signOffs.id))
