import { and, asc, eq, isNull, max, ne, notInArray } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { memberships, sessions, users } from '../../db/schema/identity.ts'

export type UserView = {
  id: string
  username: string
  displayName: string
  role: typeof memberships.$inferSelect.role
  doctorId: string | null
  doctorName: string | null
  disabledAt: Date | null
  revision: number
  lastSeenAt: Date | null
}

const view = (db: Reader) =>
  db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      role: memberships.role,
      doctorId: memberships.doctorId,
      doctorName: doctors.name,
      disabledAt: memberships.disabledAt,
      revision: memberships.revision,
      lastSeenAt: max(sessions.lastSeenAt),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(doctors, eq(doctors.id, memberships.doctorId))
    .leftJoin(
      sessions,
      and(eq(sessions.userId, users.id), eq(sessions.institutionId, memberships.institutionId)),
    )

export async function listInstitutionUsers(db: Reader, institutionId: string): Promise<UserView[]> {
  return view(db)
    .where(eq(memberships.institutionId, institutionId))
    .groupBy(users.id)
    .orderBy(asc(users.createdAt), asc(users.id))
}

export async function findInstitutionUser(
  db: Reader,
  institutionId: string,
  userId: string,
): Promise<UserView | undefined> {
  const [row] = await view(db)
    .where(and(eq(memberships.institutionId, institutionId), eq(memberships.userId, userId)))
    .groupBy(users.id)
  return row
}

export async function listActiveColleagues(db: Reader, institutionId: string) {
  return db
    .select({ id: users.id, displayName: users.displayName, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.institutionId, institutionId),
        isNull(memberships.disabledAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(users.createdAt), asc(users.id))
}

/** Whether somebody also works in an institution where `adminId` is no administrator. */
export async function worksBeyond(
  db: Reader,
  who: { userId: string; institutionId: string; adminId: string },
): Promise<boolean> {
  const administered = db
    .select({ id: memberships.institutionId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, who.adminId),
        eq(memberships.role, 'admin'),
        isNull(memberships.disabledAt),
      ),
    )
  const [row] = await db
    .select({ id: memberships.institutionId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, who.userId),
        ne(memberships.institutionId, who.institutionId),
        isNull(memberships.disabledAt),
        notInArray(memberships.institutionId, administered),
      ),
    )
    .limit(1)
  return row !== undefined
}

export async function insertUser(tx: Tx, row: typeof users.$inferInsert): Promise<void> {
  await tx.insert(users).values(row)
}

export async function insertMembership(
  tx: Tx,
  row: typeof memberships.$inferInsert,
): Promise<void> {
  await tx.insert(memberships).values(row)
}

/** Compare-and-set on the membership's revision; undefined when somebody changed it first. */
export async function updateMembership(
  tx: Tx,
  key: { institutionId: string; userId: string; revision: number },
  set: Partial<typeof memberships.$inferInsert>,
) {
  const [row] = await tx
    .update(memberships)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(memberships.institutionId, key.institutionId),
        eq(memberships.userId, key.userId),
        eq(memberships.revision, key.revision),
      ),
    )
    .returning()
  return row
}

export async function renameUser(
  tx: Tx,
  userId: string,
  displayName: string,
  at: Date,
): Promise<void> {
  await tx.update(users).set({ displayName, updatedAt: at }).where(eq(users.id, userId))
}

export async function findDoctorHere(db: Reader, institutionId: string, doctorId: string) {
  const [row] = await db
    .select({ id: doctors.id })
    .from(doctors)
    .where(and(eq(doctors.institutionId, institutionId), eq(doctors.id, doctorId)))
  return row
}
