import type { listAccounts } from '@xingbo/shared/accounts/account.schema'
import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import { and, asc, count, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { memberships, users } from '../../db/schema/identity.ts'
import { departments } from '../../db/schema/institutions.ts'

export type AccountRow = typeof accounts.$inferSelect
export type AccountView = {
  row: AccountRow
  departmentName: string | null
  doctorName: string | null
  ownerUserName: string | null
}
type Query = z.output<typeof listAccounts.query>

const view = (db: Reader) =>
  db
    .select({
      row: accounts,
      departmentName: departments.name,
      doctorName: doctors.name,
      ownerUserName: users.displayName,
    })
    .from(accounts)
    .leftJoin(departments, eq(departments.id, accounts.departmentId))
    .leftJoin(doctors, eq(doctors.id, accounts.doctorId))
    .leftJoin(users, eq(users.id, accounts.ownerUserId))

const matching = (institutionId: string, query: Query): SQL | undefined =>
  and(
    eq(accounts.institutionId, institutionId),
    query.archived === 'exclude' ? isNull(accounts.archivedAt) : undefined,
    query.archived === 'only' ? isNotNull(accounts.archivedAt) : undefined,
    query.platform ? eq(accounts.platform, query.platform) : undefined,
    query.health ? eq(accounts.health, query.health) : undefined,
    query.doctorId ? eq(accounts.doctorId, query.doctorId) : undefined,
    query.q
      ? or(
          contains(accounts.displayName, query.q),
          contains(accounts.handle, query.q),
          contains(doctors.name, query.q),
          contains(departments.name, query.q),
        )
      : undefined,
  )

/** In the order in which platforms are named everywhere. */
const byPlatform = sql`instr(${platforms.join(' ')}, ${accounts.platform})`

export async function listAccountViews(
  db: Reader,
  institutionId: string,
  query: Query,
): Promise<{ items: AccountView[]; total: number }> {
  const where = matching(institutionId, query)
  const items = await view(db)
    .where(where)
    .orderBy(byPlatform, asc(accounts.createdAt), asc(accounts.id))
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
  const [all] = await db
    .select({ n: count() })
    .from(accounts)
    .leftJoin(departments, eq(departments.id, accounts.departmentId))
    .leftJoin(doctors, eq(doctors.id, accounts.doctorId))
    .where(where)
  return { items, total: all?.n ?? 0 }
}

export async function findAccountView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<AccountView | undefined> {
  const [found] = await view(db).where(
    and(eq(accounts.institutionId, institutionId), eq(accounts.id, id)),
  )
  return found
}

/** Whether another account on the platform, archived or not, has this handle. */
export async function handleTaken(
  db: Reader,
  institutionId: string,
  platform: Platform,
  handle: string,
  exceptId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.institutionId, institutionId),
        eq(accounts.platform, platform),
        eq(accounts.handle, handle),
        ne(accounts.id, exceptId),
      ),
    )
  return rows.length > 0
}

/** Another account standing for the same account of the platform, in whatever institution. */
export async function openIdTaken(
  db: Reader,
  platform: Platform,
  openId: string,
  exceptId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.platform, platform),
        eq(accounts.openId, openId),
        ne(accounts.id, exceptId),
        isNull(accounts.archivedAt),
      ),
    )
  return rows.length > 0
}

export async function isActiveMember(
  db: Reader,
  institutionId: string,
  userId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.institutionId, institutionId),
        eq(memberships.userId, userId),
        isNull(memberships.disabledAt),
        isNull(users.disabledAt),
      ),
    )
  return rows.length > 0
}

export async function insertAccount(tx: Tx, row: typeof accounts.$inferInsert): Promise<void> {
  await tx.insert(accounts).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateAccountRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof accounts.$inferInsert>,
): Promise<AccountRow | undefined> {
  const [row] = await tx
    .update(accounts)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(accounts.institutionId, key.institutionId),
        eq(accounts.id, key.id),
        eq(accounts.revision, key.revision),
      ),
    )
    .returning()
  return row
}
