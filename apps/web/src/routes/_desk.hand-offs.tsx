import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { z } from 'zod'
import { HandOffFilters } from '../features/publishing/HandOffFilters.tsx'
import { HandOffTable } from '../features/publishing/HandOffTable.tsx'
import { handOffTexts } from '../features/publishing/hand-off.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const search = z.object({
  who: z.string().max(60).optional().catch(undefined),
  accountId: z.string().max(60).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/hand-offs')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/hand-offs'),
  component: HandOffsPage,
})

function HandOffsPage() {
  const t = useTexts(handOffTexts)
  const navigate = useNavigate({ from: Route.fullPath })
  const given = Route.useSearch()
  const change = (patch: Partial<typeof given>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      filters={<HandOffFilters value={given} onChange={change} />}
    >
      <HandOffTable
        search={given}
        onClearFilters={() => change({ who: undefined, accountId: undefined })}
      />
    </PageShell>
  )
}
