import type { listDoctors } from '@xingbo/shared/doctors/doctor.schema'
import { and, asc, count, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { contains } from '../../db/contains.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { credentials, doctors } from '../../db/schema/doctors.ts'
import { departments } from '../../db/schema/institutions.ts'

export type DoctorRow = typeof doctors.$inferSelect
export type CredentialRow = typeof credentials.$inferSelect
export type DoctorView = {
  row: DoctorRow
  departmentName: string | null
  accounts: number
  ledLines: number
}
/** A doctor and their credentials: the standing ones in lists, every one where one doctor is asked for. */
export type DoctorFile = DoctorView & { credentials: CredentialRow[] }
type Query = z.output<typeof listDoctors.query>

const counted = (from: 'accounts' | 'specialty_lines', by: 'doctor_id' | 'lead_doctor_id') =>
  sql.raw(`(select count(*) from ${from} as held where held.${by} = "doctors"."id"
    and held.institution_id = "doctors"."institution_id" and held.archived_at is null)`) as SQL<number>

const view = (db: Reader) =>
  db
    .select({
      row: doctors,
      departmentName: departments.name,
      accounts: counted('accounts', 'doctor_id'),
      ledLines: counted('specialty_lines', 'lead_doctor_id'),
    })
    .from(doctors)
    .leftJoin(departments, eq(departments.id, doctors.departmentId))

const matching = (institutionId: string, { q, archived, departmentId }: Query) =>
  and(
    eq(doctors.institutionId, institutionId),
    archived === 'exclude' ? isNull(doctors.archivedAt) : undefined,
    archived === 'only' ? isNotNull(doctors.archivedAt) : undefined,
    departmentId ? eq(doctors.departmentId, departmentId) : undefined,
    q
      ? or(
          contains(doctors.name, q),
          contains(doctors.title, q),
          contains(doctors.specialties, q),
          contains(departments.name, q),
        )
      : undefined,
  )

export async function listDoctorFiles(
  db: Reader,
  institutionId: string,
  query: Query,
): Promise<{ items: DoctorFile[]; total: number }> {
  const where = matching(institutionId, query)
  const views = await view(db)
    .where(where)
    .orderBy(asc(doctors.createdAt), asc(doctors.id))
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
  const [all] = await db
    .select({ n: count() })
    .from(doctors)
    .leftJoin(departments, eq(departments.id, doctors.departmentId))
    .where(where)
  const held = await listCredentialsOf(
    db,
    institutionId,
    views.map(({ row }) => row.id),
    'without',
  )
  const items = views.map((one) => ({
    ...one,
    credentials: held.filter(({ doctorId }) => doctorId === one.row.id),
  }))
  return { items, total: all?.n ?? 0 }
}

export async function findDoctorView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<DoctorView | undefined> {
  const [found] = await view(db).where(
    and(eq(doctors.institutionId, institutionId), eq(doctors.id, id)),
  )
  return found
}

export async function findDoctorFile(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<DoctorFile | undefined> {
  const one = await findDoctorView(db, institutionId, id)
  if (!one) return undefined
  return { ...one, credentials: await listCredentialsOf(db, institutionId, [id], 'with') }
}

export async function insertDoctor(tx: Tx, row: typeof doctors.$inferInsert): Promise<void> {
  await tx.insert(doctors).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateDoctorRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof doctors.$inferInsert>,
): Promise<DoctorRow | undefined> {
  const [row] = await tx
    .update(doctors)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(doctors.institutionId, key.institutionId),
        eq(doctors.id, key.id),
        eq(doctors.revision, key.revision),
      ),
    )
    .returning()
  return row
}

/** Credentials of several doctors, the one that ends first before those that never do. */
async function listCredentialsOf(
  db: Reader,
  institutionId: string,
  doctorIds: readonly string[],
  archived: 'with' | 'without',
): Promise<CredentialRow[]> {
  return db
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.institutionId, institutionId),
        inArray(credentials.doctorId, [...doctorIds]),
        archived === 'without' ? isNull(credentials.archivedAt) : undefined,
      ),
    )
    .orderBy(
      sql`${credentials.expiresOn} is null`,
      asc(credentials.expiresOn),
      asc(credentials.createdAt),
      asc(credentials.id),
    )
}

export async function findCredential(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<CredentialRow | undefined> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.institutionId, institutionId), eq(credentials.id, id)))
  return row
}

export async function insertCredential(
  tx: Tx,
  row: typeof credentials.$inferInsert,
): Promise<void> {
  await tx.insert(credentials).values(row)
}

/** Compare-and-set on the revision; undefined when somebody changed it first. */
export async function updateCredentialRow(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof credentials.$inferInsert>,
): Promise<CredentialRow | undefined> {
  const [row] = await tx
    .update(credentials)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(credentials.institutionId, key.institutionId),
        eq(credentials.id, key.id),
        eq(credentials.revision, key.revision),
      ),
    )
    .returning()
  return row
}
