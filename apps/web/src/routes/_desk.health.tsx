import { createFileRoute } from '@tanstack/react-router'
import { HealthBoard } from '../features/health/HealthBoard.tsx'
import { healthTexts } from '../features/health/health.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/health')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/health'),
  component: HealthPage,
})

function HealthPage() {
  const t = useTexts(healthTexts)
  return (
    <PageShell title={t('title')} purpose={t('purpose')}>
      <HealthBoard />
    </PageShell>
  )
}
