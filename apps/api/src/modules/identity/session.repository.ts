import type { LinkScope, Role } from '@xingbo/shared/identity/actor'
import { and, eq, gt, isNull, lt, ne } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import {
  loginThrottles,
  memberships,
  phoneLinks,
  sessions,
  users,
} from '../../db/schema/identity.ts'
import { institutions } from '../../db/schema/institutions.ts'

export type SessionRow = typeof sessions.$inferSelect
export type UserRow = typeof users.$inferSelect

export async function findUserByName(db: Reader, username: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.username, username))
  return row
}

export async function findUser(db: Reader, id: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row
}

export type MembershipView = {
  institutionId: string
  institutionName: string
  institutionShortName: string
  timeZone: string
  role: Role
  doctorId: string | null
}

/** The institutions a person may work in today, in the order they were made. */
export async function listMemberships(db: Reader, userId: string): Promise<MembershipView[]> {
  return db
    .select({
      institutionId: memberships.institutionId,
      institutionName: institutions.name,
      institutionShortName: institutions.shortName,
      timeZone: institutions.timeZone,
      role: memberships.role,
      doctorId: memberships.doctorId,
    })
    .from(memberships)
    .innerJoin(institutions, eq(institutions.id, memberships.institutionId))
    .where(
      and(
        eq(memberships.userId, userId),
        isNull(memberships.disabledAt),
        isNull(institutions.archivedAt),
      ),
    )
    .orderBy(institutions.createdAt, institutions.id)
}

export type LiveSession = {
  session: SessionRow
  username: string
  displayName: string
}

/** The session of a token, if it has not ended and its person is not shut out. */
export async function findLiveSession(
  db: Reader,
  tokenHash: string,
  now: Date,
): Promise<LiveSession | undefined> {
  const [row] = await db
    .select({ session: sessions, username: users.username, displayName: users.displayName })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), isNull(users.disabledAt)),
    )
  return row
}

export async function isSessionAlive(db: Reader, id: string, now: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, now), isNull(users.disabledAt)))
  return row !== undefined
}

export async function findMembership(
  db: Reader,
  userId: string,
  institutionId: string,
): Promise<{ role: Role; doctorId: string | null } | undefined> {
  const [row] = await db
    .select({ role: memberships.role, doctorId: memberships.doctorId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.institutionId, institutionId),
        isNull(memberships.disabledAt),
      ),
    )
  return row
}

export async function insertSession(tx: Tx, row: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(row)
}

export async function touchSession(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, id))
}

export async function moveSession(tx: Tx, id: string, institutionId: string): Promise<void> {
  await tx.update(sessions).set({ institutionId }).where(eq(sessions.id, id))
}

export async function deleteSession(tx: Tx, id: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.id, id))
}

/** Ends every session of a person, or every one but `keep`; returns how many. */
export async function deleteSessionsOf(tx: Tx, userId: string, keep?: string): Promise<number> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), keep ? ne(sessions.id, keep) : undefined))
    .returning({ id: sessions.id })
  return rows.length
}

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, now))
  await tx.delete(phoneLinks).where(lt(phoneLinks.expiresAt, now))
}

export async function findThrottle(db: Reader, key: string) {
  const [row] = await db.select().from(loginThrottles).where(eq(loginThrottles.key, key))
  return row
}

export async function saveThrottle(tx: Tx, row: typeof loginThrottles.$inferInsert): Promise<void> {
  await tx
    .insert(loginThrottles)
    .values(row)
    .onConflictDoUpdate({ target: loginThrottles.key, set: row })
}

export async function clearThrottle(tx: Tx, key: string): Promise<void> {
  await tx.delete(loginThrottles).where(eq(loginThrottles.key, key))
}

export async function deleteThrottlesBefore(tx: Tx, at: Date): Promise<void> {
  await tx.delete(loginThrottles).where(lt(loginThrottles.lastAt, at))
}

export async function insertPhoneLink(tx: Tx, row: typeof phoneLinks.$inferInsert): Promise<void> {
  await tx.insert(phoneLinks).values(row)
}

/** Spends a link: of two openings at once exactly one gets the row. */
export async function spendPhoneLink(tx: Tx, tokenHash: string, now: Date) {
  const [row] = await tx
    .update(phoneLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(phoneLinks.tokenHash, tokenHash),
        isNull(phoneLinks.usedAt),
        gt(phoneLinks.expiresAt, now),
      ),
    )
    .returning()
  return row as (typeof phoneLinks.$inferSelect & { scope: LinkScope }) | undefined
}

export async function setPasswordHash(
  tx: Tx,
  userId: string,
  passwordHash: string,
  at: Date,
): Promise<void> {
  await tx.update(users).set({ passwordHash, updatedAt: at }).where(eq(users.id, userId))
}

export async function countInstitutions(db: Reader): Promise<number> {
  const rows = await db.select({ id: institutions.id }).from(institutions).limit(1)
  return rows.length
}
