import { outStates } from '@xingbo/shared/metrics/import.rules'
import { and, asc, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { contentItems } from '../../db/schema/content.ts'
import { metricSnapshots } from '../../db/schema/metrics.ts'
import { publications } from '../../db/schema/publishing.ts'

export type SnapshotRow = typeof metricSnapshots.$inferSelect

/** The newest figures of a publication that came by file and are true for a moment up to `asOf`. */
export async function findImportSnapshot(
  db: Reader,
  publicationId: string,
  asOf: Date,
): Promise<SnapshotRow | undefined> {
  const [row] = await db
    .select()
    .from(metricSnapshots)
    .where(
      and(
        eq(metricSnapshots.publicationId, publicationId),
        eq(metricSnapshots.source, 'import'),
        lte(metricSnapshots.asOf, asOf),
      ),
    )
    .orderBy(desc(metricSnapshots.asOf))
    .limit(1)
  return row
}

export async function insertSnapshot(
  tx: Tx,
  row: typeof metricSnapshots.$inferInsert,
): Promise<void> {
  await tx.insert(metricSnapshots).values(row)
}

export async function updateSnapshot(
  tx: Tx,
  id: string,
  set: Partial<typeof metricSnapshots.$inferInsert>,
): Promise<void> {
  await tx.update(metricSnapshots).set(set).where(eq(metricSnapshots.id, id))
}

const columns = {
  id: publications.id,
  accountId: publications.accountId,
  // The words that went out; pieces without a title field go by their content's title.
  title: sql<string>`coalesce(nullif(json_extract(${publications.snapshot}, '$.title'), ''), ${contentItems.title})`,
  dueAt: publications.dueAt,
  publishedAt: publications.publishedAt,
  state: publications.state,
}
export type OutPublication = {
  id: string
  accountId: string
  title: string
  dueAt: Date
  publishedAt: Date | null
  state: (typeof publications.$inferSelect)['state']
}

/** What of an account may be seen on its platform. */
export async function listOutPublications(
  db: Reader,
  institutionId: string,
  accountId: string,
): Promise<OutPublication[]> {
  return db
    .select(columns)
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(
      and(
        eq(publications.institutionId, institutionId),
        eq(publications.accountId, accountId),
        inArray(publications.state, [...outStates]),
      ),
    )
    .orderBy(asc(publications.dueAt), asc(publications.id))
}

/** By id, whatever has become of them since. */
export async function listPublicationsById(
  db: Reader,
  institutionId: string,
  ids: readonly string[],
): Promise<OutPublication[]> {
  if (ids.length === 0) return []
  return db
    .select(columns)
    .from(publications)
    .innerJoin(contentItems, eq(contentItems.id, publications.contentId))
    .where(and(eq(publications.institutionId, institutionId), inArray(publications.id, [...ids])))
}
