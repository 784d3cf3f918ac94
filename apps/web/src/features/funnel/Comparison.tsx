import { platformLabels } from '@xingbo/shared/accounts/platform'
import type { FunnelFigure, FunnelGroup, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelBreakdown,
  type FunnelStage,
  funnelStageLabels,
  funnelStages,
} from '@xingbo/shared/funnel/funnel-stage'
import { Select } from 'antd'
import { useId, useState } from 'react'
import { Bar, BarChart, type BarShapeProps, Tooltip, usePlotArea, XAxis, YAxis } from 'recharts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { ChartCard } from '../../ui/ChartCard.tsx'
import { platformColor } from '../../ui/PlatformBadge.tsx'
import marks from './Charts.module.css'
import { cutText } from './cut-text.ts'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { Hatch } from './Hatch.tsx'
import { HitArea } from './HitArea.tsx'
import { FigureCard } from './StepsChart.tsx'
import { type FigureWords, useFigureWords } from './use-figure-words.ts'

type ComparisonProps = {
  view: FunnelView
  breakdown: FunnelBreakdown
  onOpen: (stage: FunnelStage, group: string) => void
}

const ROW = 30
const BAR = 14
const NAME = 128
const VALUE = 76
/** As many bars as one takes in at a glance; the table has them all. */
const SHOWN = 8

type Bars = { group: FunnelGroup; figure: FunnelFigure }[]

/** Groups that a chart of this step can say something about, the longest bar first. */
function barsOf(groups: readonly FunnelGroup[], stage: FunnelStage): Bars {
  return groups
    .flatMap((group) => {
      const figure = group.figures.find((one) => one.stage === stage)
      return figure && (figure.value !== null || group.kind === 'one') ? [{ group, figure }] : []
    })
    .sort((a, b) => (b.figure.value ?? -1) - (a.figure.value ?? -1))
}

/** One step at a time across platforms, accounts, doctors or lines: like with like, on a scale of its own. */
export function Comparison({ view, breakdown, onOpen }: ComparisonProps) {
  const t = useTexts(funnelTexts)
  const label = useLabel(funnelStageLabels)
  const onPhone = useMedia(narrow)
  const [one, setOne] = useState<FunnelStage>('visit')
  const shown = onPhone ? [one] : funnelStages
  return (
    <section>
      <header className={styles.sectionHead}>
        <h2>{t('compare')}</h2>
        <p>{t('compareHint')}</p>
        {onPhone && (
          <Select
            aria-label={t('stage')}
            className={styles.stageChoice}
            value={one}
            onChange={setOne}
            options={funnelStages.map((stage) => ({ value: stage, label: label(stage) }))}
          />
        )}
      </header>
      <div className={styles.multiples}>
        {shown.map((stage) => (
          <Multiple key={stage} stage={stage} view={view} breakdown={breakdown} onOpen={onOpen} />
        ))}
      </div>
    </section>
  )
}

