import { createFileRoute } from '@tanstack/react-router'
import { MediaTab } from '../features/media/MediaTab.tsx'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/contents/$contentId/media')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/contents/:contentId/assets'),
  component: MediaPage,
})

function MediaPage() {
  const { contentId } = Route.useParams()
  return <MediaTab key={contentId} contentId={contentId} />
}
