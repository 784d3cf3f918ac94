import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Actor } from '@xingbo/shared/identity/actor'
import { eq } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'
import { auditEntries } from '../../apps/api/src/db/schema/audit.ts'
import { publications } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { resolve } from '../../apps/api/src/modules/publishing/hand-off.service.ts'
import { schedule } from '../../apps/api/src/modules/publishing/schedule.service.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { type Sandbox, startSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { freePort } from '../support/free-port.ts'
import { captionOf, connectKuaishou, readyItem } from '../support/ready-item.ts'
import { keepCredentials, seedPeople, vault } from '../support/test-app.ts'

const operator: Actor = {
  userId: 'operator-a',
  displayName: 'operator-a',
  institutionId: 'a',
  role: 'operator',
  doctorId: null,
  sessionId: 'ses-operator-a',
  scope: null,
}

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const victim = fileURLToPath(new URL('./victim.ts', import.meta.url))

export type Accepted = {
  readonly caption: string
  readonly acceptedAt: number
  readonly id: string
}
export type Run = { readonly child: ChildProcess; readonly ended: Promise<void> }

/**
 * One scenario: a data folder, a sandbox that logs every post it accepted (the oracle), and the product in a
 * process of its own that can be killed and started again.
 */
export class Oracle {
  readonly dir: string
  readonly db: Database
  readonly deps: Deps
  readonly sandbox: Sandbox
  private readonly port: number
  private runs: Run[] = []

  private constructor(dir: string, db: Database, deps: Deps, sandbox: Sandbox, port: number) {
    this.dir = dir
    this.db = db
    this.deps = deps
    this.sandbox = sandbox
    this.port = port
  }

  static async open(dir: string): Promise<Oracle> {
    mkdirSync(join(dir, 'media'), { recursive: true })
    const port = await freePort()
    const settings = settingsFrom(
      readEnv({ XINGBO_DATA: dir, XINGBO_SANDBOX_PORT: String(port), XINGBO_LOG: 'silent' }),
    )
    const db = openDatabase(join(dir, 'xingbo.db'))
    migrateDatabase(db)
    await seedPeople(db)
    await keepCredentials(db)
    const deps: Deps = {
      db,
      now: () => new Date(),
      vault,
      settings,
      platforms: buildPlatforms(settings.platforms),
      robots: robotSender(() => new Date()),
      log: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
    }
    const sandbox = await startSandbox({
      port,
      dir: join(dir, 'sandbox'),
      apps: settings.platforms,
      pendingMs: 300,
    })
    const oracle = new Oracle(dir, db, deps, sandbox, port)
    await connectKuaishou(deps, sandbox.url)
    return oracle
  }

  /** Schedules a fresh item on the Kuaishou account, due in `ms`; returns the publication's id. */
  async post(key: string, ms: number): Promise<string> {
    await readyItem(this.deps, key)
    const [view] = await schedule(this.deps, operator, key, {
      timeZone: 'Asia/Shanghai',
      items: [
        {
          accountId: 'kuaishou-a',
          dueAt: new Date(Date.now() + ms).toISOString(),
          repeatReason: '',
        },
      ],
    })
    if (!view) throw new Error('nothing was scheduled')
    return view.row.id
  }

  /** What a person does who has looked and found nothing. */
  async sendAgain(id: string): Promise<void> {
    const { revision } = await this.stateOf(id)
    await resolve(this.deps, operator, id, { choice: 'send_again', revision, reason: '已核对' })
  }

  async fault(body: object): Promise<void> {
    await fetch(`${this.sandbox.url}/__sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  /** Starts the product; with a step it kills itself there. */
  start(step = 'none', delayMs = 0, env: Record<string, string> = {}): Run {
    const child = spawn(node, [victim, this.dir, String(this.port), step, String(delayMs)], {
      stdio: 'ignore',
      env: { ...process.env, ...env },
    })
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    const run = { child, ended }
    this.runs.push(run)
    return run
  }

  async stop(run: Run): Promise<void> {
    run.child.kill('SIGKILL')
    await run.ended
  }

  async stateOf(id: string) {
    const [row] = await this.db.read.select().from(publications).where(eq(publications.id, id))
    if (!row) throw new Error(`no publication ${id}`)
    return row
  }

  async accepted(): Promise<Accepted[]> {
    const res = await fetch(`${this.sandbox.url}/__sandbox/posts`)
    return (await res.json()) as Accepted[]
  }

  /** How often the oracle holds the words of item `key`. */
  async timesAccepted(key: string): Promise<Accepted[]> {
    const { body } = captionOf(key)
    return (await this.accepted()).filter(({ caption }) => caption.includes(body))
  }

  /** I6: one audit line per change of state, in the order the rules allow. */
  async transitions(id: string): Promise<string[]> {
    const rows = await this.db.read
      .select({ detail: auditEntries.detail })
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, id))
      .orderBy(auditEntries.seq)
    return rows.map(({ detail }) => (detail as { to?: string }).to ?? '')
  }

  async close(): Promise<void> {
    for (const run of this.runs) if (run.child.exitCode === null) await this.stop(run)
    await this.sandbox.close()
    this.db.close()
  }
}

/** Waits until `probe` says yes; false when `ms` pass first. */
export async function until(probe: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = Date.now() + ms
  while (Date.now() < end) {
    if (await probe()) return true
    await new Promise((go) => setTimeout(go, 100))
  }
  return probe()
}