function Multiple({ stage, view, breakdown, onOpen }: ComparisonProps & { stage: FunnelStage }) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const language = useLanguage()
  const onPhone = useMedia(narrow)
  const hatch = useId()
  const total = view.total.figures.find((one) => one.stage === stage)
  if (!total) return null
  const all = barsOf(view.groups, stage)
  const bars = all.slice(0, SHOWN)
  const definition = view.definitions[stage][language]
  const max = Math.max(...bars.map(({ figure }) => figure.value ?? 0), 0)
  return (
    <ChartCard
      title={words.stage(stage)}
      definition={definition}
      asOf={total.asOf}
      {...(total.value !== null && { source: words.sources(total) })}
      {...(total.coverage && total.coverage.total > 0 && stage !== 'contact'
        ? { coverage: { known: total.coverage.known, all: total.coverage.total } }
        : {})}
      state={{ pending: false, empty: bars.every(({ figure }) => figure.value === null) }}
      empty={{ title: words.reason(total.gap) || t('noData') }}
    >
      <BarChart
        responsive
        layout="vertical"
        data={bars}
        width="100%"
        height={bars.length * ROW}
        margin={{ top: 0, bottom: 0, left: 0, right: VALUE }}
        barSize={BAR}
        accessibilityLayer={false}
        style={{ width: '100%' }}
      >
        <Hatch id={hatch} />
        <XAxis type="number" domain={[0, max || 1]} hide />
        <YAxis
          type="category"
          dataKey="group.key"
          width={NAME}
          tick={false}
          axisLine={false}
          tickLine={false}
        />
        {!onPhone && (
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const bar = payload?.[0]?.payload as Bars[number] | undefined
              return active && bar ? (
                <FigureCard
                  figure={bar.figure}
                  definition={definition}
                  name={words.group(bar.group, breakdown)}
                />
              ) : null
            }}
          />
        )}
        <Bar
          dataKey={({ figure }: Bars[number]) => figure.value ?? 0}
          isAnimationActive={false}
          background={{ fill: 'transparent' }}
          shape={(bar: BarShapeProps) => (
            <GroupBar
              bar={bar}
              share={(bar.payload as Bars[number]).figure.value ?? 0}
              max={max}
              hatch={hatch}
              words={words}
              breakdown={breakdown}
              noData={t('noData')}
              noPosts={t('noPosts')}
              behind={(name, value) => t('seeBehind', { stage: name, value })}
              onOpen={onOpen}
            />
          )}
        />
      </BarChart>
      {all.length > bars.length && (
        <p className={marks.moreGroups}>{t('moreGroups', { n: all.length - bars.length })}</p>
      )}
    </ChartCard>
  )
}

type GroupBarProps = {
  bar: BarShapeProps
  share: number
  max: number
  hatch: string
  words: FigureWords
  breakdown: FunnelBreakdown
  noData: string
  noPosts: string
  behind: (name: string, value: string) => string
  onOpen: ComparisonProps['onOpen']
}

/** A platform's own colour; what belongs to none of the groups is grey. */
const colorOf = ({ platform, kind }: FunnelGroup): string =>
  platform ? platformColor(platform) : kind === 'one' ? 'var(--primary)' : 'var(--quiet-text)'

function GroupBar(props: GroupBarProps) {
  const { bar, share, max, hatch, words, breakdown, noData, noPosts, behind, onOpen } = props
  const { group, figure } = bar.payload as Bars[number]
  const { x, width } = usePlotArea() ?? bar.parentViewBox
  const { y, height } = bar
  const name = words.group(group, breakdown)
  const isGap = figure.value === null
  const why = figure.coverage?.total === 0 ? noPosts : noData
  const length = max > 0 ? (share / max) * width : 0
  const value = isGap ? why : words.count(figure.value)
  return (
    <g>
      {group.platform && (
        <>
          <rect
            x={0}
            y={y - 1}
            width={16}
            height={16}
            rx={4}
            fill={platformColor(group.platform)}
            className={marks.glyph}
            data-platform={group.platform}
          />
          <text x={8} y={y + 11} className={marks.glyphText} data-platform={group.platform}>
            {platformLabels[group.platform].glyph}
          </text>
        </>
      )}
      <text x={group.platform ? 22 : 0} y={y + 11} className={marks.groupName}>
        {cutText(name, NAME - (group.platform ? 30 : 8), 13)}
      </text>
      {isGap ? (
        <rect
          x={x}
          y={y}
          width={width}
          height={height}
          rx={3}
          className={marks.gapTrack}
          fill={`url(#${hatch})`}
        />
      ) : (
        <rect
          x={x}
          y={y}
          width={share > 0 ? Math.max(length, 1.5) : 0}
          height={height}
          rx={length > 6 ? 3 : 0}
          className={marks.groupBar}
          data-platform={group.platform ?? undefined}
          fill={colorOf(group)}
        />
      )}
      <text
        x={isGap ? x + width + 8 : x + Math.max(length, 0) + 8}
        y={y + 11}
        className={isGap ? marks.groupGap : marks.groupValue}
      >
        {value}
      </text>
      <HitArea
        label={behind(`${name} ${words.stage(figure.stage)}`, value)}
        x={0}
        y={y - 8}
        width={x + width + VALUE}
        height={ROW}
        onOpen={() => onOpen(figure.stage, group.key)}
      />
    </g>
  )
}
