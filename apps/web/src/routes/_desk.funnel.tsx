import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { funnelQuery } from '@xingbo/shared/funnel/funnel.schema'
import { z } from 'zod'
import { FunnelBoard } from '../features/funnel/FunnelBoard.tsx'
import { FunnelFilters } from '../features/funnel/FunnelFilters.tsx'
import { funnelTexts } from '../features/funnel/funnel.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const day = z.iso.date().optional().catch(undefined)
const search = z.object({ ...funnelQuery, from: day, to: day }).partial()

export const Route = createFileRoute('/_desk/funnel')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/funnel'),
  component: FunnelPage,
})

function FunnelPage() {
  const t = useTexts(funnelTexts)
  const navigate = useNavigate({ from: Route.fullPath })
  const given = Route.useSearch()
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      filters={
        <FunnelFilters
          value={given}
          onChange={(patch) =>
            void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
          }
        />
      }
    >
      <FunnelBoard search={given} />
    </PageShell>
  )
}
