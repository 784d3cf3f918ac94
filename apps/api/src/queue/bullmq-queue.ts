import { UnrecoverableError, type Worker } from 'bullmq'
import type { FastifyBaseLogger } from 'fastify'
import type { QueueBackend } from './backend.ts'
import {
  isPatient,
  type JobHandler,
  type JobQueue,
  type Lane,
  laneOf,
  lanes,
  type Ring,
} from './job.ts'

export const queueNames: Readonly<Record<Lane, string>> = {
  house: 'xingbo',
  publish: 'xingbo-publish',
}
/** How long a job may hold its lock without renewing; a blocked event loop longer than this loses it. */
const LOCK_MS = 60_000

/** The bell. A finished job leaves nothing behind, so that the same id may be rung again. */
export function openJobQueue(backend: QueueBackend): JobQueue {
  const queues = lanes.map((lane) => {
    const queue = backend.queue(queueNames[lane])
    queue.on('error', () => undefined)
    return { lane, queue }
  })
  return {
    async ring(rings: readonly Ring[]) {
      const now = Date.now()
      for (const { lane, queue } of queues) {
        const mine = rings.filter(({ job }) => laneOf(job) === lane)
        if (mine.length === 0) continue
        await queue.addBulk(
          mine.map(({ job, payload, jobId, runAt }) => ({
            name: job,
            data: payload,
            opts: {
              jobId,
              delay: Math.max(0, runAt.getTime() - now),
              // Retrying is the ledger's to decide, never the queue's.
              attempts: 1,
              removeOnComplete: true,
              removeOnFail: true,
              // Jobs without a priority go before all that have one.
              ...(isPatient(job) && { priority: 1 }),
            },
          })),
        )
      }
    },
    async depth() {
      const all = await Promise.all(
        queues.map(({ queue }) =>
          queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized'),
        ),
      )
      return all.flatMap((counts) => Object.values(counts)).reduce((sum, n) => sum + n, 0)
    },
    async close() {
      await Promise.all(queues.map(({ queue }) => queue.close()))
    },
  }
}

export type QueueWorker = {
  /** Takes nothing more until `resume`; what runs goes on, and the answer comes when it has ended. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Takes nothing more and resolves when what runs has ended. */
  close(): Promise<void>
}

/**
 * Runs jobs until closed, on the lanes its handlers belong to. A job whose handler throws is logged and dropped;
 * the sweeper rings again if its row still asks.
 */
export function startWorker(
  backend: QueueBackend,
  handlers: readonly JobHandler[],
  log: FastifyBaseLogger,
  concurrency: number,
): QueueWorker {
  const byName = new Map(handlers.map((handler) => [handler.job.name, handler]))
  const mine = new Set(handlers.map(({ job }) => laneOf(job.name)))
  const workers: Worker[] = [...mine].map((lane) =>
    backend.worker(
      queueNames[lane],
      async (job) => {
        const handler = byName.get(job.name)
        if (!handler) throw new UnrecoverableError(`no handler for job ${job.name}`)
        const parsed = handler.job.payload.safeParse(job.data)
        if (!parsed.success) throw new UnrecoverableError(`bad payload for job ${job.name}`)
        await handler.run(parsed.data as never)
      },
      { concurrency, lockDuration: LOCK_MS, maxStalledCount: 1 },
    ),
  )
  for (const worker of workers) {
    worker.on('failed', (job, error) =>
      log.error({ job: job?.name, jobId: job?.id, err: error }, 'a job failed'),
    )
    worker.on('error', (error) => log.warn({ err: error }, 'the queue reported an error'))
  }
  let pausing: Promise<unknown> = Promise.resolve()
  return {
    async pause() {
      pausing = Promise.all(workers.map((worker) => worker.pause()))
      await pausing
    },
    async resume() {
      await pausing
      for (const worker of workers) worker.resume()
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}
