import DownOutlined from '@ant-design/icons/DownOutlined'
import QrcodeOutlined from '@ant-design/icons/QrcodeOutlined'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { Button, Dropdown, type MenuProps, Space } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { DateTime, RelTime } from '../../ui/Time.tsx'
import { type HandOffSearch, handOffFits } from './HandOffFilters.tsx'
import { HandOffLinkDialog } from './HandOffLinkDialog.tsx'
import styles from './HandOffs.module.css'
import { HandOverDialog } from './HandOverDialog.tsx'
import { handOffTexts } from './hand-off.texts.ts'
import { publicationQueries, takeOverMutation } from './publishing.queries.ts'

const cardOf = ({ publicationId }: HandOffItem) => `/m/hand-off/${publicationId}`

type HandOffTableProps = { search: HandOffSearch; onClearFilters: () => void }

/** The operator's day: what is overdue, due now and next, whose it is, and how to get it done. */
export function HandOffTable({ search, onClearFilters }: HandOffTableProps) {
  const t = useTexts(handOffTexts)
  const may = useMay()
  const query = useQuery({
    ...publicationQueries.handOffs(),
    select: ({ items }) => ({ items: items.filter((item) => handOffFits(item, search)) }),
  })
  const size = useMedia(narrow) ? 'middle' : 'small'
  const [handed, setHanded] = useState<HandOffItem | null>(null)
  const [giving, setGiving] = useState<HandOffItem | null>(null)

  const actions = (row: HandOffItem) => (
    <Space size={4} wrap>
      {may('POST /api/publications/:publicationId/hand-off-links') && (
        <Button size={size} icon={<QrcodeOutlined aria-hidden />} onClick={() => setHanded(row)}>
          {t('toPhone')}
        </Button>
      )}
      {may('GET /api/hand-offs/:publicationId') && (
        <Button size={size} type="link" href={cardOf(row)} target="_blank">
          {t('openCard')}
        </Button>
      )}
    </Space>
  )
  const account = (row: HandOffItem) => (
    <PlatformBadge platform={row.platform} name={row.accountName} />
  )
  const state = (row: HandOffItem) => (
    <Space orientation="vertical" size={2}>
      <PublicationTag state={row.state} />
      {row.state === 'awaiting_person' && (
        <span className={styles.late}>
          {t('dueSince')} <RelTime at={row.dueAt} />
        </span>
      )}
    </Space>
  )
  const times = (row: HandOffItem) => (
    <Space orientation="vertical" size={0}>
      <DateTime at={row.dueAt} />
      <span className="soft">
        {t('deadline')} <DateTime at={row.deadline} />
      </span>
    </Space>
  )
  const who = (row: HandOffItem) => <Who row={row} onGive={() => setGiving(row)} />
  const columns: Columns<HandOffItem> = [
    { key: 'state', title: t('state'), width: 180, render: (_, row) => state(row) },
    { key: 'item', title: t('item'), render: (_, row) => row.contentTitle },
    { key: 'account', title: t('account'), render: (_, row) => account(row) },
    { key: 'who', title: t('who'), width: 150, render: (_, row) => who(row) },
    { key: 'due', title: t('dueAt'), width: 210, render: (_, row) => times(row) },
    { key: 'actions', title: t('actions'), width: 220, render: (_, row) => actions(row) },
  ]
  return (
    <>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => row.publicationId}
        filtered={search.who !== undefined || search.accountId !== undefined}
        onClearFilters={onClearFilters}
        empty={{ title: t('none'), hint: t('noneHint') }}
        card={(row) => (
          <Space orientation="vertical" size={6}>
            {state(row)}
            <strong>{row.contentTitle}</strong>
            {account(row)}
            {times(row)}
            {who(row)}
            {actions(row)}
          </Space>
        )}
      />
      <HandOffLinkDialog post={handed} onClose={() => setHanded(null)} />
      <HandOverDialog item={giving} onClose={() => setGiving(null)} />
    </>
  )
}

/** Whose post it is, with the ways to change that. */
function Who({ row, onGive }: { row: HandOffItem; onGive: () => void }) {
  const t = useTexts(handOffTexts)
  const may = useMay()
  const me = useMe()
  const take = useMutation(takeOverMutation(useQueryClient()))
  const name = row.who?.name ?? t('nobody')
  const { publicationId } = row
  if (!may('POST /api/hand-offs/:publicationId/take-over')) return name
  const items: MenuProps['items'] = [
    ...(row.who?.userId !== me.userId && may('POST /api/hand-offs/:publicationId/proof')
      ? [
          {
            key: 'me',
            label: t('takeIt'),
            onClick: () => take.mutate({ publicationId, userId: me.userId }),
          },
        ]
      : []),
    // Producers take over; operators and managers hand out.
    ...(may('POST /api/accounts/:accountId/owner')
      ? [
          { key: 'give', label: t('giveIt'), onClick: onGive },
          ...(row.takenOver
            ? [
                {
                  key: 'back',
                  label: t('giveBack'),
                  onClick: () => take.mutate({ publicationId, userId: null }),
                },
              ]
            : []),
        ]
      : []),
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }} disabled={items.length === 0}>
      <Button size="small" type="text" loading={take.isPending} style={{ marginLeft: -7 }}>
        <span className={row.who ? undefined : 'soft'}>{name}</span>
        {row.takenOver && <span className="soft">{t('takenOver')}</span>}
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
