import { alarmSignalLabels, type SystemSignal } from '@xingbo/shared/health/alarm'
import { type SignalState, signalLimits } from '@xingbo/shared/health/health.rules'
import type { SignalReading } from '@xingbo/shared/health/health.schema'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './Health.module.css'
import { healthTexts } from './health.texts.ts'

const states = {
  ok: { tone: 'done', word: 'stateOk' },
  bad: { tone: 'failed', word: 'stateBad' },
  unknown: { tone: 'unconfirmed', word: 'stateUnknown' },
} as const satisfies Record<SignalState, { tone: Tone; word: string }>

/** One thing that is watched: how it is, its value against its limit, since when, and what to do. */
export function SignalRow({ reading }: { reading: SignalReading }) {
  const t = useTexts(healthTexts)
  const label = useLabel(alarmSignalLabels)
  const { signal, state, since } = reading
  const { tone, word } = states[state]
  const { value, limit } = useValueWords(reading)
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        {label(signal)}
        <span className={styles.small} style={{ fontWeight: 400 }}>
          {t(`what_${signal}`)}
        </span>
      </span>
      <span>
        <StatusTag tone={tone}>{t(word)}</StatusTag>
      </span>
      <span className={styles.value}>
        {value}
        <span className={styles.small}>
          {limit}
          {' · '}
          <Since at={since} />
        </span>
      </span>
      {state === 'bad' ? (
        <strong className={styles.do}>{t(`do_${signal}`)}</strong>
      ) : (
        <span className={`${styles.do} soft`}>{t('ifBad', { what: t(`do_${signal}`) })}</span>
      )}
    </li>
  )
}

function Since({ at }: { at: string }) {
  const t = useTexts(healthTexts)
  const [before, after = ''] = t('since', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <RelTime at={at} />
      {after}
    </>
  )
}

/** The value and its limit as words, each in the unit a person thinks in. */
function useValueWords({ signal, value, state }: SignalReading): { value: string; limit: string } {
  const t = useTexts(healthTexts)
  const formats = useFormats()
  const { limit, unit, worse } = signalLimits[signal]
  const time = (seconds: number) =>
    seconds >= 120
      ? t('minutes', { n: Math.round(seconds / 60) })
      : t('seconds', { n: Math.round(seconds) })
  const amount = (n: number): string => {
    if (unit === 's') return time(n)
    return unit === 'bytes' ? formats.bytes(n) : t('jobs', { n: formats.exact(n) })
  }
  const words = (): string => {
    if (value === null) return t(nothing(signal, state))
    if (unit === 'held') return t(value >= limit ? 'held' : 'notHeld')
    if (signal === 'clock_skew') {
      const off = Math.round(Math.abs(value))
      return off < 2 ? t('inStep') : t(value > 0 ? 'fast' : 'slow', { n: time(off) })
    }
    if (value === 0 && unit === 's') return t('noneWaits')
    return amount(value)
  }
  return {
    value: words(),
    limit:
      unit === 'held'
        ? t('lockLimit')
        : t(worse === 'above' ? 'limitAbove' : 'limitBelow', { limit: amount(limit) }),
  }
}

function nothing(signal: SystemSignal, state: SignalState) {
  if (signal === 'queue_depth' && state === 'bad') return 'unreachable' as const
  return signal === 'clock_skew' ? ('noWitness' as const) : ('unknownValue' as const)
}
