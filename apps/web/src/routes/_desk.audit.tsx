import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { auditFilters } from '@xingbo/shared/audit/audit.schema'
import { z } from 'zod'
import { AuditFilters } from '../features/audit/AuditFilters.tsx'
import { AuditTable } from '../features/audit/AuditTable.tsx'
import type { AuditSearch } from '../features/audit/audit.queries.ts'
import { auditTexts } from '../features/audit/audit.texts.ts'
import { ChainBanner } from '../features/audit/ChainBanner.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/audit')({
  validateSearch: z.object(auditFilters),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/audit'),
  component: AuditPage,
})

function AuditPage() {
  const t = useTexts(auditTexts)
  const navigate = useNavigate({ from: Route.fullPath })
  const search = Route.useSearch()
  const narrow = (patch: AuditSearch) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      filters={<AuditFilters value={search} onChange={narrow} />}
    >
      <ChainBanner />
      <AuditTable
        search={search}
        onClearFilters={() => void navigate({ search: {}, replace: true })}
      />
    </PageShell>
  )
}
