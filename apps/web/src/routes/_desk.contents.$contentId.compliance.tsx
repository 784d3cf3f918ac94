import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { fieldsOf } from '@xingbo/shared/scripts/script-text'
import { CompliancePanel } from '../features/compliance/CompliancePanel.tsx'
import { complianceQueries } from '../features/compliance/compliance.queries.ts'
import { contentQueries } from '../features/content/content.queries.ts'
import { scriptQueries } from '../features/scripts/script.queries.ts'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/contents/$contentId/compliance')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/contents/:contentId/compliance'),
  loader: ({ context, params: { contentId } }) =>
    Promise.all([
      context.queryClient.ensureQueryData(complianceQueries.state(contentId)),
      context.queryClient.ensureQueryData(scriptQueries.detail(contentId)),
    ]),
  component: ComplianceTab,
})

function ComplianceTab() {
  const { contentId } = Route.useParams()
  const { data: item } = useSuspenseQuery(contentQueries.detail(contentId))
  const { data: script } = useSuspenseQuery(scriptQueries.detail(contentId))
  const fields = script.newest ? fieldsOf(script.newest.body) : []
  return (
    <CompliancePanel contentId={contentId} stage={item.stage} facts={item.facts} fields={fields} />
  )
}
