import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { type Stage, stageLabels, stages } from '@xingbo/shared/content/stage'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Board, type SideStage, sideStages } from './Board.tsx'
import { CARDS_AT_ONCE } from './BoardColumn.tsx'
import { type Filters, isFiltered, noFilters } from './BoardFilters.tsx'
import styles from './BoardView.module.css'
import { contentQueries } from './content.queries.ts'
import { contentTexts } from './content.texts.ts'

type BoardViewProps = {
  filters: Filters
  onFilters: (patch: Filters) => void
  /** The one column a phone shows. */
  stage: Stage
  onStage: (stage: Stage) => void
  open: readonly SideStage[]
  onOpen: (open: SideStage[]) => void
  /** What an empty board offers. */
  firstStep: ReactNode
}

/** Loads the board, and longer columns where somebody asked for more; on a phone one column at a time. */
export function BoardView(props: BoardViewProps) {
  const { filters, onFilters, stage, onStage, open, onOpen, firstStep } = props
  const t = useTexts(contentTexts)
  const label = useLabel(stageLabels)
  const chosen = useRef<HTMLButtonElement>(null)
  const onPhone = useMedia(narrow)
  const [limits, setLimits] = useState<Partial<Record<Stage, number>>>({})
  const onMore = useCallback(
    (one: Stage, limit: number) => setLimits((now) => ({ ...now, [one]: limit })),
    [],
  )
  const query = useQuery({
    ...contentQueries.board({ ...filters, limit: CARDS_AT_ONCE }),
    placeholderData: keepPreviousData,
  })
  const longer = useQueries({
    queries: stages.flatMap((one) => {
      const limit = limits[one]
      return limit
        ? [
            {
              ...contentQueries.board({ ...filters, stage: one, limit }),
              placeholderData: keepPreviousData,
            },
          ]
        : []
    }),
  })
  const drawn = onPhone && query.data !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen step must be on screen
  useEffect(() => {
    // In braces: newer browsers return a promise here, which React would call as a cleanup.
    chosen.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [drawn, stage])
  if (query.isError && !query.data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton active paragraph={{ rows: 8 }} />

  const long = longer.flatMap(({ data }) => data?.columns ?? [])
  const columns = query.data.columns.map(
    (column) => long.find((one) => one.stage === column.stage) ?? column,
  )
  if (columns.every(({ total }) => total === 0))
    return isFiltered(filters) ? (
      <EmptyState
        kind="filtered"
        action={<Button onClick={() => onFilters(noFilters)}>{t('clearFilters')}</Button>}
      />
    ) : (
      <EmptyState title={t('emptyBoard')} hint={t('emptyBoardHint')} action={firstStep} />
    )

  if (!onPhone) return <Board board={{ columns }} open={open} onOpen={onOpen} onMore={onMore} />
  return (
    <>
      <div className={styles.steps} role="tablist" aria-label={t('stageSwitch')}>
        {columns.map((column) => (
          <button
            key={column.stage}
            type="button"
            role="tab"
            ref={column.stage === stage ? chosen : undefined}
            className={styles.step}
            aria-selected={column.stage === stage}
            onClick={() => onStage(column.stage)}
          >
            {label(column.stage)}
            <span className={styles.count}>{column.total}</span>
          </button>
        ))}
      </div>
      <Board
        board={{ columns: columns.filter((column) => column.stage === stage) }}
        open={sideStages}
        onOpen={onOpen}
        onMore={onMore}
      />
    </>
  )
}
