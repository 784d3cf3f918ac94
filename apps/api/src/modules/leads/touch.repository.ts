import { and, count, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'
import { users } from '../../db/schema/identity.ts'
import { institutions } from '../../db/schema/institutions.ts'
import { leads, touches, touchTokens } from '../../db/schema/leads.ts'
import { publications } from '../../db/schema/publishing.ts'

export type TouchTokenRow = typeof touchTokens.$inferSelect

const counted = (what: 'contacts' | 'machines') =>
  sql<number>`(select count(*) from ${touches} where ${touches.token} = ${touchTokens.token} and ${touches.bot} = ${what === 'machines' ? 1 : 0})`

const view = (db: Reader) =>
  db
    .select({
      row: touchTokens,
      publicationTitle: contentItems.title,
      nature: contentItems.nature,
      accountName: accounts.displayName,
      platform: accounts.platform,
      createdByName: users.displayName,
      allowedByName: sql<
        string | null
      >`(select ${users.displayName} from ${users} where ${users.id} = ${touchTokens.allowedBy})`,
      contacts: counted('contacts'),
      machines: counted('machines'),
      leads: sql<number>`(select count(*) from ${leads} where ${leads.touchToken} = ${touchTokens.token})`,
    })
    .from(touchTokens)
    .leftJoin(publications, eq(publications.id, touchTokens.publicationId))
    .leftJoin(contentItems, eq(contentItems.id, publications.contentId))
    .leftJoin(accounts, eq(accounts.id, touchTokens.accountId))
    .leftJoin(users, eq(users.id, touchTokens.createdBy))
export type TouchTokenView = NonNullable<Awaited<ReturnType<typeof findTouchView>>>

export async function listTouchViews(
  db: Reader,
  institutionId: string,
  filter: {
    publicationId?: string | undefined
    q?: string | undefined
    page: number
    pageSize: number
  },
) {
  const where = and(
    eq(touchTokens.institutionId, institutionId),
    filter.publicationId ? eq(touchTokens.publicationId, filter.publicationId) : undefined,
    filter.q
      ? or(contains(touchTokens.label, filter.q), contains(touchTokens.token, filter.q))
      : undefined,
  )
  const items = await view(db)
    .where(where)
    .orderBy(desc(touchTokens.createdAt), desc(touchTokens.token))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(touchTokens).where(where)
  return { items, total: total?.n ?? 0 }
}

export async function findTouchView(db: Reader, institutionId: string, token: string) {
  const [row] = await view(db).where(
    and(eq(touchTokens.institutionId, institutionId), eq(touchTokens.token, token)),
  )
  return row
}

/** What decides whether a post may carry a token, and where its leads come from. */
export async function findTouchPost(db: Reader, institutionId: string, publicationId: string) {
  const [row] = await db
    .select({
      id: publications.id,
      accountId: publications.accountId,
      state: publications.state,
      title: contentItems.title,
      nature: contentItems.nature,
    })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(and(eq(publications.institutionId, institutionId), eq(publications.id, publicationId)))
  return row
}

export async function hasWorkingToken(db: Reader, publicationId: string): Promise<boolean> {
  const [row] = await db
    .select({ token: touchTokens.token })
    .from(touchTokens)
    .where(and(eq(touchTokens.publicationId, publicationId), isNull(touchTokens.disabledAt)))
    .limit(1)
  return row !== undefined
}

export async function findOwnAccount(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, id)))
  return row
}

export async function insertToken(tx: Tx, row: typeof touchTokens.$inferInsert): Promise<void> {
  await tx.insert(touchTokens).values(row)
}

/** Compare-and-set: a token is disabled once. */
export async function disableToken(
  tx: Tx,
  institutionId: string,
  token: string,
  at: Date,
): Promise<TouchTokenRow | undefined> {
  const [row] = await tx
    .update(touchTokens)
    .set({ disabledAt: at })
    .where(
      and(
        eq(touchTokens.institutionId, institutionId),
        eq(touchTokens.token, token),
        isNull(touchTokens.disabledAt),
      ),
    )
    .returning()
  return row
}

/** A token that works, with what the landing page and its leads need; by the token alone, for the public. */
export async function findWorkingToken(db: Reader, token: string) {
  const [row] = await db
    .select({
      token: touchTokens.token,
      institutionId: touchTokens.institutionId,
      publicationId: touchTokens.publicationId,
      accountId: touchTokens.accountId,
      departmentId: contentItems.departmentId,
      institutionName: institutions.name,
      zone: institutions.timeZone,
      dataKey: institutions.dataKey,
    })
    .from(touchTokens)
    .innerJoin(institutions, eq(institutions.id, touchTokens.institutionId))
    .leftJoin(publications, eq(publications.id, touchTokens.publicationId))
    .leftJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(and(eq(touchTokens.token, token), isNull(touchTokens.disabledAt)))
  return row
}
export type WorkingToken = NonNullable<Awaited<ReturnType<typeof findWorkingToken>>>

/** One row per visitor and day; whether this is the first opening of that day. */
export async function insertTouch(tx: Tx, row: typeof touches.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(touches)
    .values(row)
    .onConflictDoNothing({ target: [touches.token, touches.visitorHash] })
    .returning({ id: touches.id })
  return added.length > 0
}
