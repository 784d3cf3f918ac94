import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { noticeKinds } from '@xingbo/shared/inbox/notice'
import { App, Button } from 'antd'
import { z } from 'zod'
import { InboxFilters } from '../features/inbox/InboxFilters.tsx'
import { InboxList } from '../features/inbox/InboxList.tsx'
import { readMutation } from '../features/inbox/inbox.queries.ts'
import { inboxTexts } from '../features/inbox/inbox.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { PageShell } from '../ui/PageShell.tsx'

const search = z.object({
  show: z.enum(['all']).optional().catch(undefined),
  kind: z.enum(noticeKinds).optional().catch(undefined),
  page: z.int().min(1).optional().catch(undefined),
  pageSize: z.int().min(1).max(200).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/inbox')({
  validateSearch: search,
  component: InboxPage,
})

function InboxPage() {
  const t = useTexts(inboxTexts)
  const { message } = App.useApp()
  const navigate = useNavigate({ from: Route.fullPath })
  const given = Route.useSearch()
  const read = useMutation(readMutation(useQueryClient()))
  const change = (patch: Partial<typeof given>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const readAll = () =>
    read.mutate(undefined, { onSuccess: () => void message.success(t('readDone')) })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      extra={
        <Button loading={read.isPending} onClick={readAll}>
          {t('readAll')}
        </Button>
      }
      filters={
        <InboxFilters search={given} onChange={(patch) => change({ ...patch, page: undefined })} />
      }
    >
      <InboxList search={given} onSearch={change} />
    </PageShell>
  )
}
