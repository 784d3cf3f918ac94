import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Deps } from '../../apps/api/src/deps.ts'
import { openBackend, type QueueBackend } from '../../apps/api/src/queue/backend.ts'
import { freePort } from '../support/free-port.ts'
import { startRedis } from '../support/redis.ts'
import { instantPublisher, productBurst, rawBurst } from './publish/burst.ts'
import { type Burst, line, ms, p99, percentile, perSecond } from './publish/figures.ts'
import { openHouse } from './publish/house.ts'
import { startReader } from './publish/reader.ts'

const CONCURRENCY = 50
const WORK_MS = 20
const sandboxProcess = fileURLToPath(new URL('./publish/sandbox-process.ts', import.meta.url))
const say = (text = '') => stdout.write(`${text}\n`)
const ratio = (a: number, b: number) => (a / b).toFixed(2)

type Sizes = { posts: number; accounts: number; wholeWay: number; spread: number; together: number }
type Back = { name: string; url: string | null }

/** One burst on a back end of its own, so that no row inherits another's jobs. */
async function on<T>(back: Back, work: (backend: QueueBackend) => Promise<T>): Promise<T> {
  const backend = await openBackend(back.url)
  try {
    return await work(backend)
  } finally {
    await backend.close()
  }
}

/** `posts` due when everything is set up: at one instant, or spread evenly over `overMs`. */
const times = (posts: number, overMs = 0): Date[] => {
  // Ringing for 10,000 posts takes about two seconds; nothing may be due before all of it is done.
  const start = Date.now() + 2_000 + posts / 2
  return Array.from({ length: posts }, (_, n) => new Date(start + (overMs * n) / posts))
}

const instant = ({ platforms, ...deps }: Deps, workMs = 0): Deps => ({
  ...deps,
  platforms: { ...platforms, kuaishou: instantPublisher(platforms.kuaishou, workMs) },
})

/** The product's own way with a publisher in this process; `reading` also measures the API meanwhile. */
async function inProcess(
  back: Back,
  sizes: { posts: number; accounts: number },
  { workMs = 0, overMs = 0, reading = false } = {},
): Promise<{ burst: Burst; api: readonly number[] }> {
  const house = await openHouse(sizes)
  try {
    const due = times(sizes.posts, overMs)
    await house.setDue((n) => due[n] ?? new Date())
    const stop = reading ? await startReader(house.deps) : null
    const burst = await on(back, (backend) =>
      productBurst(instant(house.deps, workMs), backend, CONCURRENCY),
    )
    return { burst, api: (await stop?.()) ?? [] }
  } finally {
    house.close()
  }
}

/** Token, upload, submission and look-up over HTTP, with the platforms' stand-in in another process. */
async function wholeWay(back: Back, posts: number): Promise<Burst> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-bench-sandbox-'))
  const port = await freePort()
  const child = spawn(process.execPath, [sandboxProcess, dir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise((ready) => child.stdout.once('data', ready))
    const house = await openHouse({ posts, accounts: posts }, `http://127.0.0.1:${port}`)
    try {
      const due = times(posts)
      await house.setDue((n) => due[n] ?? new Date())
      return await on(back, (backend) => productBurst(house.deps, backend, CONCURRENCY))
    } finally {
      house.close()
    }
  } finally {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(back: Back, sizes: Sizes): Promise<void> {
  const { posts, accounts } = sizes
  say(`\n${back.name}: ${posts} posts of ${accounts} accounts due at one instant`)
  const raw = await on(back, (backend) => rawBurst(backend, times(posts), CONCURRENCY))
  say(line('BullMQ alone, empty handler', raw))
  const { burst: mine, api } = await inProcess(back, { posts, accounts }, { reading: true })
  say(line('claim and settle on disk', mine))
  say(
    `  of BullMQ alone: ${ratio(perSecond(mine), perSecond(raw))} of its jobs/s (goal 0.80), start p99 ${ratio(p99(mine), p99(raw))} of its (goal at most 1.15)`,
  )
  say(
    `  API meanwhile: p50 ${ms(percentile(api, 0.5))}, p99 ${ms(percentile(api, 0.99))} over ${api.length} answers (goal under 300 ms)`,
  )
  const whole = await wholeWay(back, sizes.wholeWay)
  say(line(`whole way, sandbox apart, ${sizes.wholeWay} posts`, whole))

  const ideal = (posts * WORK_MS) / CONCURRENCY
  const rawSlow = await on(back, (backend) => rawBurst(backend, times(posts), CONCURRENCY, WORK_MS))
  say(line(`BullMQ alone, ${WORK_MS} ms handler`, rawSlow))
  const { burst: slow } = await inProcess(back, { posts, accounts }, { workMs: WORK_MS })
  say(line(`claim and settle, ${WORK_MS} ms publisher`, slow))
  say(
    `  of the ideal N·W/C = ${ms(ideal)}: ${ratio(slow.drainMs, ideal)} (goal at most 1.30; BullMQ alone ${ratio(rawSlow.drainMs, ideal)})`,
  )

  const calm = { posts: sizes.spread, accounts: Math.min(accounts, sizes.spread) }
  const { burst: spread } = await inProcess(back, calm, { overMs: sizes.spread * 30 })
  say(
    `${sizes.spread} posts 30 ms apart on an idle system: start p50 ${ms(percentile(spread.lateness, 0.5))}, p99 ${ms(p99(spread))} after due (goal p99 50 ms)`,
  )
  const few = { posts: sizes.together, accounts: sizes.together }
  const { burst: together } = await inProcess(back, few)
  say(
    `${sizes.together} posts due at once: all started within ${ms(Math.max(...together.lateness))} (goal 1 s)`,
  )
}

/**
 * `--posts 10000 --accounts 500 --whole-way 1000 --spread 1000 --together 500`, `--on redis` or `--on embedded`
 * for one of the two.
 */
export async function run(args: readonly string[]): Promise<void> {
  const given = (name: string) => {
    const at = args.indexOf(`--${name}`)
    return at < 0 ? undefined : args[at + 1]
  }
  const number = (name: string, otherwise: number) => Number(given(name) ?? otherwise)
  const sizes: Sizes = {
    posts: number('posts', 10_000),
    accounts: number('accounts', 500),
    wholeWay: number('whole-way', 1_000),
    spread: number('spread', 1_000),
    together: number('together', 500),
  }
  const only = given('on')
  say(
    `concurrency ${CONCURRENCY}; SQLite WAL, synchronous=FULL, group commit; Redis 7 with AOF everysec, hz 100; Node ${process.version}`,
  )
  if (only !== 'embedded') {
    const redis = await startRedis()
    try {
      await measure({ name: 'Redis', url: redis.url }, sizes)
    } finally {
      await redis.stop()
    }
  }
  if (only !== 'redis') await measure({ name: 'embedded', url: null }, sizes)
}
