import type { FunnelFigure, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { type FunnelStage, funnelStageLabels } from '@xingbo/shared/funnel/funnel-stage'
import { Button, Tooltip } from 'antd'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type FunnelStepsProps = {
  view: FunnelView
  onOpen: (stage: FunnelStage) => void
}

/** The nine stages as numbers: what is known, how it relates to the step before, and where it comes from. */
export function FunnelSteps({ view, onOpen }: FunnelStepsProps) {
  const t = useTexts(funnelTexts)
  return (
    <section className={styles.card}>
      <h3>{t('overall')}</h3>
      <ol className={styles.steps}>
        {view.total.figures.map((figure) => (
          <Step
            key={figure.stage}
            figure={figure}
            base={view.total.base}
            definition={view.definitions[figure.stage]}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </section>
  )
}

function Step(props: {
  figure: FunnelFigure
  base: FunnelStage | null
  definition: { zh: string; en: string }
  onOpen: (stage: FunnelStage) => void
}) {
  const { figure, base, definition, onOpen } = props
  const t = useTexts(funnelTexts)
  const language = useLanguage()
  const stage = useLabel(funnelStageLabels)
  const words = useFigureWords()
  const missing = figure.value === null
  return (
    <li className={styles.step}>
      <Tooltip title={t('definition', { text: definition[language] })}>
        <Button type="link" style={{ padding: 0 }} onClick={() => onOpen(figure.stage)}>
          {stage(figure.stage)}
        </Button>
      </Tooltip>
      <span className={`${styles.number} ${missing ? styles.gap : ''}`}>
        {words.number(figure)}
      </span>
      <span className={styles.soft}>{missing ? words.why(figure) : words.rates(figure, base)}</span>
      <span className={styles.facts}>{words.facts(figure)}</span>
    </li>
  )
}
