import { useState } from 'react'
import { useMay } from '../../lib/me.ts'
import styles from './Calendar.module.css'
import { type CalendarSearch, PublishingCalendar } from './PublishingCalendar.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { UndatedList } from './UndatedList.tsx'

type CalendarDeskProps = {
  search: CalendarSearch
  onSearch: (patch: CalendarSearch) => void
}

/** The calendar with what still has no date beside it. */
export function CalendarDesk({ search, onSearch }: CalendarDeskProps) {
  const may = useMay()
  const schedules = may('POST /api/contents/:contentId/publications')
  const [open, setOpen] = useState<{ contentId: string; at?: string } | null>(null)
  return (
    <div className={schedules ? styles.desk : undefined}>
      {schedules && (
        <UndatedList
          platform={search.platform}
          onSchedule={(contentId) => setOpen({ contentId })}
        />
      )}
      <PublishingCalendar
        search={search}
        onSearch={onSearch}
        onDropItem={(contentId, at) => setOpen({ contentId, at })}
      />
      <ScheduleDialog
        contentId={open?.contentId ?? null}
        at={open?.at}
        onClose={() => setOpen(null)}
      />
    </div>
  )
}
