import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { funnelStageLabels } from '@xingbo/shared/funnel/funnel-stage'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'

/** What the house is run by: visits, purchases, and what a visit costs. Registered users are none of them. */
export function FunnelKpis({ view }: { view: FunnelView }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const sayReason = useSayReason()
  const { visits, purchases, netFen, costPerVisitFen, costFen, costGap } = view.kpis
  const before = (previous: number | null, show: (n: number) => string) =>
    previous === null ? t('noBefore') : t('before', { n: show(previous) })
  return (
    <dl className={styles.kpis}>
      <Kpi
        name={t('visits')}
        value={visits.value === null ? t('gap') : t('times', { n: formats.count(visits.value) })}
      >
        {before(visits.previous, formats.count)}
      </Kpi>
      <Kpi
        name={t('purchases')}
        value={
          purchases.value === null
            ? t('gap')
            : t('ordersUnit', { n: formats.count(purchases.value) })
        }
      >
        {netFen.value !== null && `${t('net', { money: formats.money(netFen.value) })} · `}
        {before(purchases.previous, formats.count)}
      </Kpi>
      <Kpi
        name={t('costPerVisit')}
        value={costPerVisitFen.value === null ? t('gap') : formats.money(costPerVisitFen.value)}
      >
        {costFen.value !== null && `${t('spent', { money: formats.money(costFen.value) })} · `}
        {costGap ? sayReason(costGap) : before(costPerVisitFen.previous, formats.money)}
      </Kpi>
    </dl>
  )
}

function Kpi({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className={styles.kpi}>
      <dt>{name}</dt>
      <dd className={styles.big}>{value}</dd>
      <dd className={styles.soft}>{children}</dd>
    </div>
  )
}

/** How visits and purchases divide over what is known of their origin; the unattributed share is never hidden. */
export function FunnelStanding({ view }: { view: FunnelView }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const stage = useLabel(funnelStageLabels)
  return (
    <>
      {(['visit', 'purchase'] as const).map((key) => {
        const one = view.standing[key]
        if (!one || one.total === 0) return null
        return (
          <p key={key} className={styles.soft} style={{ margin: 0 }}>
            {t('standing', {
              stage: stage(key),
              total: formats.count(one.total),
              touch: formats.count(one.byTouch),
              told: formats.count(one.byTold),
              elsewhere: formats.count(one.elsewhere),
              unknown: formats.count(one.unknown),
              share: formats.rate(one.unknown / one.total),
            })}
          </p>
        )
      })}
    </>
  )
}
