import type { FunnelFigure, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import type { FunnelStage } from '@xingbo/shared/funnel/funnel-stage'
import { useId } from 'react'
import { Bar, BarChart, type BarShapeProps, Tooltip, usePlotArea, XAxis, YAxis } from 'recharts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import styles from './Charts.module.css'
import { cutText } from './cut-text.ts'
import { funnelTexts } from './funnel.texts.ts'
import { Hatch } from './Hatch.tsx'
import { HitArea } from './HitArea.tsx'
import { type FigureWords, useFigureWords } from './use-figure-words.ts'

type StepsChartProps = {
  funnel: FunnelView['total']
  definitions: FunnelView['definitions']
  onOpen: (stage: FunnelStage) => void
}

const ROW = 60
const BAR = 20
/** Room left and right of the bars for the amounts and the overall rates. */
const wide = { left: 156, right: 196 }
const small = { left: 100, right: 88 }

type Row = {
  figure: FunnelFigure
  share: number
  /** Nothing before it is known: its bar is the whole that the next ones are parts of. */
  isStart: boolean
}

/**
 * The whole funnel in one picture. Impressions and visits lie four to six orders of magnitude apart: on one
 * linear axis everything after the plays is a hair, a logarithmic one makes a loss of nine tenths look like a
 * small step, and a broken one lies. So a bar is the share of the step before it, on a linear axis from 0 to
 * 100 % that all bars have in common, and the amounts stand beside it as numbers. Amounts are drawn as lengths
 * where they can be compared: one step across platforms (Comparison).
 */
export function StepsChart({ funnel, definitions, onOpen }: StepsChartProps) {
  const words = useFigureWords()
  const language = useLanguage()
  const t = useTexts(funnelTexts)
  const onPhone = useMedia(narrow)
  const hatch = useId()
  const room = onPhone ? small : wide
  const start = funnel.figures.find(({ value }) => value !== null)?.stage
  const rows: Row[] = funnel.figures.map((figure) => {
    const isStart = figure.stage === start
    return { figure, isStart, share: isStart ? 1 : (figure.step.value ?? 0) }
  })
  return (
    <>
      <div className={styles.stepsHead} style={{ paddingLeft: room.left, paddingRight: 4 }}>
        <span>{t('barIs')}</span>
        <span>
          {funnel.base
            ? onPhone
              ? t('overall')
              : t('overallFrom', { stage: words.stage(funnel.base) })
            : ''}
        </span>
      </div>
      <BarChart
        responsive
        layout="vertical"
        data={rows}
        width="100%"
        height={rows.length * ROW}
        margin={{ top: 0, bottom: 0, left: 0, right: room.right }}
        barSize={BAR}
        accessibilityLayer={false}
        style={{ width: '100%' }}
      >
        <Hatch id={hatch} />
        <XAxis type="number" domain={[0, 1]} hide />
        <YAxis
          type="category"
          dataKey="figure.stage"
          width={room.left}
          hide={false}
          tick={false}
          axisLine={false}
          tickLine={false}
        />
        {!onPhone && (
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as Row | undefined
              return active && row ? (
                <FigureCard
                  figure={row.figure}
                  definition={definitions[row.figure.stage][language]}
                />
              ) : null
            }}
          />
        )}
        <Bar
          dataKey="share"
          isAnimationActive={false}
          background={{ fill: 'transparent' }}
          shape={(bar: BarShapeProps) => (
            <StepBar
              bar={bar}
              room={room}
              hatch={hatch}
              words={words}
              t={t}
              onPhone={onPhone}
              onOpen={onOpen}
            />
          )}
        />
      </BarChart>
    </>
  )
}

type StepBarProps = {
  bar: BarShapeProps
  room: typeof wide
  hatch: string
  words: FigureWords
  t: ReturnType<typeof useTexts<typeof funnelTexts>>
  onPhone: boolean
  onOpen: (stage: FunnelStage) => void
}

