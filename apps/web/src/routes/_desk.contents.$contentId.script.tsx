import { createFileRoute } from '@tanstack/react-router'
import { LiveFindings } from '../features/compliance/LiveFindings.tsx'
import { ScriptWorkspace } from '../features/scripts/ScriptWorkspace.tsx'
import { scriptQueries } from '../features/scripts/script.queries.ts'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/contents/$contentId/script')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/contents/:contentId/script'),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(scriptQueries.detail(params.contentId)),
  component: ScriptTab,
})

function ScriptTab() {
  const { contentId } = Route.useParams()
  return (
    <ScriptWorkspace
      contentId={contentId}
      renderFindings={({ body, nature, platforms, jumpTo }) => (
        <LiveFindings body={body} nature={nature} platforms={platforms} jumpTo={jumpTo} />
      )}
    />
  )
}
