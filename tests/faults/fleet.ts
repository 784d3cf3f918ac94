import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { count, eq } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { attempts, publications } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { resolve } from '../../apps/api/src/modules/publishing/hand-off.service.ts'
import { schedule } from '../../apps/api/src/modules/publishing/schedule.service.ts'
import { addWorker } from '../../apps/api/src/modules/publishing/worker.service.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { startProduct } from '../../apps/api/src/product.ts'
import { type Sandbox, startSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { freePort } from '../support/free-port.ts'
import { connectKuaishou, readyItem } from '../support/ready-item.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { keepCredentials, seedPeople, vault } from '../support/test-app.ts'
import { type HeldPost, judge } from './judge.ts'
import { until } from './oracle.ts'
import type { RowResult } from './rows/row.ts'
import { person } from './world.ts'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const script = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

/** What putting one item in place takes here, roughly; a burst that took longer is due the moment it is ready. */
const SCHEDULING_MS = 12

export type FleetOptions = {
  /** Kuaishou accounts, each connected; 1 by default. */
  readonly accounts?: number
  readonly leaseSeconds?: number
  /** Whether the server sends too; by default only workers do. */
  readonly serverSends?: boolean
  /** What the workers are told the queue is, where it is not the server's own Redis (a proxy). */
  readonly queueUrl?: (redisUrl: string) => string
}
export type Member = {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  readonly name: string
  readonly output: () => string
}

/**
 * A server, any number of workers with folders of their own, Redis between them, and the sandbox as the witness of
 * what was really sent: each a process that can be killed, stopped and started again.
 */
export class Fleet {
  readonly dir: string
  readonly db: Database
  readonly deps: Deps
  readonly sandbox: Sandbox
  readonly redis: TestRedis
  readonly port: number
  private readonly options: FleetOptions
  private readonly members: Member[] = []
  private readonly closers: (() => Promise<void>)[] = []
  private readonly tokens = new Map<string, { id: string; token: string }>()

  private constructor(
    base: Pick<Fleet, 'dir' | 'db' | 'deps' | 'sandbox' | 'redis' | 'port'>,
    options: FleetOptions,
  ) {
    this.dir = base.dir
    this.db = base.db
    this.deps = base.deps
    this.sandbox = base.sandbox
    this.redis = base.redis
    this.port = base.port
    this.options = options
  }

  static async open(options: FleetOptions = {}): Promise<Fleet> {
    const dir = mkdtempSync(join(tmpdir(), 'xingbo-fleet-'))
    mkdirSync(join(dir, 'media'), { recursive: true })
    const sandboxPort = await freePort()
    const settings = settingsFrom(
      readEnv({ XINGBO_DATA: dir, XINGBO_SANDBOX_PORT: String(sandboxPort), XINGBO_LOG: 'silent' }),
    )
    const db = openDatabase(join(dir, 'xingbo.db'))
    migrateDatabase(db)
    await seedPeople(db)
    await keepCredentials(db)
    const now = () => new Date()
    const deps: Deps = {
      db,
      now,
      vault,
      settings,
      platforms: buildPlatforms(settings.platforms),
      robots: robotSender(now),
      log: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
    }
    const sandbox = await startSandbox({
      port: sandboxPort,
      dir: join(dir, 'sandbox'),
      apps: settings.platforms,
      pendingMs: 300,
    })
    const base = { dir, db, deps, sandbox, redis: await startRedis(), port: await freePort() }
    const fleet = new Fleet(base, options)
    for (let i = 1; i <= (options.accounts ?? 1); i++) await fleet.connect(i)
    return fleet
  }

  accountId = (n: number) => (n === 1 ? 'kuaishou-a' : `kuaishou-${n}`)

  private async connect(n: number): Promise<void> {
    const id = this.accountId(n)
    if (n > 1)
      await this.db.inTransaction(async (tx) => {
        const [first] = await tx.select().from(accounts).where(eq(accounts.id, 'kuaishou-a'))
        if (first) await tx.insert(accounts).values({ ...first, id, displayName: id, handle: id })
      })
    await connectKuaishou(this.deps, this.sandbox.url, id)
  }

  /** Schedules `posts` fresh items over the accounts, all due at one instant; returns it. */
  async burst(posts: number): Promise<Date> {
    const dueAt = new Date(Date.now() + 3_000 + posts * SCHEDULING_MS)
    for (let i = 0; i < posts; i++) {
      const key = `f${String(i).padStart(5, '0')}`
      await readyItem(this.deps, key)
      await schedule(this.deps, person('operator'), key, {
        timeZone: 'Asia/Shanghai',
        items: [
          {
            accountId: this.accountId(1 + (i % (this.options.accounts ?? 1))),
            dueAt: dueAt.toISOString(),
            repeatReason: '',
          },
        ],
      })
    }
    return dueAt
  }

  private start(file: string, name: string, args: string[], env: Record<string, string>): Member {
    const child = spawn(node, [script(file), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        XINGBO_SANDBOX_PORT: new URL(this.sandbox.url).port,
        XINGBO_LOG: process.env.FLEET_LOG ?? 'silent',
        ...env,
      },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (process.env.FLEET_LOG) process.stdout.write(`[${name}] ${chunk.toString()}`)
      })
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    const member = { child, ended, name, output: () => output }
    this.members.push(member)
    return member
  }

  /** The server; resolves once it serves. */
  async server(): Promise<Member> {
    const member = this.start('server-process.ts', 'server', [], {
      XINGBO_DATA: this.dir,
      XINGBO_PORT: String(this.port),
      XINGBO_WORKER: this.options.serverSends ? '1' : '0',
      XINGBO_LEASE_SECONDS: String(this.options.leaseSeconds ?? 6),
      REDIS_URL: this.redis.url,
    })
    if (!(await until(async () => member.output().includes('ready'), 60_000)))
      throw new Error(`the server did not start: ${member.output()}`)
    return member
  }

  /** The server in this very process, so that a test can look inside and need not wait for a sweep. */
  async here(env: Readonly<Record<string, string>> = {}) {
    const settings = settingsFrom(
      readEnv({
        XINGBO_DATA: this.dir,
        XINGBO_PORT: String(this.port),
        XINGBO_SANDBOX_PORT: new URL(this.sandbox.url).port,
        XINGBO_LOG: 'silent',
        XINGBO_WORKER: this.options.serverSends ? '1' : '0',
        XINGBO_LEASE_SECONDS: String(this.options.leaseSeconds ?? 6),
        REDIS_URL: this.options.queueUrl?.(this.redis.url) ?? this.redis.url,
        ...env,
      }),
    )
    const deps = { ...this.deps, settings }
    const product = await startProduct(deps, jobsOf(deps), { webDir: null })
    const closed = { yet: false }
    const close = async () => {
      if (!closed.yet) await product.close()
      closed.yet = true
    }
    this.closers.push(close)
    return { ...product, close }
  }

  /** Sweeps as often as it takes until every post is to be seen, or `ms` are over. */
  async finish(product: { sweeper: { sweep(): Promise<number> } }, ms = 60_000): Promise<void> {
    const end = Date.now() + ms
    while ((await this.tally()).published !== (await this.rows()).length && Date.now() < end) {
      await product.sweeper.sweep()
      await new Promise((go) => setTimeout(go, 500))
    }
  }

  /** A worker with a folder and a credential of its own, kept by name over its restarts. */
  async worker(name: string, step = 'none', signal = 'SIGKILL', nth = 1): Promise<Member> {
    const known = this.tokens.get(name)
    const made = known ?? (await addWorker(this.deps, person('admin'), { name }))
    this.tokens.set(name, made)
    return this.start('worker-process.ts', name, [step, signal, String(nth)], {
      XINGBO_DATA: join(this.dir, 'machines', name),
      XINGBO_API_URL: `http://127.0.0.1:${this.port}`,
      XINGBO_WORKER_TOKEN: made.token,
      REDIS_URL: this.options.queueUrl?.(this.redis.url) ?? this.redis.url,
    })
  }
  workerId = (name: string): string => this.tokens.get(name)?.id ?? ''

  async kill(member: Member, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    member.child.kill(signal)
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await member.ended
  }

  /** How many posts stand in each state. */
  async tally(): Promise<Record<string, number>> {
    const rows = await this.db.read
      .select({ state: publications.state, n: count() })
      .from(publications)
      .groupBy(publications.state)
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
  }
  rows() {
    return this.db.read.select().from(publications)
  }
  attempts() {
    return this.db.read.select().from(attempts)
  }
  async held(): Promise<HeldPost[]> {
    return (await (await fetch(`${this.sandbox.url}/__sandbox/posts`)).json()) as HeldPost[]
  }

  /**
   * Waits until every post is to be seen. What nobody knows is looked up by the product; what the platform really never
   * got is, as a person would, sent again. Returns how many needed that person.
   */
  async settle(ms: number): Promise<number> {
    const asked = new Set<string>()
    const out = async () => {
      for (const row of (await this.rows()).filter(({ state }) => state === 'unconfirmed')) {
        const words = (row.snapshot as { rendered: { caption: string } }).rendered.caption
        const there = (await this.held()).some(({ caption }) => caption === words)
        const age = Date.now() - row.stateEnteredAt.getTime()
        if (there || age < 8_000) continue
        asked.add(row.id)
        const how = { choice: 'send_again', revision: row.revision, reason: '已核对' } as const
        // The product may have looked at it in this moment: then the next round sees what it saw.
        await resolve(this.deps, person('operator'), row.id, how).catch(() => undefined)
      }
      return (await this.rows()).every(({ state }) => state === 'published')
    }
    await until(out, ms)
    return asked.size
  }

  async judge(): Promise<RowResult> {
    return judge(this.deps, await this.held())
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close()
    for (const member of this.members)
      if (member.child.exitCode === null && member.child.signalCode === null) {
        member.child.kill('SIGCONT')
        await this.kill(member)
      }
    await this.redis.stop()
    await this.sandbox.close()
    this.db.close()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
