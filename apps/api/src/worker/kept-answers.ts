import { mkdirSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { submitted } from '@xingbo/shared/publishing/worker.schema'
import { z } from 'zod'

const kept = z.object({ publicationId: z.string(), fence: z.int(), answer: submitted })
export type KeptAnswer = z.infer<typeof kept>

/**
 * What a platform answered and the server does not know yet, on this machine's disk: a worker that ends before the
 * server is back says it when it starts again. Holds no token.
 */
export function keptAnswers(dir: string) {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const fileOf = ({ publicationId, fence }: Pick<KeptAnswer, 'publicationId' | 'fence'>) =>
    join(dir, `${publicationId}-${fence}.json`)
  return {
    keep: (answer: KeptAnswer) =>
      writeFile(fileOf(answer), JSON.stringify(answer), { flush: true, mode: 0o600 }),
    forget: (answer: Pick<KeptAnswer, 'publicationId' | 'fence'>) =>
      rm(fileOf(answer), { force: true }),
    /** Those of an earlier run. One cut off in the middle of writing is left out: the server finds out by looking. */
    async all(): Promise<KeptAnswer[]> {
      const found: KeptAnswer[] = []
      for (const name of await readdir(dir)) {
        const text = await readFile(join(dir, name), 'utf8')
        const read = kept.safeParse(parse(text))
        if (read.success) found.push(read.data)
        else await rm(join(dir, name), { force: true })
      }
      return found
    },
  }
}
export type KeptAnswers = ReturnType<typeof keptAnswers>

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
