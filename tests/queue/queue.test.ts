import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ringAfterCommit } from '../../apps/api/src/modules/audit/audit.ts'
import { openBackend, type QueueBackend, redisBackend } from '../../apps/api/src/queue/backend.ts'
import {
  openJobQueue,
  type QueueWorker,
  startWorker,
} from '../../apps/api/src/queue/bullmq-queue.ts'
import { defineJob, handle, type JobQueue, type Ring } from '../../apps/api/src/queue/job.ts'
import { relayOutbox, startRelay } from '../../apps/api/src/queue/outbox.ts'
import { startSweeper } from '../../apps/api/src/queue/sweeper.ts'
import { hasPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts'
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts'
import { freshDatabase } from '../support/test-database.ts'

const log = pino({ level: 'silent' }) as unknown as FastifyBaseLogger
const job = defineJob({ name: 'test.note', payload: z.object({ id: z.string() }) })
const ring = (id: string, delayMs = 0, jobId = `note-${id}`): Ring => ({
  job: job.name,
  payload: { id },
  jobId,
  runAt: new Date(Date.now() + delayMs),
})

const backends = [
  { name: 'embedded', available: true },
  { name: 'redis', available: hasRedis },
  // To include it: apt-get install postgresql.
  { name: 'postgres', available: hasPostgres },
] as const

describe.each(backends)('the queue on $name', ({ name, available }) => {
  describe.skipIf(!available)('', () => {
    let redis: TestRedis | null = null
    let postgres: TestPostgres | null = null
    let backend: QueueBackend
    let queue: JobQueue
    let worker: QueueWorker | null = null
    let ran: { id: string; at: number }[] = []
    let fail: Set<string>

    beforeAll(async () => {
      if (name === 'redis') redis = await startRedis()
      if (name === 'postgres') postgres = await startPostgres()
    })
    afterAll(async () => {
      await redis?.stop()
      await postgres?.stop()
    })
    beforeEach(async () => {
      backend = await openBackend(redis?.url ?? postgres?.url ?? null)
      expect(backend).toMatchObject({ kind: name, advice: [] })
      await redis?.flushAll()
      queue = openJobQueue(backend)
      ran = []
      fail = new Set()
    })
    afterEach(async () => {
      await worker?.close()
      worker = null
      await queue.close()
      await backend.close()
    })
    const work = (concurrency = 20) => {
      worker = startWorker(
        backend,
        [
          handle(job, async ({ id }) => {
            if (fail.delete(id)) throw new Error('asked to fail')
            ran.push({ id, at: Date.now() })
          }),
        ],
        log,
        concurrency,
      )
    }
    const idsRun = () => ran.map(({ id }) => id).sort()

    test('runs what is rung, each id once however often it is rung', async () => {
      work()
      await queue.ring([ring('a'), ring('b'), ring('a'), ring('a')])
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['a', 'b'])
      expect(await queue.depth()).toBe(0)
    })

    test('never starts early, and starts an isolated job promptly', async () => {
      work()
      const due = Date.now() + 700
      await queue.ring([{ ...ring('later'), runAt: new Date(due) }])
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['later'])
      const lateness = (ran[0]?.at ?? 0) - due
      expect(lateness).toBeGreaterThanOrEqual(-2)
      // Far above the tens of milliseconds it takes, far below the seconds a lost notification costs.
      expect(lateness).toBeLessThan(1_500)
    })

    test('a finished id can be rung again, and a failed job is dropped, not retried', async () => {
      work()
      fail.add('x')
      await queue.ring([ring('x')])
      await expect.poll(() => queue.depth(), { timeout: 5_000 }).toBe(0)
      expect(idsRun()).toEqual([])
      await queue.ring([ring('x')])
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['x'])
      await queue.ring([ring('x')])
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['x', 'x'])
    })

    test('a payload that does not fit, or a job nobody knows, harms nothing else', async () => {
      work()
      await queue.ring([
        { ...ring('bad'), payload: { id: 7 } },
        { ...ring('who'), job: 'nobody.knows' },
        ring('good'),
      ])
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['good'])
      await expect.poll(() => queue.depth(), { timeout: 5_000 }).toBe(0)
    })

    test('five hundred jobs due at once all run, once each', async () => {
      work(50)
      const rings = Array.from({ length: 500 }, (_, i) => ring(String(i).padStart(3, '0'), 300))
      await queue.ring(rings)
      await expect.poll(() => ran.length, { timeout: 30_000 }).toBe(500)
      expect(new Set(idsRun()).size).toBe(500)
    })

    test('a worker takes only the lanes its handlers are for, and nothing while it is paused', async () => {
      const look = defineJob({ name: 'publication.test', payload: z.object({ id: z.string() }) })
      const far: string[] = []
      const sender = startWorker(
        backend,
        [handle(look, async ({ id }) => void far.push(id))],
        log,
        20,
      )
      await queue.ring([{ ...ring('one'), job: look.name, jobId: 'look-one' }, ring('house')])
      await expect.poll(() => far, { timeout: 5_000 }).toEqual(['one'])
      expect(await queue.depth()).toBe(1)
      work()
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['house'])
      await sender.pause()
      await queue.ring([{ ...ring('two'), job: look.name, jobId: 'look-two' }])
      await new Promise((go) => setTimeout(go, 300))
      expect(far).toEqual(['one'])
      await sender.resume()
      await expect.poll(() => far, { timeout: 10_000 }).toEqual(['one', 'two'])
      await sender.close()
    })

    test('the outbox rings after the commit, survives a restart of the relay, and empties', async () => {
      const { db } = freshDatabase()
      work()
      await db.inTransaction(async (tx) => {
        await ringAfterCommit(tx, new Date(), ring('from-outbox'))
      })
      await expect(
        db.inTransaction(async (tx) => {
          await ringAfterCommit(tx, new Date(), ring('rolled-back'))
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await relayOutbox(db, queue)).toBe(1)
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['from-outbox'])
      const relay = startRelay(db, queue, log)
      await db.inTransaction(async (tx) => {
        await ringAfterCommit(tx, new Date(), ring('second'))
      })
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['from-outbox', 'second'])
      await relay.close()
    })

    test('the sweeper rings at boot for all that is due, though the queue is empty', async () => {
      work()
      const due = new Set(['p', 'q', 'r'])
      const sweeper = startSweeper(
        [async () => [...due].map((id) => ring(id))],
        queue,
        () => new Date(),
        log,
      )
      await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['p', 'q', 'r'])
      await sweeper.close()
    })

    test.skipIf(name !== 'redis')(
      'a queue that loses everything is rung full again by the sweeper',
      async () => {
        const waiting = new Set(Array.from({ length: 1_000 }, (_, i) => `f${i}`))
        await queue.ring([...waiting].map((id) => ring(id, 60_000)))
        expect(await queue.depth()).toBe(1_000)
        await redis?.flushAll()
        expect(await queue.depth()).toBe(0)
        work(50)
        const sweeper = startSweeper(
          [async () => [...waiting].map((id) => ring(id))],
          queue,
          () => new Date(),
          log,
        )
        await expect.poll(() => new Set(idsRun()).size, { timeout: 30_000 }).toBe(1_000)
        await sweeper.close()
      },
    )

    test.skipIf(name !== 'redis')(
      'a Redis that was killed and came back is used again',
      async () => {
        work()
        await queue.ring([ring('before')])
        await expect.poll(idsRun, { timeout: 5_000 }).toEqual(['before'])
        await redis?.restart()
        await expect
          .poll(
            async () => {
              await queue.ring([ring('after')]).catch(() => undefined)
              return idsRun().includes('after')
            },
            { timeout: 40_000, interval: 500 },
          )
          .toBe(true)
      },
    )
  })
})

