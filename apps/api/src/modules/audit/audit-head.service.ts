import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { findHashAt, findNewest } from './audit.repository.ts'
import { genesisHash } from './audit.ts'

const headShape = z.object({
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  signature: z.string(),
})
export type SealedHead = z.infer<typeof headShape>

/** A chain without its newest rows is still a chain; only what is kept outside it can tell (reliability, audit). */
const SEAL_EVERY_MS = 5 * 60_000
const SEAL_EVERY_ROWS = 1_000

type Part = Pick<Deps, 'db' | 'now' | 'vault' | 'settings' | 'log'>

const headFile = ({ settings }: Pick<Part, 'settings'>) => join(settings.dataDir, 'audit-head.json')
const signedText = ({ seq, hash, at }: Omit<SealedHead, 'signature'>) =>
  `audit head ${seq} ${hash} ${at}`

/** The sealed head as it lies beside the database. */
export async function readHead(
  deps: Pick<Part, 'vault' | 'settings'>,
): Promise<SealedHead | 'missing' | 'forged'> {
  const text = await readFile(headFile(deps), 'utf8').catch(() => null)
  if (text === null) return 'missing'
  try {
    const head = headShape.parse(JSON.parse(text))
    return deps.vault.verify(signedText(head), head.signature) ? head : 'forged'
  } catch {
    return 'forged'
  }
}

/** Whether the log still holds what the head says it held. */
const reaches = async (deps: Part, head: SealedHead): Promise<boolean> =>
  head.seq === 0 || (await findHashAt(deps.db.read, head.seq)) === head.hash

/**
 * Seals how far the log reaches: seq and hash of its newest row, signed, outside the database. A head the log
 * no longer reaches is evidence and stays as it is.
 */
export async function sealHead(deps: Part): Promise<'sealed' | 'unchanged' | 'refused'> {
  const head = await readHead(deps)
  if (head === 'forged' || (head !== 'missing' && !(await reaches(deps, head)))) {
    deps.log.error('the audit log does not fit its sealed head; see the audit page')
    return 'refused'
  }
  const newest = (await findNewest(deps.db.read)) ?? { seq: 0, hash: genesisHash }
  if (head !== 'missing' && head.seq === newest.seq) return 'unchanged'
  const next = { ...newest, at: deps.now().toISOString() }
  const sealed: SealedHead = { ...next, signature: deps.vault.sign(signedText(next)) }
  const target = headFile(deps)
  const file = await open(`${target}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(sealed))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${target}.new`, target)
  return 'sealed'
}

/** Keeps the head sealed: now, every five minutes or thousand changes, and at the end. */
export function startHeadKeeper(deps: Part): { close(): Promise<void> } {
  let sealing: Promise<unknown> = Promise.resolve()
  let rows = 0
  const seal = () => {
    rows = 0
    sealing = sealing
      .then(() => sealHead(deps))
      .catch((error: unknown) => deps.log.error({ err: error }, 'the audit head was not sealed'))
    return sealing
  }
  const stop = deps.db.onChanges((changes) => {
    rows += changes.length
    if (rows >= SEAL_EVERY_ROWS) void seal()
  })
  const timer = setInterval(seal, SEAL_EVERY_MS)
  void seal()
  return {
    async close() {
      clearInterval(timer)
      stop()
      await seal()
    },
  }
}
