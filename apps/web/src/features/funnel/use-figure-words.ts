import { platformLabels } from '@xingbo/shared/accounts/platform'
import type { FunnelFigure, FunnelGroup, FunnelRate } from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelStage,
  figureSourceLabels,
  funnelStageLabels,
} from '@xingbo/shared/funnel/funnel-stage'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { funnelTexts } from './funnel.texts.ts'

/** Visits shared between several touches are fractions; counts of people are shown with one decimal then. */
const round = (n: number) => Math.round(n * 10) / 10

/** A figure, its rates and where it comes from, in words. */
export function useFigureWords() {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const stage = useLabel(funnelStageLabels)
  const source = useLabel(figureSourceLabels)
  const platform = useLabel(platformLabels)
  const sayReason = useSayReason()

  const number = (figure: FunnelFigure): string => {
    if (figure.value === null) return t('gap')
    const n = formats.count(round(figure.value))
    return figure.amountFen === null ? n : `${n} · ${formats.money(figure.amountFen)}`
  }
  const why = (figure: FunnelFigure): string => (figure.gap ? sayReason(figure.gap) : '')
  const bounds = { exact: '', at_least: t('atLeast'), at_most: t('atMost') } as Record<
    string,
    string
  >
  const rate = (one: FunnelRate): string | null =>
    one.value === null
      ? null
      : `${bounds[one.bound] ?? t('about')}${formats.rate(one.value)}${one.small ? `（${t('small')}）` : ''}`
  const rates = (figure: FunnelFigure, base: FunnelStage | null): string => {
    const step = rate(figure.step)
    const overall = rate(figure.overall)
    return [
      step && t('step', { rate: step }),
      base && base !== figure.stage && overall && t('total', { base: stage(base), rate: overall }),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  const facts = (figure: FunnelFigure): string =>
    [
      figure.sources.length > 0 &&
        t('source', { source: figure.sources.map((one) => source(one)).join('、') }),
      figure.asOf && t('asOf', { when: formats.dateTime(figure.asOf) }),
      figure.coverage && t('coverage', figure.coverage),
      figure.knownFrom &&
        figure.knownTo &&
        t('knownDays', { from: formats.date(figure.knownFrom), to: formats.date(figure.knownTo) }),
    ]
      .filter(Boolean)
      .join(' · ')
  const groupName = (group: FunnelGroup): string => {
    if (group.kind === 'elsewhere') return t('elsewhere')
    if (group.kind === 'unknown') return t('unknown')
    return group.name || (group.platform ? platform(group.platform) : group.key)
  }
  return { number, why, rate, rates, facts, groupName }
}
