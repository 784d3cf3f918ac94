import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { WorkerDrawer } from '../features/publishing/WorkerDrawer.tsx'
import { WorkerTable } from '../features/publishing/WorkerTable.tsx'
import { workersQuery } from '../features/publishing/worker.queries.ts'
import { workerTexts } from '../features/publishing/worker.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/settings/workers')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/workers'),
  component: WorkersPage,
})

function WorkersPage() {
  const t = useTexts(workerTexts)
  const { data } = useQuery(workersQuery)
  const [adding, setAdding] = useState(false)
  const add = () => setAdding(true)
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      primary={{ label: t('add'), onClick: add, key: 'c' }}
    >
      <WorkerTable addButton={<Button onClick={add}>{t('add')}</Button>} />
      <WorkerDrawer
        open={adding}
        onClose={() => setAdding(false)}
        serverUrl={data?.server.url ?? ''}
      />
    </PageShell>
  )
}
