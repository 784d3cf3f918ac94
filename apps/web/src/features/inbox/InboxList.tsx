import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { noticeKindLabels } from '@xingbo/shared/inbox/notice'
import type { Notice } from '@xingbo/shared/inbox/notice.schema'
import { noticePath } from '@xingbo/shared/inbox/notice-path'
import { Space } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSayReason } from '../../lib/say.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './Inbox.module.css'
import { type InboxSearch, inboxQueries, readMutation } from './inbox.queries.ts'
import { inboxTexts } from './inbox.texts.ts'
import { SeverityTag } from './SeverityTag.tsx'

type InboxListProps = {
  search: InboxSearch
  onSearch: (patch: { page?: number | undefined; pageSize?: number | undefined }) => void
}

/** What I was told, newest first; opening one reads it. */
export function InboxList({ search, onSearch }: InboxListProps) {
  const t = useTexts(inboxTexts)
  const kind = useLabel(noticeKindLabels)
  const say = useSayReason()
  const may = useMay()
  const navigate = useNavigate()
  const query = useQuery({ ...inboxQueries.list(search), placeholderData: keepPreviousData })
  const read = useMutation(readMutation(useQueryClient()))

  const open = ({ id, kind, subject, readAt }: Notice) => {
    if (!readAt) read.mutate([id])
    // The card is for whoever may post it; others see the publication.
    const mine = kind !== 'hand_off' || may('GET /api/hand-offs/:publicationId')
    const path = noticePath(mine ? kind : 'publish_trouble', subject)
    if (path.startsWith('/m/')) window.location.assign(path)
    else void navigate({ to: path })
  }
  const sentence = (row: Notice) => (
    <span className={row.readAt ? undefined : styles.unread}>
      {say(row.message)}
      {row.times > 1 && <span className="soft"> · {t('times', { n: row.times })}</span>}
      {row.settledAt && <span className="soft"> · {t('settled')}</span>}
      {row.muted && <span className="soft"> · {t('muted')}</span>}
    </span>
  )
  const columns: Columns<Notice> = [
    {
      key: 'severity',
      title: t('severity'),
      width: 100,
      render: (_, row) => <SeverityTag severity={row.severity} />,
    },
    { key: 'kind', title: t('kind'), width: 120, render: (_, row) => kind(row.kind) },
    { key: 'what', title: t('what'), render: (_, row) => sentence(row) },
    { key: 'at', title: t('at'), width: 170, render: (_, row) => <RelTime at={row.at} /> },
  ]
  const all = search.show === 'all'
  return (
    <QueryTable
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      search={search}
      onSearch={onSearch}
      filtered={search.kind !== undefined && all}
      empty={all ? { title: t('noneAll') } : { title: t('none'), hint: t('noneHint') }}
      onOpen={open}
      card={(row) => (
        <Space orientation="vertical" size={4}>
          <Space wrap size={8}>
            <SeverityTag severity={row.severity} />
            <span className="soft">{kind(row.kind)}</span>
            <span className="soft">
              <RelTime at={row.at} />
            </span>
          </Space>
          {sentence(row)}
        </Space>
      )}
    />
  )
}
