import type { Actor } from '@xingbo/shared/identity/actor'
import { sizeVerdict, uploadLifeMs } from '@xingbo/shared/media/asset.rules'
import { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { type AuditActor, recordAudit, ringAfterCommit, systemActor } from '../audit/audit.ts'
import {
  type AssetRow,
  findAsset,
  findAssetById,
  findContentHere,
  insertAsset,
  moveAsset,
} from './asset.repository.ts'
import { hasRoomFor, removeFiles, wholeFile } from './inspecting/media-files.ts'
import { mediaCheck } from './media.job.ts'

/** What `Upload-Metadata` must say. Proofs come with their hand-off, not by tus. */
const uploadMetadata = z.object({
  filename: z.string().min(1).max(1000),
  kind: z.enum(['cut', 'cover']),
  contentId: z.string().min(1).max(60),
})

/** The last part of a path, without what no file name should hold; for showing only, never for storing. */
export const shownName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/^.*[\\/]/, '')
    .replace(/\p{C}/gu, '')
    .trim()
    .slice(0, 200) || '未命名'

/** Until the check has looked into the file its type is anybody's guess. */
export const unknownType = 'application/octet-stream'

/** Writes down that an upload begins; its id is the upload's and the asset's. The bytes come after. */
export async function beginUpload(
  deps: Deps,
  actor: Actor,
  { metadata, sizeBytes }: { metadata: unknown; sizeBytes: number },
): Promise<string> {
  const parsed = uploadMetadata.safeParse(metadata)
  if (!parsed.success) throw new DomainError('VALIDATION', { key: 'media.metadata' })
  const { filename, kind, contentId } = parsed.data
  const size = sizeVerdict(kind, sizeBytes, deps.settings.maxUploadBytes)
  if (!size.ok && size.reason.key === 'media.tooLarge')
    throw new DomainError('TOO_LARGE', size.reason)
  assertVerdict(size)
  if (!(await hasRoomFor(deps.settings, sizeBytes)))
    throw new DomainError('UNAVAILABLE', { key: 'media.diskFull' })
  const id = newId('ast')
  await deps.db.inTransaction(async (tx) => {
    const content = found(await findContentHere(tx, actor.institutionId, contentId))
    if (content.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    const at = deps.now()
    await insertAsset(tx, {
      id,
      institutionId: actor.institutionId,
      contentId,
      kind,
      fileName: shownName(filename),
      mimeType: unknownType,
      sizeBytes,
      state: 'uploading',
      uploadedBy: actor.userId,
      createdAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: 'asset.upload_started',
      subjectType: 'asset',
      subjectId: id,
      detail: { contentId, kind, sizeBytes },
    })
  })
  return id
}

/**
 * The upload, if this very person began it here and it may still go on or is already whole; else 404, as for
 * one that never was: tus clients then begin anew.
 */
export async function findOwnUpload(deps: Deps, actor: Actor, id: string): Promise<AssetRow> {
  const row = found(await findAsset(deps.db.read, actor.institutionId, id))
  const tooOld =
    row.state === 'uploading' && row.createdAt.getTime() + uploadLifeMs <= deps.now().getTime()
  return found(row.uploadedBy === actor.userId && row.state !== 'refused' && !tooOld ? row : null)
}

async function markUploaded(deps: Deps, tx: Tx, row: AssetRow, actor: AuditActor): Promise<void> {
  const at = deps.now()
  const moved = await moveAsset(tx, row.id, ['uploading'], { state: 'checking' })
  if (!moved) return
  await recordAudit(tx, actor, at, {
    action: 'asset.uploaded',
    subjectType: 'asset',
    subjectId: row.id,
    detail: { contentId: row.contentId, kind: row.kind, sizeBytes: row.sizeBytes },
  })
  await ringAfterCommit(tx, at, {
    job: mediaCheck.name,
    payload: { assetId: row.id },
    jobId: `media-check-${row.id}`,
    runAt: at,
  })
}

/** Hands a whole upload over to the check. Doing so twice is harmless. */
export async function finishUpload(
  deps: Deps,
  row: AssetRow,
  actor: AuditActor = systemActor(row.institutionId),
): Promise<void> {
  await deps.db.inTransaction((tx) => markUploaded(deps, tx, row, actor))
}

/** The person no longer wants it. */
export async function cancelUpload(deps: Deps, actor: Actor, id: string): Promise<void> {
  const row = await findOwnUpload(deps, actor, id)
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    found(await moveAsset(tx, row.id, ['uploading'], { discardedAt: at }))
    await recordAudit(tx, actor, at, {
      action: 'asset.upload_canceled',
      subjectType: 'asset',
      subjectId: row.id,
      detail: { contentId: row.contentId },
    })
  })
  await removeFiles(deps.settings, row.id)
}

/** Ends an upload that did not come to its end in time; one that did, with only the answer lost, is checked. */
export async function abandonUpload(deps: Deps, id: string): Promise<void> {
  const row = await findAssetById(deps.db.read, id)
  if (row?.state !== 'uploading' || row.discardedAt) return
  if (row.createdAt.getTime() + uploadLifeMs > deps.now().getTime()) return
  if (await wholeFile(deps.settings, id, row.sizeBytes)) return finishUpload(deps, row)
  await deps.db.inTransaction(async (tx) => {
    const moved = await moveAsset(tx, id, ['uploading'], {
      state: 'refused',
      refusedFor: 'media.abandoned',
    })
    if (!moved) return
    await recordAudit(tx, systemActor(row.institutionId), deps.now(), {
      action: 'asset.refused',
      subjectType: 'asset',
      subjectId: id,
      detail: { contentId: row.contentId, reason: 'media.abandoned' },
    })
  })
  await removeFiles(deps.settings, id)
}
