import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditEntry, ChainReport, ChainResult } from '@xingbo/shared/audit/audit.schema'
import { addDays, instantOf } from '@xingbo/shared/dates'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Database } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { presentEntry } from './audit.presenter.ts'
import {
  type AuditFilter,
  type ChainRow,
  highestSeqGiven,
  listEntries,
  readChain,
} from './audit.repository.ts'
import { chainHash, genesisHash } from './audit.ts'
import { readHead, type SealedHead } from './audit-head.service.ts'
import { subjectNames } from './subject-name.repository.ts'

type Asked = Omit<AuditFilter, 'from' | 'to'> & {
  /** Days of the business zone, both inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly limit: number
}

/** Who did what to which in the actor's institution, newest first. */
export async function readAudit(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { from, to, limit, ...filter }: Asked,
): Promise<{ items: AuditEntry[]; next: number | null }> {
  const { read } = deps.db
  const rows = await listEntries(
    read,
    actor.institutionId,
    {
      ...filter,
      from: from ? instantOf(from) : undefined,
      to: to ? instantOf(addDays(to, 1)) : undefined,
    },
    limit + 1,
  )
  const page = rows.slice(0, limit)
  const names = await subjectNames(read, page)
  return {
    items: page.map((row) => presentEntry(row, names)),
    next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  }
}

/** Rows per turn of the event loop: about 5 ms, so that requests between two turns do not wait. */
const BATCH = 500

/** One walk at a time and database; whoever asks meanwhile gets its result. */
const walks = new WeakMap<Database, Promise<ChainReport>>()

/** Recomputes the chain from its first row and holds it against the sealed head. */
export function verifyChain(deps: Deps): Promise<ChainReport> {
  const running = walks.get(deps.db)
  if (running) return running
  const walk = walkChain(deps).finally(() => walks.delete(deps.db))
  walks.set(deps.db, walk)
  return walk
}

async function walkChain(deps: Deps): Promise<ChainReport> {
  const { read } = deps.db
  // Before the walk: rows written meanwhile only lengthen the chain.
  const found = await readHead(deps)
  const head = typeof found === 'string' ? null : found
  let prev = genesisHash
  let lastSeq = 0
  let entries = 0
  const report = (result: ChainResult, badSeq: number | null): ChainReport => ({
    result,
    entries,
    badSeq,
    checkedAt: deps.now().toISOString(),
    sealedAt: head?.at ?? null,
  })
  for (;;) {
    const rows = await readChain(read, lastSeq, BATCH)
    for (const row of rows) {
      entries++
      const wrong = judge(row, prev, head)
      if (wrong) return report(wrong, row.seq)
      prev = row.hash
      lastSeq = row.seq
    }
    if (rows.length < BATCH) break
    await nextTurn()
  }
  const reached = Math.max(head?.seq ?? 0, await highestSeqGiven(read))
  if (lastSeq < reached) return report('truncated', lastSeq + 1)
  if (found === 'forged') return report('forged', null)
  return report(found === 'missing' && entries > 0 ? 'headMissing' : 'ok', null)
}

/** What is wrong with a row, given the hash before it; null when nothing is. */
function judge(row: ChainRow, prev: string, head: SealedHead | null): ChainResult | null {
  if (row.prevHash !== prev) return 'broken'
  if (hashOf(row) !== row.hash) return 'edited'
  return head?.seq === row.seq && head.hash !== row.hash ? 'forged' : null
}

function hashOf({ detailText, ...row }: ChainRow): string | null {
  try {
    return chainHash(row.prevHash, { ...row, detail: JSON.parse(detailText) as unknown })
  } catch {
    return null
  }
}
