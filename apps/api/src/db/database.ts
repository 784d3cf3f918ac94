import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { giveMemory } from './memory.ts'
import { rememberingStatements } from './statements.ts'

declare const inside: unique symbol

/** A handle for reading: the reader connection, or the transaction one stands in. */
export type Reader = BetterSQLite3Database
/** Proof of standing inside a transaction; only `inTransaction` hands one out, so only it can write. */
export type Tx = Reader & { readonly [inside]: true }

/** Something another screen may be showing has changed. Ids only: listeners ask again for what they may see. */
export type Change = {
  readonly institutionId: string
  readonly kind: string
  readonly id: string
}

export type Database = {
  readonly read: Reader
  /** Resolves once `work` is on disk; rejects, and leaves nothing, when it throws. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Hears of every change noted inside a transaction, after its commit. Returns the way to stop. */
  onChanges(listener: (changes: readonly Change[]) => void): () => void
  /** The writer's own connection, for pragmas, checkpoints and backups; never for statements of the product. */
  readonly writer: Sqlite.Database
  close(): void
}

type Waiting = {
  readonly work: (tx: Tx) => Promise<unknown>
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** Enough to share one fsync among a burst, few enough that readers of the loop wait milliseconds. */
const GROUP_LIMIT = 100
/** Waiting for another process's lock blocks the event loop, so it is kept short, */
const BUSY_MS = 50
/** and tried again after a pause in which others run, for so long in all; then the work is refused. */
const BUSY_PAUSE_MS = 150
const BUSY_PATIENCE_MS = 3_000

const noted = new WeakMap<Tx, Change[]>()

/** Remembers, inside a transaction, what other screens should ask for again once it has committed. */
export function noteChange(tx: Tx, change: Change): void {
  noted.get(tx)?.push(change)
}

function harden(connection: Sqlite.Database): Sqlite.Database {
  connection.pragma('journal_mode = WAL')
  // On every open: a reopened WAL file falls back to NORMAL, where power loss may take the last commits.
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // Erased names and phones must not linger in free pages.
  connection.pragma('secure_delete = ON')
  connection.pragma(`busy_timeout = ${BUSY_MS}`)
  return connection
}

const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * One writer, many readers over a WAL file. The reader connection is `query_only`, so a write that
 * forgot its transaction fails at once instead of slipping in beside somebody else's. Work that
 * arrives in the same turn of the event loop shares one durable commit, each in its own savepoint.
 */
export function openDatabase(file: string): Database {
  const writer = harden(new Sqlite(file))
  const reader = harden(new Sqlite(file))
  reader.pragma('query_only = 1')
  // The brand exists for the compiler alone.
  const tx = drizzle(rememberingStatements(writer)) as unknown as Tx
  const memory = giveMemory(writer, tx)
  const [savepoint, release] = ['SAVEPOINT work', 'RELEASE work'].map((text) =>
    writer.prepare(text),
  )

  const waiting: Waiting[] = []
  const listeners = new Set<(changes: readonly Change[]) => void>()
  let draining = false

  /** Runs one work in its own savepoint; what it returns settles the caller after the shared commit. */
  async function runOne({ work, resolve, reject }: Waiting, changes: Change[]) {
    savepoint?.run()
    const mine: Change[] = []
    noted.set(tx, mine)
    try {
      const result = await work(tx)
      release?.run()
      changes.push(...mine)
      return () => resolve(result as never)
    } catch (error) {
      writer.exec('ROLLBACK TO work; RELEASE work')
      memory.forget()
      return () => reject(error)
    } finally {
      noted.delete(tx)
    }
  }

  /** IMMEDIATE: a transaction that read before it wrote could otherwise fail half way, whatever it waits. */
  async function begin(): Promise<void> {
    const giveUpAt = performance.now() + BUSY_PATIENCE_MS
    for (;;) {
      try {
        writer.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > giveUpAt) throw error
      }
      await wait(BUSY_PAUSE_MS)
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_LIMIT)
      try {
        memory.wake()
        await begin()
        // Once more, now that nobody else can write: what came between the two counts too.
        memory.wake()
        const changes: Change[] = []
        const settle: (() => void)[] = []
        for (const one of group) settle.push(await runOne(one, changes))
        writer.exec('COMMIT')
        for (const tell of settle) tell()
        if (changes.length > 0) for (const listener of listeners) listener(changes)
      } catch (error) {
        if (writer.inTransaction) writer.exec('ROLLBACK')
        memory.forget()
        for (const one of group) one.reject(error)
      }
    }
    draining = false
  }

  return {
    read: drizzle(rememberingStatements(reader)),
    writer,
    inTransaction: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject })
        if (draining) return
        draining = true
        setImmediate(drain)
      }),
    onChanges(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      reader.close()
      writer.pragma('wal_checkpoint(TRUNCATE)')
      writer.close()
    },
  }
}
