import type { FastifyBaseLogger } from 'fastify'
import { buildApp } from './app.ts'
import type { Deps } from './deps.ts'
import { startHeadKeeper } from './modules/audit/audit-head.service.ts'
import { createWatch, startWatchdog } from './modules/health/watch.service.ts'
import { askTheTime, hearTime } from './platforms/clock.ts'
import { openBackend, type QueueBackend } from './queue/backend.ts'
import { openJobQueue, startWorker } from './queue/bullmq-queue.ts'
import { type JobHandler, laneOf } from './queue/job.ts'
import { startRelay } from './queue/outbox.ts'
import { type DueReader, startSweeper } from './queue/sweeper.ts'

/** A post blocks its slot only while it waits for the platform, so many may wait at once. */
const CONCURRENCY = 50

export type Jobs = {
  readonly handlers: readonly JobHandler[]
  readonly dueReaders: readonly DueReader[]
  /** What a stopped process left half done is put right before anything else starts. */
  readonly recover: () => Promise<void>
  /** Told when the process begins to stop: what can be given back is, what cannot is finished. */
  readonly stop?: () => void
}

/** The platforms that are spoken to: they say what the time is. */
function platformHosts({ settings, platforms }: Deps): string[] {
  const { kuaishou, bilibili, weibo, douyin } = settings.platforms
  const spoken = { kuaishou, bilibili, weibo, douyin }
  return (Object.keys(spoken) as (keyof typeof spoken)[]).flatMap((name) =>
    platforms[name].configured ? [spoken[name].baseUrl] : [],
  )
}

/** Hears what the time is at the platforms and at Redis; whoever does not answer says nothing. */
async function hearTheTime(deps: Deps, backend: QueueBackend): Promise<void> {
  const begunAt = performance.now()
  const theirs = await backend.time?.().catch(() => null)
  if (theirs) hearTime('queue', backend.kind, theirs, begunAt)
  await askTheTime(platformHosts(deps))
}

/** Everything that runs, wired together: the HTTP app, the queue, its relay, its sweeper and its worker. */
export async function startProduct(
  deps: Deps,
  jobs: Jobs,
  options: { webDir: string | null; dataLockHeld?: () => boolean },
) {
  const { settings, log } = deps
  await jobs.recover()
  const backend = await openBackend(settings.queueUrl)
  for (const advice of backend.advice) log.warn(advice.en)
  const queue = openJobQueue(backend)
  const watch = createWatch(deps, {
    queueDepth: () => queue.depth(),
    askTheTime: () => hearTheTime(deps, backend),
    ...(options.dataLockHeld && { dataLockHeld: options.dataLockHeld }),
  })
  // Before anything may be sent: a clock that is wrong from the start must not send early.
  await hearTheTime(deps, backend)
  const app = await buildApp(deps, {
    webDir: options.webDir,
    watch,
    queueHealth: async () => ({
      kind: backend.kind,
      advice: backend.advice,
      reachable: await queue.depth().then(
        () => true,
        () => false,
      ),
    }),
  })
  const relay = startRelay(deps.db, queue, log)
  const sweeper = startSweeper(jobs.dueReaders, queue, deps.now, log)
  const handlers = settings.sendsItself
    ? jobs.handlers
    : jobs.handlers.filter(({ job }) => laneOf(job.name) !== 'publish')
  const worker = startWorker(backend, handlers, log as FastifyBaseLogger, CONCURRENCY)
  const head = startHeadKeeper(deps)
  const watchdog = startWatchdog(watch, log)
  await app.listen({ host: settings.host, port: settings.port })

  return {
    app,
    queue,
    sweeper,
    /** Stops taking work, lets what runs finish, then closes what it stood on. */
    async close() {
      jobs.stop?.()
      await watchdog.close()
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
