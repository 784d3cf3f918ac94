import { createFileRoute } from '@tanstack/react-router'
import { FunnelPage } from '../features/funnel/FunnelPage.tsx'
import { funnelSearch } from '../features/funnel/funnel-search.ts'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/funnel')({
  validateSearch: funnelSearch,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/funnel'),
  component: Page,
})

function Page() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <FunnelPage
      search={search}
      onSearch={(patch) =>
        void navigate({
          search: (old) => ({ ...old, ...patch }),
          // Opening what stands behind a bar is a step one goes back from; a filter is not.
          replace: patch.stage === undefined,
          resetScroll: false,
        })
      }
    />
  )
}
