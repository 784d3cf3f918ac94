import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../../apps/api/src/deps.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { publishRing } from '../../../apps/api/src/modules/publishing/publication.job.ts'
import type { ApiAdapter } from '../../../apps/api/src/platforms/platform.port.ts'
import type { QueueBackend } from '../../../apps/api/src/queue/backend.ts'
import { openJobQueue, startWorker } from '../../../apps/api/src/queue/bullmq-queue.ts'
import { startRelay } from '../../../apps/api/src/queue/outbox.ts'
import { startSweeper } from '../../../apps/api/src/queue/sweeper.ts'
import type { Burst } from './figures.ts'

const CHUNK = 500
/** A burst that is not over by then is broken, and the bench says so instead of hanging. */
const GIVE_UP_MS = 600_000

/** Resolves once `done` has been called `count` times; rejects when that takes too long. */
function countdown(count: number) {
  let left = count
  let resolve: () => void = () => undefined
  const all = new Promise<void>((ready) => {
    resolve = ready
  })
  return {
    done() {
      left -= 1
      if (left === 0) resolve()
    },
    async over(): Promise<void> {
      const giveUp = new AbortController()
      const late = wait(GIVE_UP_MS, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error(`${left} of ${count} were still open after ${GIVE_UP_MS / 1000} s`)
      })
      await Promise.race([all, late])
      giveUp.abort()
      await late.catch(() => undefined)
    },
  }
}

/** Milliseconds of processor time this process takes from now on. */
function cpuClock(): () => number {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
}

/** BullMQ alone: delayed jobs, a worker with as many slots, and a handler that only waits `workMs`. */
export async function rawBurst(
  backend: QueueBackend,
  dueAt: readonly Date[],
  concurrency: number,
  workMs = 0,
): Promise<Burst> {
  const queue = backend.queue('raw')
  const all = countdown(dueAt.length)
  const lateness: number[] = []
  let lastAt = 0
  const now = Date.now()
  const jobs = dueAt.map((at, n) => ({
    name: 'raw',
    data: { due: at.getTime() },
    opts: {
      jobId: `raw-${now}-${n}`,
      delay: Math.max(0, at.getTime() - now),
      attempts: 1,
      removeOnComplete: true,
      removeOnFail: true,
    },
  }))
  for (let from = 0; from < jobs.length; from += CHUNK)
    await queue.addBulk(jobs.slice(from, from + CHUNK))
  const worker = backend.worker(
    'raw',
    async ({ data }) => {
      lateness.push(Date.now() - (data as { due: number }).due)
      if (workMs > 0) await wait(workMs)
    },
    { concurrency, lockDuration: 60_000, maxStalledCount: 1 },
  )
  worker.on('completed', () => {
    lastAt = Date.now()
    all.done()
  })
  const cpu = cpuClock()
  await all.over()
  const cpuMs = cpu()
  await worker.close()
  await queue.close()
  return { lateness, drainMs: lastAt - Math.min(...dueAt.map(Number)), cpuMs }
}

/** A platform in this process: it takes whatever it is given after `workMs`, and publishes it at once. */
export function instantPublisher<A extends ApiAdapter>(real: A, workMs: number): A {
  let uploads = 0
  return {
    ...real,
    configured: true,
    async upload() {
      uploads += 1
      return { kind: 'ok', value: { uploadId: `upload-${uploads}` } }
    },
    async submit(_ctx, { accountId, contentId }) {
      if (workMs > 0) await wait(workMs)
      return { kind: 'accepted', remoteId: `${accountId}-${contentId}`, remoteUrl: null, raw: null }
    },
    async checkStatus(_ctx, remoteId) {
      const remoteUrl = `https://video.invalid/${remoteId}`
      return { kind: 'published', remoteUrl, createdAt: null, caption: null }
    },
  }
}

/**
 * The product's own claim, send and settle behind the same queue, on rows that are on disk before and after each
 * step. A post counts as started when its claim is on disk, and as done when its answer is.
 */
export async function productBurst(
  deps: Deps,
  backend: QueueBackend,
  concurrency: number,
): Promise<Burst> {
  const rows = await deps.db.read.select().from(publications)
  const due = new Map(rows.map((row) => [row.id, row.dueAt.getTime()]))
  const all = countdown(rows.length)
  const lateness: number[] = []
  let lastAt = 0
  const jobs = jobsOf(deps, (step, id) => {
    if (step === 'claimed') lateness.push(Date.now() - (due.get(id) ?? Number.NaN))
    if (step !== 'committed') return
    lastAt = Date.now()
    all.done()
  })
  const queue = openJobQueue(backend)
  const rings = rows.map((row) => publishRing(row, row.dueAt))
  for (let from = 0; from < rings.length; from += CHUNK)
    await queue.ring(rings.slice(from, from + CHUNK))
  const relay = startRelay(deps.db, queue, deps.log)
  const sweeper = startSweeper(jobs.dueReaders, queue, deps.now, deps.log)
  const worker = startWorker(backend, jobs.handlers, deps.log as FastifyBaseLogger, concurrency)
  const cpu = cpuClock()
  await all.over()
  const cpuMs = cpu()
  jobs.stop?.()
  await sweeper.close()
  await relay.close()
  await worker.close()
  await queue.close()
  return { lateness, drainMs: lastAt - Math.min(...due.values()), cpuMs }
}
