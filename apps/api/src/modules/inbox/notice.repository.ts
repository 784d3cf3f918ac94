import type { Role } from '@xingbo/shared/identity/actor'
import type { NoticeKind } from '@xingbo/shared/inbox/notice'
import { and, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { memberships, users } from '../../db/schema/identity.ts'
import { mutedKinds, notices } from '../../db/schema/inbox.ts'

export type NoticeRow = typeof notices.$inferSelect

/** Of `wanted`, who works here today: the people named, everybody in the roles, the owner of the account. */
export async function membersAmong(
  db: Reader,
  institutionId: string,
  wanted: { users: readonly string[]; roles: readonly Role[] },
): Promise<string[]> {
  const rows = await db
    .select({ userId: memberships.userId, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.institutionId, institutionId),
        isNull(memberships.disabledAt),
        isNull(users.disabledAt),
      ),
    )
  return rows
    .filter(({ userId, role }) => wanted.users.includes(userId) || wanted.roles.includes(role))
    .map(({ userId }) => userId)
}

export async function ownerOfAccount(db: Reader, institutionId: string, accountId: string) {
  const [row] = await db
    .select({ userId: accounts.ownerUserId })
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, accountId)))
  return row?.userId ?? null
}

export async function whoMuted(
  db: Reader,
  institutionId: string,
  kind: NoticeKind,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ userId: mutedKinds.userId })
    .from(mutedKinds)
    .where(and(eq(mutedKinds.institutionId, institutionId), eq(mutedKinds.kind, kind)))
  return new Set(rows.map(({ userId }) => userId))
}

/**
 * The episode's row: made, or, while the person has not read it, brought up to date. True when it is new.
 */
export async function putNotice(tx: Tx, row: typeof notices.$inferInsert): Promise<boolean> {
  const [made] = await tx
    .insert(notices)
    .values(row)
    .onConflictDoNothing({ target: [notices.institutionId, notices.userId, notices.mergeKey] })
    .returning({ id: notices.id })
  if (made) return true
  await tx
    .update(notices)
    .set({
      times: sql`${notices.times} + 1`,
      at: row.at,
      severity: row.severity,
      messageKey: row.messageKey,
      messageValues: row.messageValues,
    })
    .where(
      and(
        eq(notices.institutionId, row.institutionId),
        eq(notices.userId, row.userId),
        eq(notices.mergeKey, row.mergeKey),
        isNull(notices.readAt),
      ),
    )
  return false
}

export type NoticeFilter = {
  kind?: NoticeKind
  unread: boolean
  page: number
  pageSize: number
}

export async function listNotices(
  db: Reader,
  person: { institutionId: string; userId: string },
  filter: NoticeFilter,
): Promise<{ items: NoticeRow[]; total: number }> {
  const where = and(
    mine(person),
    filter.kind && eq(notices.kind, filter.kind),
    filter.unread ? isNull(notices.readAt) : undefined,
  )
  const items = await db
    .select()
    .from(notices)
    .where(where)
    .orderBy(desc(notices.at), desc(notices.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(notices).where(where)
  return { items, total: total?.n ?? 0 }
}

const mine = (person: { institutionId: string; userId: string }) =>
  and(eq(notices.institutionId, person.institutionId), eq(notices.userId, person.userId))

export async function countUnread(
  db: Reader,
  person: { institutionId: string; userId: string },
): Promise<{ unread: number; urgent: number }> {
  const [row] = await db
    .select({
      unread: count(),
      urgent: sql<number>`coalesce(sum(${notices.severity} = 'urgent'), 0)`,
    })
    .from(notices)
    .where(and(mine(person), isNull(notices.readAt), eq(notices.muted, false)))
  return { unread: row?.unread ?? 0, urgent: row?.urgent ?? 0 }
}

/** Marks the person's own notices as read; without `ids` all of them. Returns how many were unread. */
export async function markRead(
  tx: Tx,
  person: { institutionId: string; userId: string },
  at: Date,
  ids?: readonly string[],
): Promise<number> {
  const rows = await tx
    .update(notices)
    .set({ readAt: at })
    .where(and(mine(person), isNull(notices.readAt), ids && inArray(notices.id, [...ids])))
    .returning({ id: notices.id })
  return rows.length
}

/** The matter is over: what was said of it counts for nobody any more. Returns how many that concerned. */
export async function settleRows(
  tx: Tx,
  subject: { institutionId: string; subjectId: string; kinds: readonly NoticeKind[] },
  at: Date,
): Promise<number> {
  const rows = await tx
    .update(notices)
    .set({ settledAt: at, readAt: sql`coalesce(${notices.readAt}, ${at.getTime()})` })
    .where(
      and(
        eq(notices.institutionId, subject.institutionId),
        eq(notices.subjectId, subject.subjectId),
        inArray(notices.kind, [...subject.kinds]),
        isNull(notices.settledAt),
      ),
    )
    .returning({ id: notices.id })
  return rows.length
}

export async function listMuted(
  db: Reader,
  person: { institutionId: string; userId: string },
): Promise<NoticeKind[]> {
  const rows = await db
    .select({ kind: mutedKinds.kind })
    .from(mutedKinds)
    .where(
      and(eq(mutedKinds.institutionId, person.institutionId), eq(mutedKinds.userId, person.userId)),
    )
  return rows.map(({ kind }) => kind)
}

export async function replaceMuted(
  tx: Tx,
  person: { institutionId: string; userId: string },
  kinds: readonly NoticeKind[],
): Promise<void> {
  const { institutionId, userId } = person
  await tx
    .delete(mutedKinds)
    .where(and(eq(mutedKinds.institutionId, institutionId), eq(mutedKinds.userId, userId)))
  if (kinds.length > 0)
    await tx.insert(mutedKinds).values(kinds.map((kind) => ({ institutionId, userId, kind })))
}

export async function forgetNotices(tx: Tx, before: Date): Promise<void> {
  await tx.delete(notices).where(lt(notices.at, before))
}
