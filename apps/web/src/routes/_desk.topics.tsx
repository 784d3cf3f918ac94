import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { listTopics, type Topic } from '@xingbo/shared/content/topic.schema'
import { useState } from 'react'
import { StartTopicDrawer } from '../features/content/StartTopicDrawer.tsx'
import { TopicDrawer } from '../features/content/TopicDrawer.tsx'
import { TopicFilters } from '../features/content/TopicFilters.tsx'
import { type TopicSearch, TopicTable } from '../features/content/TopicTable.tsx'
import { topicTexts } from '../features/content/topic.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/topics')({
  validateSearch: listTopics.query.partial(),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/topics'),
  component: TopicsPage,
})

function TopicsPage() {
  const t = useTexts(topicTexts)
  const may = useMay()
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const toItem = useNavigate()
  const [editing, setEditing] = useState<Topic | 'new' | null>(null)
  const [starting, setStarting] = useState<Topic | null>(null)
  const onSearch = (patch: Partial<TopicSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  return (
    <PageShell
      title={t('pageTitle')}
      purpose={t('pagePurpose')}
      primary={
        may('POST /api/topics')
          ? { label: t('create'), onClick: () => setEditing('new'), key: 'c' }
          : undefined
      }
      filters={<TopicFilters search={search} onSearch={onSearch} />}
    >
      <TopicTable
        search={search}
        onSearch={onSearch}
        onEdit={setEditing}
        onStart={setStarting}
        onCreate={() => setEditing('new')}
      />
      <TopicDrawer topic={editing} onClose={() => setEditing(null)} />
      <StartTopicDrawer
        topic={starting}
        onClose={() => setStarting(null)}
        onStarted={({ id }) =>
          void toItem({ to: '/contents/$contentId', params: { contentId: id } })
        }
      />
    </PageShell>
  )
}
