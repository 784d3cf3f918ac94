import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Role } from '@xingbo/shared/identity/actor'
import Sqlite from 'better-sqlite3'
import { eq, inArray, sql } from 'drizzle-orm'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import pino from 'pino'
import { buildApp } from '../../apps/api/src/app.ts'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { publications } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import type { Checkpoint } from '../../apps/api/src/modules/publishing/publication.jobs.ts'
import { schedule } from '../../apps/api/src/modules/publishing/schedule.service.ts'
import { askTheTime, clockSkewMs, forgetTime } from '../../apps/api/src/platforms/clock.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import type { JobQueue, Ring } from '../../apps/api/src/queue/job.ts'
import { relayOutbox } from '../../apps/api/src/queue/outbox.ts'
import { type Sandbox, startSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { captionOf, connectKuaishou, readyItem } from '../support/ready-item.ts'
import { keepCredentials, seedPeople, testNow, vault } from '../support/test-app.ts'
import { type HeldPost, judge } from './judge.ts'
import type { RowResult } from './rows/row.ts'

/** Long enough for a healthy call on a busy machine, short enough to wait for one that never answers. */
const DEADLINE_MS = 600
/** What the sweeper's rhythm is in the product. */
const SWEEP_MS = 15_000
const CONCURRENCY = 50

export type WorldOptions = {
  /** Kuaishou accounts `kuaishou-a`, `kuaishou-2`, …, each connected; 1 by default. */
  readonly accounts?: number
  readonly deadlineMs?: number
  /** How long the sandbox keeps an accepted post in review. */
  readonly pendingMs?: number
  readonly env?: Readonly<Record<string, string>>
  /** Where the platform keeps what it has; beside the product's data by default. */
  readonly sandboxDir?: string
  /** The product compares its clock with the platform's, as it does when it runs. */
  readonly watchClock?: boolean
  /** A folder that is there already: a second life on the same data. */
  readonly dir?: string
}

let template: Buffer | null = null
/** The product's schema with the test's people in it, made once and copied for each world. */
async function seeded(): Promise<Buffer> {
  if (template) return template
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-seeded-'))
  const file = join(dir, 'template.db')
  const db = openDatabase(file)
  migrateDatabase(db)
  await seedPeople(db)
  await keepCredentials(db)
  // The other institution's account has tokens no platform gave: it would ask for new ones.
  const unconnected = { accessToken: null, refreshToken: null, accessTokenExpiresAt: null }
  await db.inTransaction(async (tx) => {
    await tx.update(accounts).set(unconnected).where(eq(accounts.id, 'kuaishou-b'))
  })
  db.close()
  const sqlite = new Sqlite(file)
  template = sqlite.serialize()
  sqlite.close()
  rmSync(dir, { recursive: true })
  return template
}

/** Somebody of a role in an institution of the test. */
export const person = (role: Role, institutionId = 'a'): Actor => ({
  userId: `${role}-${institutionId}`,
  displayName: `${role}-${institutionId}`,
  institutionId,
  role,
  doctorId: role === 'doctor' ? `doc-${institutionId}` : null,
  sessionId: `ses-${role}-${institutionId}`,
  scope: null,
})

/**
 * The product without its HTTP and its queue's server, over a real database and a real sandbox on a real socket.
 * Time is a clock of the test: `quiet` runs all that is due, moves on to the next thing due, and so on, so that a
 * week takes a second. `clock` is the true time, which the platform has too; `skewMs` is how wrong this machine is.
 */
export class World {
  readonly dir: string
  readonly db: Database
  deps: Deps
  readonly sandbox: Sandbox
  readonly clock: { now: Date }
  skewMs = 0
  /** What a job threw; the product logs it and goes on. */
  readonly thrown: unknown[] = []
  private jobs: ReturnType<typeof jobsOf>
  private readonly deadlineMs: number
  private rings = new Map<string, Ring>()
  private readonly queue: JobQueue
  private readonly apps: FastifyInstance[] = []

  private constructor(
    dir: string,
    db: Database,
    sandbox: Sandbox,
    clock: { now: Date },
    options: WorldOptions,
  ) {
    this.dir = dir
    this.db = db
    this.sandbox = sandbox
    this.clock = clock
    this.deadlineMs = options.deadlineMs ?? DEADLINE_MS
    const settings = settingsFrom(
      readEnv({
        XINGBO_DATA: dir,
        XINGBO_SANDBOX_PORT: new URL(sandbox.url).port,
        XINGBO_LOG: 'silent',
        ...options.env,
      }),
    )
    const now = () => new Date(this.clock.now.getTime() + this.skewMs)
    this.deps = {
      db,
      now,
      vault,
      settings,
      platforms: buildPlatforms(
        { ...settings.platforms, deadlineMs: this.deadlineMs },
        { now, pause: async () => undefined },
      ),
      robots: async () => ({ kind: 'ok', code: '0', message: '' }),
      log: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
      ...(options.watchClock && { clockSkewMs: () => clockSkewMs(now()) }),
    }
    this.queue = {
      ring: async (rings) => {
        for (const ring of rings) if (!this.rings.has(ring.jobId)) this.rings.set(ring.jobId, ring)
      },
      depth: async () => this.rings.size,
      close: async () => undefined,
    }
    this.jobs = jobsOf(this.deps)
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'xingbo-world-'))
    mkdirSync(join(dir, 'media'), { recursive: true })
    const file = join(dir, 'xingbo.db')
    if (!existsSync(file)) writeFileSync(file, await seeded())
    const db = openDatabase(file)
    const clock = { now: testNow }
    const { platforms } = settingsFrom(
      readEnv({ XINGBO_DATA: dir, XINGBO_SANDBOX_PORT: '1', XINGBO_LOG: 'silent' }),
    )
    const sandbox = await startSandbox({
      port: 0,
      dir: options.sandboxDir ?? join(dir, 'sandbox'),
      apps: platforms,
      now: () => clock.now,
      pendingMs: options.pendingMs ?? 4_000,
    })
    const world = new World(dir, db, sandbox, clock, options)
    for (const id of world.accountIds(options.accounts ?? 1)) await world.connect(id)
    return world
  }

  /** The names of the first `n` Kuaishou accounts. */
  accountIds(n: number): string[] {
    return Array.from({ length: n }, (_, i) => (i === 0 ? 'kuaishou-a' : `kuaishou-${i + 1}`))
  }

  private async connect(id: string): Promise<void> {
    if (id !== 'kuaishou-a')
      await this.db.inTransaction(async (tx) => {
        const [first] = await tx.select().from(accounts).where(eq(accounts.id, 'kuaishou-a'))
        if (first) await tx.insert(accounts).values({ ...first, id, displayName: id, handle: id })
      })
    await this.reconnect(id)
  }

  /** New tokens from the platform, good from now on. */
  async reconnect(id: string): Promise<void> {
    await connectKuaishou(this.deps, this.sandbox.url, id)
  }

  /** Schedules a fresh item, due in `inMs`; returns the publication's id. */
  async post(key: string, inMs = 60_000, accountId = 'kuaishou-a'): Promise<string> {
    await readyItem(this.deps, key)
    return this.schedule(key, inMs, accountId)
  }

  async schedule(key: string, inMs = 60_000, accountId = 'kuaishou-a'): Promise<string> {
    const dueAt = new Date(this.deps.now().getTime() + inMs).toISOString()
    const [view] = await schedule(this.deps, person('operator'), key, {
      timeZone: 'Asia/Shanghai',
      items: [{ accountId, dueAt, repeatReason: '' }],
    })
    if (!view) throw new Error('nothing was scheduled')
    return view.row.id
  }

  /** Arms the sandbox; see sandbox/faults.ts. */
  async fault(body: object): Promise<void> {
    const res = await this.say('POST', '/__sandbox/faults', body)
    if (!res.ok) throw new Error(await res.text())
  }
  async heal(): Promise<void> {
    await this.say('DELETE', '/__sandbox/faults')
  }
  say(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.sandbox.url}${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
  }

  async held(): Promise<HeldPost[]> {
    return (await (await this.say('GET', '/__sandbox/posts')).json()) as HeldPost[]
  }
  /** Posts the platform holds with the words of item `key`. */
  async heldOf(key: string): Promise<HeldPost[]> {
    const { body } = captionOf(key)
    return (await this.held()).filter(({ caption }) => caption.includes(body))
  }

  /** A second post with the words and file of one the sandbox holds, as made by somebody's hand. */
  async copy(id: string): Promise<void> {
    const store = new Sqlite(join(this.dir, 'sandbox', 'sandbox.db'))
    const row = store.prepare('select * from posts where id = ?').get(id) as
      | Record<string, unknown>
      | undefined
    const { seq: _seq, ...rest } = { seq: 0, ...row, id: `${id}x`, link: `${String(row?.link)}x` }
    const names = Object.keys(rest)
    store
      .prepare(
        `insert into posts (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      )
      .run(...Object.values(rest))
    store.close()
  }

  /** Where the platform is to be found from now on. */
  pointAt(url: string): void {
    const { settings } = this.deps
    const kuaishou = { ...settings.platforms.kuaishou, baseUrl: url }
    const now = this.deps.now
    const platforms = buildPlatforms(
      { ...settings.platforms, kuaishou, deadlineMs: this.deadlineMs },
      { now, pause: async () => undefined },
    )
    this.deps = { ...this.deps, platforms }
    this.jobs = jobsOf(this.deps)
  }

  /** When the platform was called so, by the true clock. */
  async calls(op: string, account?: string): Promise<number[]> {
    const all = (await (await this.say('GET', '/__sandbox/calls')).json()) as {
      at: number
      op: string
      account: string
    }[]
    return all
      .filter((call) => call.op === op && (account === undefined || call.account === account))
      .map(({ at }) => at)
  }

  async row(id: string) {
    const [row] = await this.db.read.select().from(publications).where(eq(publications.id, id))
    if (!row) throw new Error(`no publication ${id}`)
    return row
  }
  rows() {
    return this.db.read.select().from(publications)
  }
  async account(id = 'kuaishou-a') {
    const [row] = await this.db.read.select().from(accounts).where(eq(accounts.id, id))
    if (!row) throw new Error(`no account ${id}`)
    return row
  }

  /** A new life of the process: what the old one had rung is gone, claims it left are taken up. */
  async restart(checkpoint?: Checkpoint): Promise<void> {
    this.rings = new Map()
    this.jobs = jobsOf(this.deps, checkpoint)
    await this.jobs.recover()
  }
  /** The queue's server forgets everything. */
  forgetRings(): void {
    this.rings = new Map()
  }

  /** Everything due at this moment, and what that rings for at this moment. */
  async runDue(): Promise<void> {
    if (this.deps.clockSkewMs) {
      // Between two moments of the test no time passes for the machine itself.
      forgetTime()
      await askTheTime([this.sandbox.url])
    }
    for (const read of this.jobs.dueReaders) await this.queue.ring(await read(this.deps.now()))
    const heard = new Set<string>()
    for (;;) {
      await relayOutbox(this.db, this.queue).catch((error: unknown) => this.thrown.push(error))
      const now = this.deps.now()
      const due = [...this.rings.values()].filter(({ runAt }) => runAt <= now)
      for (const { jobId } of due) this.rings.delete(jobId)
      // Rung again under the same id it has been heard; a changed row rings under another.
      const fresh = due.filter(({ jobId }) => !heard.has(jobId))
      if (fresh.length === 0) return
      for (const { jobId } of fresh) heard.add(jobId)
      for (let i = 0; i < fresh.length; i += CONCURRENCY)
        await Promise.all(fresh.slice(i, i + CONCURRENCY).map((ring) => this.run(ring)))
    }
  }
  private async run({ job, payload }: Ring): Promise<void> {
    const handler = this.jobs.handlers.find((one) => one.job.name === job)
    try {
      await handler?.run(payload as never)
    } catch (error) {
      this.thrown.push(error)
    }
  }

  /** Lets `ms` pass, doing at its moment whatever falls due. */
  async quiet(ms: number): Promise<void> {
    const end = this.clock.now.getTime() + ms
    for (;;) {
      await this.runDue()
      const next = await this.nextMoment()
      if (next === null || next > end) break
      this.clock.now = new Date(next)
    }
    this.clock.now = new Date(end)
    await this.runDue()
  }

  /** When something falls due next, by the true clock; what is due already and does not move waits for a sweep. */
  private async nextMoment(): Promise<number | null> {
    const now = this.deps.now().getTime()
    const [row] = await this.db.read
      .select({
        at: sql<number | null>`min(max(coalesce(${publications.nextCheckAt}, 0),
          case when state in ('scheduled', 'queued') then ${publications.dueAt} else 0 end,
          case when state = 'submitting' then coalesce(${publications.leaseUntil}, 0) else 0 end))`,
      })
      .from(publications)
      .where(
        sql`state in ('scheduled', 'queued', 'submitting') or (${publications.nextCheckAt} is not null)`,
      )
    const times = [...this.rings.values()].map(({ runAt }) => runAt.getTime())
    if (row?.at != null) times.push(row.at)
    if (times.length === 0) return null
    const next = Math.min(...times)
    return (next > now ? next : now + SWEEP_MS) - this.skewMs
  }

  /** The product's HTTP over the same data; `as` speaks for somebody of a role in an institution. */
  async http() {
    const app = await buildApp(this.deps, { webDir: null })
    this.apps.push(app)
    const as =
      (role: Role | null, institution = 'a') =>
      async (url: string, body?: object, headers: Record<string, string> = {}) => {
        const answer = await app.inject({
          method: body === undefined ? 'GET' : 'POST',
          url,
          headers: { ...(role && { cookie: `xingbo=token-${role}-${institution}` }), ...headers },
          ...(body !== undefined && { payload: body }),
        })
        return { status: answer.statusCode, text: answer.body, headers: answer.headers }
      }
    return { app, as }
  }

  /** Only these publications' states, for short expectations. */
  async states(ids: readonly string[]): Promise<string[]> {
    const rows = await this.db.read
      .select({ id: publications.id, state: publications.state })
      .from(publications)
      .where(inArray(publications.id, [...ids]))
    return ids.map((id) => rows.find((row) => row.id === id)?.state ?? 'gone')
  }

  async judge(allowed?: Parameters<typeof judge>[2]): Promise<RowResult> {
    const truth = { ...this.deps, now: () => this.clock.now }
    return judge(truth, await this.held(), allowed)
  }

  async close(): Promise<void> {
    for (const app of this.apps) await app.close()
    await this.sandbox.close()
    this.db.close()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
