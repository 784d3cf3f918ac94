import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { alarmSignalLabels } from '@xingbo/shared/health/alarm'
import type { Episode } from '@xingbo/shared/health/health.schema'
import { Alert, Skeleton } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './Health.module.css'
import { healthQuery } from './health.queries.ts'
import { healthTexts } from './health.texts.ts'
import { SignalRow } from './SignalRow.tsx'

/** What publishing runs on: how it is now, whose accounts need somebody, and what happened lately. */
export function HealthBoard() {
  const t = useTexts(healthTexts)
  const formats = useFormats()
  const { data, error, refetch } = useQuery(healthQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const { signals, troubles, episodes, checkedAt } = data
  // What is wrong comes first.
  const sorted = [...signals].sort((a, b) => Number(b.state === 'bad') - Number(a.state === 'bad'))
  const count = signals.filter(({ state }) => state === 'bad').length + troubles.length
  return (
    <>
      <Alert
        className={styles.banner}
        type={count === 0 ? 'success' : 'error'}
        showIcon
        title={count === 0 ? t('allWell') : t('notWell', { count })}
        description={[
          count === 0 && t('allWellHint'),
          t('checked', { when: formats.dateTime(checkedAt) }),
        ]
          .filter(Boolean)
          .join(' ')}
      />
      {troubles.length > 0 && (
        <Panel title={t('accounts')}>
          <Episodes episodes={troubles} />
        </Panel>
      )}
      <Panel title={t('system')}>
        <ul className={styles.list}>
          {sorted.map((reading) => (
            <SignalRow key={reading.signal} reading={reading} />
          ))}
        </ul>
      </Panel>
      <Panel title={t('history')}>
        {episodes.length === 0 ? (
          <span className="soft">{t('historyNone')}</span>
        ) : (
          <Episodes episodes={episodes} />
        )}
      </Panel>
    </>
  )
}

function Episodes({ episodes }: { episodes: readonly Episode[] }) {
  const t = useTexts(healthTexts)
  const label = useLabel(alarmSignalLabels)
  const say = useSayReason()
  const formats = useFormats()
  return (
    <ul className={styles.list}>
      {episodes.map(({ id, signal, accountId, message, beganAt, endedAt }) => (
        <li key={id} className={styles.episode}>
          <span>
            <StatusTag tone={endedAt ? 'done' : 'failed'}>
              {t(endedAt ? 'over' : 'going')}
            </StatusTag>
          </span>
          <span className={styles.do}>
            <strong>{label(signal)}</strong> {say(message)}
            <span className={styles.small}>
              {endedAt ? (
                t('lasted', { from: formats.dateTime(beganAt), to: formats.dateTime(endedAt) })
              ) : (
                <RelTime at={beganAt} />
              )}
            </span>
          </span>
          {accountId && !endedAt && (
            <Link to="/accounts/$accountId" params={{ accountId }}>
              {t('open')}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
