import { count, eq, ne } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { publications } from '../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { schedule } from '../../apps/api/src/modules/publishing/schedule.service.ts'
import { startProduct } from '../../apps/api/src/product.ts'
import { readyItem } from '../support/ready-item.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { keepCredentials, seedPeople, testDeps } from '../support/test-app.ts'
import { freshDatabase } from '../support/test-database.ts'
import { until } from './oracle.ts'

const ITEMS = 500

/** 500 items on two accounts: 1,000 posts, all in Redis as delayed jobs; then Redis forgets everything. */
test.skipIf(!hasRedis)('FLUSHALL with 1,000 scheduled posts loses none', async () => {
  const redis = await startRedis()
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  await keepCredentials(db)
  const env = { REDIS_URL: redis.url, XINGBO_PORT: '0' }
  const { deps } = testDeps(db, dir, env, true)
  // Nothing is sent to a platform here: every post waits for a person once it is due.
  await db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ publishRoute: 'manual' }).where(eq(accounts.id, 'douyin-a'))
  })
  const operator = {
    userId: 'operator-a',
    displayName: 'operator-a',
    institutionId: 'a',
    role: 'operator' as const,
    doctorId: null,
    sessionId: 'ses-operator-a',
    scope: null,
  }
  const product = await startProduct(deps, jobsOf(deps), { webDir: null })
  onTestFinished(async () => {
    await product.close()
    await redis.stop()
  })
  const dueAt = new Date(Date.now() + 3_600_000)
  for (let i = 0; i < ITEMS; i++) {
    const id = await readyItem(deps, `f${i}`)
    await schedule(deps, operator, id, {
      timeZone: 'Asia/Shanghai',
      items: ['douyin-a', 'xiaohongshu-a'].map((accountId) => ({
        accountId,
        dueAt: dueAt.toISOString(),
        repeatReason: '',
      })),
    })
  }
  expect(await until(async () => (await product.queue.depth()) >= ITEMS * 2, 120_000)).toBe(true)
  await redis.flushAll()
  expect(await product.queue.depth()).toBe(0)
  // An hour passes: nothing in Redis knows of it, only the rows do.
  await db.inTransaction(async (tx) => {
    await tx.update(publications).set({ dueAt: new Date() })
  })

  const leftBehind = async () => {
    const [row] = await db.read
      .select({ n: count() })
      .from(publications)
      .where(ne(publications.state, 'awaiting_person'))
    return row?.n ?? 0
  }
  const came = await until(async () => (await leftBehind()) === 0, 300_000)
  process.stdout.write(
    `\n${ITEMS * 2 - (await leftBehind())} of ${ITEMS * 2} came due after FLUSHALL\n`,
  )
  expect(came).toBe(true)
  const early = await db.read.select().from(publications)
  expect(early.filter((row) => row.stateEnteredAt < row.dueAt)).toEqual([])
})
