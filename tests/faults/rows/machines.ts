import { setTimeout as wait } from 'node:timers/promises'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { inArray } from 'drizzle-orm'
import { DataFolderTaken, takeDataFolder } from '../../../apps/api/src/db/data-lock.ts'
import { outbox } from '../../../apps/api/src/db/schema/audit.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../../apps/api/src/deps.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { publishRing } from '../../../apps/api/src/modules/publishing/publication.job.ts'
import { startProduct } from '../../../apps/api/src/product.ts'
import { instantPublisher } from '../../bench/publish/burst.ts'
import { percentile } from '../../bench/publish/figures.ts'
import { openHouse } from '../../bench/publish/house.ts'
import { startReader } from '../../bench/publish/reader.ts'
import { hasRedis, startRedis } from '../../support/redis.ts'
import { Fleet } from '../fleet.ts'
import { until } from '../oracle.ts'
import type { FaultRow, RowResult } from './row.ts'

const skip = hasRedis ? null : 'redis-server is missing'
const LEASE_SECONDS = 3

/** `F-07`, `F-08` and `F-64`: what many machines, and many posts at once, may do. */
export const machineRows: readonly FaultRow[] = [
  {
    id: 'F-07',
    title: {
      zh: '节点在发布中途被停住，租约过后才醒',
      en: 'a worker stopped in mid-publish, continued after its lease is over',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await Fleet.open({ leaseSeconds: LEASE_SECONDS })
      h.atEnd(() => fleet.close())
      const step = h.random.pick(['claimed', 'uploaded', 'begun'])
      const product = await fleet.here()
      const asleep = await fleet.worker('asleep', step, 'SIGSTOP')
      const connected = () => until(async () => asleep.output().includes('worker'), 60_000)
      h.expect('the worker connects', await connected())
      await fleet.burst(1)
      const stopped = () =>
        until(async () => (await fleet.attempts()).some((one) => reached(one, step)), 60_000)
      h.expect(`it stops at ${step}`, await stopped())
      const [mine] = await fleet.attempts()
      await wait(LEASE_SECONDS * 1_000 + h.random.below(2_000))
      await fleet.worker('awake')
      // The lease is taken from it; another may go on if nothing can have been sent.
      const taken = async () => {
        await product.sweeper.sweep()
        const [row] = await fleet.rows()
        return row?.state === 'unconfirmed' || row?.state === 'published'
      }
      h.expect('taken from the sleeper', await until(taken, 60_000))
      const held = await fleet.held()
      asleep.child.kill('SIGCONT')
      await wait(2_000)
      const after = await fleet.held()
      h.equal('sent by the one that slept', after.length - held.length, 0)
      const attempts = await fleet.attempts()
      const late = attempts.find(({ id }) => id === mine?.id)
      h.equal('written by the one that slept', late?.outcome, 'unknown')
      const [row] = await fleet.rows()
      h.equal('ends', row?.state, step === 'begun' ? 'unconfirmed' : 'published')
      h.equal('held', after.length, step === 'begun' ? 0 : 1)
      h.add(await fleet.judge())
      return h.verdict()
    },
  },
  {
    id: 'F-08',
    title: {
      zh: '同一个节点、同一台服务器误启动两次',
      en: 'one worker and one server started twice by mistake',
    },
    kind: 'process',
    skip,
    async run(_seed, h) {
      const fleet = await Fleet.open({ accounts: 4, leaseSeconds: LEASE_SECONDS })
      h.atEnd(() => fleet.close())
      const address = 'http://127.0.0.1:1'
      const lock = takeDataFolder(fleet.dir, { pid: process.pid, since: 'now', address })
      h.atEnd(() => lock.release())
      const began = Date.now()
      try {
        takeDataFolder(fleet.dir, { pid: 1, since: 'now', address: 'second' }).release()
        h.expect('the second server refuses', false)
      } catch (error) {
        const named = error instanceof DataFolderTaken && error.message.includes(address)
        h.expect(`the second server names the holder: ${error}`, named)
      }
      h.expect('within 5 s', Date.now() - began < 5_000)
      const product = await fleet.here()
      // The same credential and the same folder, twice.
      const twins = [await fleet.worker('twin'), await fleet.worker('twin')]
      for (const twin of twins)
        h.expect(
          'a twin connects',
          await until(async () => twin.output().includes('worker'), 60_000),
        )
      await fleet.burst(24)
      await fleet.finish(product)
      h.equal('published', await fleet.tally(), { published: 24 })
      h.add(await fleet.judge())
      return h.verdict()
    },
  },
  {
    id: 'F-64',
    title: {
      zh: '同一秒到点：500 个账号上 10,000 条（第 2 个种子起 1,000 条）',
      en: '10,000 posts of 500 accounts at one second (1,000 from the second seed on)',
    },
    kind: 'process',
    skip,
    run: (seed, h) => burst(seed === 1 ? 10_000 : 1_000, h),
  },
]

