import { UnrecoverableError } from 'bullmq'
import type { FastifyBaseLogger } from 'fastify'
import type { QueueBackend } from './backend.ts'
import type { JobHandler, JobQueue, Ring } from './job.ts'

export const queueName = 'xingbo'
/** How long a job may hold its lock without renewing; a blocked event loop longer than this loses it. */
const LOCK_MS = 60_000

/** The bell. A finished job leaves nothing behind, so that the same id may be rung again. */
export function openJobQueue(backend: QueueBackend): JobQueue {
  const queue = backend.queue(queueName)
  queue.on('error', () => undefined)
  return {
    async ring(rings: readonly Ring[]) {
      if (rings.length === 0) return
      const now = Date.now()
      await queue.addBulk(
        rings.map(({ job, payload, jobId, runAt }) => ({
          name: job,
          data: payload,
          opts: {
            jobId,
            delay: Math.max(0, runAt.getTime() - now),
            // Retrying is the ledger's to decide, never the queue's.
            attempts: 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      )
    },
    async depth() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, n) => sum + n, 0)
    },
    close: () => queue.close(),
  }
}

/** Runs jobs until closed. A job whose handler throws is logged and dropped; the sweeper rings again if its row still asks. */
export function startWorker(
  backend: QueueBackend,
  handlers: readonly JobHandler[],
  log: FastifyBaseLogger,
  concurrency: number,
): { close(): Promise<void> } {
  const byName = new Map(handlers.map((handler) => [handler.job.name, handler]))
  const worker = backend.worker(
    queueName,
    async (job) => {
      const handler = byName.get(job.name)
      if (!handler) throw new UnrecoverableError(`no handler for job ${job.name}`)
      const parsed = handler.job.payload.safeParse(job.data)
      if (!parsed.success) throw new UnrecoverableError(`bad payload for job ${job.name}`)
      await handler.run(parsed.data as never)
    },
    { concurrency, lockDuration: LOCK_MS, maxStalledCount: 1 },
  )
  worker.on('failed', (job, error) =>
    log.error({ job: job?.name, jobId: job?.id, err: error }, 'a job failed'),
  )
  worker.on('error', (error) => log.warn({ err: error }, 'the queue reported an error'))
  return { close: () => worker.close() }
}
