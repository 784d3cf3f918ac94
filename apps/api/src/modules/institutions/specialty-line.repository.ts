import type { listSpecialtyLines } from '@xingbo/shared/institutions/specialty-line.schema'
import { and, asc, count, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { z } from 'zod'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { departments, specialtyLines } from '../../db/schema/institutions.ts'

export type LineRow = typeof specialtyLines.$inferSelect
export type LineView = {
  row: LineRow
  departmentName: string | null
  leadDoctorName: string | null
}
type Query = z.output<typeof listSpecialtyLines.query>

const view = (db: Reader) =>
  db
    .select({
      row: specialtyLines,
      departmentName: departments.name,
      leadDoctorName: doctors.name,
    })
    .from(specialtyLines)
    .leftJoin(departments, eq(departments.id, specialtyLines.departmentId))
    .leftJoin(doctors, eq(doctors.id, specialtyLines.leadDoctorId))

const matching = (institutionId: string, { q, archived }: Query) =>
  and(
    eq(specialtyLines.institutionId, institutionId),
    archived === 'exclude' ? isNull(specialtyLines.archivedAt) : undefined,
    archived === 'only' ? isNotNull(specialtyLines.archivedAt) : undefined,
    q
      ? or(
          contains(specialtyLines.name, q),
          contains(departments.name, q),
          contains(doctors.name, q),
        )
      : undefined,
  )

export async function listLineViews(
  db: Reader,
  institutionId: string,
  query: Query,
): Promise<{ items: LineView[]; total: number }> {
  const where = matching(institutionId, query)
  const items = await view(db)
    .where(where)
    .orderBy(asc(specialtyLines.createdAt), asc(specialtyLines.id))
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
  const [all] = await db
    .select({ n: count() })
    .from(specialtyLines)
    .leftJoin(departments, eq(departments.id, specialtyLines.departmentId))
    .leftJoin(doctors, eq(doctors.id, specialtyLines.leadDoctorId))
    .where(where)
  return { items, total: all?.n ?? 0 }
}

export async function findLineView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<LineView | undefined> {
  const [found] = await view(db).where(
    and(eq(specialtyLines.institutionId, institutionId), eq(specialtyLines.id, id)),
  )
  return found
}

/** Whether another line of the institution, archived or not, has this name. */
export async function lineNameTaken(
  db: Reader,
  institutionId: string,
  name: string,
  exceptId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: specialtyLines.id })
    .from(specialtyLines)
    .where(
      and(
        eq(specialtyLines.institutionId, institutionId),
        eq(specialtyLines.name, name),
        ne(specialtyLines.id, exceptId),
      ),
    )
  return rows.length > 0
}

export async function insertLine(tx: Tx, row: typeof specialtyLines.$inferInsert): Promise<void> {
  await tx.insert(specialtyLines).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateLineRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof specialtyLines.$inferInsert>,
): Promise<LineRow | undefined> {
  const [row] = await tx
    .update(specialtyLines)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(specialtyLines.institutionId, key.institutionId),
        eq(specialtyLines.id, key.id),
        eq(specialtyLines.revision, key.revision),
      ),
    )
    .returning()
  return row
}
