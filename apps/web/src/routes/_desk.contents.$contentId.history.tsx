import { createFileRoute } from '@tanstack/react-router'
import { AuditTable } from '../features/audit/AuditTable.tsx'
import { allow } from '../lib/me.ts'

export const Route = createFileRoute('/_desk/contents/$contentId/history')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/audit'),
  component: HistoryPage,
})

function HistoryPage() {
  const { contentId } = Route.useParams()
  return <AuditTable key={contentId} search={{ contentId }} ofOneItem />
}
