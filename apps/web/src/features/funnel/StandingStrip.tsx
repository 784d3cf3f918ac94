import type { FunnelStanding, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import {
  type AttributionModel,
  attributionDefinitions,
  attributionModelLabels,
  attributionModels,
} from '@xingbo/shared/funnel/funnel-stage'
import { Select, Tooltip } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type StandingStripProps = {
  view: FunnelView
  onModel: (model: AttributionModel) => void
}

const parts = ['byTouch', 'byTold', 'elsewhere', 'unknown'] as const

/** How much of all visits and purchases any breakdown can speak for, by the model in use. */
export function StandingStrip({ view, onModel }: StandingStripProps) {
  const t = useTexts(funnelTexts)
  const model = useLabel(attributionModelLabels)
  const definition = useLabel(attributionDefinitions)
  const { visit, purchase } = view.standing
  if (!visit?.total && !purchase?.total) return null
  return (
    <Panel
      title={t('standing')}
      extra={
        <Select
          aria-label={t('attribution')}
          value={view.attribution}
          onChange={onModel}
          style={{ width: 132 }}
          popupMatchSelectWidth={false}
          options={attributionModels.map((one) => ({ value: one, label: model(one) }))}
          optionRender={({ value }) => (
            <Tooltip title={definition(value as AttributionModel)} placement="left">
              <span>{model(value as AttributionModel)}</span>
            </Tooltip>
          )}
        />
      }
    >
      <p className={styles.hint}>
        {t('standingHint', {
          model: model(view.attribution),
          definition: definition(view.attribution),
        })}
      </p>
      <div className={styles.standings}>
        <Standing name={t('visits')} unit={t('unitVisits')} standing={visit} />
        <Standing name={t('purchases')} unit={t('unitOrders')} standing={purchase} />
      </div>
    </Panel>
  )
}

type StandingProps = { name: string; unit: string; standing: FunnelStanding | null }

function Standing({ name, unit, standing }: StandingProps) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const words = useFigureWords()
  if (!standing || standing.total === 0) return null
  return (
    <div>
      <p className={styles.standingTitle}>
        {name} <strong>{words.count(standing.total)}</strong> {unit}
      </p>
      <div className={styles.shares} aria-hidden>
        {parts.map((part) =>
          standing[part] > 0 ? (
            <span key={part} data-part={part} style={{ flexGrow: standing[part] }} />
          ) : null,
        )}
      </div>
      <ul className={styles.shareList}>
        {parts.map((part) => (
          <li key={part} data-part={part}>
            {t('shareOf', {
              name: t(part),
              n: words.count(standing[part]),
              rate: formats.rate(standing[part] / standing.total),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
