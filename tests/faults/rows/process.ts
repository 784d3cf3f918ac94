import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { count, eq } from 'drizzle-orm'
import { openDatabase } from '../../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../../apps/api/src/db/migrate.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { freePort } from '../../support/free-port.ts'
import { readyItem } from '../../support/ready-item.ts'
import type { Harness } from '../harness.ts'
import { type Ended, runNode, start } from '../processes.ts'
import type { World } from '../world.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Lets another process live on the world's data from the world's present moment on, until it ends. */
async function life(
  w: World,
  order: object,
  options: { node?: readonly string[] } = {},
): Promise<Ended & { said: string }> {
  const from = w.clock.now.getTime()
  const sandbox = Number(new URL(w.sandbox.url).port)
  const child = start(
    './life.ts',
    [JSON.stringify({ dir: w.dir, sandbox, from, ...order })],
    options,
  )
  const ended = await child.ended
  return { ...ended, said: child.said() }
}

/** Scheduled, killed at a step in a process of its own, taken up again here, watched to the end. */
async function killedAt(h: Harness, at: string, afterMs = 0): Promise<{ w: World; id: string }> {
  const w = await h.world()
  const id = await w.post('p1', 1_000)
  await w.post('p2', 20_000)
  w.clock.now = new Date(w.clock.now.getTime() + 1_000)
  const end = await life(w, { at, afterMs, of: id })
  h.equal(`ended at ${at}`, end.signal, 'SIGKILL')
  w.clock.now = new Date(w.clock.now.getTime() + 2_000)
  await w.restart()
  await w.quiet(2 * HOUR_MS)
  return { w, id }
}

