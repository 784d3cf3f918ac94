import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChainReport } from '@xingbo/shared/audit/audit.schema'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { chainHash, recordAudit } from '../../../apps/api/src/modules/audit/audit.ts'
import {
  sealHead,
  startHeadKeeper,
} from '../../../apps/api/src/modules/audit/audit-head.service.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const actor = { userId: 'manager-a', displayName: '负责人', institutionId: 'a' }

type OnDisk = Record<
  | 'institution_id'
  | 'actor_id'
  | 'actor_name'
  | 'action'
  | 'subject_type'
  | 'subject_id'
  | 'detail'
  | 'prev_hash',
  string
> & { seq: number; at: number }

/** A log of `rows` entries, sealed. */
async function sealedLog(rows = 10) {
  const world = await testApp()
  const { db, dir, deps, as } = world
  const write = (count: number) =>
    db.inTransaction(async (tx) => {
      for (let i = 0; i < count; i++)
        await recordAudit(tx, actor, new Date(testNow.getTime() + i), {
          action: 'topic.changed',
          subjectType: 'topic',
          subjectId: `top-${i}`,
          detail: { n: i, 题: '血压' },
        })
    })
  await write(rows)
  expect(await sealHead(deps)).toBe('sealed')
  const verify = async () => (await as('admin')('/api/audit/verify')).body as unknown as ChainReport
  /** Somebody with the file in hand and the triggers out of the way. */
  const tamper = (...statements: string[]) => {
    const file = new Sqlite(join(dir, 'xingbo.db'))
    file.exec('DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete')
    for (const statement of statements) file.exec(statement)
    file.close()
  }
  return { ...world, write, verify, tamper, headFile: join(dir, 'audit-head.json') }
}

describe('the chain', () => {
  test('holds as it was written, across batches, and goes on after the seal', async () => {
    const { verify, write } = await sealedLog(1_203)
    expect(await verify()).toEqual({
      result: 'ok',
      entries: 1_203,
      badSeq: null,
      checkedAt: testNow.toISOString(),
      sealedAt: testNow.toISOString(),
    })
    await write(3)
    expect(await verify()).toMatchObject({ result: 'ok', entries: 1_206 })
  })

  test('is append-only for the product itself', async () => {
    const { db } = await sealedLog()
    expect(() => db.writer.exec("UPDATE audit_entries SET actor_name = 'x'")).toThrow('append-only')
    expect(() => db.writer.exec('DELETE FROM audit_entries')).toThrow('append-only')
  })

  test('shows an edited row', async () => {
    const { verify, tamper } = await sealedLog()
    tamper(`UPDATE audit_entries SET detail = '{"n":99}' WHERE seq = 4`)
    expect(await verify()).toMatchObject({ result: 'edited', badSeq: 4 })
  })

  test.each([
    ["actor_name = '别人'", 'who'],
    ['at = at - 60000', 'when'],
    ["institution_id = 'b'", 'where'],
    ["detail = 'no json'", 'what, unreadably'],
  ])('covers %s (%s)', async (change) => {
    const { verify, tamper } = await sealedLog()
    tamper(`UPDATE audit_entries SET ${change} WHERE seq = 7`)
    expect(await verify()).toMatchObject({ result: 'edited', badSeq: 7 })
  })

  test('shows a row put in', async () => {
    const { verify, tamper } = await sealedLog()
    tamper(
      'UPDATE audit_entries SET seq = seq + 1000 WHERE seq > 5',
      'UPDATE audit_entries SET seq = seq - 999 WHERE seq > 1000',
      `INSERT INTO audit_entries SELECT 6, institution_id, at, actor_id, '无中生有', action, subject_type,
        subject_id, detail, prev_hash, hash FROM audit_entries WHERE seq = 5`,
    )
    expect(await verify()).toMatchObject({ result: 'broken', badSeq: 6 })
  })

  test('shows a row taken out', async () => {
    const { verify, tamper } = await sealedLog()
    tamper('DELETE FROM audit_entries WHERE seq = 5')
    expect(await verify()).toMatchObject({ result: 'broken', badSeq: 6 })
  })

  test('shows the first row taken out', async () => {
    const { verify, tamper } = await sealedLog()
    tamper('DELETE FROM audit_entries WHERE seq = 1')
    expect(await verify()).toMatchObject({ result: 'broken', badSeq: 2 })
  })

  test('shows rows exchanged', async () => {
    const { verify, tamper } = await sealedLog()
    tamper(
      'UPDATE audit_entries SET seq = 999 WHERE seq = 3',
      'UPDATE audit_entries SET seq = 3 WHERE seq = 4',
      'UPDATE audit_entries SET seq = 4 WHERE seq = 999',
    )
    expect(await verify()).toMatchObject({ result: 'broken', badSeq: 3 })
  })

  test('shows the newest rows cut off, though what is left is a whole chain', async () => {
    const { verify, tamper } = await sealedLog()
    tamper(
      'DELETE FROM audit_entries WHERE seq > 7',
      "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'audit_entries'",
    )
    expect(await verify()).toMatchObject({ result: 'truncated', entries: 7, badSeq: 8 })
  })

  test('shows rows cut off that came after the last seal', async () => {
    const { verify, tamper, write } = await sealedLog()
    await write(5)
    tamper('DELETE FROM audit_entries WHERE seq > 12')
    expect(await verify()).toMatchObject({ result: 'truncated', badSeq: 13 })
  })

  test('shows everything cut off', async () => {
    const { verify, tamper } = await sealedLog()
    tamper('DELETE FROM audit_entries', 'DELETE FROM sqlite_sequence')
    expect(await verify()).toMatchObject({ result: 'truncated', entries: 0, badSeq: 1 })
  })

  test('shows a chain computed anew from the edited row on', async () => {
    const { verify, tamper, dir } = await sealedLog()
    tamper(`UPDATE audit_entries SET detail = '{"n":99}' WHERE seq = 4`)
    const file = new Sqlite(join(dir, 'xingbo.db'))
    const rows = file.prepare('SELECT * FROM audit_entries ORDER BY seq').all() as OnDisk[]
    let prev = rows[0]?.prev_hash ?? ''
    for (const row of rows) {
      const hash = chainHash(prev, {
        institutionId: row.institution_id,
        at: new Date(row.at),
        actorId: row.actor_id,
        actorName: row.actor_name,
        action: row.action,
        subjectType: row.subject_type,
        subjectId: row.subject_id,
        detail: JSON.parse(row.detail) as unknown,
      })
      file
        .prepare('UPDATE audit_entries SET prev_hash = ?, hash = ? WHERE seq = ?')
        .run(prev, hash, row.seq)
      prev = hash
    }
    file.close()
    expect(await verify()).toMatchObject({ result: 'forged', badSeq: 10 })
  })
})

