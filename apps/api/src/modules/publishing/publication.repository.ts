import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared, preparedUpdate } from '../../db/prepared.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { auditEntries } from '../../db/schema/audit.ts'
import { contentItems } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'
import { touchTokens } from '../../db/schema/leads.ts'
import { proofs, publications } from '../../db/schema/publishing.ts'

export type PublicationRow = typeof publications.$inferSelect
export type PublicationView = {
  row: PublicationRow
  contentTitle: string
  accountName: string
  accountHandle: string
  accountOwnerUserId: string | null
  doctorName: string | null
  createdByName: string | null
}

const whole = getTableColumns(publications)
/** A calendar shows thousands of posts: of what each one froze, lists read the title and the picture only. */
const listed: typeof whole = {
  ...whole,
  snapshot:
    sql`json_object('title', json_extract(${publications.snapshot}, '$.title'), 'cover', json_extract(${publications.snapshot}, '$.cover'), 'media', json_extract(${publications.snapshot}, '$.media'))`.mapWith(
      publications.snapshot,
    ) as never,
}

const view = (db: Reader, row = whole) =>
  db
    .select({
      row,
      contentTitle: contentItems.title,
      accountName: accounts.displayName,
      accountHandle: accounts.handle,
      accountOwnerUserId: accounts.ownerUserId,
      doctorName: doctors.name,
      createdByName: users.displayName,
    })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))
    .leftJoin(users, eq(users.id, publications.createdBy))

export type PublicationFilter = {
  from?: Date
  to?: Date
  contentId?: string
  contentStage?: typeof contentItems.$inferSelect.stage
  accountId?: string
  platform?: PublicationRow['platform']
  state?: PublicationState
  q?: string
  page: number
  pageSize: number
}

export async function listPublicationViews(
  db: Reader,
  institutionId: string,
  filter: PublicationFilter,
): Promise<{ items: PublicationView[]; total: number }> {
  const where = and(
    eq(publications.institutionId, institutionId),
    filter.from && gte(publications.dueAt, filter.from),
    filter.to && lt(publications.dueAt, filter.to),
    filter.contentId ? eq(publications.contentId, filter.contentId) : undefined,
    filter.contentStage ? eq(contentItems.stage, filter.contentStage) : undefined,
    filter.accountId ? eq(publications.accountId, filter.accountId) : undefined,
    filter.platform ? eq(publications.platform, filter.platform) : undefined,
    filter.state ? eq(publications.state, filter.state) : undefined,
    filter.q ? sql`instr(${contentItems.title}, ${filter.q}) > 0` : undefined,
  )
  const items = await view(db, listed)
    .where(where)
    .orderBy(desc(publications.dueAt), asc(publications.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db
    .select({ n: count() })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(where)
  return { items, total: total?.n ?? 0 }
}

export async function findPublicationView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<PublicationView | undefined> {
  const [row] = await view(db).where(
    and(eq(publications.institutionId, institutionId), eq(publications.id, id)),
  )
  return row
}

/** By id alone: for jobs, which act for whatever institution the row belongs to. */
export async function findPublication(db: Reader, id: string): Promise<PublicationRow | undefined> {
  return byId(db).get({ id })
}
const byId = prepared((db) =>
  db
    .select()
    .from(publications)
    .where(eq(publications.id, sql.placeholder('id')))
    .prepare(),
)

export async function insertPublication(
  tx: Tx,
  row: typeof publications.$inferInsert,
): Promise<void> {
  await tx.insert(publications).values(row)
}

/** Compare-and-set on state, fence and, for people, revision. Undefined: somebody else acted first. */
export async function updatePublication(
  tx: Tx,
  key: { id: string; state: PublicationState; fence: number; revision?: number },
  set: Partial<typeof publications.$inferInsert>,
): Promise<PublicationRow | undefined> {
  return key.revision === undefined ? updateHeld(tx, key, set) : updateSeen(tx, key, set)
}
const held = and(
  eq(publications.id, sql.placeholder('key.id')),
  eq(publications.state, sql.placeholder('key.state')),
  eq(publications.fence, sql.placeholder('key.fence')),
)
const nextRevision = { revision: sql`${publications.revision} + 1` }
const updateHeld = preparedUpdate(publications, held, nextRevision)
const updateSeen = preparedUpdate(
  publications,
  and(held, eq(publications.revision, sql.placeholder('key.revision'))),
  nextRevision,
)

/** Another post of this account that is being sent right now. */
export async function findInFlight(db: Reader, accountId: string, except: string) {
  return inFlight(db).get({ accountId, except })
}
const inFlight = prepared((db) =>
  db
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(
        eq(publications.accountId, sql.placeholder('accountId')),
        eq(publications.state, 'submitting'),
        ne(publications.id, sql.placeholder('except')),
      ),
    )
    .limit(1)
    .prepare(),
)

/** Why a post stands in its account's line: another is being sent or comes first, or the platform's pause. */
export const lineReasons: string[] = ['publishing.accountBusy', 'publishing.pausing']

/** What the sweeper rings for: due and unclaimed, or in need of another look. */
export async function listDue(db: Reader, now: Date, limit: number) {
  return db
    .select({
      id: publications.id,
      state: publications.state,
      attemptCount: publications.attemptCount,
      revision: publications.revision,
    })
    .from(publications)
    .where(
      or(
        and(
          inArray(publications.state, ['scheduled', 'queued']),
          lte(publications.dueAt, now),
          or(
            lte(publications.nextCheckAt, now),
            // Who stands in a line is woken by the one before.
            and(
              isNull(publications.nextCheckAt),
              or(isNull(publications.reasonKey), notInArray(publications.reasonKey, lineReasons)),
            ),
          ),
        ),
        and(
          inArray(publications.state, ['accepted', 'unconfirmed', 'awaiting_person', 'published']),
          lte(publications.nextCheckAt, now),
        ),
        and(eq(publications.state, 'submitting'), lte(publications.leaseUntil, now)),
      ),
    )
    .orderBy(asc(publications.dueAt))
    .limit(limit)
}

export async function listSubmitting(db: Reader): Promise<PublicationRow[]> {
  return db.select().from(publications).where(eq(publications.state, 'submitting'))
}

export async function findByRemoteId(
  db: Reader,
  platform: PublicationRow['platform'],
  remoteId: string,
) {
  const [row] = await db
    .select({ id: publications.id })
    .from(publications)
    .where(and(eq(publications.platform, platform), eq(publications.remoteId, remoteId)))
  return row
}

/**
 * Another post of this account with the very same caption whose outcome is open too: a post seen on the platform
 * may then be the other one's, and only a person can tell.
 */
export async function findTwin(db: Reader, row: PublicationRow) {
  const captionOf = (snapshot: SQLWrapper) => sql`json_extract(${snapshot}, '$.rendered.caption')`
  const [twin] = await db
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(
        eq(publications.accountId, row.accountId),
        inArray(publications.state, ['submitting', 'unconfirmed']),
        sql`${publications.id} <> ${row.id}`,
        sql`${captionOf(publications.snapshot)} = ${captionOf(sql`${JSON.stringify(row.snapshot)}`)}`,
      ),
    )
    .limit(1)
  return twin
}

