import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Refused } from './platform.port.ts'

/**
 * `null` when the file on disk is the one the snapshot froze, byte for byte; else why it may not go out.
 * Read whole each time: what a doctor signed and what a platform gets must be the same file.
 */
export async function frozenFileProblem(
  path: string,
  frozen: { readonly sha256: string; readonly sizeBytes: number },
): Promise<Refused | null> {
  const problem = (code: string): Refused => ({
    kind: 'refused',
    code,
    message: '',
    category: 'media_invalid',
    retryable: false,
  })
  try {
    if ((await stat(path)).size !== frozen.sizeBytes) return problem('file_changed')
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return hash.digest('hex') === frozen.sha256 ? null : problem('file_changed')
  } catch {
    return problem('file_missing')
  }
}
