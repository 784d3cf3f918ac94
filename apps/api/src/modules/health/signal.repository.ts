import type { Platform } from '@xingbo/shared/accounts/platform'
import { and, count, eq, gt, gte, inArray, isNotNull, isNull, lte, min, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { outbox } from '../../db/schema/audit.ts'
import { contentItems } from '../../db/schema/content.ts'
import { credentials, doctors } from '../../db/schema/doctors.ts'
import { attempts, publications } from '../../db/schema/publishing.ts'

const waiting = inArray(publications.state, ['scheduled', 'queued'])

/**
 * When the post that has waited longest should have been taken up. One that is put off is due when it is looked at
 * again; one that stands in its account's line has been taken up; one the clock holds is told of by the clock.
 */
export async function oldestUnclaimed(db: Reader, now: Date): Promise<Date | null> {
  const due = sql<number>`max(${publications.dueAt}, coalesce(${publications.nextCheckAt}, 0))`
  const [row] = await db
    .select({ at: sql<number | null>`min(${due})` })
    .from(publications)
    .where(
      and(
        waiting,
        lte(publications.dueAt, now),
        or(
          lte(publications.nextCheckAt, now),
          and(eq(publications.state, 'scheduled'), isNull(publications.nextCheckAt)),
        ),
        sql`coalesce(${publications.reasonKey}, '') <> 'health.clockUntrusted'`,
      ),
    )
  return row?.at ? new Date(row.at) : null
}

export async function oldestInOutbox(db: Reader): Promise<Date | null> {
  const [row] = await db.select({ at: min(outbox.createdAt) }).from(outbox)
  return row?.at ?? null
}

export type WatchedAccount = Pick<
  typeof accounts.$inferSelect,
  | 'id'
  | 'institutionId'
  | 'platform'
  | 'displayName'
  | 'publishRoute'
  | 'health'
  | 'pausedAt'
  | 'pausedValues'
  | 'accessToken'
  | 'refreshTokenExpiresAt'
  | 'renewals'
  | 'refreshFailures'
  | 'certificationStatus'
  | 'certificationExpiresOn'
>

export const listWatchedAccounts = async (db: Reader): Promise<WatchedAccount[]> =>
  db
    .select({
      id: accounts.id,
      institutionId: accounts.institutionId,
      platform: accounts.platform,
      displayName: accounts.displayName,
      publishRoute: accounts.publishRoute,
      health: accounts.health,
      pausedAt: accounts.pausedAt,
      pausedValues: accounts.pausedValues,
      accessToken: accounts.accessToken,
      refreshTokenExpiresAt: accounts.refreshTokenExpiresAt,
      renewals: accounts.renewals,
      refreshFailures: accounts.refreshFailures,
      certificationStatus: accounts.certificationStatus,
      certificationExpiresOn: accounts.certificationExpiresOn,
    })
    .from(accounts)
    .where(isNull(accounts.archivedAt))

/** Posts that wait on an account for a time after `end`. */
export async function countPostsAfter(
  db: Reader,
  accountId: string,
  end: Date,
  route?: 'api',
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(publications)
    .where(
      and(
        eq(publications.accountId, accountId),
        waiting,
        gt(publications.dueAt, end),
        route ? eq(publications.route, route) : undefined,
      ),
    )
  return row?.n ?? 0
}

/** Our own reasons to stop short of a platform; they say nothing about the account. */
const ours = ['gate', 'interrupted', 'released', 'called_off']

/** Per account, submissions that failed or ended unknown since `since`. */
export async function failuresSince(
  db: Reader,
  since: Date,
): Promise<{ accountId: string; platform: Platform; failures: number }[]> {
  return db
    .select({
      accountId: publications.accountId,
      platform: publications.platform,
      failures: count(),
    })
    .from(attempts)
    .innerJoin(publications, eq(publications.id, attempts.publicationId))
    .where(
      and(
        gte(attempts.settledAt, since),
        inArray(attempts.outcome, ['refused', 'unknown']),
        sql`coalesce(${attempts.errorCode}, '') not in ${ours}`,
      ),
    )
    .groupBy(publications.accountId)
}

/** Credentials that stop publishing when they end, with their doctor, where they end by `until`. */
export const credentialsEnding = async (
  db: Reader,
  until: string,
): Promise<
  {
    id: string
    institutionId: string
    kind: string
    doctor: string
    doctorId: string
    endsOn: string
  }[]
> => {
  const rows = await db
    .select({
      id: credentials.id,
      institutionId: credentials.institutionId,
      kind: credentials.kind,
      doctor: doctors.name,
      doctorId: doctors.id,
      endsOn: credentials.expiresOn,
    })
    .from(credentials)
    .innerJoin(doctors, eq(doctors.id, credentials.doctorId))
    .where(
      and(
        isNull(credentials.archivedAt),
        isNull(doctors.archivedAt),
        eq(credentials.gatesPublishing, true),
        isNotNull(credentials.expiresOn),
        lte(credentials.expiresOn, until),
      ),
    )
  return rows.flatMap(({ endsOn, ...row }) => (endsOn ? [{ ...row, endsOn }] : []))
}

/** Posts of a doctor's items that wait for a time after `end`. */
export async function countDoctorPostsAfter(
  db: Reader,
  doctorId: string,
  end: Date,
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(and(eq(contentItems.doctorId, doctorId), waiting, gt(publications.dueAt, end)))
  return row?.n ?? 0
}

/** How many publications stand in each state, per platform; what /metrics shows. */
export const countByState = async (db: Reader) =>
  db
    .select({ platform: publications.platform, state: publications.state, n: count() })
    .from(publications)
    .groupBy(publications.platform, publications.state)

export const countByHealth = async (db: Reader) =>
  db
    .select({ platform: accounts.platform, health: accounts.health, n: count() })
    .from(accounts)
    .where(isNull(accounts.archivedAt))
    .groupBy(accounts.platform, accounts.health)
