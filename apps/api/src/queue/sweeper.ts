import type { FastifyBaseLogger } from 'fastify'
import type { JobQueue, Ring } from './job.ts'

/** Reads what is due from the rows themselves; each domain with work for later has one. */
export type DueReader = (now: Date) => Promise<readonly Ring[]>

export const SWEEP_MS = 15_000

/** Rings for every row that is due: at boot, so that an empty queue loses nothing, and every 15 s after. */
export function startSweeper(
  readers: readonly DueReader[],
  queue: JobQueue,
  now: () => Date,
  log: FastifyBaseLogger,
): { sweep(): Promise<number>; close(): Promise<void> } {
  let running: Promise<number> | null = null

  async function once(): Promise<number> {
    let rung = 0
    for (const read of readers) {
      try {
        const rings = await read(now())
        await queue.ring(rings)
        rung += rings.length
      } catch (error) {
        log.warn({ err: error }, 'the sweeper could not ring')
      }
    }
    running = null
    return rung
  }
  const sweep = () => {
    running ??= once()
    return running
  }
  const timer = setInterval(sweep, SWEEP_MS)
  void sweep()
  return {
    sweep,
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
