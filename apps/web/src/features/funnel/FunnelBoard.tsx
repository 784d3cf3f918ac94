import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { type FunnelStage, funnelStageLabels } from '@xingbo/shared/funnel/funnel-stage'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import styles from './Funnel.module.css'
import { FunnelDetailDrawer } from './FunnelDetailDrawer.tsx'
import { FunnelKpis, FunnelStanding } from './FunnelKpis.tsx'
import { FunnelSteps } from './FunnelSteps.tsx'
import { type FunnelSearch, funnelQueries } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import { download, toCsv } from './funnel-csv.ts'
import { StageBars } from './StageBars.tsx'
import { useFigureWords } from './use-figure-words.ts'

/** The whole funnel of one period: what matters first, then the steps, then the groups side by side. */
export function FunnelBoard({ search }: { search: FunnelSearch }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const query = useQuery(funnelQueries.view(search))
  const [behind, setBehind] = useState<{ stage: FunnelStage; group?: string } | null>(null)
  if (query.isPending) return <Skeleton active paragraph={{ rows: 12 }} />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const view = query.data
  const known = view.total.figures.some(({ value }) => value !== null && value > 0)
  return (
    <div className={styles.page} aria-busy={query.isFetching}>
      <p className={styles.soft} style={{ margin: 0 }}>
        {t('period', {
          from: formats.date(view.range.from),
          to: formats.date(view.range.to),
          at: formats.dateTime(view.at),
        })}
      </p>
      {known ? (
        <>
          <FunnelKpis view={view} />
          <FunnelStanding view={view} />
          <FunnelSteps view={view} onOpen={(stage) => setBehind({ stage })} />
          <header>
            <h2 style={{ margin: 0, fontSize: 16 }}>
              {t('compare')} <ExportButton view={view} />
            </h2>
            <p className={styles.soft} style={{ margin: 0 }}>
              {t('compareHint')}
            </p>
          </header>
          <StageBars view={view} onOpen={(stage, group) => setBehind({ stage, group })} />
        </>
      ) : (
        <EmptyState
          title={t('empty')}
          hint={t('emptyHint')}
          action={
            <Link to="/imports">
              <Button>{t('toImports')}</Button>
            </Link>
          }
        />
      )}
      <FunnelDetailDrawer behind={behind} search={search} onClose={() => setBehind(null)} />
    </div>
  )
}

/** The figures shown, with the filter and the as-of time they hold for. */
function ExportButton({ view }: { view: FunnelView }) {
  const t = useTexts(funnelTexts)
  const stage = useLabel(funnelStageLabels)
  const words = useFigureWords()
  const rows = () => [
    [t('period', { ...view.range, at: view.at }), view.attribution],
    ['', t('stage'), t('value'), t('stepRate'), t('overallRate'), ''],
    ...[{ name: t('overall'), figures: view.total.figures }]
      .concat(
        view.groups.map((group) => ({ name: words.groupName(group), figures: group.figures })),
      )
      .flatMap(({ name, figures }) =>
        figures.map((figure) => [
          name,
          stage(figure.stage),
          figure.value === null ? '' : String(figure.value),
          words.rate(figure.step) ?? '',
          words.rate(figure.overall) ?? '',
          words.facts(figure) || words.why(figure),
        ]),
      ),
  ]
  return (
    <Button
      size="small"
      onClick={() => download(`funnel-${view.range.from}-${view.range.to}.csv`, toCsv(rows()))}
    >
      {t('exportCsv')}
    </Button>
  )
}
