import { addDays, daysBetween } from '@xingbo/shared/dates'
import type { FunnelDetail } from '@xingbo/shared/funnel/funnel.schema'
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Behind.module.css'
import marks from './Charts.module.css'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type CountsBehindProps = {
  days: NonNullable<FunnelDetail['days']>
  sources: NonNullable<FunnelDetail['sources']>
  range: FunnelDetail['range']
}

type DayBar = { day: string; value: number | null }

/** Every day of the period; a day nobody knows stays empty instead of zero. */
function everyDay(
  { from, to }: CountsBehindProps['range'],
  days: CountsBehindProps['days'],
): DayBar[] {
  const known = new Map(days.map(({ day, value }) => [day, value]))
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => {
    const day = addDays(from, at)
    return { day, value: known.get(day) ?? null }
  })
}

/** People's events behind a bar: how many on which day and from where. */
export function CountsBehind({ days, sources, range }: CountsBehindProps) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const words = useFigureWords()
  const bars = everyDay(range, days)
  const most = Math.max(...sources.items.map(({ value }) => value), 0)
  const rest = sources.total - sources.items.length
  return (
    <>
      <section className={styles.behind}>
        <h3>{t('byDay')}</h3>
        <BarChart
          responsive
          data={bars}
          width="100%"
          height={180}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          style={{ width: '100%' }}
        >
          <XAxis
            dataKey="day"
            tickFormatter={words.shortDay}
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline)' }}
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
            minTickGap={24}
          />
          <YAxis
            width={40}
            allowDecimals={false}
            tickFormatter={(value: number) => words.count(value)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
          />
          <Tooltip
            cursor={{ fill: 'var(--surface-soft)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const bar = payload?.[0]?.payload as DayBar | undefined
              return active && bar ? (
                <div className={marks.card}>
                  <p className={marks.cardTitle}>
                    {formats.day(bar.day)}
                    <strong>{bar.value === null ? t('noData') : words.count(bar.value)}</strong>
                  </p>
                </div>
              ) : null
            }}
          />
          <Bar
            dataKey="value"
            fill="var(--primary)"
            isAnimationActive={false}
            maxBarSize={18}
            radius={[2, 2, 0, 0]}
          />
        </BarChart>
        {bars.some(({ value }) => value === null) && (
          <p className={styles.hint}>{t('unknownDays')}</p>
        )}
      </section>
      <section className={styles.behind}>
        <h3>{t('bySource')}</h3>
        <ul className={styles.sources}>
          {sources.items.map((source) => {
            const name = words.origin(source)
            return (
              <li key={`${source.kind} ${source.by} ${source.platform} ${source.name}`}>
                <span className={styles.sourceName}>
                  {source.platform ? (
                    <PlatformBadge platform={source.platform} name={name} size="small" />
                  ) : (
                    name
                  )}
                </span>
                <span className={styles.sourceBar} aria-hidden>
                  <span style={{ width: `${most > 0 ? (source.value / most) * 100 : 0}%` }} />
                </span>
                <span className={styles.sourceValue}>{words.count(source.value)}</span>
              </li>
            )
          })}
        </ul>
        {rest > 0 && <p className={styles.hint}>{t('moreSources', { n: rest })}</p>}
        <p className={styles.hint}>{t('countsOnly')}</p>
      </section>
    </>
  )
}
