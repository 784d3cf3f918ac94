import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { platforms } from '@xingbo/shared/accounts/platform'
import { publicationStates } from '@xingbo/shared/publishing/publication-state'
import { z } from 'zod'
import { CalendarDesk } from '../features/publishing/CalendarDesk.tsx'
import { calendarTexts } from '../features/publishing/calendar.texts.ts'
import { calendarViews } from '../features/publishing/calendar-view.ts'
import { PublicationFilters } from '../features/publishing/PublicationFilters.tsx'
import type { CalendarSearch } from '../features/publishing/PublishingCalendar.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const search = z.object({
  view: z.enum(calendarViews).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  platform: z.enum(platforms).optional().catch(undefined),
  accountId: z.string().max(60).optional().catch(undefined),
  state: z.enum(publicationStates).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/calendar')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/publications'),
  component: CalendarPage,
})

function CalendarPage() {
  const t = useTexts(calendarTexts)
  const may = useMay()
  const navigate = useNavigate({ from: Route.fullPath })
  const given = Route.useSearch()
  const change = (patch: CalendarSearch) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('title')}
      purpose={t(may('POST /api/contents/:contentId/publications') ? 'purpose' : 'purposeLook')}
      filters={<PublicationFilters value={given} onChange={change} />}
    >
      <CalendarDesk search={given} onSearch={change} />
    </PageShell>
  )
}
