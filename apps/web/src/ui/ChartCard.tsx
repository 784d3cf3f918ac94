import InfoCircleOutlined from '@ant-design/icons/InfoCircleOutlined'
import { Button, Skeleton, Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../lib/formats.ts'
import { useTexts } from '../lib/i18n.ts'
import styles from './ChartCard.module.css'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { uiTexts } from './ui.texts.ts'

type ChartCardProps = {
  title: string
  /** 口径: what exactly is counted. */
  definition: string
  /** Where the figures come from: 接口, 导入, 回调, 手工. */
  source?: string
  /** As-of time (ISO); `null` when there is no figure at all yet. */
  asOf: string | null
  /** How many of the publications concerned have the figure. */
  coverage?: { known: number; all: number }
  state?: { pending: boolean; error?: unknown; empty?: boolean; retry?: () => void }
  /** Shown instead of the usual words when `state.empty`. */
  empty?: { title: string; hint?: string; action?: ReactNode }
  extra?: ReactNode
  /** The same figures as a table, one press away. */
  table?: ReactNode
  children: ReactNode
}

/** A chart never stands without its definition, source, as-of time and coverage. */
export function ChartCard(props: ChartCardProps) {
  const { title, definition, source, asOf, coverage, state, empty, extra, table, children } = props
  const t = useTexts(uiTexts)
  const formats = useFormats()
  const [asTable, setAsTable] = useState(false)
  const failed = state?.error !== undefined && state.error !== null
  return (
    <section className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {title}
          <Tooltip title={t('definitionIs', { text: definition })}>
            <Button
              type="text"
              size="small"
              aria-label={t('definition')}
              icon={<InfoCircleOutlined aria-hidden />}
            />
          </Tooltip>
        </h2>
        <div className={styles.extra}>
          {extra}
          {table && (
            <Button size="small" onClick={() => setAsTable(!asTable)}>
              {asTable ? t('showChart') : t('showTable')}
            </Button>
          )}
        </div>
      </header>
      <p className={styles.facts}>
        {asOf ? t('asOf', { when: formats.dateTime(asOf) }) : t('asOfUnknown')}
        {source && ` · ${t('source')} ${source}`}
        {coverage && ` · ${t('coverage', coverage)}`}
      </p>
      {failed ? (
        <ErrorState error={state.error} onRetry={state.retry} />
      ) : state?.pending ? (
        <Skeleton active paragraph={{ rows: 4 }} />
      ) : state?.empty ? (
        <EmptyState {...empty} />
      ) : asTable && table ? (
        table
      ) : (
        children
      )}
    </section>
  )
}
