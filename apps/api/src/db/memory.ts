import type Sqlite from 'better-sqlite3'
import type { Reader } from './database.ts'

/**
 * What one connection remembers between transactions. It holds because there is one writer: every change passes
 * through it and clears what it may have made untrue.
 */
type Memory = {
  /** By the table they are not read from. */
  readonly facts: Map<string, Map<string, unknown>>
  auditHead: string | null
}

const memories = new WeakMap<Reader, Memory>()

/**
 * Written at each step of each post, so a change here must not make the rest forgotten. In return nothing that
 * `factOf` remembers may be read from these tables.
 */
const ledger = ['publications', 'attempts', 'audit_entries', 'outbox', 'touches', 'sessions']
/** Beyond any number of items and accounts that are busy at once; the memory then starts anew. */
const FACTS_KEPT = 20_000

/**
 * A fact read inside a transaction, asked for again and again in a burst: read once, and forgotten as soon as any
 * table beyond the ledger changes, a transaction is rolled back, or another process has written. `key` names all
 * the fact depends on apart from the rows; `notFrom` a busy table that it is not read from. Outside a transaction
 * it is simply read.
 */
export async function factOf<T>(
  db: Reader,
  key: string,
  read: () => Promise<T>,
  notFrom = '',
): Promise<T> {
  const memory = memories.get(db)
  if (!memory) return read()
  const facts = memory.facts.get(notFrom) ?? new Map<string, unknown>()
  memory.facts.set(notFrom, facts)
  if (facts.has(key)) return facts.get(key) as T
  const fact = await read()
  if (facts.size >= FACTS_KEPT) facts.clear()
  facts.set(key, fact)
  return fact
}

/** The hash the audit chain ends with; null when it has to be read. */
export const auditHeadOf = (db: Reader): string | null => memories.get(db)?.auditHead ?? null
export function keepAuditHead(db: Reader, hash: string): void {
  const memory = memories.get(db)
  if (memory) memory.auditHead = hash
}

/** Gives the writer a memory, and the ways in which it forgets. */
export function giveMemory(writer: Sqlite.Database, tx: Reader) {
  const memory: Memory = { facts: new Map(), auditHead: null }
  memories.set(tx, memory)
  let watching = false
  let version: unknown
  const forget = () => {
    memory.facts.clear()
    memory.auditHead = null
  }

  function watch(): void {
    writer.function('forget_facts', (table) => {
      for (const [notFrom, facts] of memory.facts) if (notFrom !== table) facts.clear()
      return null
    })
    const tables = writer
      .prepare(
        `select name from main.sqlite_schema where type = 'table' and name not like 'sqlite_%'`,
      )
      .pluck()
      .all() as string[]
    for (const table of tables.filter((name) => !ledger.includes(name)))
      for (const change of ['insert', 'update', 'delete'])
        writer.exec(
          `create temp trigger "forget_${table}_${change}" after ${change} on main."${table}" begin select forget_facts('${table}'); end`,
        )
    watching = true
  }

  return {
    /** Before each group of transactions: another process may have written since (a test, a restore). */
    wake(): void {
      if (!watching) watch()
      const seen = writer.pragma('data_version', { simple: true })
      if (seen !== version) forget()
      version = seen
    },
    /** After a rollback: what was read inside may never have been. */
    forget,
  }
}
