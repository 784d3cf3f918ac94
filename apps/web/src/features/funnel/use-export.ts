import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { attributionModelLabels, type FunnelBreakdown } from '@xingbo/shared/funnel/funnel-stage'
import { App } from 'antd'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { funnelTexts } from './funnel.texts.ts'
import { saveText, toCsv } from './funnel-csv.ts'
import { useFigureWords } from './use-figure-words.ts'

/** Writes what is on screen into a file that says which days, which filter, which model and as of when. */
export function useExport() {
  const t = useTexts(funnelTexts)
  const language = useLanguage()
  const formats = useFormats()
  const words = useFigureWords()
  const model = useLabel(attributionModelLabels)
  const { message } = App.useApp()
  return (view: FunnelView, breakdown: FunnelBreakdown, filter: string) => {
    const { range, at, attribution, definitions, groups, total } = view
    const parts = [
      ...groups.map((one) => ({ ...one, name: words.group(one, breakdown) })),
      { ...total, name: t('all') },
    ]
    const rows = parts.flatMap(({ name, figures }) =>
      figures.map((figure) => [
        name,
        words.stage(figure.stage),
        figure.value === null ? null : Math.round(figure.value * 100) / 100,
        figure.amountFen === null ? null : figure.amountFen / 100,
        words.rate(figure.step),
        words.rate(figure.overall),
        words.coverage(figure),
        figure.value === null ? '' : words.sources(figure),
        figure.value === null ? '' : words.asOf(figure),
        [words.reason(figure.gap), words.knownDays(figure), words.reason(figure.step.why)]
          .filter(Boolean)
          .join(' · '),
        definitions[figure.stage][language],
      ]),
    )
    const name = `${t('title')}_${range.from}_${range.to}.csv`
    saveText(
      name,
      toCsv([
        [t('title')],
        [t('period'), `${range.from} ${t('until')} ${range.to} (${range.zone})`],
        [t('filters'), filter || unknown],
        [t('attribution'), model(attribution)],
        [t('asOf'), formats.dateTime(at)],
        [],
        [
          t(breakdown),
          t('stage'),
          t('value'),
          `${t('amount')} (¥)`,
          t('step'),
          t('overall'),
          t('coverageTitle'),
          t('source'),
          t('asOf'),
          t('why'),
          t('definition'),
        ],
        ...rows,
      ]),
    )
    void message.success(t('exported', { name }))
  }
}
