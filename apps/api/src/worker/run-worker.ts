import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Platform } from '@xingbo/shared/accounts/platform'
import { WORKER_SKEW_LIMIT_MS, workerHello } from '@xingbo/shared/publishing/worker.schema'
import type { FastifyBaseLogger } from 'fastify'
import { publishJob, watchJob } from '../modules/publishing/publication.job.ts'
import { type RunOptions, runPublish } from '../modules/publishing/publish-run.service.ts'
import { apiAdapterOf } from '../platforms/platform.port.ts'
import type { QueueBackend } from '../queue/backend.ts'
import { startWorker } from '../queue/bullmq-queue.ts'
import { handle } from '../queue/job.ts'
import { Dismissed, workerApi } from './api.ts'
import { httpLedger, tellKept } from './http-ledger.ts'
import { keptAnswers } from './kept-answers.ts'

/** A post blocks its slot only while it waits for the platform, so many may wait at once. */
const SLOTS = 50
/** A revoked credential is noticed within this long, and so is a server that is away. */
const HELLO_MS = 5_000

export type WorkerOptions = {
  readonly apiUrl: string
  readonly credential: string
  /** What it downloads and what it could not tell yet; nothing else is kept. */
  readonly dir: string
  readonly version: string
  readonly backend: QueueBackend
  readonly platforms: RunOptions['platforms']
  readonly log: FastifyBaseLogger
  readonly checkpoint?: RunOptions['checkpoint']
}

/** Takes rings from the queue and sends posts for the server at `apiUrl`, until closed or dismissed. */
export async function runWorker(options: WorkerOptions) {
  const { backend, dir, log, platforms } = options
  const stopping = new AbortController()
  let dismiss: () => void = () => undefined
  const dismissed = new Promise<void>((resolve) => {
    dismiss = resolve
  })
  const server = workerApi(options.apiUrl, options.credential, () => {
    stopping.abort()
    dismiss()
  })
  const kept = keptAnswers(join(dir, 'answers'))
  const configured = (Object.keys(platforms) as Platform[]).filter(
    (platform) => apiAdapterOf(platforms[platform])?.configured,
  )

  let skewMs: number | null = null
  /** Says that we are here; the answer also tells how far our clock is off. */
  async function hello(): Promise<void> {
    const { version } = options
    const before = Date.now()
    const { time, version: theirs } = await server.ask(workerHello, {
      version,
      host: hostname(),
      skewMs,
    })
    // The server's time belongs to the middle of the way there and back.
    skewMs = Math.round((before + Date.now()) / 2 - time)
    if (theirs !== version) log.debug({ server: theirs, worker: version }, 'versions differ')
  }
  await firstHello(hello, log)

  const ledger = httpLedger(server, {
    dir: join(dir, 'files'),
    platforms: configured,
    kept,
    signal: stopping.signal,
  })
  const worker = startWorker(
    backend,
    // What is only to be looked at comes by the same bell; the server looks when it is asked for a claim.
    [publishJob, watchJob].map((job) =>
      handle(job, ({ publicationId }) =>
        runPublish(ledger, publicationId, {
          platforms,
          checkpoint: options.checkpoint ?? (() => undefined),
          stopping: stopping.signal,
        }),
      ),
    ),
    log,
    SLOTS,
  )
  void tellKept(server, kept).then(
    (told) => told > 0 && log.warn({ told }, 'answers of an earlier run were told'),
    (error: unknown) => log.warn({ err: error }, 'answers of an earlier run could not be told'),
  )

  // Without a server, or with a clock nobody can trust, a ring taken would only be a ring lost.
  let paused = false
  const beat = async () => {
    const reachable = await hello().then(
      () => true,
      () => false,
    )
    const trusted = Math.abs(skewMs ?? 0) <= WORKER_SKEW_LIMIT_MS
    const fit = reachable && trusted
    if (fit === !paused || stopping.signal.aborted) return
    paused = !fit
    log.warn({ reachable, skewMs }, paused ? 'takes no posts for now' : 'takes posts again')
    // Not waited for: what is being told to a server that is away may take until it is back.
    void (paused ? worker.pause() : worker.resume()).catch(() => undefined)
  }
  const timer = setInterval(() => void beat(), HELLO_MS)

  return {
    dismissed,
    /** Takes nothing more, gives back what is unsent, lets what is being sent end and be told. */
    async close() {
      clearInterval(timer)
      stopping.abort()
      await worker.close()
    },
  }
}

/** The server may be started after its workers. A credential it does not take ends this one. */
async function firstHello(hello: () => Promise<void>, log: FastifyBaseLogger): Promise<void> {
  for (;;) {
    try {
      return await hello()
    } catch (error) {
      if (error instanceof Dismissed) throw error
      log.warn({ err: error }, 'waits for the server')
      await wait(1_000)
    }
  }
}
