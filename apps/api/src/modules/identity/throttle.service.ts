import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { deleteThrottlesBefore, findThrottle, saveThrottle } from './session.repository.ts'

const HOUR = 3_600_000
/** Five free tries, then 1, 2, 4 … minutes, never more than 15 (reliability: login throttle). */
export const FREE_TRIES = 5
const LONGEST_BLOCK_MS = 15 * 60_000
/** One address may try many names (an office behind one router), but not without end. */
export const FREE_TRIES_PER_ADDRESS = 30
/** A day without a failure forgives the earlier ones. */
const FORGIVEN_AFTER_MS = 24 * HOUR

/** IPv6 addresses count by their /64: one customer usually has that many. */
export const addressKey = (ip: string): string =>
  `ip:${ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip}`

/** Tries under way per key. Failures are counted when a hash is done; a burst must not all be let in before. */
const underWay = new Map<string, number>()

/** Runs `work` if this key has not `most` tries under way already. */
export async function oneOf<T>(key: string, most: number, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(key) ?? 0
  if (before >= most)
    throw new DomainError('TOO_MANY', { key: 'identity.throttled', values: { minutes: 1 } })
  underWay.set(key, before + 1)
  try {
    return await work()
  } finally {
    const left = (underWay.get(key) ?? 1) - 1
    if (left > 0) underWay.set(key, left)
    else underWay.delete(key)
  }
}

export async function refuseIfThrottled(deps: Deps, key: string): Promise<void> {
  const row = await findThrottle(deps.db.read, key)
  const wait = (row?.blockedUntil?.getTime() ?? 0) - deps.now().getTime()
  if (wait > 0)
    throw new DomainError('TOO_MANY', {
      key: 'identity.throttled',
      values: { minutes: Math.ceil(wait / 60_000) },
    })
}

export async function countFailure(tx: Tx, key: string, free: number, now: Date): Promise<void> {
  const row = await findThrottle(tx, key)
  const fresh = !row || now.getTime() - row.lastAt.getTime() > FORGIVEN_AFTER_MS
  const failures = (fresh ? 0 : row.failures) + 1
  const over = failures - free
  const blockedUntil =
    over < 0
      ? null
      : new Date(now.getTime() + Math.min(60_000 * 2 ** Math.min(over, 10), LONGEST_BLOCK_MS))
  await saveThrottle(tx, { key, failures, lastAt: now, blockedUntil })
}

/** Forgets failures that would count for nothing any more. */
export const forgetForgiven = (tx: Tx, now: Date): Promise<void> =>
  deleteThrottlesBefore(tx, new Date(now.getTime() - FORGIVEN_AFTER_MS))
