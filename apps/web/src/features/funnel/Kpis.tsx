import InfoCircleOutlined from '@ant-design/icons/InfoCircleOutlined'
import { changeOf } from '@xingbo/shared/funnel/funnel.rules'
import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { attributionModelLabels } from '@xingbo/shared/funnel/funnel-stage'
import { Button, Tooltip } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type Compared = FunnelView['kpis']['visits']
type KpisProps = {
  view: FunnelView
  /** Only a part is shown, so what is credited to it depends on the model: its name stands beside the figure. */
  narrowed: boolean
}

/** Visits, purchases, what they brought in and what a visit cost; no registrations, they are vanity here. */
export function Kpis({ view, narrowed }: KpisProps) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const words = useFigureWords()
  const language = useLanguage()
  const model = useLabel(attributionModelLabels)
  const { kpis, definitions, total, attribution } = view
  const gapOf = (stage: 'visit' | 'purchase') =>
    words.reason(total.figures.find((one) => one.stage === stage)?.gap ?? null)
  const by = narrowed ? t('model', { model: model(attribution) }) : undefined
  const count = (value: number) => words.count(value)
  const money = (fen: number) => formats.money(fen)
  return (
    <section className={styles.kpis} aria-label={t('kpis')}>
      <Kpi
        label={t('visits')}
        definition={definitions.visit[language]}
        figure={kpis.visits}
        write={count}
        unit={t('unitVisits')}
        gap={gapOf('visit')}
        note={by}
        range={view.range}
      />
      <Kpi
        label={t('purchases')}
        definition={definitions.purchase[language]}
        figure={kpis.purchases}
        write={count}
        unit={t('unitOrders')}
        gap={gapOf('purchase')}
        note={by}
        range={view.range}
      />
      <Kpi
        label={t('netIncome')}
        definition={t('netIncomeDefinition')}
        figure={kpis.netFen}
        write={money}
        gap={gapOf('purchase')}
        note={by}
        range={view.range}
      />
      <Kpi
        label={t('costPerVisit')}
        definition={t('costDefinition')}
        figure={kpis.costPerVisitFen}
        write={money}
        unit={t('perVisit')}
        gap={words.reason(kpis.costGap)}
        note={
          kpis.costFen.value === null
            ? undefined
            : t('spent', { money: formats.money(kpis.costFen.value) })
        }
        range={view.range}
      />
    </section>
  )
}

type KpiProps = {
  label: string
  definition: string
  figure: Compared
  write: (value: number) => string
  unit?: string
  /** Why there is no figure. */
  gap: string
  note: string | undefined
  range: { from: string; to: string }
}

function Kpi({ label, definition, figure, write, unit, gap, note, range }: KpiProps) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const words = useFigureWords()
  const { value, days, previous, against } = figure
  const partly = days && (days.from !== range.from || days.to !== range.to)
  const change = changeOf(value, previous)
  const rate = change === null ? '' : formats.rate(Math.abs(change))
  const direction =
    change === null
      ? ''
      : change > 0
        ? t('more', { rate })
        : change < 0
          ? t('less', { rate })
          : t('same')
  return (
    <div className={styles.kpi}>
      <h2 className={styles.kpiLabel}>
        {label}
        <Tooltip title={definition}>
          <Button
            type="text"
            size="small"
            aria-label={`${t('definition')}: ${definition}`}
            icon={<InfoCircleOutlined />}
          />
        </Tooltip>
      </h2>
      {value === null ? (
        <>
          <p className={styles.kpiGap}>—</p>
          <p className={styles.kpiNote}>{gap || t('noData')}</p>
        </>
      ) : (
        <>
          <p className={styles.kpiValue}>
            {write(value)}
            <span>{[unit, note].filter(Boolean).join(' · ')}</span>
          </p>
          <p className={styles.kpiNote}>
            {previous === null || !against
              ? t('noCompare')
              : [
                  direction,
                  t('against', {
                    from: words.shortDay(against.from),
                    to: words.shortDay(against.to),
                    value: write(previous),
                  }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
          </p>
          {partly && (
            <p className={styles.kpiPartly}>
              {t('knownDays', { from: words.shortDay(days.from), to: words.shortDay(days.to) })}
            </p>
          )}
        </>
      )}
    </div>
  )
}