describe('the sealed head', () => {
  test('altered, or signed by nobody, is told', async () => {
    const { verify, headFile } = await sealedLog()
    const head = JSON.parse(readFileSync(headFile, 'utf8')) as { seq: number }
    writeFileSync(headFile, JSON.stringify({ ...head, seq: 3 }))
    expect(await verify()).toMatchObject({ result: 'forged', badSeq: null, sealedAt: null })
    writeFileSync(headFile, 'not json')
    expect(await verify()).toMatchObject({ result: 'forged' })
    rmSync(headFile)
    expect(await verify()).toMatchObject({ result: 'headMissing', entries: 10 })
  })

  test('is not sealed over a log that no longer reaches it', async () => {
    const { verify, tamper, deps, headFile } = await sealedLog()
    const before = readFileSync(headFile, 'utf8')
    tamper(
      'DELETE FROM audit_entries WHERE seq > 7',
      "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'audit_entries'",
    )
    expect(await sealHead(deps)).toBe('refused')
    expect(readFileSync(headFile, 'utf8')).toBe(before)
    expect(await verify()).toMatchObject({ result: 'truncated' })
  })

  test('is kept from the start to the end, and every thousand changes', async () => {
    const { deps, headFile, write, verify } = await sealedLog()
    const sealedSeq = () => (JSON.parse(readFileSync(headFile, 'utf8')) as { seq: number }).seq
    const keeper = startHeadKeeper(deps)
    await write(1_000)
    await expect.poll(sealedSeq).toBe(1_010)
    await write(5)
    expect(sealedSeq()).toBe(1_010)
    await keeper.close()
    expect(sealedSeq()).toBe(1_015)
    expect(await sealHead(deps)).toBe('unchanged')
    expect(await verify()).toMatchObject({ result: 'ok', entries: 1_015 })
  })

  test('of an empty log is sealed too', async () => {
    const { deps, dir, as } = await testApp()
    expect(await sealHead(deps)).toBe('sealed')
    expect(existsSync(join(dir, 'audit-head.json'))).toBe(true)
    expect((await as('admin')('/api/audit/verify')).body).toMatchObject({
      result: 'ok',
      entries: 0,
    })
  })
})
