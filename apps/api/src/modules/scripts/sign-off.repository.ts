import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { memberships, users } from '../../db/schema/identity.ts'
import { scriptViews, signOffs } from '../../db/schema/scripts.ts'

export async function insertSignOff(tx: Tx, row: typeof signOffs.$inferInsert): Promise<void> {
  await tx.insert(signOffs).values(row)
}

/** Voids every approval of an item that still stands; returns those it voided. */
export async function voidApprovals(
  tx: Tx,
  key: { institutionId: string; contentId: string },
  set: { voidedAt: Date; voidedBy: string; voidReason: string },
) {
  return tx
    .update(signOffs)
    .set(set)
    .where(
      and(
        eq(signOffs.institutionId, key.institutionId),
        eq(signOffs.contentId, key.contentId),
        eq(signOffs.decision, 'approved'),
        isNull(signOffs.voidedAt),
      ),
    )
    .returning({ id: signOffs.id, revisionNumber: signOffs.revisionNumber })
}

/** The newest revision this person has read to the end. */
export async function findSeenNumber(
  db: Reader,
  institutionId: string,
  contentId: string,
  userId: string,
): Promise<number | null> {
  const [row] = await db
    .select({ number: scriptViews.revisionNumber })
    .from(scriptViews)
    .where(
      and(
        eq(scriptViews.institutionId, institutionId),
        eq(scriptViews.contentId, contentId),
        eq(scriptViews.userId, userId),
      ),
    )
  return row?.number ?? null
}

/** Remembers how far somebody has read; an older revision opened later takes nothing back. */
export async function saveSeen(tx: Tx, row: typeof scriptViews.$inferInsert): Promise<void> {
  await tx
    .insert(scriptViews)
    .values(row)
    .onConflictDoUpdate({
      target: [scriptViews.contentId, scriptViews.userId],
      set: { revisionNumber: row.revisionNumber, at: row.at },
      setWhere: sql`${scriptViews.revisionNumber} < ${row.revisionNumber}`,
    })
}

/** The login a doctor signs with in this institution, if somebody set one up and it is not shut out. */
export async function findDoctorLogin(
  db: Reader,
  institutionId: string,
  doctorId: string,
): Promise<{ userId: string } | undefined> {
  const [row] = await db
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.institutionId, institutionId),
        eq(memberships.doctorId, doctorId),
        eq(memberships.role, 'doctor'),
        isNull(memberships.disabledAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1)
  return row
}
