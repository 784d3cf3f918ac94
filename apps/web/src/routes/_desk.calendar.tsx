import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { platforms } from '@xingbo/shared/accounts/platform'
import { MOST_ROWS } from '@xingbo/shared/publishing/batch.schema'
import { publicationStates } from '@xingbo/shared/publishing/publication-state'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { batchTexts } from '../features/publishing/batch.texts.ts'
import { CalendarDesk } from '../features/publishing/CalendarDesk.tsx'
import { CalendarFiles } from '../features/publishing/CalendarFiles.tsx'
import { calendarTexts } from '../features/publishing/calendar.texts.ts'
import { calendarViews } from '../features/publishing/calendar-view.ts'
import { PublicationFilters } from '../features/publishing/PublicationFilters.tsx'
import type { CalendarSearch } from '../features/publishing/PublishingCalendar.tsx'
import { RecentBatches } from '../features/publishing/RecentBatches.tsx'
import { SlotsDrawer } from '../features/publishing/SlotsDrawer.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const search = z.object({
  view: z.enum(calendarViews).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  platform: z.enum(platforms).optional().catch(undefined),
  accountId: z.string().max(60).optional().catch(undefined),
  state: z.enum(publicationStates).optional().catch(undefined),
  /** Items to be scheduled together; the dialog is open while this is there. */
  batch: z.array(z.string().max(60)).max(MOST_ROWS).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/calendar')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/publications'),
  component: CalendarPage,
})

function CalendarPage() {
  const t = useTexts(calendarTexts)
  const words = useTexts(batchTexts)
  const may = useMay()
  const navigate = useNavigate({ from: Route.fullPath })
  const { batch, ...given } = Route.useSearch()
  const [slotsOpen, setSlotsOpen] = useState(false)
  const change = (patch: CalendarSearch & { batch?: string[] | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const schedules = may('POST /api/schedule/batches')
  return (
    <PageShell
      title={t('title')}
      purpose={t(schedules ? 'purpose' : 'purposeLook')}
      primary={
        schedules
          ? { label: words('batch'), onClick: () => change({ batch: [] }), key: 'c' }
          : undefined
      }
      extra={
        <>
          {schedules && <RecentBatches />}
          <CalendarFiles search={given} />
          <Button onClick={() => setSlotsOpen(true)}>{t('slots')}</Button>
        </>
      }
      filters={<PublicationFilters value={given} onChange={change} />}
    >
      <CalendarDesk
        search={given}
        onSearch={change}
        batch={batch}
        onBatch={(ids) => change({ batch: ids })}
        onSlots={() => setSlotsOpen(true)}
      />
      <SlotsDrawer open={slotsOpen} onClose={() => setSlotsOpen(false)} />
    </PageShell>
  )
}
