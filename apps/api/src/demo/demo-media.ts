import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tx } from '../db/database.ts'
import { assets } from '../db/schema/media.ts'
import type { Deps } from '../deps.ts'

const clip = fileURLToPath(new URL('./data/clip.mp4', import.meta.url))
const poster = fileURLToPath(new URL('./data/poster.jpg', import.meta.url))

export type DemoCut = {
  readonly assetId: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly mimeType: 'video/mp4'
  readonly durationMs: number
  readonly width: number
  readonly height: number
}

/**
 * The clip with the item's name in a `free` box at its end, which players pass over: of real items no two have the very same
 * file, and one that has is a repeat which scheduling asks about.
 */
function clipOf(contentId: string): Buffer {
  const name = Buffer.from(contentId)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(head.length + name.length)
  head.write('free', 4, 'latin1')
  return Buffer.concat([readFileSync(clip), head, name])
}

/** The demo's one short clip, as the checked cut of an item. */
export async function insertCut(
  deps: Deps,
  tx: Tx,
  input: { institutionId: string; contentId: string; at: Date },
): Promise<DemoCut> {
  const assetId = `ast_demo_${input.contentId}`
  const dir = join(deps.settings.mediaDir, assetId)
  mkdirSync(dir, { recursive: true })
  const bytes = clipOf(input.contentId)
  writeFileSync(join(dir, 'original'), bytes)
  copyFileSync(poster, join(dir, 'poster.jpg'))
  const cut: DemoCut = {
    assetId,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    mimeType: 'video/mp4',
    durationMs: 8_000,
    width: 540,
    height: 960,
  }
  const { assetId: id, ...facts } = cut
  await tx.insert(assets).values({
    id,
    institutionId: input.institutionId,
    contentId: input.contentId,
    kind: 'cut',
    fileName: '成片.mp4',
    ...facts,
    frameRate: 30,
    videoCodec: 'h264',
    audioCodec: 'aac',
    state: 'ready',
    uploadedBy: 'producer.yan',
    createdAt: input.at,
    readyAt: input.at,
  })
  return cut
}
