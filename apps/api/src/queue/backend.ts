import {
  createPostgresBackend,
  type PostgresConnectionOptions,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { Redis } from 'ioredis'
import { openEmbeddedPool } from './embedded-pool.ts'

type Processor = (job: { name: string; data: unknown }) => Promise<void>
type Sentence = { readonly zh: string; readonly en: string }

/** One of the three ways a queue can stand: inside this process, in Redis, or in PostgreSQL. */
export type QueueBackend = {
  readonly kind: 'embedded' | 'redis' | 'postgres'
  /** What whoever runs it should set; it works without, and /readyz says so. */
  readonly advice: readonly Sentence[]
  queue(name: string): Queue
  worker(name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>): Worker
  /** What the time is there; only Redis has a clock that others may be compared with. */
  time?(): Promise<Date>
  close(): Promise<void>
}

/** All keys of the product share one hash slot, as a Redis Cluster asks for. */
const prefix = '{xingbo}'

/** The queue at `url`, or inside this process without one. */
export function openBackend(url: string | null): Promise<QueueBackend> {
  if (url === null) return embeddedBackend()
  return url.startsWith('postgres') ? postgresBackend(url) : redisBackend(url)
}

const onPostgres = (
  connection: PostgresConnectionOptions,
): Pick<QueueBackend, 'queue' | 'worker'> => ({
  queue: (name) => new Queue(name, { connection }, createPostgresBackend) as unknown as Queue,
  worker: (name, process, options) =>
    new Worker(
      name,
      process,
      { ...options, connection },
      createPostgresBackend,
    ) as unknown as Worker,
})

export async function embeddedBackend(): Promise<QueueBackend> {
  const connection = await openEmbeddedPool()
  return {
    kind: 'embedded',
    advice: [],
    ...onPostgres(connection),
    close: () => connection.end(),
  }
}

/** The start ends with this sentence instead of a stack. */
export class UnusableQueue extends Error {}

function unreachable(): never {
  throw new UnusableQueue(
    '连不上 REDIS_URL / QUEUE_URL 所指的队列。请先启动它或改正地址；两个都不设则用内置队列。\n' +
      'The queue that REDIS_URL or QUEUE_URL names cannot be reached. Start it or mend the address; without them the built-in queue is used.',
  )
}

/**
 * BullMQ's own PostgreSQL back end. Its tables stand in the schema `bullmq` and are made or brought up to date
 * here; each queue and worker then holds a small pool of its own.
 */
export async function postgresBackend(url: string): Promise<QueueBackend> {
  const connection = { connectionString: url, max: 5 }
  const first = new Queue(
    'migration',
    { connection: { ...connection, migrate: true } },
    createPostgresBackend,
  )
  first.on('error', () => undefined)
  try {
    await first.waitUntilReady()
  } catch {
    unreachable()
  } finally {
    await first.close().catch(() => undefined)
  }
  return {
    kind: 'postgres',
    advice: [],
    ...onPostgres(connection),
    close: async () => undefined,
  }
}

/** A setting of Redis; undefined where it is not to be asked, as at some providers. */
async function settingOf(redis: Redis, name: string): Promise<string | undefined> {
  const [, value] = (await redis.config('GET', name).catch(() => [])) as string[]
  return value
}

const turnOnAof: Sentence = {
  zh: 'Redis 没有开 AOF：它重启会忘掉排着的任务，要等清扫器重新敲钟（约 15 秒）。请设 appendonly yes。',
  en: 'Redis runs without AOF: restarted, it forgets what waits, and the sweeper has to ring anew (about 15 s). Set appendonly yes.',
}

/**
 * Producers fail fast, so that a request never hangs on a dead Redis; workers wait for it to come back.
 * Refuses a Redis that may evict keys: it would forget jobs without a word.
 */
export async function redisBackend(url: string): Promise<QueueBackend> {
  const producer = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    lazyConnect: true,
  })
  // A lost connection is reported by the failing calls and by /readyz; an unheard 'error' would end the process.
  producer.on('error', () => undefined)
  let appendOnly: string | undefined
  try {
    await producer.connect().catch(unreachable)
    const policy = await settingOf(producer, 'maxmemory-policy')
    if (policy !== undefined && policy !== 'noeviction')
      throw new UnusableQueue(
        `Redis 的 maxmemory-policy 是 ${policy}，会丢任务；请设为 noeviction（redis.conf 里 maxmemory-policy noeviction）。\n` +
          `Redis runs with maxmemory-policy ${policy} and may drop jobs; set it to noeviction (maxmemory-policy noeviction in redis.conf).`,
      )
    appendOnly = await settingOf(producer, 'appendonly')
  } catch (error) {
    producer.disconnect()
    throw error
  }
  return {
    kind: 'redis',
    advice: appendOnly === 'no' ? [turnOnAof] : [],
    queue: (name) => new Queue(name, { connection: producer, prefix }),
    worker: (name, process, options) =>
      new Worker(name, process, {
        ...options,
        // A connection of its own: over one that is shared, a worker stays stuck with finished jobs in its hands
        // when Redis comes back after some seconds (bullmq 6.7; fault row F-21).
        connection: { url, maxRetriesPerRequest: null },
        prefix,
      }),
    async time() {
      const [seconds, micros] = await producer.time()
      return new Date(Number(seconds) * 1000 + Number(micros) / 1000)
    },
    async close() {
      producer.disconnect()
    },
  }
}
