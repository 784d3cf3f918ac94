import type { FunnelFigure, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import type { FunnelStage } from '@xingbo/shared/funnel/funnel-stage'
import { Button, Table } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type StepsTableProps = { view: FunnelView; onOpen: (stage: FunnelStage) => void }

/** The picture of the whole funnel as a table, with what each figure rests on. */
export function StepsTable({ view, onOpen }: StepsTableProps) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const numeric = { align: 'right' as const, className: styles.numeric ?? '' }
  return (
    <Table<FunnelFigure>
      rowKey="stage"
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={view.total.figures}
      columns={[
        {
          key: 'stage',
          title: t('stage'),
          render: (_, { stage }) => (
            <Button type="link" size="small" onClick={() => onOpen(stage)}>
              {words.stage(stage)}
            </Button>
          ),
        },
        {
          key: 'value',
          title: t('value'),
          ...numeric,
          render: (_, { value }) => words.count(value),
        },
        {
          key: 'amount',
          title: t('amount'),
          ...numeric,
          render: (_, { amountFen }) => (amountFen === null ? '' : words.money(amountFen)),
        },
        { key: 'step', title: t('step'), ...numeric, render: (_, { step }) => words.rate(step) },
        {
          key: 'overall',
          title: t('overall'),
          ...numeric,
          render: (_, { overall }) => words.rate(overall),
        },
        { key: 'coverage', title: t('coverageTitle'), render: (_, one) => words.coverage(one) },
        {
          key: 'source',
          title: t('source'),
          render: (_, one) => (one.value === null ? '' : words.sources(one)),
        },
        {
          key: 'asOf',
          title: t('asOf'),
          render: (_, one) => (one.value === null ? '' : words.asOf(one)),
        },
        {
          key: 'why',
          title: t('why'),
          render: (_, one) =>
            [words.reason(one.gap), words.knownDays(one), words.reason(one.step.why)]
              .filter(Boolean)
              .join(' · '),
        },
      ]}
    />
  )
}
