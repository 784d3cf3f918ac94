import { createFileRoute } from '@tanstack/react-router'
import type { Lead } from '@xingbo/shared/leads/lead.schema'
import { leadStatuses } from '@xingbo/shared/leads/lead-status'
import { useState } from 'react'
import { z } from 'zod'
import { FollowUpDrawer } from '../features/leads/FollowUpDrawer.tsx'
import { LeadFilters } from '../features/leads/LeadFilters.tsx'
import { type LeadSearch, LeadTable } from '../features/leads/LeadTable.tsx'
import { leadTexts } from '../features/leads/lead.texts.ts'
import { RevealDialog } from '../features/leads/RevealDialog.tsx'
import { useTexts } from '../lib/i18n.ts'
import { listSearch } from '../lib/list-search.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/leads')({
  validateSearch: z.object({
    status: z.enum(leadStatuses).optional().catch(undefined),
    advisor: z.string().max(60).optional().catch(undefined),
    page: listSearch.page,
    pageSize: listSearch.pageSize,
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/leads'),
  component: LeadsPage,
})

function LeadsPage() {
  const t = useTexts(leadTexts)
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const [phone, setPhone] = useState<string>()
  const [following, setFollowing] = useState<Lead | null>(null)
  const [revealing, setRevealing] = useState<Lead | null>(null)
  const onSearch = (patch: Partial<LeadSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      filters={
        <LeadFilters
          search={search}
          onSearch={onSearch}
          phone={phone}
          onPhone={(next) => {
            setPhone(next)
            onSearch({ page: undefined })
          }}
        />
      }
    >
      <LeadTable
        search={search}
        phone={phone}
        onSearch={onSearch}
        onClearFilters={() => {
          setPhone(undefined)
          onSearch({ status: undefined, advisor: undefined, page: undefined })
        }}
        onFollowUp={setFollowing}
        onReveal={setRevealing}
      />
      <FollowUpDrawer lead={following} onClose={() => setFollowing(null)} />
      <RevealDialog lead={revealing} onClose={() => setRevealing(null)} />
    </PageShell>
  )
}
