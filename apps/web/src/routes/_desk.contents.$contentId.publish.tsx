import { createFileRoute } from '@tanstack/react-router'
import { ItemPublications } from '../features/publishing/ItemPublications.tsx'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/contents/$contentId/publish')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/publications'),
  component: PublishTab,
})

function PublishTab() {
  const { contentId } = Route.useParams()
  return <ItemPublications key={contentId} contentId={contentId} />
}
