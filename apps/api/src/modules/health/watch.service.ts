import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type SystemSignal, systemSignals } from '@xingbo/shared/health/alarm'
import { type SignalState, signalLimits, signalState } from '@xingbo/shared/health/health.rules'
import type { Deps } from '../../deps.ts'
import { releaseClockHeld } from '../publishing/clock-hold.service.ts'
import { watchAccounts } from './account-watch.service.ts'
import { beginAlarm, endAlarm } from './alarm.service.ts'
import { oldestInOutbox, oldestUnclaimed } from './signal.repository.ts'

/** What the process knows of itself and a service cannot ask for. */
export type Probes = {
  /** Jobs that wait or run; throws when the queue cannot be reached. */
  readonly queueDepth?: () => Promise<number>
  /** Whether this process holds the data folder. */
  readonly dataLockHeld?: () => boolean
  /** Hears what the time is elsewhere. */
  readonly askTheTime?: () => Promise<void>
}

export type Reading = {
  readonly signal: SystemSignal
  readonly state: SignalState
  readonly value: number | null
}

/** How often everything is looked at; half of it fits into the minute within which people are to be told. */
const LOOK_MS = 10_000
/** What accounts stand on changes by the day and the hour, not by the second. */
const ACCOUNTS_EVERY = 3
/** Agreeing clocks are compared again after this long; while they disagree, at every look. */
const TIME_EVERY = 30

export type Watch = {
  /** Measures, brings the episodes in line and tells people; what was found stays readable in `readings`. */
  look(): Promise<void>
  readings(): { readonly at: Date; readonly since: Date; readonly items: readonly Reading[] }
}

export function createWatch(deps: Deps, probes: Probes = {}): Watch {
  const since = deps.now()
  let at = since
  let items: readonly Reading[] = systemSignals.map((signal) => ({
    signal,
    state: 'unknown',
    value: null,
  }))
  let looks = 0

  const measure = async (signal: SystemSignal): Promise<Reading> => {
    // What cannot be measured is unknown; it must not keep the others from being seen.
    const value = await meters[signal](deps, probes).catch((error: unknown) => {
      deps.log.warn({ err: error, signal }, 'a signal could not be measured')
      return signal === 'queue_depth' ? Number.POSITIVE_INFINITY : null
    })
    const state = signalState(signal, value)
    return { signal, state, value: value === Number.POSITIVE_INFINITY ? null : value }
  }
  return {
    async look() {
      const unsure = items.some((one) => one.signal === 'clock_skew' && one.state !== 'ok')
      if (looks % TIME_EVERY === 0 || unsure) await probes.askTheTime?.()
      items = await Promise.all(systemSignals.map(measure))
      at = deps.now()
      await tellOf(deps, items)
      if (items.some((one) => one.signal === 'wal_size' && one.state === 'bad')) shrinkLog(deps)
      if (looks % ACCOUNTS_EVERY === 0) await watchAccounts(deps)
      looks += 1
    },
    readings: () => ({ at, since, items }),
  }
}

type Meter = (deps: Deps, probes: Probes) => Promise<number | null>
const secondsSince = (deps: Deps, at: Date | null): number =>
  at === null ? 0 : Math.max(0, Math.round((deps.now().getTime() - at.getTime()) / 1000))

const meters: Readonly<Record<SystemSignal, Meter>> = {
  due_unclaimed: async (deps) =>
    secondsSince(deps, await oldestUnclaimed(deps.db.read, deps.now())),
  clock_skew: async ({ clockSkewMs }) => {
    const skew = clockSkewMs?.() ?? null
    return skew === null ? null : skew / 1000
  },
  queue_depth: async (_deps, { queueDepth }) => (queueDepth ? queueDepth() : null),
  outbox_age: async (deps) => secondsSince(deps, await oldestInOutbox(deps.db.read)),
  data_lock: async (_deps, { dataLockHeld }) => (dataLockHeld ? Number(dataLockHeld()) : null),
  disk_free: async ({ settings }) => {
    const { bavail, bsize } = await statfs(settings.dataDir)
    return bavail * bsize
  },
  wal_size: async ({ settings }) => {
    const file = join(settings.dataDir, 'xingbo.db-wal')
    return (await stat(file).catch(() => null))?.size ?? 0
  },
}

/** Figures of the sentence that tells of a signal. */
function valuesOf({ signal, value }: Reading): Record<string, string | number> {
  if (signal === 'queue_depth') return { count: value ?? '—' }
  const amount = Math.abs(value ?? 0)
  if (signal === 'due_unclaimed') return { minutes: Math.max(1, Math.round(amount / 60)) }
  const { unit } = signalLimits[signal]
  if (unit === 's') return { seconds: Math.round(amount) }
  return unit === 'bytes' ? { mb: Math.round(amount / 1024 / 1024) } : {}
}

async function tellOf(deps: Deps, items: readonly Reading[]): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    for (const reading of items) {
      const { signal, state, value } = reading
      if (state === 'bad')
        await beginAlarm(deps, tx, {
          signal,
          institutionId: null,
          subjectId: '',
          values: valuesOf(reading),
          ...(value !== null && { worst: Math.round(Math.abs(value)) }),
        })
      // What cannot be measured just now neither begins nor ends anything.
      const ended = state === 'ok' && (await endAlarm(deps, tx, signal, ''))
      if (ended && signal === 'clock_skew') await releaseClockHeld(tx, deps.now())
    }
  })
}

/** Merges the log into the database; a reader that is still at work only keeps this from getting all the way. */
function shrinkLog({ db, log }: Deps): void {
  try {
    if (!db.writer.inTransaction) db.writer.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    log.warn({ err: error }, 'the database log could not be merged yet')
  }
}

/** Looks every ten seconds by its own timer: what watches the queue must not depend on it. */
export function startWatchdog(watch: Watch, log: Deps['log']): { close(): Promise<void> } {
  let looking: Promise<void> | null = null
  const look = () => {
    looking ??= watch
      .look()
      .catch((error: unknown) => log.error({ err: error }, 'the watchdog could not look'))
      .finally(() => {
        looking = null
      })
  }
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
