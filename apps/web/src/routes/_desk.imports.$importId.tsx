import { createFileRoute } from '@tanstack/react-router'
import { importRowFates } from '@xingbo/shared/metrics/import-fate'
import { z } from 'zod'
import { ImportView } from '../features/metrics/ImportView.tsx'
import { listSearch } from '../lib/list-search.ts'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/imports/$importId')({
  validateSearch: z.object({
    fate: z.enum(importRowFates).optional().catch(undefined),
    page: listSearch.page,
    pageSize: listSearch.pageSize,
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/imports/:importId'),
  component: ImportRoute,
})

function ImportRoute() {
  const { importId } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <ImportView
      key={importId}
      importId={importId}
      search={search}
      onSearch={(patch) =>
        void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
      }
    />
  )
}