/** `F-01` to `F-12`: processes that die, stop, or stand still. */
export const processRows: readonly FaultRow[] = [
  {
    id: 'F-01',
    title: { zh: '认领之后、发送之前 kill -9', en: 'kill -9 after the claim, before the call' },
    kind: 'process',
    async run(_seed, h) {
      const at = h.random.pick(['claimed', 'uploaded'])
      const { w, id } = await killedAt(h, at)
      // Nothing irreversible had happened, so it starts again, once.
      h.equal('state', (await w.row(id)).state, 'published')
      h.equal('calls', (await w.calls('kuaishou.publish')).length, 2)
      return h.verdict()
    },
  },
  {
    id: 'F-02',
    title: {
      zh: '发出之后、回复之前 kill -9',
      en: 'kill -9 after the bytes left, before the reply',
    },
    kind: 'process',
    async run(_seed, h) {
      const { w, id } = await killedAt(h, 'sent', h.random.below(40))
      const held = await w.heldOf('p1')
      const row = await w.row(id)
      h.expect(`${held.length} posts`, held.length <= 1)
      if (held[0]) h.equal('bound', [row.state, row.remoteId], ['published', held[0].id])
      else
        h.equal('a person', [row.state, row.reasonKey], ['unconfirmed', 'publishing.needsPerson'])
      return h.verdict()
    },
  },
  {
    id: 'F-03',
    title: {
      zh: '收到回复、还没落盘 kill -9',
      en: 'kill -9 after the reply, before it is on disk',
    },
    kind: 'process',
    async run(_seed, h) {
      const { w, id } = await killedAt(h, 'answered')
      const row = await w.row(id)
      h.equal('bound', [row.state, row.remoteId], ['published', (await w.heldOf('p1'))[0]?.id])
      return h.verdict()
    },
  },
  {
    id: 'F-04',
    title: {
      zh: '落盘之后、通知之前 kill -9',
      en: 'kill -9 after the commit, before anybody is told',
    },
    kind: 'process',
    async run(_seed, h) {
      const { w, id } = await killedAt(h, 'committed')
      h.equal('state', (await w.row(id)).state, 'published')
      const lines = await w.db.read
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(eq(auditEntries.subjectId, id))
      for (const action of ['publication.accepted', 'publication.published'])
        h.equal(action, lines.filter((line) => line.action === action).length, 1)
      return h.verdict()
    },
  },
  {
    id: 'F-05',
    title: {
      zh: '保存途中 kill -9 接口进程，重试同一请求',
      en: 'kill -9 of the API in mid-write; the same request again',
    },
    kind: 'process',
    async run(seed, h) {
      const w = await h.world()
      const items = Array.from({ length: 12 }, (_, i) => `p${String(i).padStart(2, '0')}x`)
      for (const item of items) await readyItem(w.deps, item)
      const dueAt = new Date(w.clock.now.getTime() + 30 * MINUTE_MS).toISOString()
      const port = await freePort()
      const order = JSON.stringify({ dir: w.dir, port, from: w.clock.now.getTime() })
      const ask = (item: string) =>
        fetch(`http://127.0.0.1:${port}/api/contents/${item}/publications`, {
          method: 'POST',
          headers: {
            cookie: 'xingbo=token-operator-a',
            'content-type': 'application/json',
            'idempotency-key': `${seed}-${item}`,
          },
          body: JSON.stringify({ items: [{ accountId: 'kuaishou-a', dueAt }] }),
        }).then(async (res) => ({ status: res.status, text: await res.text() }))
      const first = start('./api.ts', [order])
      await until(() => first.said().includes('ready'))
      const asked = items.map((item) => ask(item).catch(() => null))
      await new Promise((go) => setTimeout(go, h.random.below(120)))
      first.kill('SIGKILL')
      await first.ended
      const answers = await Promise.all(asked)
      const kept = await w.db.read.select().from(publications)
      for (const [i, item] of items.entries()) {
        const there = kept.filter((row) => row.contentId === item).length
        h.expect(`${there} rows of ${item}`, there <= 1)
        if (answers[i]?.status === 200) h.equal(`${item} was acknowledged`, there, 1)
      }
      const second = start('./api.ts', [order])
      h.atEnd(() => second.kill('SIGKILL'))
      await until(() => second.said().includes('ready'))
      for (const [i, item] of items.entries()) {
        const again = await ask(item)
        const before = answers[i]
        if (before?.status === 200) h.equal('the same answer', again.text, before.text)
        // Committed, its answer lost before it could be kept: told that it is there already.
        else h.expect(`told ${again.status}`, again.status === 200 || again.status === 409)
      }
      second.kill('SIGKILL')
      await second.ended
      const [row] = await w.db.read.select({ n: count() }).from(publications)
      h.equal('rows in the end', row?.n, items.length)
      await w.restart()
      await w.quiet(HOUR_MS)
      return h.verdict()
    },
  },
  {
    id: 'F-06',
    title: {
      zh: '5 条在发、20 个请求在途时 SIGTERM',
      en: 'SIGTERM with 5 posts being sent and 20 requests on their way',
    },
    kind: 'process',
    async run(_seed, h) {
      const w = await h.world({ accounts: 5 })
      const { clock } = w
      clock.now = new Date()
      for (const [i, account] of w.accountIds(5).entries()) {
        await w.reconnect(account)
        await w.post(`p${i}`, 1_500, account)
      }
      const port = await freePort()
      const sandbox = Number(new URL(w.sandbox.url).port)
      const ticking = setInterval(() => {
        clock.now = new Date()
      }, 20)
      h.atEnd(() => clearInterval(ticking))
      const child = start('./api.ts', [JSON.stringify({ dir: w.dir, port, sandbox, queue: true })])
      h.atEnd(() => child.kill('SIGKILL'))
      await until(() => child.said().includes('ready'))
      await until(async () => (await w.calls('kuaishou.start_upload')).length > 0)
      const requests = Array.from({ length: 20 }, () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          (res) => res.text().then((text) => ({ status: res.status, whole: text.endsWith('}') })),
          () => ({ status: 0, whole: true }),
        ),
      )
      await new Promise((go) => setTimeout(go, h.random.below(60)))
      const began = Date.now()
      child.kill('SIGTERM')
      const end = await child.ended
      const answers = await Promise.all(requests)
      h.expect(`stopped after ${Date.now() - began} ms`, Date.now() - began < 30_000)
      h.equal('exit', [end.code, end.signal], [0, null])
      const cut = answers.filter(({ status, whole }) => ![0, 200, 503].includes(status) || !whole)
      h.equal('spoilt replies', cut, [])
      clearInterval(ticking)
      clock.now = new Date(Date.now() + 5_000)
      await w.restart()
      await w.quiet(2 * HOUR_MS)
      return h.verdict()
    },
  },
  {
    id: 'F-09',
    title: { zh: '一条任务每次都把进程弄死', en: 'one post that kills its process each time' },
    kind: 'process',
    async run(_seed, h) {
      const w = await h.world({ accounts: 2 })
      const poison = await w.post('p1', 1_000)
      const behind = await w.post('p2', 2_000)
      const other = await w.post('p3', 2_000, 'kuaishou-2')
      w.clock.now = new Date(w.clock.now.getTime() + 3_000)
      const at = h.random.pick(['claimed', 'uploaded'])
      let deaths = 0
      for (let lives = 0; lives < 9 && (await w.row(poison)).state !== 'failed'; lives++) {
        const end = await life(w, { at, of: poison, how: 'kill' })
        if (end.signal === 'SIGKILL') deaths++
        w.clock.now = new Date(w.clock.now.getTime() + 15_000)
      }
      h.equal('deaths', deaths, 3)
      await w.restart()
      await w.quiet(20 * MINUTE_MS)
      h.equal('states', await w.states([poison, behind]), ['failed', 'published'])
      // Killed in its very call, the bystander may be one nobody knows of; it is never given up for poison.
      const { state } = await w.row(other)
      const held = (await w.heldOf('p3')).length
      const honest = state === 'published' ? held === 1 : state === 'unconfirmed' && held === 0
      h.expect(`the bystander is ${state}, ${held} on the platform`, honest)
      h.equal('reason', (await w.row(poison)).reasonKey, 'publishing.interruptedTooOften')
      h.equal('held', (await w.heldOf('p1')).length, 0)
      return h.verdict()
    },
  },
  {
    id: 'F-10',
    title: { zh: '未捕获的拒绝；内存耗尽', en: 'an unhandled rejection; out of memory' },
    kind: 'process',
    async run(seed, h) {
      const w = await h.world()
      const id = await w.post('p1', 1_000)
      w.clock.now = new Date(w.clock.now.getTime() + 1_000)
      const how = seed % 4 === 0 ? 'memory' : 'reject'
      const at = h.random.pick(['claimed', 'uploaded', 'sent', 'answered', 'committed'])
      const end = await life(w, { at, of: id, how }, { node: ['--max-old-space-size=128'] })
      h.expect(`ended with ${end.code} ${end.signal}`, end.code !== 0)
      w.clock.now = new Date(w.clock.now.getTime() + 2_000)
      await w.restart()
      await w.quiet(2 * HOUR_MS)
      const held = await w.heldOf('p1')
      const { state } = await w.row(id)
      h.expect(
        `${held.length} posts, ${state}`,
        held.length === 1 ? state === 'published' : state === 'unconfirmed',
      )
      return h.verdict()
    },
  },
  {
    id: 'F-11',
    title: { zh: '数据库升级到一半 kill -9', en: 'kill -9 in the middle of a migration' },
    kind: 'process',
    async run(seed, h) {
      const w = await h.world()
      const file = join(w.dir, 'migrating.db')
      const nth = 1 + ((seed * 7) % 40)
      // Ends itself before the nth statement the migration prepares.
      const code = `
        const { default: Sqlite } = await import('better-sqlite3')
        const { openDatabase } = await import('./apps/api/src/db/database.ts')
        const { migrateDatabase } = await import('./apps/api/src/db/migrate.ts')
        const db = openDatabase(${JSON.stringify(file)})
        let n = 0
        const prepare = db.writer.prepare.bind(db.writer)
        db.writer.prepare = (sql) => { if (++n === ${nth}) process.kill(process.pid, 'SIGKILL'); return prepare(sql) }
        migrateDatabase(db)`
      await runNode(code).catch(() => undefined)
      const shape = (path: string) => {
        const sqlite = new Sqlite(path, { readonly: true })
        const rows = sqlite
          .prepare(
            "select type, name from sqlite_master where name not like 'sqlite_%' order by 1, 2",
          )
          .all()
        sqlite.close()
        return rows
      }
      h.expect('no file', existsSync(file))
      const db = openDatabase(file)
      migrateDatabase(db)
      h.equal('integrity', db.writer.pragma('integrity_check', { simple: true }), 'ok')
      db.close()
      h.equal('schema', shape(file), shape(join(w.dir, 'xingbo.db')))
      return h.verdict()
    },
  },
  {
    id: 'F-12',
    title: {
      zh: '事件循环卡住，别的进程接着扫',
      en: 'a process stands still in mid-send while another goes on',
    },
    kind: 'process',
    async run(_seed, h) {
      const w = await h.world()
      const id = await w.post('p1', 1_000)
      w.clock.now = new Date(w.clock.now.getTime() + 1_000)
      const at = h.random.pick(['claimed', 'uploaded', 'sent', 'answered'])
      // To the second one ten minutes pass while the first stands still: the lease is long over.
      const blocked = life(w, { at, of: id, how: 'block', pace: 1, idleMs: 100 })
      await until(async () => (await w.row(id)).state !== 'scheduled')
      await new Promise((go) => setTimeout(go, 400))
      const truth = w.clock.now
      w.skewMs = 10 * MINUTE_MS
      await w.runDue()
      w.skewMs = 0
      await blocked
      w.clock.now = new Date(truth.getTime() + 10 * MINUTE_MS)
      await w.quiet(2 * HOUR_MS)
      const held = await w.heldOf('p1')
      h.expect(`${held.length} posts`, held.length <= 1)
      return h.verdict()
    },
  },
]

async function until(probe: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await probe()); ) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((go) => setTimeout(go, 15))
  }
}
