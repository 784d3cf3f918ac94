import { closedStages } from '@xingbo/shared/content/content.rules'
import type { Stage } from '@xingbo/shared/content/stage'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import { activeStates, type PublicationState } from '@xingbo/shared/publishing/publication-state'
import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  lt,
  ne,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems, holds, topics } from '../../db/schema/content.ts'
import { credentials, doctors } from '../../db/schema/doctors.ts'
import { institutions } from '../../db/schema/institutions.ts'
import { leads } from '../../db/schema/leads.ts'
import { importRows, imports } from '../../db/schema/metrics.ts'
import { publications } from '../../db/schema/publishing.ts'

/** The first few rows of a list and how many there are in all. */
export type Waiting<Row> = { rows: Row[]; total: number }

export async function zoneOf(db: Reader, institutionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ zone: institutions.timeZone })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  return row?.zone
}

export type WaitingContent = {
  id: string
  title: string
  stage: Stage
  stageReason: string
  stageEnteredAt: Date
  dueOn: string | null
  doctorName: string | null
}

export type ContentWanted = {
  stage?: Stage
  doctorId?: string
  /** Only what came with a reason: somebody sent it back. */
  sentBack?: true
  /** Only what no account holds yet. */
  unscheduled?: true
  /** Only what was due before this day and is still on the line. */
  dueBefore?: string
}

/** Items that wait: mine before others', then by due day, then the longest waiting. */
export async function listWaitingContents(
  db: Reader,
  institutionId: string,
  userId: string,
  wanted: ContentWanted,
  limit: number,
): Promise<Waiting<WaitingContent>> {
  const held = db
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(
        eq(publications.contentId, contentItems.id),
        inArray(publications.state, [...activeStates]),
      ),
    )
  const where = and(
    eq(contentItems.institutionId, institutionId),
    wanted.stage && eq(contentItems.stage, wanted.stage),
    wanted.doctorId ? eq(contentItems.doctorId, wanted.doctorId) : undefined,
    wanted.sentBack && ne(contentItems.stageReason, ''),
    wanted.unscheduled && notExists(held),
    wanted.dueBefore
      ? and(
          lt(contentItems.dueOn, wanted.dueBefore),
          notInArray(contentItems.stage, [...closedStages]),
        )
      : undefined,
  )
  const mine = or(eq(contentItems.ownerUserId, userId), eq(contentItems.producerUserId, userId))
  const rows = await db
    .select({
      id: contentItems.id,
      title: contentItems.title,
      stage: contentItems.stage,
      stageReason: contentItems.stageReason,
      stageEnteredAt: contentItems.stageEnteredAt,
      dueOn: contentItems.dueOn,
      doctorName: doctors.name,
    })
    .from(contentItems)
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))
    .where(where)
    .orderBy(
      sql`coalesce(${mine}, 0) desc`,
      sql`${contentItems.dueOn} is null`,
      asc(contentItems.dueOn),
      asc(contentItems.stageEnteredAt),
      asc(contentItems.id),
    )
    .limit(limit)
  return { rows, total: await totalOf(db, contentItems, where) }
}

async function totalOf(
  db: Reader,
  table: typeof contentItems | typeof publications | typeof leads,
  where: SQL | undefined,
): Promise<number> {
  const [row] = await db.select({ n: count() }).from(table).where(where)
  return row?.n ?? 0
}

export type WaitingPublication = {
  id: string
  title: string
  accountName: string
  platform: typeof publications.$inferSelect.platform
  state: PublicationState
  stateEnteredAt: Date
  dueAt: Date
  reasonKey: string | null
  reasonValues: Record<string, string | number> | null
}

/** Publications in one of `states`, the earliest due first. */
export async function listWaitingPublications(
  db: Reader,
  institutionId: string,
  wanted: {
    states: readonly PublicationState[]
    /** Failures older than this, or followed by a new post on the same account, are history. */
    failedSince?: Date
    /** Only accounts of this doctor. */
    doctorId?: string
  },
  limit: number,
): Promise<Waiting<WaitingPublication>> {
  const later = alias(publications, 'later')
  const followed = db
    .select({ id: later.id })
    .from(later)
    .where(
      and(
        eq(later.contentId, publications.contentId),
        eq(later.accountId, publications.accountId),
        inArray(later.state, [...activeStates]),
      ),
    )
  const ofDoctor = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(eq(accounts.institutionId, institutionId), eq(accounts.doctorId, wanted.doctorId ?? '')),
    )
  const where = and(
    eq(publications.institutionId, institutionId),
    inArray(publications.state, [...wanted.states]),
    wanted.doctorId ? inArray(publications.accountId, ofDoctor) : undefined,
    wanted.failedSince
      ? or(
          ne(publications.state, 'failed'),
          and(gte(publications.stateEnteredAt, wanted.failedSince), notExists(followed)),
        )
      : undefined,
  )
  const rows = await db
    .select({
      id: publications.id,
      title: contentItems.title,
      accountName: accounts.displayName,
      platform: publications.platform,
      state: publications.state,
      stateEnteredAt: publications.stateEnteredAt,
      dueAt: publications.dueAt,
      reasonKey: publications.reasonKey,
      reasonValues: publications.reasonValues,
    })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .where(where)
    .orderBy(asc(publications.dueAt), asc(publications.id))
    .limit(limit)
  return { rows, total: await totalOf(db, publications, where) }
}