test.skipIf(!hasRedis)(
  'a Redis that may evict keys is refused with a sentence that says what to set',
  async () => {
    const redis = await startRedis()
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    client.disconnect()
    await expect(redisBackend(redis.url)).rejects.toThrow('noeviction')
    await redis.stop()
  },
)

test.skipIf(!hasRedis)(
  'a Redis without AOF is used, and its keeper is told what to set',
  async () => {
    const redis = await startRedis()
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    await client.config('SET', 'appendonly', 'no')
    client.disconnect()
    const backend = await redisBackend(redis.url)
    expect(backend.advice.map(({ en }) => en)).toEqual([expect.stringContaining('appendonly yes')])
    await backend.close()
    await redis.stop()
  },
)

test.skipIf(!hasRedis)(
  'a Redis Cluster takes every command: all keys lie in one slot',
  async () => {
    const redis = await startRedis(['--cluster-enabled', 'yes'])
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    await expect
      .poll(async () => String(await client.call('CLUSTER', 'INFO')), { timeout: 10_000 })
      .toContain('cluster_state:ok')
    const backend = await redisBackend(redis.url)
    const queue = openJobQueue(backend)
    const ran: string[] = []
    const look = defineJob({ name: 'publication.test', payload: z.object({ id: z.string() }) })
    const worker = startWorker(
      backend,
      [job, look].map((one) => handle(one, async ({ id }) => void ran.push(id))),
      log,
      5,
    )
    await queue.ring([
      ring('now'),
      ring('soon', 300),
      { ...ring('far', 200), job: look.name, jobId: 'look-far' },
    ])
    await expect.poll(() => [...ran].sort(), { timeout: 10_000 }).toEqual(['far', 'now', 'soon'])
    await queue.ring([ring('waits', 60_000)])
    const keys = await client.keys('*')
    const slots = new Set<unknown>()
    for (const key of keys) slots.add(await client.call('CLUSTER', 'KEYSLOT', key))
    expect(keys.length).toBeGreaterThan(5)
    expect(slots.size).toBe(1)
    await worker.close()
    await queue.close()
    await backend.close()
    client.disconnect()
    await redis.stop()
  },
)

test('a queue that cannot be reached stops the start with a sentence, not a stack', async () => {
  for (const url of ['redis://127.0.0.1:1', 'postgres://127.0.0.1:1/none'])
    await expect(openBackend(url)).rejects.toThrow('cannot be reached')
})
