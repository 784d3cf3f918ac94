import { createFileRoute } from '@tanstack/react-router'
import { HandOffTable } from '../features/publishing/HandOffTable.tsx'
import { handOffTexts } from '../features/publishing/hand-off.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/hand-offs')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/hand-offs'),
  component: HandOffsPage,
})

function HandOffsPage() {
  const t = useTexts(handOffTexts)
  return (
    <PageShell title={t('title')} purpose={t('purpose')}>
      <HandOffTable />
    </PageShell>
  )
}
