import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { PlaceTokenDrawer } from '../features/leads/PlaceTokenDrawer.tsx'
import { type TouchSearch, TouchTokenTable } from '../features/leads/TouchTokenTable.tsx'
import { touchTexts } from '../features/leads/touch.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { listSearch } from '../lib/list-search.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'
import { SearchField } from '../ui/SearchField.tsx'

export const Route = createFileRoute('/_desk/touch-tokens')({
  validateSearch: z.object({
    q: listSearch.q,
    page: listSearch.page,
    pageSize: listSearch.pageSize,
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/touch-tokens'),
  component: TouchTokensPage,
})

function TouchTokensPage() {
  const t = useTexts(touchTexts)
  const may = useMay()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const [creating, setCreating] = useState(false)
  const onSearch = (patch: Partial<TouchSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      primary={
        may('POST /api/touch-tokens')
          ? { label: t('create'), onClick: () => setCreating(true), key: 'c' }
          : undefined
      }
      filters={
        <SearchField
          value={search.q}
          placeholder={t('search')}
          onChange={(q) => onSearch({ q, page: undefined })}
        />
      }
    >
      <TouchTokenTable search={search} onSearch={onSearch} />
      <PlaceTokenDrawer open={creating} onClose={() => setCreating(false)} />
    </PageShell>
  )
}
