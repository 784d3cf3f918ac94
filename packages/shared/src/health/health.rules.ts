import { no, type Verdict, yes } from '../verdict.ts'
import type { SystemSignal } from './alarm.ts'

/** Beyond this nothing is sent: it might be early (fault F-30). */
export const MAX_SKEW_MS = 60_000

const MB = 1024 * 1024

/**
 * From where on a signal is an alarm, in its unit. `worse`: which side of the limit is the bad one.
 * 60 s unclaimed and 60 s of skew, 256 MB of log: reliability.md §1.1, F-30 and F-47. The rest is judgement.
 */
export const signalLimits = {
  due_unclaimed: { limit: 60, unit: 's', worse: 'above' },
  clock_skew: { limit: MAX_SKEW_MS / 1000, unit: 's', worse: 'above' },
  queue_depth: { limit: 20_000, unit: 'jobs', worse: 'above' },
  outbox_age: { limit: 60, unit: 's', worse: 'above' },
  data_lock: { limit: 1, unit: 'held', worse: 'below' },
  disk_free: { limit: 1024 * MB, unit: 'bytes', worse: 'below' },
  wal_size: { limit: 256 * MB, unit: 'bytes', worse: 'above' },
} as const satisfies Record<
  SystemSignal,
  { limit: number; unit: 's' | 'jobs' | 'bytes' | 'held'; worse: 'above' | 'below' }
>

export const signalStates = ['ok', 'bad', 'unknown'] as const
export type SignalState = (typeof signalStates)[number]

/** `null`: not known, or, for the queue, not to be reached, which is as bad as too much. */
export function signalState(signal: SystemSignal, value: number | null): SignalState {
  const { limit, worse } = signalLimits[signal]
  if (value === null) return 'unknown'
  if (signal === 'clock_skew') return Math.abs(value) > limit ? 'bad' : 'ok'
  return (worse === 'above' ? value > limit : value < limit) ? 'bad' : 'ok'
}

/** May anything be sent by this machine's clock? `null`: nobody to compare with. */
export const clockVerdict = (skewMs: number | null): Verdict =>
  skewMs !== null && Math.abs(skewMs) > MAX_SKEW_MS
    ? no('health.clockUntrusted', { seconds: Math.round(Math.abs(skewMs) / 1000) })
    : yes
