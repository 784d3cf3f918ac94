import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { stages } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { refusals } from './asset.rules.ts'
import { assetKinds, assetStates } from './asset-kind.ts'

/**
 * Where files are uploaded by the tus protocol 1.0 (creation, termination). `Upload-Metadata` carries
 * `filename`, `kind` (cut | cover) and `contentId`; the id of the upload is the id of the asset.
 */
export const uploadPath = '/api/uploads'
/** Each request may last 30 s; a piece of this size gets through at 1.1 Mbit/s, and a cut piece is resumed. */
export const uploadPieceBytes = 4 * 1024 * 1024

export const asset = z.object({
  id: z.string(),
  contentId: z.string().nullable(),
  kind: z.enum(assetKinds),
  fileName: z.string(),
  mimeType: z.string(),
  sizeBytes: z.int(),
  /** How much of it the server holds; less than `sizeBytes` only while uploading. */
  receivedBytes: z.int(),
  sha256: z.string().nullable(),
  state: z.enum(assetStates),
  refusedFor: z.enum(refusals).nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationMs: z.int().nullable(),
  frameRate: z.number().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  uploadedBy: z.string(),
  uploadedByName: z.string(),
  createdAt: z.iso.datetime(),
  readyAt: z.iso.datetime().nullable(),
})
export type Asset = z.infer<typeof asset>

const assetParams = z.object({ assetId: z.string() })
const contentParams = z.object({ contentId: z.string() })

export const contentMedia = z.object({
  /** Newest first; discarded files and canceled uploads are left out. */
  items: z.array(asset),
  content: z.object({
    stage: z.enum(stages),
    platforms: z.array(z.enum(platforms)),
    revision: z.int(),
    finalAssetId: z.string().nullable(),
    coverAssetId: z.string().nullable(),
  }),
  maxCutBytes: z.int(),
})
export type ContentMedia = z.infer<typeof contentMedia>

export const listContentAssets = defineEndpoint({
  route: 'GET /api/contents/:contentId/assets',
  summary: 'The files of a content item, what became of each, and which are its cut and cover',
  params: contentParams,
  response: contentMedia,
})

export const chooseFinalCut = defineEndpoint({
  route: 'POST /api/contents/:contentId/final-cut',
  summary: 'Choose which video goes out, and its cover',
  params: contentParams,
  body: z.object({
    assetId: z.string().max(60),
    /** Left out: the cover stays as it is; null: no cover of its own. */
    coverAssetId: z.string().max(60).nullable().optional(),
    /** The content item's. */
    revision: revisionField,
  }),
  response: contentMedia,
})

export const discardAsset = defineEndpoint({
  route: 'POST /api/assets/:assetId/discard',
  summary: 'Remove a file for good; the record that it was there stays',
  params: assetParams,
  response: z.object({ done: z.literal(true) }),
})

/** The answer is the file itself, with range requests. */
const bytes = z.unknown()

export const getAssetFile = defineEndpoint({
  route: 'GET /api/assets/:assetId/file',
  summary: 'The file itself; ranges and conditional requests are answered',
  params: assetParams,
  query: z.object({ download: z.literal('1').optional().catch(undefined) }),
  response: bytes,
})

export const getAssetPoster = defineEndpoint({
  route: 'GET /api/assets/:assetId/poster',
  summary: 'A still of the video, or the picture made small (JPEG)',
  params: assetParams,
  response: bytes,
})
