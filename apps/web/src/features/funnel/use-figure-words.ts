import { platformLabels } from '@xingbo/shared/accounts/platform'
import type {
  FunnelFigure,
  FunnelGroup,
  FunnelRate,
  FunnelSource,
} from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelBreakdown,
  figureSourceLabels,
  funnelStageLabels,
} from '@xingbo/shared/funnel/funnel-stage'
import { useMemo } from 'react'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { funnelTexts } from './funnel.texts.ts'

const bounds = { exact: '', at_most: '≤', at_least: '≥', about: '≈' } as const
/** Below this share people think in cases of a hundred thousand rather than in hundredths of a percent. */
const RARE = 0.0001

const unknownGroupText = {
  platform: 'unknownPlatform',
  account: 'unknownAccount',
  doctor: 'unknownDoctor',
  line: 'unknownLine',
} as const satisfies Record<FunnelBreakdown, keyof typeof funnelTexts>

/** How figures, rates and groups are written, in one place for charts, tables, the drawer and the export. */
export function useFigureWords() {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const say = useSayReason()
  const platform = useLabel(platformLabels)
  const stage = useLabel(funnelStageLabels)
  const source = useLabel(figureSourceLabels)
  return useMemo(() => {
    /** Shared visits are fractions: one decimal tells them from whole ones. */
    const count = (value: number | null): string => {
      if (value === null || Number.isInteger(value) || value >= 10_000) return formats.count(value)
      return value < 0.05 ? '<0.1' : String(Math.round(value * 10) / 10)
    }
    const reason = (why: FunnelRate['why']): string => (why ? say(why) : '')
    const rate = ({ value, bound }: FunnelRate): string => {
      if (value === null) return unknown
      const text =
        value > 0 && value < RARE
          ? t('perHundredThousand', { n: Number((value * 100_000).toPrecision(2)) })
          : formats.rate(value)
      // Nothing is no less for being incomplete.
      return value === 0 ? text : `${bounds[bound]}${text}`
    }
    const boundNote = {
      exact: '',
      at_most: t('boundAtMost'),
      at_least: t('boundAtLeast'),
      about: t('boundAbout'),
    }
    /** The rate with what it was divided from, or why there is none. */
    const rateLong = (one: FunnelRate): string => {
      if (one.value === null) return reason(one.why) || unknown
      return [
        t('ratio', {
          rate: rate(one),
          numerator: count(one.numerator),
          denominator: count(one.denominator),
        }),
        one.posts && one.posts.known < one.posts.total && t('pairs', one.posts),
        boundNote[one.bound],
        one.small && t('smallSample'),
      ]
        .filter(Boolean)
        .join(' · ')
    }
    const coverage = ({ stage: of, coverage: covered }: FunnelFigure): string =>
      !covered || covered.total === 0
        ? ''
        : t(of === 'contact' ? 'coverageToken' : 'coverage', covered)
    const knownDays = ({ knownFrom, knownTo }: FunnelFigure): string =>
      knownFrom && knownTo
        ? t('knownDays', { from: formats.day(knownFrom), to: formats.day(knownTo) })
        : ''
    /** 10/24: where a weekday takes too much room. */
    const shortDay = (day: string) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
    const knownShort = ({ knownFrom, knownTo }: FunnelFigure): string =>
      knownFrom && knownTo
        ? t('knownDays', { from: shortDay(knownFrom), to: shortDay(knownTo) })
        : ''
    const asOf = ({ asOf: newest, oldestAsOf: oldest }: FunnelFigure): string => {
      if (!newest) return unknown
      return oldest && oldest !== newest
        ? t('asOfBetween', { oldest: formats.dateTime(oldest), newest: formats.dateTime(newest) })
        : formats.dateTime(newest)
    }
    return {
      count,
      reason,
      rate,
      rateLong,
      coverage,
      knownDays,
      knownShort,
      shortDay,
      asOf,
      stage,
      platform,
      money: formats.money,
      day: formats.day,
      sources: ({ sources }: FunnelFigure) => sources.map(source).join(' / ') || unknown,
      source,
      group: ({ kind, name, platform: of }: FunnelGroup, breakdown: FunnelBreakdown): string => {
        if (kind === 'elsewhere') return t('elsewhere')
        if (kind === 'unknown') return t(unknownGroupText[breakdown])
        return name || (of ? platform(of) : unknown)
      },
      origin: ({ kind, name, platform: of, by }: FunnelSource): string => {
        if (kind === 'unknown') return t('unknown')
        const plain = name || (of ? platform(of) : t('elsewhere'))
        return by === 'told' ? t('toldOf', { name: plain }) : plain
      },
    }
  }, [t, formats, say, platform, stage, source])
}
export type FigureWords = ReturnType<typeof useFigureWords>
