import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq'
import { Redis } from 'ioredis'
import { openEmbeddedPool } from './embedded-pool.ts'

type Processor = (job: { name: string; data: unknown }) => Promise<void>

/** One of the two ways a queue can stand: inside this process, or in Redis. */
export type QueueBackend = {
  readonly kind: 'embedded' | 'redis'
  queue(name: string): Queue
  worker(name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>): Worker
  close(): Promise<void>
}

/** All keys of the product share one hash slot, as a Redis Cluster asks for. */
const prefix = '{xingbo}'

export async function embeddedBackend(): Promise<QueueBackend> {
  const connection = await openEmbeddedPool()
  return {
    kind: 'embedded',
    queue: (name) => new Queue(name, { connection }, createPostgresBackend) as unknown as Queue,
    worker: (name, process, options) =>
      new Worker(
        name,
        process,
        { ...options, connection },
        createPostgresBackend,
      ) as unknown as Worker,
    close: () => connection.end(),
  }
}

/** The start ends with this sentence instead of a stack. */
export class UnusableQueue extends Error {}

function unreachable(): never {
  throw new UnusableQueue(
    '连不上 REDIS_URL 所指的 Redis。请先启动它或改正地址；不设 REDIS_URL 则用内置队列。\n' +
      'The Redis that REDIS_URL names cannot be reached. Start it or mend the address; without REDIS_URL the built-in queue is used.',
  )
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
  const consumer = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true })
  // A lost connection is reported by the failing calls and by /readyz; an unheard 'error' would end the process.
  producer.on('error', () => undefined)
  consumer.on('error', () => undefined)
  try {
    await Promise.all([producer.connect(), consumer.connect()]).catch(unreachable)
    const [, policy] = (await producer.config('GET', 'maxmemory-policy')) as string[]
    if (policy !== undefined && policy !== 'noeviction')
      throw new UnusableQueue(
        `Redis 的 maxmemory-policy 是 ${policy}，会丢任务；请设为 noeviction。\n` +
          `Redis runs with maxmemory-policy ${policy} and may drop jobs; set it to noeviction.`,
      )
  } catch (error) {
    producer.disconnect()
    consumer.disconnect()
    throw error
  }
  return {
    kind: 'redis',
    queue: (name) => new Queue(name, { connection: producer, prefix }),
    worker: (name, process, options) =>
      new Worker(name, process, { ...options, connection: consumer, prefix }),
    async close() {
      producer.disconnect()
      consumer.disconnect()
    },
  }
}
