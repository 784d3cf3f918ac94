import { createFileRoute, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { complianceTexts } from '../features/compliance/compliance.texts.ts'
import { ReviewQueue } from '../features/compliance/ReviewQueue.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/review/')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/compliance/queue'),
  component: ReviewPage,
})

function ReviewPage() {
  const t = useTexts(complianceTexts)
  return (
    <PageShell
      title={t('queueTitle')}
      purpose={t('queuePurpose')}
      extra={
        <Link to="/review/rules">
          <Button>{t('rulesLink')}</Button>
        </Link>
      }
    >
      <ReviewQueue />
    </PageShell>
  )
}
