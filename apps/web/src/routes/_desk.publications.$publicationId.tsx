import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { TouchTokenPanel } from '../features/leads/TouchTokenPanel.tsx'
import { PublicationPage } from '../features/publishing/PublicationPage.tsx'
import { publicationQueries } from '../features/publishing/publishing.queries.ts'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/publications/$publicationId')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/publications/:publicationId'),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(publicationQueries.detail(params.publicationId)),
  component: PublicationRoute,
})

function PublicationRoute() {
  const { publicationId } = Route.useParams()
  const { data: publication } = useSuspenseQuery(publicationQueries.detail(publicationId))
  return (
    <PublicationPage
      key={publicationId}
      publicationId={publicationId}
      aside={
        <TouchTokenPanel
          publicationId={publicationId}
          contentId={publication.contentId}
          state={publication.state}
        />
      }
    />
  )
}
