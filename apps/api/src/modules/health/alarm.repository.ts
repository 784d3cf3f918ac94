import type { AlarmSignal } from '@xingbo/shared/health/alarm'
import { and, desc, eq, isNull, ne, or } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { alarms } from '../../db/schema/health.ts'
import { institutions } from '../../db/schema/institutions.ts'

export type AlarmRow = typeof alarms.$inferSelect

export async function findOpen(
  db: Reader,
  signal: AlarmSignal,
  subjectId: string,
): Promise<AlarmRow | undefined> {
  const [row] = await db
    .select()
    .from(alarms)
    .where(and(eq(alarms.signal, signal), eq(alarms.subjectId, subjectId), isNull(alarms.endedAt)))
  return row
}

export const listOpen = async (db: Reader): Promise<AlarmRow[]> =>
  db.select().from(alarms).where(isNull(alarms.endedAt))

/** Another episode about the same subject that goes on. */
export async function hasOtherOpen(db: Reader, row: AlarmRow): Promise<boolean> {
  const rows = await db
    .select({ id: alarms.id })
    .from(alarms)
    .where(and(eq(alarms.subjectId, row.subjectId), ne(alarms.id, row.id), isNull(alarms.endedAt)))
    .limit(1)
  return rows.length > 0
}

/** Undefined when the same episode is open already. */
export async function insertAlarm(
  tx: Tx,
  row: typeof alarms.$inferInsert,
): Promise<AlarmRow | undefined> {
  const [made] = await tx.insert(alarms).values(row).onConflictDoNothing().returning()
  return made
}

export async function updateAlarm(
  tx: Tx,
  id: string,
  set: Partial<Pick<AlarmRow, 'endedAt' | 'values' | 'worst'>>,
): Promise<void> {
  await tx.update(alarms).set(set).where(eq(alarms.id, id))
}

/** Newest first: those of the installation and those of one institution. */
export const listEpisodes = async (
  db: Reader,
  institutionId: string,
  limit: number,
): Promise<AlarmRow[]> =>
  db
    .select()
    .from(alarms)
    .where(or(isNull(alarms.institutionId), eq(alarms.institutionId, institutionId)))
    .orderBy(desc(alarms.beganAt), desc(alarms.id))
    .limit(limit)

export async function listInstitutionIds(db: Reader): Promise<string[]> {
  const rows = await db.select({ id: institutions.id }).from(institutions)
  return rows.map(({ id }) => id)
}
