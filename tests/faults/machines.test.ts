import { expect, onTestFinished, test } from 'vitest'
import { hasRedis } from '../support/redis.ts'
import { Fleet } from './fleet.ts'
import { until } from './oracle.ts'

/** `npm run machines` runs the burst in its full size of 2,000; by default a small part of it. */
const POSTS = Number(process.env.MACHINES_POSTS ?? 120)
const ACCOUNTS = 20
const LEASE_SECONDS = 3

test.skipIf(!hasRedis)(
  `three workers, one killed and one stopped in mid-burst of ${POSTS}, one leaving, one joining, the server restarted: each post accepted once`,
  async () => {
    const fleet = await Fleet.open({ accounts: ACCOUNTS, leaseSeconds: LEASE_SECONDS })
    onTestFinished(() => fleet.close())
    // Both in the middle of their share: killed when its bytes are on the way, stopped between yes and first byte.
    const third = Math.ceil(POSTS / 12)
    const [server, leaving, killed, stopped] = await Promise.all([
      fleet.server(),
      fleet.worker('one'),
      fleet.worker('two', 'sent', 'SIGKILL', third),
      fleet.worker('three', 'begun', 'SIGSTOP', third),
    ])
    for (const { output } of [leaving, killed, stopped])
      expect(await until(async () => output().includes('worker'), 120_000)).toBe(true)
    const due = await fleet.burst(POSTS)
    await new Promise((go) => setTimeout(go, Math.max(0, due.getTime() - Date.now())))
    const began = Date.now()
    const sent = async (share: number) => (await fleet.held()).length >= POSTS * share

    // Told to stop, a worker gives back or finishes what it holds; another comes in its place.
    expect(await until(() => sent(0.25), 240_000)).toBe(true)
    await Promise.all([fleet.worker('four'), fleet.kill(leaving, 'SIGTERM')])
    expect(leaving.child.exitCode).toBe(0)
    // The server goes the hard way; the workers hold their answers until it is back.
    await fleet.kill(server)
    await fleet.server()
    expect(await until(async () => killed.child.signalCode === 'SIGKILL', 240_000)).toBe(true)
    // Longer than its lease: whatever it held is taken from it before it wakes.
    await new Promise((go) => setTimeout(go, LEASE_SECONDS * 1_500))
    const before = (await fleet.held()).length
    stopped.child.kill('SIGCONT')
    const person = await fleet.settle(600_000)
    const seconds = (Date.now() - began) / 1000

    const verdict = await fleet.judge()
    const held = await fleet.held()
    const different = new Set(held.map(({ caption }) => caption)).size
    const byWorker = new Map<string | null, number>()
    for (const { workerId, outcome } of await fleet.attempts())
      if (outcome === 'accepted') byWorker.set(workerId, (byWorker.get(workerId) ?? 0) + 1)
    const names = ['one', 'two', 'three', 'four']
    const shares = names.map((name) => byWorker.get(fleet.workerId(name)) ?? 0)
    process.stdout.write(
      `\n${held.length} of ${POSTS} accepted, ${different} different, in ${seconds.toFixed(1)} s; ` +
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
    expect(different).toBe(POSTS)
    expect(await fleet.tally()).toEqual({ published: POSTS })
    // Nothing went through the server itself, and each of the three was at work.
    const claimedBy = new Set((await fleet.attempts()).map(({ workerId }) => workerId))
    expect(claimedBy.has(null)).toBe(false)
    for (const name of names.slice(0, 3)) expect(claimedBy.has(fleet.workerId(name))).toBe(true)
  },
)
