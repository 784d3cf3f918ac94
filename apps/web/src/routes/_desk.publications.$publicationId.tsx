import { createFileRoute } from '@tanstack/react-router'
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
  return <PublicationPage key={publicationId} publicationId={publicationId} />
}
