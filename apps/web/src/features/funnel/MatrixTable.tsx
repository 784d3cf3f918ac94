import type { FunnelFigure, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import {
  attributionModelLabels,
  type FunnelBreakdown,
  type FunnelStage,
  funnelStages,
} from '@xingbo/shared/funnel/funnel-stage'
import { Button, Table, type TableColumnsType, Tooltip } from 'antd'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import marks from './Charts.module.css'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { FigureCard } from './StepsChart.tsx'
import { useFigureWords } from './use-figure-words.ts'

type MatrixTableProps = {
  view: FunnelView
  breakdown: FunnelBreakdown
  onOpen: (stage: FunnelStage, group?: string) => void
}
type Row = {
  key: string
  /** Undefined: all together. */
  group: FunnelView['groups'][number] | undefined
  funnel: FunnelView['total']
}

/** Every figure of every group with its step rate; a press on one shows what stands behind it. */
export function MatrixTable({ view, breakdown, onOpen }: MatrixTableProps) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const language = useLanguage()
  const model = useLabel(attributionModelLabels)
  const onPhone = useMedia(narrow)
  const rows: Row[] = [
    ...view.groups.map((group) => ({ key: group.key, group, funnel: group })),
    { key: '', group: undefined, funnel: view.total },
  ]
  const nameOf = ({ group }: Row) => (group ? words.group(group, breakdown) : t('all'))
  const name = (row: Row) =>
    row.group?.platform ? (
      <PlatformBadge platform={row.group.platform} name={nameOf(row)} size="small" />
    ) : (
      <span className={row.group ? undefined : styles.allRow}>{nameOf(row)}</span>
    )
  const figureOf = (row: Row, stage: FunnelStage) =>
    row.funnel.figures.find((one) => one.stage === stage)
  const cell = (row: Row, figure: FunnelFigure) => (
    <Tooltip
      classNames={{ root: marks.cardTip ?? '' }}
      color="var(--floating)"
      title={
        <FigureCard
          figure={figure}
          definition={view.definitions[figure.stage][language]}
          name={nameOf(row)}
        />
      }
    >
      <button
        type="button"
        className={styles.cell}
        onClick={() => onOpen(figure.stage, row.group?.key)}
      >
        <span className={figure.value === null ? styles.cellGap : styles.cellValue}>
          {figure.value === null ? '—' : words.count(figure.value)}
        </span>
        {figure.amountFen !== null && figure.value !== null && (
          <span className={styles.cellNote}>{words.money(figure.amountFen)}</span>
        )}
        {figure.step.value !== null && (
          <span className={styles.cellNote}>
            ↓ {words.rate(figure.step)}
            {figure.step.small && <span className={styles.smallMark}>*</span>}
          </span>
        )}
      </button>
    </Tooltip>
  )
  if (onPhone)
    return (
      <ul className={styles.groupCards}>
        {rows.map((row) => (
          <li key={row.key}>
            <details open={!row.group}>
              <summary>
                {name(row)}
                <span className={styles.cardFacts}>
                  {[
                    `${words.stage('visit')} ${words.count(figureOf(row, 'visit')?.value ?? null)}`,
                    `${words.stage('purchase')} ${words.count(figureOf(row, 'purchase')?.value ?? null)}`,
                  ].join(' · ')}
                </span>
              </summary>
              {funnelStages.map((stage) => {
                const figure = figureOf(row, stage)
                if (!figure) return null
                return (
                  <button
                    key={stage}
                    type="button"
                    onClick={() => onOpen(stage, row.group?.key)}
                    className={styles.groupLine}
                  >
                    <span>{words.stage(stage)}</span>
                    <span className={styles.groupStep}>
                      {figure.step.value !== null && `↓ ${words.rate(figure.step)}`}
                      {figure.step.small && <span className={styles.smallMark}>*</span>}
                    </span>
                    <strong className={figure.value === null ? styles.cellGap : undefined}>
                      {figure.value === null ? '—' : words.count(figure.value)}
                    </strong>
                  </button>
                )
              })}
            </details>
          </li>
        ))}
      </ul>
    )
  const columns: TableColumnsType<Row> = [
    { key: 'name', title: t(breakdown), fixed: 'start', width: 168, render: (_, row) => name(row) },
    ...funnelStages.map((stage) => ({
      key: stage,
      title: (
        <>
          {words.stage(stage)}
          {(stage === 'visit' || stage === 'purchase') && (
            <span className={styles.headNote}>{model(view.attribution)}</span>
          )}
        </>
      ),
      align: 'right' as const,
      className: styles.numeric ?? '',
      render: (_: unknown, row: Row) => {
        const figure = figureOf(row, stage)
        return figure ? cell(row, figure) : null
      },
    })),
    {
      key: 'overall',
      title: t('overall'),
      align: 'right',
      className: styles.numeric ?? '',
      render: (_, row) => {
        const last = figureOf(row, 'visit')
        if (!last || !row.funnel.base) return <span className={styles.cellGap}>—</span>
        return (
          <Tooltip title={words.rateLong(last.overall)}>
            <Button type="text" size="small" onClick={() => onOpen('visit', row.group?.key)}>
              {words.rate(last.overall)}
            </Button>
            <span className={styles.cellNote}>
              {words.stage(row.funnel.base)} → {words.stage('visit')}
            </span>
          </Tooltip>
        )
      },
    },
  ]
  return (
    <>
      <Table<Row>
        rowKey="key"
        size="small"
        columns={columns}
        dataSource={rows}
        pagination={false}
        className={styles.matrix ?? ''}
        tableLayout="auto"
        scroll={{ x: 1100 }}
        rowClassName={(row) => (row.group ? '' : (styles.totalRow ?? ''))}
      />
      <p className={styles.hint}>* {t('smallSample')}</p>
    </>
  )
}