/** Imported files with rows that only a person can place, newest first; `total` counts the rows. */
export async function listWaitingImports(
  db: Reader,
  institutionId: string,
  kinds: readonly ImportKind[],
  limit: number,
) {
  const all = await db
    .select({
      id: imports.id,
      fileName: imports.fileName,
      kind: imports.kind,
      createdAt: imports.createdAt,
      n: count(),
    })
    .from(importRows)
    .innerJoin(imports, eq(imports.id, importRows.importId))
    .where(
      and(
        eq(importRows.institutionId, institutionId),
        eq(importRows.fate, 'needs_person'),
        isNull(importRows.resolvedAt),
        inArray(imports.kind, [...kinds]),
      ),
    )
    .groupBy(imports.id)
    .orderBy(desc(imports.createdAt), asc(imports.id))
  return { rows: all.slice(0, limit), total: all.reduce((sum, { n }) => sum + n, 0) }
}

/** Leads nobody has spoken to, oldest first; by the post they came from, never by name. */
export async function listNewLeads(db: Reader, institutionId: string, limit: number) {
  const where = and(
    eq(leads.institutionId, institutionId),
    eq(leads.status, 'new'),
    isNull(leads.erasedAt),
  )
  const rows = await db
    .select({
      id: leads.id,
      createdAt: leads.createdAt,
      contentTitle: contentItems.title,
      accountName: accounts.displayName,
      platform: accounts.platform,
    })
    .from(leads)
    .leftJoin(publications, eq(publications.id, leads.publicationId))
    .leftJoin(contentItems, eq(contentItems.id, publications.contentId))
    .leftJoin(accounts, eq(accounts.id, leads.accountId))
    .where(where)
    .orderBy(asc(leads.createdAt), asc(leads.id))
    .limit(limit)
  return { rows, total: await totalOf(db, leads, where) }
}

/** Holds in force, newest first, with the name of what they stop. */
export async function listHoldsInForce(db: Reader, institutionId: string, limit: number) {
  const all = await db
    .select({
      id: holds.id,
      reason: holds.reason,
      createdAt: holds.createdAt,
      doctorName: doctors.name,
      accountName: accounts.displayName,
      topicTitle: topics.title,
      contentTitle: contentItems.title,
    })
    .from(holds)
    .leftJoin(doctors, and(eq(holds.kind, 'doctor'), eq(doctors.id, holds.subjectId)))
    .leftJoin(accounts, and(eq(holds.kind, 'account'), eq(accounts.id, holds.subjectId)))
    .leftJoin(topics, and(eq(holds.kind, 'topic'), eq(topics.id, holds.subjectId)))
    .leftJoin(contentItems, and(eq(holds.kind, 'content'), eq(contentItems.id, holds.subjectId)))
    .where(and(eq(holds.institutionId, institutionId), isNull(holds.liftedAt)))
    .orderBy(desc(holds.createdAt), asc(holds.id))
  const rows = all.slice(0, limit).map((row) => ({
    id: row.id,
    reason: row.reason,
    createdAt: row.createdAt,
    subjectName: row.doctorName ?? row.accountName ?? row.topicTitle ?? row.contentTitle ?? '',
  }))
  return { rows, total: all.length }
}

/** Doctors on the lists with the credentials they hold, for the rule that judges them. */
export async function listDoctorsWithCredentials(db: Reader, institutionId: string) {
  const people = await db
    .select()
    .from(doctors)
    .where(and(eq(doctors.institutionId, institutionId), isNull(doctors.archivedAt)))
    .orderBy(asc(doctors.createdAt), asc(doctors.id))
  const papers = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.institutionId, institutionId), isNull(credentials.archivedAt)))
  return people.map((doctor) => ({
    doctor,
    credentials: papers.filter((paper) => paper.doctorId === doctor.id),
  }))
}

/** Accounts on the lists, for the rule that judges them. */
export async function listAccountsInUse(db: Reader, institutionId: string) {
  return db
    .select()
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), isNull(accounts.archivedAt)))
    .orderBy(asc(accounts.createdAt), asc(accounts.id))
}
