import type { AssetState } from '@xingbo/shared/media/asset-kind'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { contentItems } from '../../db/schema/content.ts'
import { users } from '../../db/schema/identity.ts'
import { assets } from '../../db/schema/media.ts'
import { proofs, publications } from '../../db/schema/publishing.ts'

export type AssetRow = typeof assets.$inferSelect
export type AssetView = AssetRow & { uploadedByName: string | null }

export async function insertAsset(tx: Tx, row: typeof assets.$inferInsert): Promise<void> {
  await tx.insert(assets).values(row)
}

/** An asset of this institution that nobody has discarded. */
export async function findAsset(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<AssetView | undefined> {
  const row = kept(db).get({ id, institutionId })
  return row && { ...row.asset, uploadedByName: row.uploadedByName }
}
const kept = prepared((db) =>
  db
    .select({ asset: assets, uploadedByName: users.displayName })
    .from(assets)
    .leftJoin(users, eq(users.id, assets.uploadedBy))
    .where(
      and(
        eq(assets.id, sql.placeholder('id')),
        eq(assets.institutionId, sql.placeholder('institutionId')),
        isNull(assets.discardedAt),
      ),
    )
    .prepare(),
)

/** For jobs and signed addresses, which come with an id the product made itself. */
export async function findAssetById(db: Reader, id: string): Promise<AssetRow | undefined> {
  const [row] = await db.select().from(assets).where(eq(assets.id, id))
  return row
}

/** Of the given files those that are here and not discarded. */
export async function listAssetsById(
  db: Reader,
  institutionId: string,
  ids: readonly string[],
): Promise<AssetRow[]> {
  return listed(db).all({ ids: JSON.stringify(ids), institutionId })
}
const listed = prepared((db) =>
  db
    .select()
    .from(assets)
    .where(
      and(
        sql`${assets.id} in (select value from json_each(${sql.placeholder('ids')}))`,
        eq(assets.institutionId, sql.placeholder('institutionId')),
        isNull(assets.discardedAt),
      ),
    )
    .prepare(),
)

/** Newest first. */
export async function listAssetsOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<AssetView[]> {
  const rows = await db
    .select({ asset: assets, uploadedByName: users.displayName })
    .from(assets)
    .leftJoin(users, eq(users.id, assets.uploadedBy))
    .where(
      and(
        eq(assets.institutionId, institutionId),
        eq(assets.contentId, contentId),
        isNull(assets.discardedAt),
      ),
    )
    .orderBy(desc(assets.id))
  return rows.map(({ asset, uploadedByName }) => ({ ...asset, uploadedByName }))
}

/** Moves an asset on, if it still stands where the caller saw it. */
export async function moveAsset(
  tx: Tx,
  id: string,
  from: readonly AssetState[],
  set: Partial<typeof assets.$inferInsert>,
): Promise<AssetRow | undefined> {
  const [row] = await tx
    .update(assets)
    .set(set)
    .where(and(eq(assets.id, id), inArray(assets.state, [...from]), isNull(assets.discardedAt)))
    .returning()
  return row
}

/** Uploads not finished and files not yet judged. */
export async function listUnsettled(db: Reader): Promise<AssetRow[]> {
  return db
    .select()
    .from(assets)
    .where(and(inArray(assets.state, ['uploading', 'checking']), isNull(assets.discardedAt)))
    .orderBy(assets.id)
}

/** Of these ids, the ones whose files must stay on disk. */
export async function keptOf(db: Reader, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        inArray(assets.id, [...ids]),
        inArray(assets.state, ['uploading', 'checking', 'ready']),
        isNull(assets.discardedAt),
      ),
    )
  return new Set(rows.map((row) => row.id))
}

/** Whether a publication that went out or is on its way froze this file, or a proof shows it. */
export async function isHeld(db: Reader, institutionId: string, id: string): Promise<boolean> {
  const [frozen] = await db
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(
        eq(publications.institutionId, institutionId),
        sql`${publications.state} not in ('draft', 'canceled', 'expired')`,
        sql`(json_extract(${publications.snapshot}, '$.media.assetId') = ${id}
          or json_extract(${publications.snapshot}, '$.cover.assetId') = ${id})`,
      ),
    )
    .limit(1)
  if (frozen) return true
  const [proof] = await db
    .select({ id: proofs.id })
    .from(proofs)
    .where(and(eq(proofs.institutionId, institutionId), eq(proofs.assetId, id)))
    .limit(1)
  return proof !== undefined
}

export type ContentOfMedia = {
  id: string
  stage: (typeof contentItems.$inferSelect)['stage']
  platforms: (typeof contentItems.$inferSelect)['platforms']
  revision: number
  finalAssetId: string | null
  coverAssetId: string | null
  archivedAt: Date | null
}

export async function findContentHere(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<ContentOfMedia | undefined> {
  const [row] = await db
    .select({
      id: contentItems.id,
      stage: contentItems.stage,
      platforms: contentItems.platforms,
      revision: contentItems.revision,
      finalAssetId: contentItems.finalAssetId,
      coverAssetId: contentItems.coverAssetId,
      archivedAt: contentItems.archivedAt,
    })
    .from(contentItems)
    .where(and(eq(contentItems.id, id), eq(contentItems.institutionId, institutionId)))
  return row
}

/** Sets cut and cover if the item is still the one the chooser saw. */
export async function setFinalCut(
  tx: Tx,
  at: {
    readonly institutionId: string
    readonly contentId: string
    readonly revision: number
    readonly stage: ContentOfMedia['stage']
  },
  set: {
    readonly finalAssetId: string
    readonly coverAssetId: string | null
    readonly updatedAt: Date
    readonly updatedBy: string
  },
): Promise<boolean> {
  const rows = await tx
    .update(contentItems)
    .set({ ...set, revision: at.revision + 1 })
    .where(
      and(
        eq(contentItems.id, at.contentId),
        eq(contentItems.institutionId, at.institutionId),
        eq(contentItems.revision, at.revision),
        eq(contentItems.stage, at.stage),
      ),
    )
    .returning({ id: contentItems.id })
  return rows.length > 0
}

/** Whether some content item has chosen this file as its cut or cover. */
export async function isChosen(db: Reader, institutionId: string, id: string): Promise<boolean> {
  const [row] = await db
    .select({ id: contentItems.id })
    .from(contentItems)
    .where(
      and(
        eq(contentItems.institutionId, institutionId),
        sql`(${contentItems.finalAssetId} = ${id} or ${contentItems.coverAssetId} = ${id})`,
      ),
    )
    .limit(1)
  return row !== undefined
}
