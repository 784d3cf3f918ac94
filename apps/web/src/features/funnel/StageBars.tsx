import type { FunnelGroup, FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { type FunnelStage, funnelStageLabels } from '@xingbo/shared/funnel/funnel-stage'
import { Bar, BarChart, Cell, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMedia } from '../../lib/media.ts'
import { platformColor } from '../../ui/PlatformBadge.tsx'
import styles from './Funnel.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type StageBarsProps = {
  view: FunnelView
  onOpen: (stage: FunnelStage, group: string) => void
}
const ROW = 34
const PLAIN = 'var(--primary)'

/**
 * One small chart per stage with the groups side by side. A single chart of all stages would need a broken or
 * logarithmic axis: impressions outnumber visits ten thousand to one. Groups without the figure are named
 * below, never drawn as zero.
 */
export function StageBars({ view, onOpen }: StageBarsProps) {
  return (
    <div className={styles.charts}>
      {view.total.figures.map(({ stage }) => (
        <OneStage key={stage} stage={stage} groups={view.groups} onOpen={onOpen} />
      ))}
    </div>
  )
}

type Row = { key: string; name: string; value: number; label: string; color: string }

function OneStage(props: {
  stage: FunnelStage
  groups: readonly FunnelGroup[]
  onOpen: StageBarsProps['onOpen']
}) {
  const { stage, groups, onOpen } = props
  const t = useTexts(funnelTexts)
  const label = useLabel(funnelStageLabels)
  const words = useFigureWords()
  const narrow = useMedia('(max-width: 640px)')
  const rows: Row[] = []
  const missing: string[] = []
  for (const group of groups) {
    const figure = group.figures.find((one) => one.stage === stage)
    const name = words.groupName(group)
    if (!figure || figure.value === null) {
      if (group.kind === 'one') missing.push(name)
      continue
    }
    const step = words.rate(figure.step)
    rows.push({
      key: group.key,
      name,
      value: figure.value,
      label: step ? `${words.number(figure)} · ${step}` : words.number(figure),
      color: group.platform ? platformColor(group.platform) : PLAIN,
    })
  }
  rows.sort((a, b) => b.value - a.value)
  const longest = Math.max(0, ...rows.map((row) => row.name.length))
  return (
    <section className={styles.card}>
      <h3>{label(stage)}</h3>
      {rows.length > 0 && (
        <ResponsiveContainer width="100%" height={rows.length * ROW + 8}>
          <BarChart
            data={rows}
            layout="vertical"
            margin={{ top: 4, bottom: 4, left: 0, right: narrow ? 132 : 168 }}
            barCategoryGap={8}
          >
            <XAxis type="number" hide domain={[0, 'dataMax']} />
            <YAxis
              type="category"
              dataKey="name"
              axisLine={false}
              tickLine={false}
              width={Math.min(narrow ? 96 : 132, longest * 14 + 12)}
              tick={{ fill: 'var(--ink)', fontSize: 12 }}
            />
            <Bar
              dataKey="value"
              isAnimationActive={false}
              radius={[0, 4, 4, 0]}
              minPointSize={2}
              cursor="pointer"
              onClick={(_, index) => {
                const row = rows[index]
                if (row) onOpen(stage, row.key)
              }}
            >
              {rows.map((row) => (
                <Cell key={row.key} fill={row.color} />
              ))}
              <LabelList dataKey="label" position="right" fill="var(--ink)" fontSize={12} />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      )}
      {missing.length > 0 && (
        <p className={styles.missing}>
          {t('gap')}：{missing.join('、')}
        </p>
      )}
      {rows.length === 0 && missing.length === 0 && <p className={styles.missing}>{t('gap')}</p>}
    </section>
  )
}
