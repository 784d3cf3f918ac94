import type { HoldKind } from '@xingbo/shared/content/hold.schema'
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems, holds, topics } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'

export type HoldRow = typeof holds.$inferSelect
export type HoldView = HoldRow & {
  subjectName: string
  placedByName: string | null
  liftedByName: string | null
}

/** Holds in force on any of the given subjects. */
export async function findActiveHolds(
  db: Reader,
  institutionId: string,
  subjects: readonly { kind: HoldKind; id: string }[],
): Promise<HoldRow[]> {
  if (subjects.length === 0) return []
  return db
    .select()
    .from(holds)
    .where(
      and(
        eq(holds.institutionId, institutionId),
        isNull(holds.liftedAt),
        or(...subjects.map(({ kind, id }) => and(eq(holds.kind, kind), eq(holds.subjectId, id)))),
      ),
    )
    .orderBy(holds.createdAt, holds.id)
}

export const listActiveHolds = (db: Reader, institutionId: string): Promise<HoldRow[]> =>
  db
    .select()
    .from(holds)
    .where(and(eq(holds.institutionId, institutionId), isNull(holds.liftedAt)))
    .orderBy(holds.createdAt, holds.id)

export async function findHold(
  db: Reader,
  institutionId: string,
  holdId: string,
): Promise<HoldRow | undefined> {
  const [row] = await db
    .select()
    .from(holds)
    .where(and(eq(holds.institutionId, institutionId), eq(holds.id, holdId)))
  return row
}

/** Newest first; names of what is held come from its own table. */
export async function listHoldViews(
  db: Reader,
  institutionId: string,
  filter: { active?: boolean; kind?: HoldKind; subjectId?: string; ids?: readonly string[] },
): Promise<HoldView[]> {
  const lifter = alias(users, 'lifter')
  const rows = await db
    .select({
      hold: holds,
      doctorName: doctors.name,
      accountName: accounts.displayName,
      topicTitle: topics.title,
      contentTitle: contentItems.title,
      placedByName: users.displayName,
      liftedByName: lifter.displayName,
    })
    .from(holds)
    .leftJoin(doctors, and(eq(holds.kind, 'doctor'), eq(doctors.id, holds.subjectId)))
    .leftJoin(accounts, and(eq(holds.kind, 'account'), eq(accounts.id, holds.subjectId)))
    .leftJoin(topics, and(eq(holds.kind, 'topic'), eq(topics.id, holds.subjectId)))
    .leftJoin(contentItems, and(eq(holds.kind, 'content'), eq(contentItems.id, holds.subjectId)))
    .leftJoin(users, eq(users.id, holds.createdBy))
    .leftJoin(lifter, eq(lifter.id, holds.liftedBy))
    .where(
      and(
        eq(holds.institutionId, institutionId),
        filter.active ? isNull(holds.liftedAt) : undefined,
        filter.kind ? eq(holds.kind, filter.kind) : undefined,
        filter.subjectId ? eq(holds.subjectId, filter.subjectId) : undefined,
        filter.ids ? inArray(holds.id, [...filter.ids]) : undefined,
      ),
    )
    .orderBy(desc(holds.createdAt), desc(holds.id))
    .limit(500)
  return rows.map((row) => ({
    ...row.hold,
    subjectName: row.doctorName ?? row.accountName ?? row.topicTitle ?? row.contentTitle ?? '',
    placedByName: row.placedByName,
    liftedByName: row.liftedByName,
  }))
}

/** The name of something of this institution that a hold may be placed on. */
export async function findHoldSubject(
  db: Reader,
  institutionId: string,
  kind: HoldKind,
  id: string,
): Promise<string | undefined> {
  const tables = {
    doctor: { table: doctors, name: doctors.name },
    account: { table: accounts, name: accounts.displayName },
    topic: { table: topics, name: topics.title },
    content: { table: contentItems, name: contentItems.title },
  } as const
  const { table, name } = tables[kind]
  const [row] = await db
    .select({ name })
    .from(table)
    .where(and(eq(table.institutionId, institutionId), eq(table.id, id)))
  return row?.name
}

export async function insertHold(tx: Tx, row: typeof holds.$inferInsert): Promise<void> {
  await tx.insert(holds).values(row)
}

/** Lifts a hold once; undefined when it was lifted before. */
export async function markLifted(
  tx: Tx,
  institutionId: string,
  holdId: string,
  set: { liftedBy: string; liftedAt: Date },
): Promise<HoldRow | undefined> {
  const [row] = await tx
    .update(holds)
    .set(set)
    .where(
      and(eq(holds.institutionId, institutionId), eq(holds.id, holdId), isNull(holds.liftedAt)),
    )
    .returning()
  return row
}
