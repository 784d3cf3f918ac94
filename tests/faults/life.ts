import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { openDatabase } from '../../apps/api/src/db/database.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { createVault } from '../../apps/api/src/security/vault.ts'

/**
 * One life of the product's sending part, in a process of its own, on a data folder and against a sandbox:
 * `node life.ts '{"dir": …, "sandbox": port, "from": ms, "pace": 60, …}'`. Its clock starts at `from` and runs `pace`
 * times as fast as the wall's. It does what is due until `idleMs` of nothing, and ends by itself, by what `at` and
 * `how` say, or by whoever kills it.
 */
type Order = {
  readonly dir: string
  readonly sandbox: number
  readonly from: number
  readonly pace?: number
  readonly idleMs?: number
  readonly deadlineMs?: number
  readonly concurrency?: number
  /** The step at which it comes to an end, `afterMs` later, of this publication or of any. */
  readonly at?: string
  readonly afterMs?: number
  readonly of?: string
  readonly how?: 'kill' | 'reject' | 'memory' | 'block'
}
const order = JSON.parse(process.argv[2] ?? '{}') as Order
const { pace = 1, idleMs = 300, deadlineMs = 3_000, concurrency = 50 } = order
const settings = settingsFrom(
  readEnv({
    XINGBO_DATA: order.dir,
    XINGBO_SANDBOX_PORT: String(order.sandbox),
    XINGBO_LOG: 'silent',
  }),
)
const born = performance.now()
const now = () => new Date(order.from + (performance.now() - born) * pace)
const deps: Deps = {
  db: openDatabase(join(order.dir, 'xingbo.db')),
  now,
  vault: createVault(Buffer.alloc(32, 7)),
  settings,
  platforms: buildPlatforms({ ...settings.platforms, deadlineMs }, { now }),
  robots: robotSender(now),
  log: pino({ level: 'silent' }) as unknown as Deps['log'],
}

async function end(): Promise<void> {
  await wait(order.afterMs ?? 0)
  if (order.how === 'reject') void Promise.reject(new Error('nobody catches this'))
  else if (order.how === 'memory')
    for (const hoard: number[][] = []; ; ) hoard.push(Array(100_000).fill(1))
  else if (order.how === 'block')
    for (const until = performance.now() + 1_500; performance.now() < until; );
  else process.kill(process.pid, 'SIGKILL')
}

const jobs = jobsOf(deps, async (step, publicationId) => {
  if (step === order.at && (!order.of || order.of === publicationId)) await end()
})
await jobs.recover()
process.stdout.write('alive\n')

const running = new Map<string, Promise<void>>()
let idleSince = performance.now()
while (running.size > 0 || performance.now() - idleSince < idleMs) {
  for (const read of jobs.dueReaders)
    for (const ring of await read(now())) {
      if (running.has(ring.jobId) || running.size >= concurrency) continue
      const handler = jobs.handlers.find(({ job }) => job.name === ring.job)
      const work = Promise.resolve(handler?.run(ring.payload as never))
        .catch(() => undefined)
        .finally(() => running.delete(ring.jobId))
      running.set(ring.jobId, work)
    }
  if (running.size > 0) idleSince = performance.now()
  await wait(15)
}
deps.db.close()
