import type { listDepartments } from '@xingbo/shared/institutions/department.schema'
import { and, asc, count, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { departments, specialtyLines } from '../../db/schema/institutions.ts'

export type DepartmentRow = typeof departments.$inferSelect
export type DepartmentView = {
  row: DepartmentRow
  doctors: number
  lines: number
  accounts: number
}
type Query = z.output<typeof listDepartments.query>

/**
 * How many active rows of `table` stand in the department of the row being read. Names are written out: in the
 * selection of a query on one table drizzle drops the table's name from columns, and both tables have an `id`.
 */
const standing = (table: typeof doctors | typeof specialtyLines | typeof accounts): SQL<number> =>
  sql<number>`(select count(*) from ${table} as held where held.department_id = "departments"."id"
    and held.institution_id = "departments"."institution_id" and held.archived_at is null)`

const view = (db: Reader) =>
  db
    .select({
      row: departments,
      doctors: standing(doctors),
      lines: standing(specialtyLines),
      accounts: standing(accounts),
    })
    .from(departments)

const matching = (institutionId: string, { q, archived }: Query) =>
  and(
    eq(departments.institutionId, institutionId),
    archived === 'exclude' ? isNull(departments.archivedAt) : undefined,
    archived === 'only' ? isNotNull(departments.archivedAt) : undefined,
    q ? or(contains(departments.name, q), contains(departments.aliases, q)) : undefined,
  )

export async function listDepartmentViews(
  db: Reader,
  institutionId: string,
  query: Query,
): Promise<{ items: DepartmentView[]; total: number }> {
  const where = matching(institutionId, query)
  const items = await view(db)
    .where(where)
    .orderBy(asc(departments.createdAt), asc(departments.id))
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
  const [all] = await db.select({ n: count() }).from(departments).where(where)
  return { items, total: all?.n ?? 0 }
}

export async function findDepartmentView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<DepartmentView | undefined> {
  const [found] = await view(db).where(
    and(eq(departments.institutionId, institutionId), eq(departments.id, id)),
  )
  return found
}

/** Every other department, archived ones too: names are unique among them all. */
export async function listOtherDepartments(
  db: Reader,
  institutionId: string,
  exceptId: string,
): Promise<DepartmentRow[]> {
  return db
    .select()
    .from(departments)
    .where(and(eq(departments.institutionId, institutionId), ne(departments.id, exceptId)))
}

export async function insertDepartment(
  tx: Tx,
  row: typeof departments.$inferInsert,
): Promise<void> {
  await tx.insert(departments).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateDepartmentRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof departments.$inferInsert>,
): Promise<DepartmentRow | undefined> {
  const [row] = await tx
    .update(departments)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(departments.institutionId, key.institutionId),
        eq(departments.id, key.id),
        eq(departments.revision, key.revision),
      ),
    )
    .returning()
  return row
}
