import BellOutlined from '@ant-design/icons/BellOutlined'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { inboxQueries } from '../features/inbox/inbox.queries.ts'
import { WorkSections } from '../features/work/WorkSections.tsx'
import { workTexts } from '../features/work/work.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { useMe } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/work')({ component: WorkPage })

function WorkPage() {
  const t = useTexts(workTexts)
  const { displayName, role } = useMe()
  const navigate = useNavigate()
  const unread = useQuery(inboxQueries.count()).data?.unread ?? 0
  const purpose = t(role === 'manager' ? 'purposeManager' : 'purpose', { name: displayName })
  return (
    <PageShell
      title={t('title')}
      purpose={purpose}
      extra={
        <Button icon={<BellOutlined aria-hidden />} onClick={() => void navigate({ to: '/inbox' })}>
          {unread > 0 ? t('inboxUnread', { n: unread }) : t('inbox')}
        </Button>
      }
    >
      <WorkSections />
    </PageShell>
  )
}
