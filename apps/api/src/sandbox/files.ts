import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export type Saved = { readonly file: string; readonly sha256: string; readonly bytes: number }

/**
 * Streams into `dir/name`, which appears only when whole. `null` when more than `limit` bytes come; then
 * nothing is left behind.
 */
export async function save(
  dir: string,
  name: string,
  source: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Saved | null> {
  const hash = createHash('sha256')
  let bytes = 0
  const part = join(dir, `${name}.part`)
  try {
    await pipeline(
      source,
      async function* measured(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength
          if (bytes > limit) throw new TooLarge()
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(part),
    )
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof TooLarge) return null
    throw error
  }
  await rename(part, join(dir, name))
  return { file: name, sha256: hash.digest('hex'), bytes }
}
class TooLarge extends Error {}

/** The bytes of several files, one after the other. */
export async function* joined(dir: string, names: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const name of names)
    for await (const chunk of createReadStream(join(dir, name))) yield chunk as Uint8Array
}
