import type { Platform } from '@xingbo/shared/accounts/platform'
import type { AuditSubject } from '@xingbo/shared/audit/audit-subjects'
import { eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems, holds, topics } from '../../db/schema/content.ts'
import { credentials, doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'
import { robots } from '../../db/schema/inbox.ts'
import { departments, institutions, specialtyLines } from '../../db/schema/institutions.ts'
import { assets } from '../../db/schema/media.ts'
import { imports } from '../../db/schema/metrics.ts'
import { postingSlots, publications, workers } from '../../db/schema/publishing.ts'
import { signOffs } from '../../db/schema/scripts.ts'

/** What a thing is called today, and where it belongs. */
export type SubjectName = {
  readonly id: string
  readonly name: string | null
  readonly contentId: string | null
  /** Of accounts and publications, whose names repeat from platform to platform. */
  readonly platform?: Platform
}
type Lookup = (db: Reader, ids: string[]) => Promise<SubjectName[]>

const bare = (rows: readonly { id: string; name: string }[]): SubjectName[] =>
  rows.map((row) => ({ ...row, contentId: null }))

const content: Lookup = async (db, ids) =>
  (
    await db
      .select({ id: contentItems.id, name: contentItems.title })
      .from(contentItems)
      .where(inArray(contentItems.id, ids))
  ).map((row) => ({ ...row, contentId: row.id }))

/**
 * One query per kind of thing and page of the log. The ids come from entries of the asking institution, so
 * they name nothing of another. A lead has no name here: the log never shows who a patient is.
 */
const lookups: Readonly<Record<AuditSubject, Lookup | null>> = {
  content,
  script: content,
  compliance: content,
  sign_off: (db, ids) =>
    db
      .select({ id: signOffs.id, name: contentItems.title, contentId: signOffs.contentId })
      .from(signOffs)
      .leftJoin(contentItems, eq(contentItems.id, signOffs.contentId))
      .where(inArray(signOffs.id, ids)),
  asset: (db, ids) =>
    db
      .select({ id: assets.id, name: assets.fileName, contentId: assets.contentId })
      .from(assets)
      .where(inArray(assets.id, ids)),
  schedule: null,
  worker: async (db, ids) =>
    bare(
      await db
        .select({ id: workers.id, name: workers.name })
        .from(workers)
        .where(inArray(workers.id, ids)),
    ),
  slot: async (db, ids) =>
    bare(
      await db
        .select({ id: postingSlots.id, name: postingSlots.name })
        .from(postingSlots)
        .where(inArray(postingSlots.id, ids)),
    ),
  publication: async (db, ids) =>
    (
      await db
        .select({
          id: publications.id,
          contentId: publications.contentId,
          title: contentItems.title,
          platform: publications.platform,
          account: accounts.displayName,
        })
        .from(publications)
        .leftJoin(contentItems, eq(contentItems.id, publications.contentId))
        .leftJoin(accounts, eq(accounts.id, publications.accountId))
        .where(inArray(publications.id, ids))
    ).map(({ id, contentId, title, platform, account }) => ({
      id,
      contentId,
      platform,
      name: `${account ?? ''} · ${title ?? ''}`,
    })),
  topic: async (db, ids) =>
    bare(
      await db
        .select({ id: topics.id, name: topics.title })
        .from(topics)
        .where(inArray(topics.id, ids)),
    ),
  user: async (db, ids) =>
    bare(
      await db
        .select({ id: users.id, name: users.displayName })
        .from(users)
        .where(inArray(users.id, ids)),
    ),
  institution: async (db, ids) =>
    bare(
      await db
        .select({ id: institutions.id, name: institutions.name })
        .from(institutions)
        .where(inArray(institutions.id, ids)),
    ),
  department: async (db, ids) =>
    bare(
      await db
        .select({ id: departments.id, name: departments.name })
        .from(departments)
        .where(inArray(departments.id, ids)),
    ),
  specialty_line: async (db, ids) =>
    bare(
      await db
        .select({ id: specialtyLines.id, name: specialtyLines.name })
        .from(specialtyLines)
        .where(inArray(specialtyLines.id, ids)),
    ),
  doctor: async (db, ids) =>
    bare(
      await db
        .select({ id: doctors.id, name: doctors.name })
        .from(doctors)
        .where(inArray(doctors.id, ids)),
    ),
  credential: async (db, ids) =>
    (
      await db
        .select({ id: credentials.id, kind: credentials.kind, doctor: doctors.name })
        .from(credentials)
        .leftJoin(doctors, eq(doctors.id, credentials.doctorId))
        .where(inArray(credentials.id, ids))
    ).map(({ id, kind, doctor }) => ({ id, name: `${doctor ?? ''} ${kind}`, contentId: null })),
  account: async (db, ids) =>
    (
      await db
        .select({ id: accounts.id, platform: accounts.platform, name: accounts.displayName })
        .from(accounts)
        .where(inArray(accounts.id, ids))
    ).map((row) => ({ ...row, contentId: null })),
  import: async (db, ids) =>
    bare(
      await db
        .select({ id: imports.id, name: imports.fileName })
        .from(imports)
        .where(inArray(imports.id, ids)),
    ),
  hold: async (db, ids) =>
    bare(
      await db
        .select({ id: holds.id, name: holds.reason })
        .from(holds)
        .where(inArray(holds.id, ids)),
    ),
  robot: async (db, ids) =>
    bare(
      await db
        .select({ id: robots.id, name: robots.name })
        .from(robots)
        .where(inArray(robots.id, ids)),
    ),
  touch_token: async (_db, ids) => ids.map((id) => ({ id, name: id, contentId: null })),
  lead: null,
}

const lookupOf = (subject: string): Lookup | null =>
  (lookups as Readonly<Record<string, Lookup | null>>)[subject] ?? null

/** Names by `<subjectType> <subjectId>`; what is not in it is gone or has none. */
export async function subjectNames(
  db: Reader,
  subjects: readonly { readonly subjectType: string; readonly subjectId: string }[],
): Promise<Map<string, SubjectName>> {
  const byType = new Map<string, Set<string>>()
  for (const { subjectType, subjectId } of subjects)
    byType.set(subjectType, (byType.get(subjectType) ?? new Set()).add(subjectId))
  const names = new Map<string, SubjectName>()
  for (const [type, ids] of byType) {
    const rows = (await lookupOf(type)?.(db, [...ids])) ?? []
    for (const row of rows) names.set(`${type} ${row.id}`, row)
  }
  return names
}
