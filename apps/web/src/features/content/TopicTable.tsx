import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type Topic,
  type TopicPriority,
  topicPriorityLabels,
} from '@xingbo/shared/content/topic.schema'
import { App, Button, Space } from 'antd'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { archiveTopicMutation, type TopicQuery, topicQueries } from './topic.queries.ts'
import { topicTexts } from './topic.texts.ts'

export type TopicSearch = NonNullable<TopicQuery> & {
  page?: number | undefined
  pageSize?: number | undefined
}

type TopicTableProps = {
  search: TopicSearch
  onSearch: (patch: Partial<TopicSearch>) => void
  onEdit: (topic: Topic) => void
  onStart: (topic: Topic) => void
  onCreate: () => void
}

const asPriority = (n: number): TopicPriority => (n <= 1 ? 1 : n === 2 ? 2 : 3)

/** Every topic, the urgent ones first; each can be started, edited or put away. */
export function TopicTable({ search, onSearch, onEdit, onStart, onCreate }: TopicTableProps) {
  const t = useTexts(topicTexts)
  const language = useLanguage()
  const may = useMay()
  const { message } = App.useApp()
  const query = useQuery({ ...topicQueries.list(search), placeholderData: keepPreviousData })
  const archive = useMutation(archiveTopicMutation(useQueryClient()))
  const mayWrite = may('POST /api/topics')

  const putAway = (topic: Topic, archived: boolean) =>
    archive.mutate(
      { topicId: topic.id, body: { revision: topic.revision, archived } },
      {
        onSuccess: () =>
          void message.success(t(archived ? 'archived' : 'restored', { title: topic.title })),
      },
    )
  const actions = (topic: Topic) =>
    mayWrite && (
      <Space size={4} wrap>
        {!topic.archived && (
          <Button size="small" onClick={() => onStart(topic)}>
            {t('start')}
          </Button>
        )}
        {!topic.archived && (
          <Button size="small" type="text" onClick={() => onEdit(topic)}>
            {t('editShort')}
          </Button>
        )}
        <Button size="small" type="text" onClick={() => putAway(topic, !topic.archived)}>
          {t(topic.archived ? 'restore' : 'archive')}
        </Button>
      </Space>
    )
  const rank = (topic: Topic) => {
    const word = topicPriorityLabels[asPriority(topic.priority)][language]
    return topic.priority === 1 ? (
      <strong style={{ color: 'var(--accent-text)' }}>{word}</strong>
    ) : (
      word
    )
  }
  const columns: Columns<Topic> = [
    {
      key: 'title',
      title: t('title'),
      width: 320,
      render: (_, topic) => (
        <>
          <strong>{topic.title}</strong>
          {(topic.audience || topic.hook) && (
            <div className="soft">{[topic.audience, topic.hook].filter(Boolean).join(' · ')}</div>
          )}
        </>
      ),
    },
    { key: 'priority', title: t('priority'), render: (_, topic) => rank(topic) },
    { key: 'doctor', title: t('doctor'), render: (_, topic) => topic.doctor?.name ?? t('none') },
    {
      key: 'line',
      title: t('line'),
      render: (_, topic) => topic.specialtyLine?.name ?? topic.department?.name ?? t('none'),
    },
    { key: 'format', title: t('format'), dataIndex: 'format' },
    { key: 'made', title: t('made'), numeric: true, dataIndex: 'contentCount' },
    { key: 'updated', title: t('updated'), render: (_, topic) => <RelTime at={topic.updatedAt} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            title: t('actions'),
            render: (_: unknown, topic: Topic) => actions(topic),
          },
        ]
      : []),
  ]
  const filtered = Boolean(
    search.q ||
      search.doctorId ||
      search.specialtyLineId ||
      search.used ||
      search.archived === 'only',
  )
  return (
    <QueryTable<Topic, TopicSearch>
      query={query}
      columns={columns}
      rowKey={(topic) => topic.id}
      search={search}
      onSearch={onSearch}
      filtered={filtered}
      onClearFilters={() =>
        onSearch({
          q: undefined,
          doctorId: undefined,
          specialtyLineId: undefined,
          used: undefined,
          archived: undefined,
          page: 1,
        })
      }
      empty={{
        title: t('emptyTitle'),
        hint: t('emptyHint'),
        action: mayWrite && (
          <Button type="primary" onClick={onCreate}>
            {t('create')}
          </Button>
        ),
      }}
      card={(topic) => (
        <div style={{ display: 'grid', gap: 6 }}>
          <strong>{topic.title}</strong>
          <span className="soft">
            {[topic.doctor?.name, topic.specialtyLine?.name, topic.format]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Space size={8} wrap>
            {rank(topic)}
            <span className="soft">{t('madeCount', { n: topic.contentCount })}</span>
          </Space>
          {actions(topic)}
        </div>
      )}
    />
  )
}
