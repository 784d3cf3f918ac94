import type { NoticeKind } from '@xingbo/shared/inbox/notice'
import { and, asc, desc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { noticeSettings, robotLines, robotMessages, robots } from '../../db/schema/inbox.ts'
import { institutions } from '../../db/schema/institutions.ts'

export type RobotRow = typeof robots.$inferSelect
export type RobotMessageRow = typeof robotMessages.$inferSelect
export type RobotLineRow = typeof robotLines.$inferSelect

/** The robots that pass this kind on. */
export async function listRobotsFor(
  db: Reader,
  institutionId: string,
  kind: NoticeKind,
): Promise<RobotRow[]> {
  const rows = await db
    .select()
    .from(robots)
    .where(
      and(
        eq(robots.institutionId, institutionId),
        isNull(robots.archivedAt),
        isNull(robots.pausedAt),
      ),
    )
  return rows.filter((robot) => robot.kinds.includes(kind))
}

export async function listRobots(db: Reader, institutionId: string): Promise<RobotRow[]> {
  return db
    .select()
    .from(robots)
    .where(and(eq(robots.institutionId, institutionId), isNull(robots.archivedAt)))
    .orderBy(asc(robots.createdAt), asc(robots.id))
}

export async function findRobot(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<RobotRow | undefined> {
  const [row] = await db
    .select()
    .from(robots)
    .where(and(eq(robots.institutionId, institutionId), eq(robots.id, id)))
  return row
}

/** By id alone: for jobs, which act for whatever institution the row belongs to. */
export async function robotById(db: Reader, id: string): Promise<RobotRow | undefined> {
  const [row] = await db.select().from(robots).where(eq(robots.id, id))
  return row
}

export async function insertRobot(tx: Tx, row: typeof robots.$inferInsert): Promise<void> {
  await tx.insert(robots).values(row)
}

/** An edit by a person, against the revision on their screen. */
export async function editRobot(
  tx: Tx,
  key: { institutionId: string; id: string; revision: number },
  set: Partial<typeof robots.$inferInsert>,
): Promise<RobotRow | undefined> {
  const [row] = await tx
    .update(robots)
    .set({ ...set, revision: sql`${robots.revision} + 1` })
    .where(
      and(
        eq(robots.institutionId, key.institutionId),
        eq(robots.id, key.id),
        eq(robots.revision, key.revision),
      ),
    )
    .returning()
  return row
}

/** What sending taught us of a robot; no edit of a person's, so the revision stays. */
export async function noteRobot(
  tx: Tx,
  id: string,
  set: Partial<
    Pick<
      RobotRow,
      'recent' | 'blockedUntil' | 'lastAt' | 'lastOk' | 'lastCode' | 'lastMessage' | 'pausedAt'
    >
  >,
): Promise<void> {
  await tx.update(robots).set(set).where(eq(robots.id, id))
}

/** Undefined: this episode has been said by this robot. */
export async function insertLine(
  tx: Tx,
  row: typeof robotLines.$inferInsert,
): Promise<RobotLineRow | undefined> {
  const [made] = await tx
    .insert(robotLines)
    .values(row)
    .onConflictDoNothing({ target: [robotLines.robotId, robotLines.mergeKey] })
    .returning()
  return made
}

export async function findGathering(
  db: Reader,
  robotId: string,
  groupKey: string,
): Promise<RobotMessageRow | undefined> {
  const [row] = await db
    .select()
    .from(robotMessages)
    .where(
      and(
        eq(robotMessages.robotId, robotId),
        eq(robotMessages.groupKey, groupKey),
        eq(robotMessages.state, 'waiting'),
      ),
    )
  return row
}

export async function insertRobotMessage(
  tx: Tx,
  row: typeof robotMessages.$inferInsert,
): Promise<void> {
  await tx.insert(robotMessages).values(row)
}

export async function findRobotMessage(
  db: Reader,
  id: string,
): Promise<RobotMessageRow | undefined> {
  const [row] = await db.select().from(robotMessages).where(eq(robotMessages.id, id))
  return row
}

/** Compare-and-set on state and attempt: of two workers with one message, one goes on. */
export async function moveRobotMessage(
  tx: Tx,
  from: Pick<RobotMessageRow, 'id' | 'state' | 'attempts'>,
  set: Partial<typeof robotMessages.$inferInsert>,
): Promise<RobotMessageRow | undefined> {
  const [row] = await tx
    .update(robotMessages)
    .set(set)
    .where(
      and(
        eq(robotMessages.id, from.id),
        eq(robotMessages.state, from.state),
        eq(robotMessages.attempts, from.attempts),
      ),
    )
    .returning()
  return row
}

/** A message that could not be sent joins one of the same group that has gathered meanwhile. */
export async function moveLines(tx: Tx, from: string, to: string): Promise<void> {
  await tx.update(robotLines).set({ messageId: to }).where(eq(robotLines.messageId, from))
}

/** What a message still has to say. */
export async function listLines(db: Reader, messageId: string): Promise<RobotLineRow[]> {
  return db
    .select()
    .from(robotLines)
    .where(and(eq(robotLines.messageId, messageId), isNull(robotLines.withdrawnAt)))
    .orderBy(asc(robotLines.at), asc(robotLines.id))
}

export async function listLinesOf(
  db: Reader,
  messageIds: readonly string[],
): Promise<RobotLineRow[]> {
  if (messageIds.length === 0) return []
  return db
    .select()
    .from(robotLines)
    .where(inArray(robotLines.messageId, [...messageIds]))
    .orderBy(asc(robotLines.at), asc(robotLines.id))
}

export async function listRobotMessages(
  db: Reader,
  robotId: string,
  limit: number,
): Promise<RobotMessageRow[]> {
  return db
    .select()
    .from(robotMessages)
    .where(eq(robotMessages.robotId, robotId))
    .orderBy(desc(robotMessages.createdAt), desc(robotMessages.id))
    .limit(limit)
}

/** Waiting and due, or left `sending` by a process that stopped. */
export async function listDueMessages(
  db: Reader,
  now: Date,
  limit: number,
): Promise<RobotMessageRow[]> {
  return db
    .select()
    .from(robotMessages)
    .where(
      and(inArray(robotMessages.state, ['waiting', 'sending']), lte(robotMessages.sendAt, now)),
    )
    .orderBy(asc(robotMessages.sendAt))
    .limit(limit)
}

/** Lines of a matter that is over, in messages that have not gone out. */
export async function withdrawLines(
  tx: Tx,
  matter: { institutionId: string; subjectId: string; kinds: readonly NoticeKind[] },
  at: Date,
): Promise<void> {
  await tx
    .update(robotLines)
    .set({ withdrawnAt: at })
    .where(
      and(
        eq(robotLines.institutionId, matter.institutionId),
        eq(robotLines.subjectId, matter.subjectId),
        inArray(robotLines.kind, [...matter.kinds]),
        isNull(robotLines.withdrawnAt),
        sql`${robotLines.messageId} in (select id from ${robotMessages} where state = 'waiting')`,
      ),
    )
}

/** What a robot still had to say, when it is removed. */
export async function withdrawAllOf(tx: Tx, robotId: string): Promise<void> {
  await tx
    .update(robotMessages)
    .set({ state: 'withdrawn' })
    .where(and(eq(robotMessages.robotId, robotId), eq(robotMessages.state, 'waiting')))
}

export async function forgetRobotMessages(tx: Tx, before: Date): Promise<void> {
  await tx.delete(robotLines).where(lt(robotLines.at, before))
  await tx.delete(robotMessages).where(lt(robotMessages.createdAt, before))
}

export type NoticeSettingsRow = typeof noticeSettings.$inferSelect

export async function findNoticeSettings(
  db: Reader,
  institutionId: string,
): Promise<NoticeSettingsRow | undefined> {
  const [row] = await db
    .select()
    .from(noticeSettings)
    .where(eq(noticeSettings.institutionId, institutionId))
  return row
}

/** Undefined: somebody else saved since `revision`. */
export async function saveNoticeSettings(
  tx: Tx,
  revision: number,
  row: typeof noticeSettings.$inferInsert,
): Promise<NoticeSettingsRow | undefined> {
  if (revision === 0) {
    const [made] = await tx.insert(noticeSettings).values(row).onConflictDoNothing().returning()
    return made
  }
  const [kept] = await tx
    .update(noticeSettings)
    .set({ ...row, revision: revision + 1 })
    .where(
      and(
        eq(noticeSettings.institutionId, row.institutionId),
        eq(noticeSettings.revision, revision),
      ),
    )
    .returning()
  return kept
}

/** The institution's zone and the key its secrets are sealed with. */
export async function placeOf(db: Reader, institutionId: string) {
  const [row] = await db
    .select({
      timeZone: institutions.timeZone,
      dataKey: institutions.dataKey,
      shortName: institutions.shortName,
    })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  if (!row) throw new Error(`no institution ${institutionId}`)
  return row
}
