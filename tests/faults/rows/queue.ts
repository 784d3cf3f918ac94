import { Redis } from 'ioredis'
import { publishJob } from '../../../apps/api/src/modules/publishing/publication.job.ts'
import { redisBackend } from '../../../apps/api/src/queue/backend.ts'
import { hasRedis } from '../../support/redis.ts'
import { Fleet, type FleetOptions } from '../fleet.ts'
import type { Harness } from '../harness.ts'
import { startProxy } from '../proxy.ts'
import type { FaultRow, RowResult } from './row.ts'

const skip = hasRedis ? null : 'redis-server is missing'
/** Posts of one run; the matrix's own numbers stand beside the rows that differ. */
const POSTS = 24
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms))

const between = (h: Harness, from: number, to: number) => from + h.random.below(to - from + 1)

async function open(h: Harness, options: FleetOptions = {}): Promise<Fleet> {
  const fleet = await Fleet.open({ accounts: 4, serverSends: true, ...options })
  h.atEnd(() => fleet.close())
  return fleet
}

/** Every post once, of its words, not early, and to be seen. */
async function allOut(h: Harness, fleet: Fleet): Promise<RowResult> {
  const posts = (await fleet.rows()).length
  h.equal('published', await fleet.tally(), { published: posts })
  h.equal('held', (await fleet.held()).length, posts)
  h.add(await fleet.judge())
  return h.verdict()
}

/** `F-20` to `F-27`: what may happen to the queue's store. */
export const queueRows: readonly FaultRow[] = [
  {
    id: 'F-20',
    title: { zh: 'Redis 被杀后重启', en: 'Redis killed and started again' },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      await pause(Math.max(0, due.getTime() - Date.now() + between(h, 0, 1_200)))
      await fleet.redis.restart()
      await fleet.finish(product)
      const last = Math.max(...(await fleet.held()).map(({ acceptedAt }) => acceptedAt))
      h.expect(`the last post came ${last - due.getTime()} ms late`, last - due.getTime() <= 32_000)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-21',
    title: {
      zh: '到点时 Redis 不在',
      en: 'Redis away while the posts fall due: told by /readyz, sent after, nothing doubled',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      await fleet.redis.down()
      await pause(due.getTime() - Date.now() + between(h, 500, 2_500))
      h.equal('readyz', (await product.app.inject('/readyz')).statusCode, 503)
      // The house itself works on: a person reads and writes.
      h.equal('healthz', (await product.app.inject('/healthz')).statusCode, 200)
      await fleet.redis.up()
      await fleet.finish(product)
      h.equal('readyz', (await product.app.inject('/readyz')).statusCode, 200)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-22',
    title: { zh: 'FLUSHALL', en: 'FLUSHALL with everything scheduled (1,000 in flushall.test.ts)' },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      await pause(between(h, 0, Math.max(0, due.getTime() - Date.now() - 300)))
      await fleet.redis.flushAll()
      await pause(Math.max(0, due.getTime() - Date.now()))
      await fleet.finish(product)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-23',
    title: { zh: 'Redis 带着旧快照回来', en: 'Redis comes back with the jobs of published posts' },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      for (let tries = 0; tries < 50 && (await product.queue.depth()) < POSTS; tries++)
        await pause(100)
      const back = await fleet.redis.snapshot()
      await pause(Math.max(0, due.getTime() - Date.now()))
      await fleet.finish(product)
      const before = (await fleet.held()).length
      await back()
      for (let tries = 0; tries < 100; tries++) {
        await pause(200)
        if ((await product.queue.depth().catch(() => 1)) === 0) break
      }
      h.equal('sent again', (await fleet.held()).length - before, 0)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-24',
    title: {
      zh: 'Redis 内存写满；启动时策略不对',
      en: 'Redis out of memory; started with a policy that evicts',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      const client = new Redis(fleet.redis.url)
      h.atEnd(() => client.disconnect())
      await client.config('SET', 'maxmemory', '1mb')
      const told = await product.queue
        .ring([{ job: publishJob.name, payload: { publicationId: 'x' }, jobId: 'x', runAt: due }])
        .then(
          () => '',
          (error: Error) => error.message,
        )
      h.expect(`a full Redis says so: ${told}`, told.includes('OOM'))
      await pause(due.getTime() - Date.now() + between(h, 200, 1_500))
      await client.config('SET', 'maxmemory', '0')
      await fleet.finish(product)
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
      const refused = await redisBackend(fleet.redis.url).then(
        () => 'taken',
        (error: Error) => error.message,
      )
      h.expect(`refused at boot: ${refused}`, refused.includes('noeviction'))
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-25',
    title: { zh: 'Redis 又慢又断', en: 'Redis slow, and its connections cut again and again' },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const proxies: Awaited<ReturnType<typeof startProxy>>[] = []
      const fleet = await open(h, { queueUrl: () => proxies[0]?.url ?? '' })
      const proxy = await startProxy(new URL(fleet.redis.url))
      proxies.push(proxy)
      h.atEnd(() => proxy.close())
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      proxy.slow(between(h, 50, 300))
      for (const end = due.getTime() + 4_000; Date.now() < end; ) {
        await pause(between(h, 500, 1_500))
        proxy.cut()
      }
      proxy.slow(0)
      await fleet.finish(product)
      // Nobody is stuck: a fresh post goes out at once.
      h.expect('the queue can be rung', (await product.queue.depth()) >= 0)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-26',
    title: {
      zh: '一万条过期、重复的旧任务',
      en: '10,000 stale and doubled jobs of the same posts',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const product = await fleet.here()
      const rows = await fleet.rows()
      const stale = Array.from({ length: 10_000 }, (_, n) => ({
        job: publishJob.name,
        payload: { publicationId: h.random.pick(rows).id },
        jobId: `stale-${n}`,
        // Before, at and after the true time.
        runAt: new Date(due.getTime() + between(h, -2_000, 2_000)),
      }))
      for (let from = 0; from < stale.length; from += 1_000)
        await product.queue.ring(stale.slice(from, from + 1_000))
      await pause(Math.max(0, due.getTime() + 2_000 - Date.now()))
      await fleet.finish(product, 120_000)
      return allOut(h, fleet)
    },
  },
  {
    id: 'F-27',
    title: {
      zh: '内置队列的内容全没了',
      en: 'the embedded queue gone with its process, before and in mid-burst',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await open(h)
      const due = await fleet.burst(POSTS)
      const inside = { REDIS_URL: '', XINGBO_PORT: '0' }
      const first = await fleet.here(inside)
      await pause(Math.max(0, due.getTime() - Date.now() + between(h, -1_500, 400)))
      await first.close()
      const second = await fleet.here(inside)
      await fleet.finish(second)
      return allOut(h, fleet)
    },
  },
]