function StepBar({ bar, room, hatch, words, t, onPhone, onOpen }: StepBarProps) {
  const { figure, share, isStart } = bar.payload as Row
  const { x, width } = usePlotArea() ?? bar.parentViewBox
  const { y, height } = bar
  const isGap = figure.value === null
  const amount = isGap ? t('noData') : words.count(figure.value)
  const note = isGap
    ? words.reason(figure.gap)
    : isStart
      ? t('firstStep')
      : figure.step.value === null
        ? words.reason(figure.step.why)
        : `↓ ${words.rate(figure.step)}${figure.step.small ? ` · ${t('small')}` : ''}`
  const overall = figure.overall.value === null ? '' : words.rate(figure.overall)
  const facts = [words.coverage(figure), words.knownShort(figure)].filter(Boolean)
  return (
    <g>
      <text x={x - 12} y={y + 3} className={styles.stepName}>
        {cutText(words.stage(figure.stage), room.left - 12, onPhone ? 13 : 14)}
      </text>
      <text x={x - 12} y={y + 23} className={isGap ? styles.stepGap : styles.stepAmount}>
        {isGap ? '—' : amount}
      </text>
      {!isGap && (
        <text x={x} y={y - 7} className={styles.stepNote}>
          {onPhone && figure.step.value === null && !isStart ? '↓ —' : note}
        </text>
      )}
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={4}
        className={isGap ? styles.gapTrack : styles.track}
        {...(isGap && { fill: `url(#${hatch})` })}
      />
      {isGap ? (
        <foreignObject x={x + 8} y={y} width={Math.max(width - 16, 0)} height={height}>
          <div className={styles.gapWords}>{onPhone ? t('noData') : note}</div>
        </foreignObject>
      ) : (
        <rect
          x={x}
          y={y}
          // A share above zero stays visible, down to a line.
          width={share > 0 ? Math.max(share * width, 1.5) : 0}
          height={height}
          rx={share * width > 8 ? 4 : 0}
          className={isStart ? styles.startBar : styles.bar}
        />
      )}
      <text x={x + width + room.right - 4} y={y + 3} className={styles.overall}>
        {overall}
      </text>
      <text x={x + width + room.right - 4} y={y + 22} className={styles.facts}>
        {onPhone
          ? figure.coverage && figure.coverage.total > 0
            ? `${figure.coverage.known}/${figure.coverage.total}`
            : ''
          : (facts[0] ?? '')}
      </text>
      <HitArea
        label={t('seeBehind', { stage: words.stage(figure.stage), value: amount })}
        x={0}
        y={y - 20}
        width={x + width + room.right}
        height={ROW - 4}
        onOpen={() => onOpen(figure.stage)}
      />
    </g>
  )
}

/** Value, definition, source and as-of time of one figure, beside the pointer. */
export function FigureCard({
  figure,
  definition,
  name,
}: {
  figure: FunnelFigure
  definition: string
  name?: string
}) {
  const words = useFigureWords()
  const t = useTexts(funnelTexts)
  const lines = [
    [t('step'), figure.step.value === null && !figure.step.why ? '' : words.rateLong(figure.step)],
    [
      t('overall'),
      figure.overall.value === null && !figure.overall.why ? '' : words.rateLong(figure.overall),
    ],
    [t('coverageTitle'), words.coverage(figure)],
    [t('source'), figure.value === null ? '' : words.sources(figure)],
    [t('asOf'), figure.value === null ? '' : words.asOf(figure)],
    [t('why'), [words.reason(figure.gap), words.knownDays(figure)].filter(Boolean).join(' · ')],
    [t('definition'), definition],
  ]
  return (
    <div className={styles.card}>
      <p className={styles.cardTitle}>
        {[name, words.stage(figure.stage)].filter(Boolean).join(' · ')}
        <strong>{words.count(figure.value)}</strong>
        {figure.amountFen !== null && <strong>{words.money(figure.amountFen)}</strong>}
      </p>
      <dl>
        {lines.map(([label, text]) =>
          text ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  )
}
