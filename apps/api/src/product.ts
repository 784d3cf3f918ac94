import type { FastifyBaseLogger } from 'fastify'
import { buildApp } from './app.ts'
import type { Deps } from './deps.ts'
import { startHeadKeeper } from './modules/audit/audit-head.service.ts'
import { embeddedBackend, redisBackend } from './queue/backend.ts'
import { openJobQueue, startWorker } from './queue/bullmq-queue.ts'
import type { JobHandler } from './queue/job.ts'
import { startRelay } from './queue/outbox.ts'
import { type DueReader, startSweeper } from './queue/sweeper.ts'

/** A post blocks its slot only while it waits for the platform, so many may wait at once. */
const CONCURRENCY = 50

export type Jobs = {
  readonly handlers: readonly JobHandler[]
  readonly dueReaders: readonly DueReader[]
  /** What a stopped process left half done is put right before anything else starts. */
  readonly recover: () => Promise<void>
}

/** Everything that runs, wired together: the HTTP app, the queue, its relay, its sweeper and its worker. */
export async function startProduct(deps: Deps, jobs: Jobs, options: { webDir: string | null }) {
  const { settings, log } = deps
  await jobs.recover()
  const backend = settings.redisUrl
    ? await redisBackend(settings.redisUrl)
    : await embeddedBackend()
  const queue = openJobQueue(backend)
  const app = await buildApp(deps, {
    webDir: options.webDir,
    ready: () =>
      queue.depth().then(
        () => true,
        () => false,
      ),
  })
  const relay = startRelay(deps.db, queue, log)
  const sweeper = startSweeper(jobs.dueReaders, queue, deps.now, log)
  const worker = startWorker(backend, jobs.handlers, log as FastifyBaseLogger, CONCURRENCY)
  const head = startHeadKeeper(deps)
  await app.listen({ host: settings.host, port: settings.port })

  return {
    app,
    queue,
    sweeper,
    /** Stops taking work, lets what runs finish, then closes what it stood on. */
    async close() {
      await app.close()
      await sweeper.close()
      await relay.close()
      await worker.close()
      await queue.close()
      await backend.close()
      await head.close()
    },
  }
}
