import { useState } from 'react'
import { useMay } from '../../lib/me.ts'
import { BatchDialog } from './BatchDialog.tsx'
import styles from './Calendar.module.css'
import { DayLanes } from './DayLanes.tsx'
import { type CalendarSearch, PublishingCalendar } from './PublishingCalendar.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { UndatedList } from './UndatedList.tsx'

type CalendarDeskProps = {
  search: CalendarSearch
  onSearch: (patch: CalendarSearch) => void
  /** Items given to the batch dialog; undefined while it is closed. */
  batch: readonly string[] | undefined
  onBatch: (contentIds: string[] | undefined) => void
  onSlots: () => void
}

/** The calendar with what still has no date beside it. */
export function CalendarDesk({ search, onSearch, batch, onBatch, onSlots }: CalendarDeskProps) {
  const may = useMay()
  const schedules = may('POST /api/contents/:contentId/publications')
  const [open, setOpen] = useState<{ contentId: string; at?: string } | null>(null)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  return (
    <div className={schedules ? styles.desk : undefined}>
      {schedules && (
        <UndatedList
          platform={search.platform}
          onSchedule={(contentId) => setOpen({ contentId })}
          picked={picked}
          onPick={setPicked}
          onBatch={onBatch}
        />
      )}
      {search.view === 'lanes' ? (
        <DayLanes search={search} onSearch={onSearch} />
      ) : (
        <PublishingCalendar
          search={search}
          onSearch={onSearch}
          onDropItem={(contentId, at) => setOpen({ contentId, at })}
        />
      )}
      <ScheduleDialog
        contentId={open?.contentId ?? null}
        at={open?.at}
        onClose={() => setOpen(null)}
      />
      {schedules && (
        <BatchDialog
          chosen={batch ?? null}
          onSlots={onSlots}
          onClose={() => {
            setPicked(new Set())
            onBatch(undefined)
          }}
        />
      )}
    </div>
  )
}
