import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FunnelFigure, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import {
  attributionModelLabels,
  type FunnelStage,
  isPlatformStage,
} from '@xingbo/shared/funnel/funnel-stage'
import { Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { CountsBehind } from './CountsBehind.tsx'
import { type FunnelQuery, funnelQueries } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import { PostsBehind } from './PostsBehind.tsx'
import { useFigureWords } from './use-figure-words.ts'

type DetailDrawerProps = {
  query: FunnelQuery
  stage: FunnelStage | undefined
  group: string | undefined
  /** The name of the group, for the title. */
  groupName: string | undefined
  definitions: FunnelView['definitions'] | undefined
  onClose: () => void
}

/** What stands behind a bar: the posts with their figures, or counts by day and origin, never people. */
export function DetailDrawer(props: DetailDrawerProps) {
  const { query, stage, group, groupName, definitions, onClose } = props
  const words = useFigureWords()
  const language = useLanguage()
  return (
    <Drawer
      open={stage !== undefined}
      onClose={onClose}
      size="min(920px, 100vw)"
      destroyOnHidden
      title={stage && [words.stage(stage), groupName].filter(Boolean).join(' · ')}
    >
      {stage && (
        <Behind
          key={`${stage} ${group}`}
          query={{ ...query, stage, ...(group && { group }) }}
          stage={stage}
          definition={definitions?.[stage][language] ?? ''}
        />
      )}
    </Drawer>
  )
}

type BehindProps = {
  query: Parameters<typeof funnelQueries.detail>[0]
  stage: FunnelStage
  definition: string
}

function Behind({ query, stage, definition }: BehindProps) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const [page, setPage] = useState({ page: 1, pageSize: 50 })
  const paged = { ...query, ...page }
  const detail = useQuery({ ...funnelQueries.detail(paged), placeholderData: keepPreviousData })
  if (detail.isError)
    return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
  if (!detail.data) return <Skeleton active paragraph={{ rows: 6 }} />
  const { figure, days, sources, range, attribution } = detail.data
  return (
    <>
      <FigureFacts figure={figure} definition={definition} attribution={attribution} />
      {isPlatformStage(stage) ? (
        <PostsBehind
          query={paged}
          stage={stage}
          page={page}
          onPage={(patch) => setPage((old) => ({ ...old, ...patch }))}
          empty={words.reason(figure.gap)}
        />
      ) : days && sources ? (
        <CountsBehind days={days} sources={sources} range={range} />
      ) : (
        <EmptyState title={words.reason(figure.gap) || t('noData')} />
      )}
    </>
  )
}

type FigureFactsProps = {
  figure: FunnelFigure
  definition: string
  attribution: FunnelView['attribution']
}

function FigureFacts({ figure, definition, attribution }: FigureFactsProps) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const model = useLabel(attributionModelLabels)
  const credited = figure.stage === 'visit' || figure.stage === 'purchase'
  const isKnown = figure.value !== null
  const rateFact = (rate: FunnelFigure['step']) =>
    rate.value === null && !rate.why ? '' : words.rateLong(rate)
  const value = isKnown
    ? [
        words.count(figure.value),
        figure.amountFen !== null && words.money(figure.amountFen),
        credited && t('model', { model: model(attribution) }),
        words.knownDays(figure),
      ]
        .filter(Boolean)
        .join(' · ')
    : words.reason(figure.gap) || t('noData')
  const facts = [
    [t('value'), value],
    [t('definition'), definition],
    [t('source'), isKnown ? words.sources(figure) : ''],
    [t('asOf'), isKnown ? words.asOf(figure) : ''],
    [t('coverageTitle'), words.coverage(figure)],
    [t('step'), rateFact(figure.step)],
    [t('overall'), rateFact(figure.overall)],
  ] as const
  return <Facts columns={1} facts={facts.filter(([, text]) => text !== '')} />
}
