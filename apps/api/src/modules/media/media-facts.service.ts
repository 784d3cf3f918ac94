import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { Reader } from '../../db/database.ts'
import { findAsset, findContentHere } from './asset.repository.ts'

/** Whether the cut chosen for publishing is checked and there, and who brought it. */
export async function cutFactsOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<LineFacts['cut']> {
  const content = await findContentHere(db, institutionId, contentId)
  const cut = content?.finalAssetId
    ? await findAsset(db, institutionId, content.finalAssetId)
    : undefined
  return { ready: cut?.state === 'ready', uploadedBy: cut?.uploadedBy ?? null }
}
