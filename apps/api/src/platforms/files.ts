import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import type { Refused } from './platform.port.ts'

/** A no of our own about a file, before anything is sent. */
const problem = (code: string): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category: 'media_invalid',
  retryable: false,
})

/**
 * `null` when the file on disk is the one the snapshot froze, byte for byte; else why it may not go out.
 * Read whole each time: what a doctor signed and what a platform gets must be the same file.
 */
export async function frozenFileProblem(
  path: string,
  frozen: { readonly sha256: string; readonly sizeBytes: number },
): Promise<Refused | null> {
  try {
    if ((await stat(path)).size !== frozen.sizeBytes) return problem('file_changed')
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return hash.digest('hex') === frozen.sha256 ? null : problem('file_changed')
  } catch {
    return problem('file_missing')
  }
}

export type CoverFile = {
  readonly fileName: string
  readonly contentType: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
/** The frozen cover or, where the snapshot names none, the poster frame taken from the frozen video. */
export async function readCover(
  ctx: { readonly coverPath: string | null },
  snapshot: PublishSnapshot,
): Promise<Refused | CoverFile> {
  if (!ctx.coverPath) return problem('cover_missing')
  const changed = snapshot.cover && (await frozenFileProblem(ctx.coverPath, snapshot.cover))
  if (changed) return changed
  const bytes = await readFile(ctx.coverPath).catch(() => null)
  if (!bytes) return problem('file_missing')
  const contentType = snapshot.cover?.mimeType ?? 'image/jpeg'
  const fileName = contentType === 'image/png' ? 'cover.png' : 'cover.jpg'
  return { fileName, contentType, bytes }
}