type Attempt = Awaited<ReturnType<Fleet['attempts']>>[number]
const reached = ({ step }: Attempt, wanted: string): boolean =>
  wanted === 'claimed'
    ? step === 'claimed'
    : wanted === 'uploaded'
      ? step === 'uploaded'
      : step === 'sending'

/** All at one second: each decided on within 10 s, an account's own one after the other, and people are served. */
async function burst(posts: number, h: Parameters<FaultRow['run']>[1]): Promise<RowResult> {
  const redis = await startRedis()
  h.atEnd(() => redis.stop())
  const house = await openHouse({ posts, accounts: posts / 20 })
  h.atEnd(() => house.close())
  const sent: { account: string; from: number; to: number; due: number; id: string }[] = []
  const { kuaishou } = house.deps.platforms
  const publisher = instantPublisher(kuaishou, 0)
  const deps: Deps = {
    ...house.deps,
    settings: { ...house.deps.settings, queueUrl: redis.url },
    platforms: {
      ...house.deps.platforms,
      kuaishou: {
        ...publisher,
        async submit(ctx, snapshot, uploadId) {
          const from = performance.now()
          // Long enough that two of one account would be seen to overlap.
          await wait(2)
          const answer = await publisher.submit(ctx, snapshot, uploadId)
          const { accountId: account, contentId: id } = snapshot
          sent.push({ account, id, from, to: performance.now(), due: Date.now() })
          return answer
        },
      },
    },
  }
  const due = new Date(Date.now() + 6_000 + posts / 2)
  await house.setDue(() => due)
  // The house was scheduled for tomorrow; what asked to be rung then is rung for below.
  await deps.db.inTransaction(async (tx) => {
    await tx.delete(outbox)
  })
  const product = await startProduct(deps, jobsOf(deps), { webDir: null })
  h.atEnd(() => product.close())
  const rows = await deps.db.read.select().from(publications)
  for (let from = 0; from < rows.length; from += 500)
    await product.queue.ring(rows.slice(from, from + 500).map((row) => publishRing(row, due)))
  const reading = await startReader(deps)
  await wait(Math.max(0, due.getTime() - Date.now()))
  const open = async (states: PublicationState[]): Promise<number> =>
    deps.db.read.$count(publications, inArray(publications.state, states))
  const decided = await until(async () => (await open(['scheduled'])) === 0, 60_000)
  const decidedMs = Date.now() - due.getTime()
  const out = await until(
    async () => (await open(['scheduled', 'queued', 'submitting'])) === 0,
    300_000,
  )
  const drainMs = Date.now() - due.getTime()
  const p99 = percentile(await reading(), 0.99)
  h.expect('every post is decided on', decided)
  h.expect(`decided on within 10 s: ${decidedMs} ms`, decidedMs <= 10_000)
  h.expect('every post goes out', out)
  h.expect(`people are answered within 500 ms at p99: ${p99.toFixed(0)} ms`, p99 < 500)
  if (posts >= 10_000)
    process.stdout.write(
      `F-64: ${posts} posts decided on in ${decidedMs} ms, out in ${drainMs} ms, API p99 ${p99.toFixed(0)} ms\n`,
    )
  const ended = new Map<string, number>()
  let overlaps = 0
  for (const { account, from, to } of sent) {
    if (from < (ended.get(account) ?? 0)) overlaps++
    ended.set(account, to)
  }
  h.equal('two of one account at once', overlaps, 0)
  const early = sent.filter((one) => one.due < due.getTime()).length
  const different = new Set(sent.map(({ account, id }) => `${account} ${id}`)).size
  h.add({
    posts,
    duplicates: sent.length - different,
    lost: posts - different,
    wrongContent: 0,
    early,
    toPerson: 0,
    problems: [],
  })
  return h.verdict()
}
