import { createFileRoute } from '@tanstack/react-router'
import type { Robot } from '@xingbo/shared/inbox/robot.schema'
import { useState } from 'react'
import { ReminderSettings } from '../features/inbox/ReminderSettings.tsx'
import { RobotDrawer } from '../features/inbox/RobotDrawer.tsx'
import { RobotMessages } from '../features/inbox/RobotMessages.tsx'
import { RobotTable } from '../features/inbox/RobotTable.tsx'
import { robotTexts } from '../features/inbox/robot.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'
import { Panel } from '../ui/Panel.tsx'

export const Route = createFileRoute('/_desk/settings/notices')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/robots'),
  component: NoticesPage,
})

function NoticesPage() {
  const t = useTexts(robotTexts)
  const [robot, setRobot] = useState<Robot | 'new' | null>(null)
  const [shown, setShown] = useState<Robot | null>(null)
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      primary={{ label: t('add'), onClick: () => setRobot('new'), key: 'c' }}
    >
      <Panel title={t('robots')}>
        <RobotTable onEdit={setRobot} onMessages={setShown} />
      </Panel>
      <ReminderSettings />
      <RobotDrawer robot={robot} onClose={() => setRobot(null)} />
      <RobotMessages robot={shown} onClose={() => setShown(null)} />
    </PageShell>
  )
}
