import { expect, onTestFinished, test } from 'vitest'
import { hasRedis } from '../support/redis.ts'
import { Fleet } from './fleet.ts'
import { until } from './oracle.ts'

/** `MACHINES_POSTS=2000` runs the burst in its full size; by default a small part of it. */
const POSTS = Number(process.env.MACHINES_POSTS ?? 120)
const ACCOUNTS = 20
const LEASE_SECONDS = 3

test.skipIf(!hasRedis)(
  `three workers, one killed and one stopped in mid-burst of ${POSTS}: each post accepted once`,
  async () => {
    const fleet = await Fleet.open({ accounts: ACCOUNTS, leaseSeconds: LEASE_SECONDS })
    onTestFinished(() => fleet.close())
    await fleet.burst(POSTS)
    const [kept] = await Promise.all([fleet.worker('one'), fleet.server()])
    // Both in the middle of their share: killed when its bytes are on the way, stopped between yes and first byte.
    const killed = await fleet.worker('two', 'sent', 'SIGKILL', Math.ceil(POSTS / 12))
    const stopped = await fleet.worker('three', 'begun', 'SIGSTOP', Math.ceil(POSTS / 12))
    const began = Date.now()

    expect(await until(async () => killed.child.signalCode === 'SIGKILL', 240_000)).toBe(true)
    // Longer than its lease: whatever it held is taken from it before it wakes.
    await new Promise((go) => setTimeout(go, LEASE_SECONDS * 1_500))
    const before = (await fleet.held()).length
    stopped.child.kill('SIGCONT')
    const person = await fleet.settle(600_000)
    const seconds = (Date.now() - began) / 1000

    const verdict = await fleet.judge()
    const held = await fleet.held()
    const byWorker = new Map<string | null, number>()
    for (const { workerId, outcome } of await fleet.attempts())
      if (outcome === 'accepted') byWorker.set(workerId, (byWorker.get(workerId) ?? 0) + 1)
    const shares = ['one', 'two', 'three'].map((name) => byWorker.get(fleet.workerId(name)) ?? 0)
    process.stdout.write(
      `\n${held.length} of ${POSTS} accepted, ${new Set(held.map(({ caption }) => caption)).size} different, in ${seconds.toFixed(1)} s; ` +
        `sent by ${shares.join(' / ')}; ${before} before the stopped one woke; ${person} decided by a person\n`,
    )
    expect(verdict).toMatchObject({
      duplicates: 0,
      lost: 0,
      wrongContent: 0,
      early: 0,
      problems: [],
    })
    expect(held).toHaveLength(POSTS)
    expect(new Set(held.map(({ caption }) => caption)).size).toBe(POSTS)
    expect(await fleet.tally()).toEqual({ published: POSTS })
    // Nothing went through the server itself, and every worker had its share.
    expect(byWorker.has(null)).toBe(false)
    expect(shares.every((share) => share > 0)).toBe(true)
    expect(kept.child.exitCode).toBeNull()
  },
)
