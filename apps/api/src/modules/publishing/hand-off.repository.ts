import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'
import { memberships, users } from '../../db/schema/identity.ts'
import { handOffTakeovers, publications, reminders } from '../../db/schema/publishing.ts'

/** Written out, not bound: only then does SQLite see that the index `publications_hand_off` holds all of them. */
const waitsForPerson = sql`${publications.route} <> 'api' and ${publications.state} in ('scheduled', 'queued', 'awaiting_person')`

/** Posts that wait for a person, or will before `until`: what reminders are about. */
export async function listRemindable(db: Reader, until: Date, limit: number) {
  return db
    .select({
      id: publications.id,
      institutionId: publications.institutionId,
      state: publications.state,
      dueAt: publications.dueAt,
    })
    .from(publications)
    .where(and(waitsForPerson, lte(publications.dueAt, until)))
    .orderBy(asc(publications.dueAt))
    .limit(limit)
}

export type ReminderKey = { publicationId: string; step: string; dueAt: Date }

/** The reminders written down for posts due after `since`. */
export async function listReminders(db: Reader, since: Date): Promise<ReminderKey[]> {
  return db
    .select({
      publicationId: reminders.publicationId,
      step: reminders.step,
      dueAt: reminders.dueAt,
    })
    .from(reminders)
    .where(gt(reminders.dueAt, since))
}

/** Writes a reminder down; false when it was before. */
export async function putReminder(tx: Tx, row: typeof reminders.$inferInsert): Promise<boolean> {
  const made = await tx
    .insert(reminders)
    .values(row)
    .onConflictDoNothing()
    .returning({ step: reminders.step })
  return made.length > 0
}

/** What a notice of a publication names, and who hands it off. */
export async function namesOf(db: Reader, publicationId: string) {
  const [row] = await db
    .select({
      title: contentItems.title,
      accountName: accounts.displayName,
      ownerUserId: accounts.ownerUserId,
      takenOverBy: handOffTakeovers.userId,
    })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .leftJoin(handOffTakeovers, eq(handOffTakeovers.publicationId, publications.id))
    .where(eq(publications.id, publicationId))
  return row
}

export async function displayNameOf(db: Reader, userId: string): Promise<string | null> {
  const [row] = await db.select({ name: users.displayName }).from(users).where(eq(users.id, userId))
  return row?.name ?? null
}

/** Who took which of these posts over, by publication. */
export async function listTakeovers(
  db: Reader,
  publicationIds: readonly string[],
): Promise<Map<string, string>> {
  if (publicationIds.length === 0) return new Map()
  const rows = await db
    .select({ id: handOffTakeovers.publicationId, userId: handOffTakeovers.userId })
    .from(handOffTakeovers)
    .where(inArray(handOffTakeovers.publicationId, [...publicationIds]))
  return new Map(rows.map(({ id, userId }) => [id, userId]))
}

/** Names of the people concerned, by user. */
export async function listNames(
  db: Reader,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .where(inArray(users.id, [...userIds]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function putTakeover(
  tx: Tx,
  row: typeof handOffTakeovers.$inferInsert,
): Promise<void> {
  await tx
    .insert(handOffTakeovers)
    .values(row)
    .onConflictDoUpdate({ target: handOffTakeovers.publicationId, set: row })
}

export async function dropTakeover(tx: Tx, publicationId: string): Promise<void> {
  await tx.delete(handOffTakeovers).where(eq(handOffTakeovers.publicationId, publicationId))
}

/** The role of somebody who works here today; undefined for anybody else. */
export async function roleHere(db: Reader, institutionId: string, userId: string) {
  const [row] = await db
    .select({ role: memberships.role, gone: memberships.disabledAt, out: users.disabledAt })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.institutionId, institutionId), eq(memberships.userId, userId)))
  return row && !row.gone && !row.out ? row.role : undefined
}
