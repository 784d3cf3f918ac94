import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { notices } from '../../../apps/api/src/db/schema/inbox.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { accountDue } from '../../../apps/api/src/modules/accounts/account.jobs.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testNow } from '../../support/test-app.ts'
import { connectBench } from './connect-bench.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export async function connected(platform: 'kuaishou' | 'bilibili' = 'kuaishou') {
  const t = await connectBench()
  const { id } = await t.unconnected('澜州栖梧医院', platform)
  expect(await t.land((await t.consent(id)).back)).toBe(`/accounts/${id}?connect=ok`)
  const first = await t.token(id)
  if (first.kind !== 'ok') throw new Error(first.code)
  /** What the sweeper finds due, done as the worker would. */
  const due = async () =>
    (await accountDue(t.deps)(t.deps.now())).filter(({ jobId }) => jobId.includes(id))
  const sweep = async () => {
    const rings = await due()
    const handlers = jobsOf(t.deps).handlers
    for (const ring of rings)
      await handlers.find(({ job }) => job.name === ring.job)?.run(ring.payload as never)
    return rings
  }
  const told = () => t.db.read.select().from(notices).orderBy(notices.userId)
  return { ...t, id, first: first.accessToken, due, sweep, told }
}

/** One item scheduled on the account, `after` ms from now. */
export async function scheduled(
  t: Awaited<ReturnType<typeof connected>>,
  item: string,
  after: number,
) {
  await readyItem(t.deps, item)
  const dueAt = new Date(t.deps.now().getTime() + after).toISOString()
  const answer = await t.as('operator')(`/api/contents/${item}/publications`, {
    body: { items: [{ accountId: t.id, dueAt }] },
  })
  expect(answer.status, answer.text).toBe(200)
  return (answer.body as { items: Publication[] }).items[0]?.id ?? ''
}
/** A post that waits on the account; its words do not matter here. */
export async function waiting(
  t: Awaited<ReturnType<typeof connected>>,
  platform: 'bilibili' | 'weibo',
  dueAt: Date,
) {
  await t.db.inTransaction(async (tx) => {
    await tx.insert(publications).values({
      id: 'pub_late',
      institutionId: 'a',
      contentId: 'c9',
      accountId: t.id,
      platform,
      route: 'api',
      state: 'scheduled',
      stateEnteredAt: testNow,
      dueAt,
      timeZone: 'Asia/Shanghai',
      snapshot: {},
      snapshotSha256: 'x',
      scriptSha256: 'x',
      createdBy: 'operator-a',
      createdAt: testNow,
      updatedAt: testNow,
    })
  })
  return 'pub_late'
}
export const postOf = async (t: Awaited<ReturnType<typeof connected>>, id: string) => {
  const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
  if (!row) throw new Error('no such post')
  return row
}
