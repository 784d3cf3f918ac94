import LeftOutlined from '@ant-design/icons/LeftOutlined'
import RightOutlined from '@ant-design/icons/RightOutlined'
import { holidaysKnown } from '@xingbo/shared/publishing/day-marks'
import { Button, Segmented } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import styles from './Calendar.module.css'
import { calendarTexts } from './calendar.texts.ts'
import { type CalendarView, calendarViews } from './calendar-view.ts'

type CalendarToolbarProps = {
  title: string
  /** First and last day shown, `YYYY-MM-DD`. */
  days: readonly [string, string] | null
  view: CalendarView
  onView: (view: CalendarView) => void
  onGo: (to: 'today' | 'earlier' | 'later') => void
}

/** Which period is shown, in which form, and in whose time; and for which year nobody knows the holidays yet. */
export function CalendarToolbar({ title, days, view, onView, onGo }: CalendarToolbarProps) {
  const t = useTexts(calendarTexts)
  const formats = useFormats()
  const unknown = days?.find((day) => !holidaysKnown(day))
  return (
    <div className={styles.toolbar}>
      <Button onClick={() => onGo('today')}>{t('today')}</Button>
      <Button
        type="text"
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('earlier')}
        onClick={() => onGo('earlier')}
      />
      <Button
        type="text"
        icon={<RightOutlined aria-hidden />}
        aria-label={t('later')}
        onClick={() => onGo('later')}
      />
      <h2 className={styles.period} aria-live="polite">
        {title}
      </h2>
      <span className={styles.zone}>
        {t('zone', { zone: formats.zoneName(new Date().toISOString()) })}
        {unknown && ` · ${t('holidaysUnknown', { year: unknown.slice(0, 4) })}`}
      </span>
      <Segmented
        aria-label={t('view')}
        value={view}
        onChange={onView}
        options={calendarViews.map((one) => ({ value: one, label: t(one) }))}
      />
    </div>
  )
}
