import type { MediaFacts, Refusal } from '@xingbo/shared/media/asset.rules'
import type { Deps } from '../../deps.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { type AssetRow, findAssetById, keptOf, moveAsset } from './asset.repository.ts'
import { inspect } from './inspecting/inspect.ts'
import {
  idsOnDisk,
  prepareShelf,
  removeFiles,
  shelve,
  wholeFile,
} from './inspecting/media-files.ts'
import { finishUpload } from './upload.service.ts'

const underWay = new Map<string, Promise<void>>()
/** One film at a time: decoding takes a whole core, and posts must go out on the minute meanwhile. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Looks into an uploaded file and settles it as ready or refused. Asked twice at once it looks once; asked
 * again later it changes nothing.
 * @throws ToolStopped when the product stops meanwhile; the file stays unjudged and is checked after the start.
 */
export function checkAsset(deps: Deps, id: string): Promise<void> {
  const running = underWay.get(id)
  if (running) return running
  const mine = last.then(() => check(deps, id)).finally(() => underWay.delete(id))
  underWay.set(id, mine)
  last = mine.catch(() => undefined)
  return mine
}

async function check(deps: Deps, id: string): Promise<void> {
  const { settings, db } = deps
  const row = await findAssetById(db.read, id)
  if (!row || row.discardedAt || (row.state !== 'uploading' && row.state !== 'checking')) return
  const path = await wholeFile(settings, id, row.sizeBytes)
  if (!path) return row.state === 'checking' ? refuse(deps, row, 'media.lost', null) : undefined
  if (row.state === 'uploading') await finishUpload(deps, row)

  const result = await inspect(settings, row.kind, path, await prepareShelf(settings, id))
  if (!result.ok) return refuse(deps, row, result.refusal, result.facts)
  await shelve(settings, id, path)
  const { facts, mimeType, sha256 } = result
  const kept = await db.inTransaction(async (tx) => {
    const at = deps.now()
    const moved = await moveAsset(tx, id, ['checking'], {
      state: 'ready',
      readyAt: at,
      mimeType,
      sha256,
      ...facts,
    })
    if (!moved) return false
    await recordAudit(tx, systemActor(row.institutionId), at, {
      action: 'asset.checked',
      subjectType: 'asset',
      subjectId: id,
      detail: { contentId: row.contentId, mimeType, sha256, sizeBytes: row.sizeBytes, ...facts },
    })
    return true
  })
  // Discarded while it was looked at.
  if (!kept) await removeFiles(settings, id)
}

async function refuse(
  deps: Deps,
  row: AssetRow,
  reason: Refusal,
  facts: MediaFacts | null,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const moved = await moveAsset(tx, row.id, ['uploading', 'checking'], {
      state: 'refused',
      refusedFor: reason,
      ...facts,
    })
    if (!moved) return
    await recordAudit(tx, systemActor(row.institutionId), deps.now(), {
      action: 'asset.refused',
      subjectType: 'asset',
      subjectId: row.id,
      detail: { contentId: row.contentId, reason },
    })
  })
  await removeFiles(deps.settings, row.id)
}

/** Removes files whose asset is refused, discarded or unknown: a stop between row and file leaves them. */
export async function tidyFiles(deps: Deps): Promise<void> {
  const ids = await idsOnDisk(deps.settings)
  const kept = await keptOf(deps.db.read, ids)
  for (const id of ids) if (!kept.has(id)) await removeFiles(deps.settings, id)
}
