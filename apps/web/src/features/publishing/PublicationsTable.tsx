import type { UseQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { publishRouteLabels } from '@xingbo/shared/accounts/platform'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { PublicationMenu } from './PublicationMenu.tsx'
import styles from './Publications.module.css'
import { publishingTexts } from './publishing.texts.ts'
import { RescheduleDialog } from './RescheduleDialog.tsx'
import { useReason } from './use-reason.ts'

type Search = { page?: number | undefined; pageSize?: number | undefined }
type PublicationsTableProps = {
  query: UseQueryResult<{ items: Publication[]; total: number }>
  /** All rows belong to one item: its title is not repeated. */
  ofOneItem?: boolean
  search?: Search
  onSearch?: (patch: Search) => void
  filtered?: boolean
  onClearFilters?: () => void
  empty: { title: string; hint?: string; action?: ReactNode }
}

export function PublicationsTable(props: PublicationsTableProps) {
  const { query, ofOneItem = false, search, onSearch, filtered, onClearFilters, empty } = props
  const t = useTexts(publishingTexts)
  const route = useLabel(publishRouteLabels)
  const reason = useReason()
  const navigate = useNavigate()
  const [moving, setMoving] = useState<Publication | null>(null)

  const account = (row: Publication) => (
    <PlatformBadge platform={row.platform} name={row.accountName} />
  )
  const item = (row: Publication) => (
    <span className={styles.item}>
      {row.contentTitle}
      {row.doctorName && <span className="soft"> · {row.doctorName}</span>}
    </span>
  )
  const menu = (row: Publication) => <PublicationMenu publication={row} onReschedule={setMoving} />
  const columns: Columns<Publication> = [
    {
      key: 'state',
      title: t('state'),
      width: 124,
      render: (_, row) => <PublicationTag state={row.state} />,
    },
    ...(ofOneItem
      ? []
      : [
          {
            key: 'item',
            title: t('content'),
            render: (_: unknown, row: Publication) => item(row),
          },
        ]),
    {
      key: 'account',
      title: t('account'),
      render: (_, row) => (
        <Space size={8}>
          {account(row)}
          <span className="soft">{route(row.route)}</span>
        </Space>
      ),
    },
    {
      key: 'dueAt',
      title: t('dueAt'),
      width: 172,
      render: (_, row) => <DateTime at={row.dueAt} />,
    },
    {
      key: 'why',
      title: t('why'),
      render: (_, row) => <span className={styles.why}>{reason(row.reason)}</span>,
    },
    { key: 'actions', title: t('actions'), width: 72, fixed: 'end', render: (_, row) => menu(row) },
  ]
  return (
    <>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        {...(search && { search })}
        {...(onSearch && { onSearch })}
        {...(filtered !== undefined && { filtered })}
        {...(onClearFilters && { onClearFilters })}
        empty={empty}
        onOpen={(row) =>
          void navigate({
            to: '/publications/$publicationId',
            params: { publicationId: row.id },
          })
        }
        card={(row) => (
          <Space orientation="vertical" size={4} className={styles.card}>
            <Space wrap size={8}>
              <PublicationTag state={row.state} />
              <DateTime at={row.dueAt} />
            </Space>
            {!ofOneItem && item(row)}
            <Space wrap size={8}>
              {account(row)}
              <span className="soft">{route(row.route)}</span>
            </Space>
            {row.reason && <span className="soft">{reason(row.reason)}</span>}
          </Space>
        )}
        cardActions={menu}
      />
      <RescheduleDialog publication={moving} onClose={() => setMoving(null)} />
    </>
  )
}
