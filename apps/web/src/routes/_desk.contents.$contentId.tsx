import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Outlet } from '@tanstack/react-router'
import { ContentShell } from '../features/content/ContentShell.tsx'
import { contentQueries } from '../features/content/content.queries.ts'
import { allow } from '../lib/me.ts'

/** The shell of one item. Its parts are `_desk.contents.$contentId.<part>.tsx`, each drawn below the tabs. */
export const Route = createFileRoute('/_desk/contents/$contentId')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/contents/:contentId'),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(contentQueries.detail(params.contentId)),
  component: ContentPage,
})

function ContentPage() {
  const { contentId } = Route.useParams()
  const { data: item } = useSuspenseQuery(contentQueries.detail(contentId))
  return (
    <ContentShell key={contentId} item={item}>
      <Outlet />
    </ContentShell>
  )
}
