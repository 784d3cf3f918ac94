import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0

export type TestRedis = {
  readonly url: string
  flushAll(): Promise<void>
  /** Ends the server the hard way and starts it again on the same data. */
  restart(): Promise<void>
  down(): Promise<void>
  up(): Promise<void>
  /** Keeps what is on disk now; called, the answer brings the server back as it was then. */
  snapshot(): Promise<() => Promise<void>>
  stop(): Promise<void>
}

/** A redis-server of its own, on loopback, as the README asks for it: AOF, noeviction, hz 100. */
export async function startRedis(more: readonly string[] = []): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn(
      'redis-server',
      [
        ['--port', String(port)],
        ['--bind', '127.0.0.1'],
        ['--dir', dir],
        ['--appendonly', 'yes'],
        ['--save', ''],
        ['--maxmemory-policy', 'noeviction'],
        ['--hz', '100'],
        ...more,
      ].flat(),
      { stdio: 'ignore' },
    )
    for (let tries = 0; tries < 100; tries++) {
      const probe = new Redis(url, { lazyConnect: true, retryStrategy: null })
      probe.on('error', () => undefined)
      try {
        await probe.connect()
        await probe.ping()
        return
      } catch {
        await new Promise((go) => setTimeout(go, 50))
      } finally {
        probe.disconnect()
      }
    }
    throw new Error('redis-server did not start')
  }
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((done) => {
      child.once('exit', () => done())
      child.kill(signal)
    })

  await start()
  return {
    url,
    async flushAll() {
      const client = new Redis(url)
      await client.flushall()
      client.disconnect()
    },
    async restart() {
      await end('SIGKILL')
      await start()
    },
    down: () => end('SIGKILL'),
    up: start,
    async snapshot() {
      const kept = `${dir}-kept`
      await end('SIGTERM')
      cpSync(dir, kept, { recursive: true })
      await start()
      return async () => {
        await end('SIGTERM')
        rmSync(dir, { recursive: true })
        cpSync(kept, dir, { recursive: true })
        rmSync(kept, { recursive: true })
        await start()
      }
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM')
      rmSync(`${dir}-kept`, { recursive: true, force: true })
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
