import { asc, inArray } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../db/database.ts'
import { outbox } from '../db/schema/audit.ts'
import type { JobQueue } from './job.ts'

/** Enough for a burst, small enough that one round stays short. */
const BATCH = 500
/** Also looked at without being told: a ring may have failed while the queue was away. */
const EVERY_MS = 1_000

/** Forwards what transactions asked for to the queue, then forgets it. Ringing twice is harmless: ids are deterministic. */
export async function relayOutbox(db: Database, queue: JobQueue): Promise<number> {
  let relayed = 0
  for (;;) {
    const rows = await db.read.select().from(outbox).orderBy(asc(outbox.id)).limit(BATCH)
    if (rows.length === 0) return relayed
    await queue.ring(rows.map(({ job, payload, jobId, runAt }) => ({ job, payload, jobId, runAt })))
    const ids = rows.map((row) => row.id)
    await db.inTransaction(async (tx) => {
      await tx.delete(outbox).where(inArray(outbox.id, ids))
    })
    relayed += rows.length
  }
}

/** Keeps relaying: at once after any commit, and every second whatever happens. */
export function startRelay(
  db: Database,
  queue: JobQueue,
  log: FastifyBaseLogger,
): { close(): Promise<void> } {
  let running: Promise<void> | null = null
  let again = false
  let closed = false

  async function run(): Promise<void> {
    do {
      again = false
      try {
        await relayOutbox(db, queue)
      } catch (error) {
        // The rows stay; the next round or the sweeper takes them.
        log.warn({ err: error }, 'the queue could not be rung')
      }
    } while (again && !closed)
    running = null
  }
  const kick = () => {
    again = true
    if (!closed) running ??= run()
  }
  const stop = db.onChanges(kick)
  const timer = setInterval(kick, EVERY_MS)
  kick()
  return {
    async close() {
      closed = true
      clearInterval(timer)
      stop()
      await running
    },
  }
}
