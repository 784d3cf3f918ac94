import { refusals } from '@xingbo/shared/media/asset.rules'
import type { Asset, ContentMedia } from '@xingbo/shared/media/asset.schema'
import type { AssetView, ContentOfMedia } from './asset.repository.ts'

/** `received`: what the server holds of an upload that is not finished; null when its bytes are gone. */
export const presentAsset = (row: AssetView, received: number | null): Asset => ({
  id: row.id,
  contentId: row.contentId,
  kind: row.kind,
  fileName: row.fileName,
  mimeType: row.mimeType,
  sizeBytes: row.sizeBytes,
  receivedBytes: row.state === 'uploading' ? (received ?? 0) : row.sizeBytes,
  sha256: row.sha256,
  state: row.state,
  refusedFor: refusals.find((key) => key === row.refusedFor) ?? null,
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  frameRate: row.frameRate,
  videoCodec: row.videoCodec,
  audioCodec: row.audioCodec,
  uploadedBy: row.uploadedBy,
  uploadedByName: row.uploadedByName ?? row.uploadedBy,
  createdAt: row.createdAt.toISOString(),
  readyAt: row.readyAt?.toISOString() ?? null,
})

export const presentContent = (row: ContentOfMedia): ContentMedia['content'] => ({
  stage: row.stage,
  platforms: row.platforms,
  revision: row.revision,
  finalAssetId: row.finalAssetId,
  coverAssetId: row.coverAssetId,
})
