import { type AlarmSignal, alarmSignalLabels, systemSignals } from '@xingbo/shared/health/alarm'
import type { Episode, SignalReading } from '@xingbo/shared/health/health.schema'
import type { AlarmRow } from './alarm.repository.ts'
import type { Reading } from './watch.service.ts'

const aboutAccount = (signal: AlarmSignal): boolean =>
  !(systemSignals as readonly string[]).includes(signal) && signal !== 'credential_ends'

export const presentEpisode = (row: AlarmRow): Episode => ({
  id: row.id,
  signal: row.signal,
  accountId: aboutAccount(row.signal) ? row.subjectId : null,
  message: { key: `health.${row.signal}.began`, values: row.values },
  beganAt: row.beganAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

/** Since when: the open episode's beginning, else the last one's end, else the start of this process. */
export function presentReading(
  reading: Reading,
  episodes: readonly AlarmRow[],
  start: Date,
): SignalReading {
  const own = episodes.filter(({ signal }) => signal === reading.signal)
  const open = own.find(({ endedAt }) => endedAt === null)
  const ended = own.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []))
  const since =
    reading.state === 'bad' && open ? open.beganAt : new Date(Math.max(start.getTime(), ...ended))
  return { ...reading, since: since.toISOString() }
}

type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number }
type Metric = {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly Sample[]
}

const escaped = (text: string): string =>
  text.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))

/** Prometheus text format 0.0.4. Labels are codes and ids of ours: never a name, a phone or a token. */
export const metricsText = (metrics: readonly Metric[]): string =>
  metrics
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(({ labels, value }) => {
        const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`)
        return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
      })
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
    })
    .join('')

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name: `xingbo_${name}`,
  help,
  type: 'gauge',
  samples,
})
const one = (value: number): Sample[] => [{ labels: {}, value }]

const signalMetrics = {
  due_unclaimed: ['due_unclaimed_seconds', 'Age of the oldest post that is due and not taken up'],
  clock_skew: ['clock_skew_seconds', 'Own clock minus the platforms’ or Redis’; positive is fast'],
  queue_depth: ['queue_jobs', 'Jobs that wait, run or are due later'],
  outbox_age: ['outbox_age_seconds', 'Age of the oldest job not handed to the queue'],
  data_lock: ['data_lock_held', '1 while this process holds the data folder'],
  disk_free: ['disk_free_bytes', 'Free space where the data lies'],
  wal_size: ['wal_bytes', 'Size of the database log'],
} as const satisfies Record<Reading['signal'], readonly [string, string]>

export type Counted = {
  readonly publications: readonly { platform: string; state: string; n: number }[]
  readonly accounts: readonly { platform: string; health: string; n: number }[]
  readonly failures: readonly { accountId: string; platform: string; failures: number }[]
  readonly alarms: readonly AlarmRow[]
}

/** Everything /metrics shows; a signal that could not be measured is left out rather than told as zero. */
export function healthMetrics(readings: readonly Reading[], counted: Counted): Metric[] {
  const signals = readings.flatMap(({ signal, value }) => {
    const [name, help] = signalMetrics[signal]
    return value === null ? [] : [gauge(name, help, one(value))]
  })
  const memory = process.memoryUsage()
  const open = Object.keys(alarmSignalLabels).map((signal) => ({
    labels: { signal },
    value: counted.alarms.filter((row) => row.signal === signal).length,
  }))
  return [
    ...signals,
    gauge(
      'signal_ok',
      '1 fine, 0 beyond its limit; absent when unknown',
      readings.flatMap(({ signal, state }) =>
        state === 'unknown' ? [] : [{ labels: { signal }, value: state === 'ok' ? 1 : 0 }],
      ),
    ),
    gauge('alarms_open', 'Episodes going on', open),
    gauge(
      'publications',
      'Publications by platform and state',
      counted.publications.map(({ n, ...labels }) => ({ labels, value: n })),
    ),
    gauge(
      'accounts',
      'Accounts in use by platform and health',
      counted.accounts.map(({ n, ...labels }) => ({ labels, value: n })),
    ),
    gauge(
      'account_failures_1h',
      'Failed or unknown submissions of an account in the last hour',
      counted.failures.map(({ accountId, platform, failures }) => ({
        labels: { account: accountId, platform },
        value: failures,
      })),
    ),
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory',
      type: 'gauge',
      samples: one(memory.rss),
    },
    {
      name: 'process_uptime_seconds',
      help: 'Seconds since the process started',
      type: 'gauge',
      samples: one(Math.round(process.uptime())),
    },
  ]
}
