import { and, count, desc, eq, gte, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { auditEntries } from '../../db/schema/audit.ts'
import { contentItems } from '../../db/schema/content.ts'
import { users } from '../../db/schema/identity.ts'
import { departments } from '../../db/schema/institutions.ts'
import { leadEvents, leads, orders, touchTokens, visits } from '../../db/schema/leads.ts'
import { publications } from '../../db/schema/publishing.ts'

export type LeadRow = typeof leads.$inferSelect

const view = (db: Reader) =>
  db
    .select({
      row: leads,
      advisorName: users.displayName,
      touchLabel: touchTokens.label,
      publicationTitle: contentItems.title,
      accountName: accounts.displayName,
      platform: accounts.platform,
      departmentName: departments.name,
      visits: sql<number>`(select count(*) from ${visits} where ${visits.leadId} = ${leads.id} and ${visits.institutionId} = ${leads.institutionId})`,
      orders: sql<number>`(select count(*) from ${orders} where ${orders.leadId} = ${leads.id} and ${orders.institutionId} = ${leads.institutionId})`,
    })
    .from(leads)
    .leftJoin(users, eq(users.id, leads.advisorUserId))
    .leftJoin(touchTokens, eq(touchTokens.token, leads.touchToken))
    .leftJoin(publications, eq(publications.id, leads.publicationId))
    .leftJoin(contentItems, eq(contentItems.id, publications.contentId))
    .leftJoin(accounts, eq(accounts.id, leads.accountId))
    .leftJoin(departments, eq(departments.id, leads.departmentId))
export type LeadView = Awaited<ReturnType<typeof view>>[number]

export async function listLeadViews(
  db: Reader,
  institutionId: string,
  filter: {
    status?: LeadRow['status'] | undefined
    advisor?: string | undefined
    phoneIndex?: string | undefined
    page: number
    pageSize: number
  },
): Promise<{ items: LeadView[]; total: number }> {
  const advisor: SQL | undefined =
    filter.advisor === 'none'
      ? isNull(leads.advisorUserId)
      : filter.advisor
        ? eq(leads.advisorUserId, filter.advisor)
        : undefined
  const where = and(
    eq(leads.institutionId, institutionId),
    filter.status && eq(leads.status, filter.status),
    advisor,
    filter.phoneIndex === undefined ? undefined : eq(leads.phoneIndex, filter.phoneIndex),
  )
  const items = await view(db)
    .where(where)
    .orderBy(desc(leads.createdAt), desc(leads.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(leads).where(where)
  return { items, total: total?.n ?? 0 }
}

export async function findLeadView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<LeadView | undefined> {
  const [row] = await view(db).where(and(eq(leads.institutionId, institutionId), eq(leads.id, id)))
  return row
}

export type LeadEventView = {
  leadId: string
  kind: (typeof leadEvents.$inferSelect)['kind']
  note: string
  at: Date
  byName: string | null
}

/** Newest first. */
export async function listLeadEvents(
  db: Reader,
  institutionId: string,
  leadIds: readonly string[],
): Promise<LeadEventView[]> {
  if (leadIds.length === 0) return []
  return db
    .select({
      leadId: leadEvents.leadId,
      kind: leadEvents.kind,
      note: leadEvents.note,
      at: leadEvents.at,
      byName: users.displayName,
    })
    .from(leadEvents)
    .leftJoin(users, eq(users.id, leadEvents.userId))
    .where(
      and(eq(leadEvents.institutionId, institutionId), inArray(leadEvents.leadId, [...leadIds])),
    )
    .orderBy(desc(leadEvents.at), desc(leadEvents.id))
}

/** The lead this phone left through this token since a moment. */
export async function findSameLead(
  db: Reader,
  key: { institutionId: string; token: string; phoneIndex: string; since: Date },
): Promise<LeadRow | undefined> {
  const [row] = await db
    .select()
    .from(leads)
    .where(
      and(
        eq(leads.institutionId, key.institutionId),
        eq(leads.phoneIndex, key.phoneIndex),
        eq(leads.touchToken, key.token),
        gte(leads.createdAt, key.since),
        isNull(leads.erasedAt),
      ),
    )
    .orderBy(desc(leads.createdAt))
    .limit(1)
  return row
}

export async function insertLead(tx: Tx, row: typeof leads.$inferInsert): Promise<void> {
  await tx.insert(leads).values(row)
}

/** Compare-and-set on the revision; undefined when somebody was first. An erased lead takes no change. */
export async function updateLead(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof leads.$inferInsert>,
): Promise<LeadRow | undefined> {
  const [row] = await tx
    .update(leads)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(leads.institutionId, key.institutionId),
        eq(leads.id, key.id),
        eq(leads.revision, key.revision),
        isNull(leads.erasedAt),
      ),
    )
    .returning()
  return row
}

export async function insertLeadEvent(tx: Tx, row: typeof leadEvents.$inferInsert): Promise<void> {
  await tx.insert(leadEvents).values(row)
}

/** What advisors wrote may name the person; that something happened, and when, stays. */
export async function emptyNotes(tx: Tx, institutionId: string, leadId: string): Promise<void> {
  await tx
    .update(leadEvents)
    .set({ note: '' })
    .where(and(eq(leadEvents.institutionId, institutionId), eq(leadEvents.leadId, leadId)))
}

/** How many leads somebody has revealed since a moment, as the audit log knows it. */
export async function countReveals(
  db: Reader,
  who: { institutionId: string; userId: string; since: Date },
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, 'lead'),
        eq(auditEntries.action, 'lead.revealed'),
        eq(auditEntries.institutionId, who.institutionId),
        eq(auditEntries.actorId, who.userId),
        gte(auditEntries.at, who.since),
      ),
    )
  return row?.n ?? 0
}