/** Waiting for a phone now, or due before `until`. */
export async function listHandOffViews(
  db: Reader,
  institutionId: string,
  until: Date,
): Promise<PublicationView[]> {
  return view(db)
    .where(
      and(
        eq(publications.institutionId, institutionId),
        or(
          eq(publications.state, 'awaiting_person'),
          and(
            inArray(publications.route, ['handoff', 'manual']),
            inArray(publications.state, ['scheduled', 'queued']),
            lte(publications.dueAt, until),
          ),
        ),
      ),
    )
    .orderBy(asc(publications.dueAt), asc(publications.id))
    .limit(500)
}

export async function listEvents(db: Reader, publicationId: string) {
  return db
    .select({
      at: auditEntries.at,
      action: auditEntries.action,
      actorId: auditEntries.actorId,
      actorName: auditEntries.actorName,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(
      and(eq(auditEntries.subjectType, 'publication'), eq(auditEntries.subjectId, publicationId)),
    )
    .orderBy(asc(auditEntries.seq))
}

export type ProofRow = typeof proofs.$inferSelect

export async function insertProof(tx: Tx, row: typeof proofs.$inferInsert): Promise<void> {
  await tx.insert(proofs).values(row)
}

export async function listProofs(
  db: Reader,
  publicationId: string,
): Promise<{ proof: ProofRow; givenByName: string | null }[]> {
  return db
    .select({ proof: proofs, givenByName: users.displayName })
    .from(proofs)
    .leftJoin(users, eq(users.id, proofs.givenBy))
    .where(eq(proofs.publicationId, publicationId))
    .orderBy(asc(proofs.at))
}

export async function findTouchToken(db: Reader, publicationId: string) {
  const [row] = await db
    .select({ token: touchTokens.token })
    .from(touchTokens)
    .where(and(eq(touchTokens.publicationId, publicationId), isNull(touchTokens.disabledAt)))
  return row
}

export type AccountRow = typeof accounts.$inferSelect

export async function findAccount(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<AccountRow | undefined> {
  const [row] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, id)))
  return row
}

export async function findContent(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select()
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, id)))
  return row
}
