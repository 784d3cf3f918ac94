import DownloadOutlined from '@ant-design/icons/DownloadOutlined'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { funnelCan } from '@xingbo/shared/funnel/funnel.rules'
import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelBreakdown,
  funnelBreakdownLabels,
  funnelBreakdowns,
} from '@xingbo/shared/funnel/funnel-stage'
import { Alert, Button, Segmented, Skeleton } from 'antd'
import { accountChoices, doctorChoices } from '../../lib/choices.ts'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { useToday } from '../../lib/today.ts'
import { ChartCard } from '../../ui/ChartCard.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageShell } from '../../ui/PageShell.tsx'
import { Comparison } from './Comparison.tsx'
import { DetailDrawer } from './DetailDrawer.tsx'
import styles from './Funnel.module.css'
import { FunnelFilters } from './FunnelFilters.tsx'
import { funnelQueries, lineChoices } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import { type FunnelSearch, filterKeys, noFilters, queryOf, rangeOf } from './funnel-search.ts'
import { Kpis } from './Kpis.tsx'
import { MatrixTable } from './MatrixTable.tsx'
import { StandingStrip } from './StandingStrip.tsx'
import { StepsChart } from './StepsChart.tsx'
import { StepsTable } from './StepsTable.tsx'
import { useExport } from './use-export.ts'
import { useFigureWords } from './use-figure-words.ts'

type FunnelPageProps = {
  search: FunnelSearch
  onSearch: (patch: Partial<FunnelSearch>) => void
}

/** The managers' page: what content brought, how sure that is, and what stands behind every figure. */
export function FunnelPage({ search, onSearch }: FunnelPageProps) {
  const t = useTexts(funnelTexts)
  const say = useSay()
  const words = useFigureWords()
  const today = useToday()
  const verdict = funnelCan.ask(rangeOf(search, today))
  const query = queryOf(search, today)
  const funnel = useQuery({
    ...funnelQueries.view(query),
    placeholderData: keepPreviousData,
    enabled: verdict.ok,
  })
  const exportView = useExport()
  const filter = useFilterNames(search)
  const view = funnel.data
  const opened = view?.groups.find(({ key }) => key === search.group)
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      extra={
        view && (
          <Button
            icon={<DownloadOutlined />}
            onClick={() => exportView(view, query.breakdown, filter)}
          >
            {t('export')}
          </Button>
        )
      }
      filters={<FunnelFilters search={search} onChange={onSearch} />}
    >
      {!verdict.ok ? (
        <Alert type="warning" showIcon title={say(verdict.reason)} />
      ) : funnel.isError ? (
        <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} />
      ) : !view ? (
        <Skeleton active paragraph={{ rows: 12 }} />
      ) : (
        <View view={view} search={search} onSearch={onSearch} breakdown={query.breakdown} />
      )}
      <DetailDrawer
        query={query}
        stage={search.stage}
        group={search.group}
        groupName={opened && words.group(opened, query.breakdown)}
        definitions={view?.definitions}
        onClose={() => onSearch({ stage: undefined, group: undefined })}
      />
    </PageShell>
  )
}

type ViewProps = FunnelPageProps & { view: FunnelView; breakdown: FunnelBreakdown }

function View({ view, search, onSearch, breakdown }: ViewProps) {
  const t = useTexts(funnelTexts)
  const by = useLabel(funnelBreakdownLabels)
  const narrowed = filterKeys.some((key) => search[key] !== undefined)
  const open = (stage: FunnelSearch['stage'], group?: string) => onSearch({ stage, group })
  const isEmpty = view.total.figures.every(({ value }) => value === null)
  if (isEmpty)
    return narrowed ? (
      <EmptyState
        kind="filtered"
        action={<Button onClick={() => onSearch(noFilters)}>{t('clearFilters')}</Button>}
      />
    ) : (
      <EmptyState
        title={t('nothingYet')}
        hint={t('nothingYetHint')}
        action={
          <Link to="/imports">
            <Button type="primary">{t('toImports')}</Button>
          </Link>
        }
      />
    )
  return (
    <div className={styles.page}>
      <AsOfLine view={view} />
      <Kpis view={view} narrowed={narrowed} />
      <StandingStrip
        view={view}
        onModel={(model) => onSearch({ attribution: model === 'last' ? undefined : model })}
      />
      <ChartCard
        title={t('total')}
        definition={t('totalDefinition')}
        asOf={view.at}
        table={<StepsTable view={view} onOpen={open} />}
      >
        <StepsChart funnel={view.total} definitions={view.definitions} onOpen={open} />
      </ChartCard>
      <div className={styles.breakdown}>
        <span>{t('breakdown')}</span>
        <Segmented
          aria-label={t('breakdown')}
          value={breakdown}
          onChange={(next: FunnelBreakdown) =>
            onSearch({ breakdown: next === 'platform' ? undefined : next })
          }
          options={funnelBreakdowns.map((one) => ({ value: one, label: by(one) }))}
        />
      </div>
      {view.groups.length > 1 && <Comparison view={view} breakdown={breakdown} onOpen={open} />}
      <section>
        <header className={styles.sectionHead}>
          <h2>{t('matrix')}</h2>
        </header>
        <MatrixTable view={view} breakdown={breakdown} onOpen={open} />
      </section>
    </div>
  )
}

/** As of when each kind of figure is true: they do not come at the same time. */
function AsOfLine({ view }: { view: FunnelView }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const words = useFigureWords()
  const of = (stage: 'play' | 'visit' | 'purchase') => {
    const figure = view.total.figures.find((one) => one.stage === stage)
    return figure?.asOf ? words.asOf(figure) : undefined
  }
  const [posts, visits, orders] = [of('play'), of('visit'), of('purchase')]
  return (
    <p className={styles.asOf}>
      {[
        posts && t('asOfPlatform', { when: posts }),
        visits && t('asOfVisits', { when: visits }),
        orders && t('asOfOrders', { when: orders }),
        t('asOfNow', { when: formats.dateTime(view.at) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

/** The filter in words, for the export. */
function useFilterNames(search: FunnelSearch): string {
  const words = useFigureWords()
  const accounts = useQuery(accountChoices)
  const doctors = useQuery(doctorChoices)
  const lines = useQuery(lineChoices)
  return [
    search.platform && words.platform(search.platform),
    accounts.data?.items.find(({ id }) => id === search.accountId)?.displayName,
    doctors.data?.items.find(({ id }) => id === search.doctorId)?.name,
    lines.data?.items.find(({ id }) => id === search.specialtyLineId)?.name,
  ]
    .filter(Boolean)
    .join(' · ')
}
