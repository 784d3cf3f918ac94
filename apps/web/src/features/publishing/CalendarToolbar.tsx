import LeftOutlined from '@ant-design/icons/LeftOutlined'
import RightOutlined from '@ant-design/icons/RightOutlined'
import type { CalendarController } from '@fullcalendar/react'
import { Button, Segmented } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import styles from './Calendar.module.css'
import { calendarTexts } from './calendar.texts.ts'
import { type CalendarView, calendarViews } from './calendar-view.ts'

type CalendarToolbarProps = {
  controller: CalendarController
  view: CalendarView
  onView: (view: CalendarView) => void
}

/** Which period is shown, in which form, and in whose time. */
export function CalendarToolbar({ controller, view, onView }: CalendarToolbarProps) {
  const t = useTexts(calendarTexts)
  const formats = useFormats()
  const shown = controller.view
  const lastMoment = shown && new Date(shown.currentEnd.getTime() - 1)
  const title =
    shown && lastMoment && view !== 'month'
      ? `${formats.date(shown.currentStart.toISOString())} – ${formats.date(lastMoment.toISOString())}`
      : shown?.title
  return (
    <div className={styles.toolbar}>
      <Button onClick={() => controller.today()}>{t('today')}</Button>
      <Button
        type="text"
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('earlier')}
        onClick={() => controller.prev()}
      />
      <Button
        type="text"
        icon={<RightOutlined aria-hidden />}
        aria-label={t('later')}
        onClick={() => controller.next()}
      />
      <h2 className={styles.period} aria-live="polite">
        {title}
      </h2>
      <span className={styles.zone}>
        {t('zone', { zone: formats.zoneName(new Date().toISOString()) })}
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
