import type { SearchHit } from '@xingbo/shared/work/search.schema'
import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { contains } from '../../db/contains.ts'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems, topics } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { departments } from '../../db/schema/institutions.ts'
import { publications } from '../../db/schema/publishing.ts'

/** Hits of one kind: a palette is read at a glance. */
const PER_KIND = 6

const blank = { note: '', platform: null, stage: null, state: null } as const

/** What of this institution is called like `q`: content first, then what it is made of and where it went. */
export async function searchByName(
  db: Reader,
  institutionId: string,
  q: string,
): Promise<SearchHit[]> {
  const items = await db
    .select({
      id: contentItems.id,
      title: contentItems.title,
      stage: contentItems.stage,
      note: doctors.name,
    })
    .from(contentItems)
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))
    .where(and(eq(contentItems.institutionId, institutionId), contains(contentItems.title, q)))
    .orderBy(desc(contentItems.updatedAt), asc(contentItems.id))
    .limit(PER_KIND)
  const ideas = await db
    .select({ id: topics.id, title: topics.title, note: doctors.name })
    .from(topics)
    .leftJoin(doctors, eq(doctors.id, topics.doctorId))
    .where(
      and(
        eq(topics.institutionId, institutionId),
        isNull(topics.archivedAt),
        contains(topics.title, q),
      ),
    )
    .orderBy(asc(topics.priority), desc(topics.createdAt), asc(topics.id))
    .limit(PER_KIND)
  const people = await db
    .select({ id: doctors.id, title: doctors.name, note: departments.name })
    .from(doctors)
    .leftJoin(departments, eq(departments.id, doctors.departmentId))
    .where(
      and(
        eq(doctors.institutionId, institutionId),
        isNull(doctors.archivedAt),
        contains(doctors.name, q),
      ),
    )
    .orderBy(asc(doctors.name), asc(doctors.id))
    .limit(PER_KIND)
  const places = await db
    .select({
      id: accounts.id,
      title: accounts.displayName,
      note: accounts.handle,
      platform: accounts.platform,
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.institutionId, institutionId),
        isNull(accounts.archivedAt),
        or(contains(accounts.displayName, q), contains(accounts.handle, q)),
      ),
    )
    .orderBy(asc(accounts.displayName), asc(accounts.id))
    .limit(PER_KIND)
  const frozenTitle = sql`json_extract(${publications.snapshot}, '$.title')`
  const posts = await db
    .select({
      id: publications.id,
      title: contentItems.title,
      note: accounts.displayName,
      platform: publications.platform,
      state: publications.state,
    })
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .where(
      and(
        eq(publications.institutionId, institutionId),
        or(contains(contentItems.title, q), contains(frozenTitle, q)),
      ),
    )
    .orderBy(desc(publications.dueAt), asc(publications.id))
    .limit(PER_KIND)
  return [
    ...items.map((row) => ({ ...blank, kind: 'content' as const, ...row, note: row.note ?? '' })),
    ...ideas.map((row) => ({ ...blank, kind: 'topic' as const, ...row, note: row.note ?? '' })),
    ...people.map((row) => ({ ...blank, kind: 'doctor' as const, ...row, note: row.note ?? '' })),
    ...places.map((row) => ({ ...blank, kind: 'account' as const, ...row })),
    ...posts.map((row) => ({ ...blank, kind: 'publication' as const, ...row })),
  ]
}
