import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import { count } from 'drizzle-orm'
import { openDatabase } from '../../../apps/api/src/db/database.ts'
import { checkDatabase } from '../../../apps/api/src/db/migrate.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { verifyChain } from '../../../apps/api/src/modules/audit/audit.service.ts'
import { sealHead } from '../../../apps/api/src/modules/audit/audit-head.service.ts'
import { readyItem } from '../../support/ready-item.ts'
import { smallDisk } from '../small-disk.ts'
import type { World } from '../world.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000
const integrity = (w: World): unknown => w.db.writer.pragma('integrity_check', { simple: true })
const scheduleBody = (w: World) => ({
  items: [
    {
      accountId: 'kuaishou-a',
      dueAt: new Date(w.clock.now.getTime() + 10 * MINUTE_MS).toISOString(),
    },
  ],
})
async function rowCount(w: World): Promise<number> {
  const [row] = await w.db.read.select({ n: count() }).from(publications)
  return row?.n ?? 0
}

/** `F-40` to `F-45`: a disk or a database file that does not do what it should. */
export const diskRows: readonly FaultRow[] = [
  {
    id: 'F-40',
    title: { zh: '磁盘写满', en: 'the disk is full' },
    kind: 'process',
    skip: smallDisk.skip,
    async run(_seed, h) {
      const disk = smallDisk.mount()
      h.atEnd(disk.unmount)
      const w = await h.world({
        dir: join(disk.dir, 'data'),
        sandboxDir: join(disk.spare, 'sandbox'),
      })
      const { as } = await w.http()
      const id = await w.post('p1')
      await readyItem(w.deps, 'p2')
      w.db.writer.pragma('wal_checkpoint(TRUNCATE)')
      disk.fill()
      const refused = await as('operator')('/api/contents/p2/publications', scheduleBody(w))
      h.equal('told', refused.status, 503)
      h.expect('no time to come back', Number(refused.headers['retry-after']) > 0)
      h.equal('rows', await rowCount(w), 1)
      await w.quiet(5 * MINUTE_MS)
      h.equal('sent without an attempt on disk', (await w.calls('kuaishou.publish')).length, 0)
      let backup = 'made'
      await w.db.writer.backup(join(w.dir, 'backup.db')).catch(() => {
        backup = 'refused'
      })
      h.equal('a backup', backup, 'refused')
      disk.makeRoom()
      const taken = await as('operator')('/api/contents/p2/publications', scheduleBody(w))
      h.equal('after room was made', taken.status, 200)
      await w.quiet(20 * MINUTE_MS)
      h.equal('resumed by itself', (await w.row(id)).state, 'published')
      h.equal('integrity', integrity(w), 'ok')
      return h.verdict()
    },
  },
  {
    id: 'F-41',
    title: { zh: '另一个进程占着写锁', en: 'another process holds the writer’s lock' },
    kind: 'process',
    async run(_seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1')
      await readyItem(w.deps, 'p2')
      const other = new Sqlite(join(w.dir, 'xingbo.db'))
      other.exec('BEGIN IMMEDIATE')
      const delay = monitorEventLoopDelay({ resolution: 10 })
      delay.enable()
      const began = Date.now()
      const write = as('operator')('/api/contents/p2/publications', scheduleBody(w))
      const reads = await Promise.all(
        Array.from({ length: 5 }, () => as('operator')(`/api/publications/${id}`)),
      )
      h.expect(
        'reads wait for the lock',
        reads.every(({ status }) => status === 200),
      )
      const answer = await write
      delay.disable()
      h.equal('told', answer.status, 503)
      h.expect('no time to come back', Number(answer.headers['retry-after']) > 0)
      h.expect(`answered after ${Date.now() - began} ms`, Date.now() - began < 10_000)
      const worst = Math.round(delay.max / 1e6)
      h.expect(`the event loop stood for ${worst} ms`, worst < 1_500)
      other.exec('ROLLBACK')
      other.close()
      const again = await as('operator')('/api/contents/p2/publications', scheduleBody(w))
      h.equal('after the lock', again.status, 200)
      await w.quiet(20 * MINUTE_MS)
      h.equal('state', (await w.row(id)).state, 'published')
      return h.verdict()
    },
  },
  {
    id: 'F-42',
    title: {
      zh: '读后写冲突（SQLITE_BUSY_SNAPSHOT）',
      en: 'read, then write: SQLITE_BUSY_SNAPSHOT',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const id = await w.post('p1')
      const other = new Sqlite(join(w.dir, 'xingbo.db'), { timeout: 0 })
      const touch = () => other.prepare('update publications set updated_at = updated_at').run()
      let code = ''
      // Somebody tries to write between our read and our write. IMMEDIATE makes them wait, not us fail.
      await w.db.inTransaction(async (tx) => {
        const rows = await tx.select({ id: publications.id }).from(publications)
        try {
          touch()
        } catch (error) {
          code = error instanceof Sqlite.SqliteError ? error.code : String(error)
        }
        await tx.update(publications).set({ updatedAt: w.deps.now() })
        h.equal(
          'read',
          rows.map((row) => row.id),
          [id],
        )
      })
      h.equal('the other waits', code, 'SQLITE_BUSY')
      h.equal('then writes', touch().changes, 1)
      other.close()
      let refused = ''
      try {
        await w.db.read.update(publications).set({ updatedAt: w.deps.now() })
      } catch (error) {
        refused = String(error)
      }
      h.expect('a write outside a transaction', refused.includes('readonly'))
      await w.quiet(20 * MINUTE_MS)
      return h.verdict()
    },
  },
  {
    id: 'F-43',
    title: { zh: '数据库文件的一页坏了', en: 'a page of the database file is damaged' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      await w.post('p1')
      await w.quiet(10 * MINUTE_MS)
      const file = join(w.dir, 'damaged.db')
      await w.db.writer.backup(file)
      const pageSize = Number(w.db.writer.pragma('page_size', { simple: true }))
      const root = w.db.writer
        .prepare("select rootpage from sqlite_master where type = 'table' and name = ?")
        .pluck()
        .get(h.random.pick(['publications', 'audit_entries', 'attempts', 'accounts'])) as number
      const fd = openSync(file, 'r+')
      const garbage = Buffer.from(Array.from({ length: 64 }, () => h.random.below(256)))
      writeSync(fd, garbage, 0, 64, (root - 1) * pageSize)
      closeSync(fd)
      let found: string[] = []
      try {
        const db = openDatabase(file)
        found = checkDatabase(db)
        db.close()
      } catch (error) {
        found = [String(error)]
      }
      h.expect('damage that nobody sees', found.length > 0)
      return h.verdict()
    },
  },
  {
    id: 'F-44',
    title: {
      zh: '审计或冻结内容被悄悄改了一个字',
      en: 'a letter changed in an audit row or in frozen words',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const id = await w.post('p1')
      const fine = await w.post('p2', 2 * MINUTE_MS)
      await sealHead(w.deps)
      const raw = new Sqlite(join(w.dir, 'xingbo.db'))
      if (seed % 2 === 0)
        raw
          .prepare(
            "update publications set snapshot = replace(snapshot, '脖子', '肚子') where id = ?",
          )
          .run(id)
      else {
        const [guard] = raw
          .prepare(
            "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit_entries' and sql like '%UPDATE%'",
          )
          .all() as { name: string; sql: string }[]
        h.expect('nothing guards the audit log', guard !== undefined)
        if (guard) raw.exec(`drop trigger ${guard.name}`)
        raw
          .prepare(
            "update audit_entries set detail = replace(detail, 'scheduled', 'Scheduled') where seq = 1",
          )
          .run()
      }
      raw.close()
      if (seed % 2 === 0) {
        await w.quiet(20 * MINUTE_MS)
        h.equal(
          'changed words',
          [(await w.row(id)).state, (await w.row(id)).reasonKey],
          ['failed', 'publishing.notAsFrozen'],
        )
        h.equal('sent', (await w.heldOf('p1')).length, 0)
        h.equal('the other', (await w.row(fine)).state, 'published')
        return h.verdict()
      }
      const report = await verifyChain(w.deps)
      h.equal('found at', [report.result, report.badSeq], ['edited', 1])
      const [row] = await w.db.read.select({ n: count() }).from(auditEntries)
      h.expect('no row', (row?.n ?? 0) > 0)
      const result = await h.verdict()
      return { ...result, problems: result.problems.filter((one) => !one.startsWith('I6')) }
    },
  },
  {
    id: 'F-45',
    title: { zh: '磁盘只读或写入出错', en: 'a read-only disk, or one that fails to write' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1')
      await readyItem(w.deps, 'p2')
      const before = readFileSync(join(w.dir, 'xingbo.db')).length
      w.db.writer.pragma('query_only = 1')
      const answer = await as('operator')('/api/contents/p2/publications', scheduleBody(w))
      h.equal('told', answer.status, 503)
      h.equal('rows', await rowCount(w), 1)
      await w.quiet(5 * MINUTE_MS)
      h.equal('sent', (await w.calls('kuaishou.publish')).length, 0)
      h.equal('grew', readFileSync(join(w.dir, 'xingbo.db')).length, before)
      w.db.writer.pragma('query_only = 0')
      await w.quiet(20 * MINUTE_MS)
      h.equal('resumed', (await w.row(id)).state, 'published')
      return h.verdict()
    },
  },
]
