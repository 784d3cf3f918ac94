import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { factOf } from '../../../apps/api/src/db/memory.ts'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { auditEntries, outbox } from '../../../apps/api/src/db/schema/audit.ts'
import { doctors } from '../../../apps/api/src/db/schema/doctors.ts'
import { recordAudit, systemActor } from '../../../apps/api/src/modules/audit/audit.ts'
import { seedPeople, testNow } from '../../support/test-app.ts'
import { freshDatabase } from '../../support/test-database.ts'

/** A name that is remembered, and how often it was really read. */
async function house() {
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  let reads = 0
  const nameOf = () =>
    db.inTransaction((tx) =>
      factOf(tx, 'name', async () => {
        reads += 1
        const [row] = await tx.select().from(accounts).where(eq(accounts.id, 'douyin-a'))
        return row?.displayName
      }),
    )
  const rename = (displayName: string) =>
    db.inTransaction(async (tx) => {
      await tx.update(accounts).set({ displayName }).where(eq(accounts.id, 'douyin-a'))
    })
  const other = () => new Sqlite(join(dir, 'xingbo.db'))
  return { db, nameOf, rename, other, reads: () => reads }
}

test('what nobody changed is read once, and a change is seen at once', async () => {
  const { db, nameOf, rename, reads } = await house()
  expect([await nameOf(), await nameOf()]).toEqual(['douyin账号', 'douyin账号'])
  expect(reads()).toBe(1)
  await db.inTransaction((tx) =>
    recordAudit(tx, systemActor('a'), testNow, {
      action: 'account.changed',
      subjectType: 'account',
      subjectId: 'douyin-a',
      detail: {},
    }),
  )
  await nameOf()
  expect(reads()).toBe(1)
  await rename('改过的名字')
  expect(await nameOf()).toBe('改过的名字')
})

test('what was read inside a transaction that failed is not believed', async () => {
  const { db, nameOf, reads } = await house()
  const failing = db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ displayName: '从未有过' }).where(eq(accounts.id, 'douyin-a'))
    await factOf(tx, 'name', async () => '从未有过')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await nameOf()).toBe('douyin账号')
  expect(reads()).toBe(1)
})

test('another process that writes is noticed, for facts and for the end of the audit chain', async () => {
  const { db, nameOf, other } = await house()
  const note = () =>
    db.inTransaction((tx) =>
      recordAudit(tx, systemActor('a'), testNow, {
        action: 'account.changed',
        subjectType: 'account',
        subjectId: 'douyin-a',
        detail: {},
      }),
    )
  await note()
  await nameOf()
  const second = other()
  second.prepare(`update accounts set display_name = '别处改的' where id = 'douyin-a'`).run()
  second
    .prepare(
      `insert into audit_entries (institution_id, at, actor_id, actor_name, action, subject_type, subject_id, detail, prev_hash, hash)
       select institution_id, at, actor_id, actor_name, action, subject_type, subject_id, detail, hash, 'elsewhere' from audit_entries`,
    )
    .run()
  second.close()
  expect(await nameOf()).toBe('别处改的')
  await note()
  const rows = await db.read.select().from(auditEntries).orderBy(auditEntries.seq)
  expect(rows.map(({ prevHash }) => prevHash).at(-1)).toBe('elsewhere')
})

test('outside a transaction nothing is remembered', async () => {
  const { db } = await house()
  let reads = 0
  const read = async () => {
    reads += 1
    return (await db.read.select().from(outbox)).length
  }
  await factOf(db.read, 'rings', read)
  await factOf(db.read, 'rings', read)
  expect(reads).toBe(2)
})

test('a fact that is not read from a busy table outlives its changes, and no other', async () => {
  const { db, rename } = await house()
  const reads = { any: 0, own: 0 }
  const ask = () =>
    db.inTransaction(async (tx) => {
      await factOf(tx, 'any', async () => ++reads.any)
      await factOf(tx, 'own', async () => ++reads.own, 'doctors')
    })
  const renameDoctor = () =>
    db.inTransaction(async (tx) => {
      await tx.update(doctors).set({ name: '改名' }).where(eq(doctors.id, 'doc-a'))
    })
  await ask()
  await renameDoctor()
  await ask()
  expect(reads).toEqual({ any: 2, own: 1 })
  await rename('另一个')
  await ask()
  expect(reads).toEqual({ any: 3, own: 2 })
})
