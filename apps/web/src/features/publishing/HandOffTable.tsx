import QrcodeOutlined from '@ant-design/icons/QrcodeOutlined'
import { useQuery } from '@tanstack/react-query'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { HandOffLinkDialog } from './HandOffLinkDialog.tsx'
import { handOffTexts } from './hand-off.texts.ts'
import { publicationQueries } from './publishing.queries.ts'

const cardOf = ({ publicationId }: HandOffItem) => `/m/hand-off/${publicationId}`

/** What waits for a phone, due now first; the desk's side of the hand-off. */
export function HandOffTable() {
  const t = useTexts(handOffTexts)
  const may = useMay()
  const query = useQuery(publicationQueries.handOffs())
  const size = useMedia(narrow) ? 'middle' : 'small'
  const [handed, setHanded] = useState<HandOffItem | null>(null)

  const actions = (row: HandOffItem) => (
    <Space size={4} wrap>
      {may('POST /api/publications/:publicationId/hand-off-links') && (
        <Button size={size} icon={<QrcodeOutlined aria-hidden />} onClick={() => setHanded(row)}>
          {t('toPhone')}
        </Button>
      )}
      <Button size={size} type="link" href={cardOf(row)} target="_blank">
        {t('openCard')}
      </Button>
    </Space>
  )
  const account = (row: HandOffItem) => (
    <PlatformBadge platform={row.platform} name={row.accountName} />
  )
  const columns: Columns<HandOffItem> = [
    {
      key: 'state',
      title: t('state'),
      width: 140,
      render: (_, row) => <PublicationTag state={row.state} />,
    },
    { key: 'item', title: t('item'), render: (_, row) => row.contentTitle },
    { key: 'account', title: t('account'), render: (_, row) => account(row) },
    { key: 'due', title: t('dueAt'), width: 190, render: (_, row) => <DateTime at={row.dueAt} /> },
    {
      key: 'deadline',
      title: t('deadline'),
      width: 190,
      render: (_, row) => <DateTime at={row.deadline} />,
    },
    { key: 'actions', title: t('actions'), width: 240, render: (_, row) => actions(row) },
  ]
  return (
    <>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => row.publicationId}
        empty={{ title: t('none'), hint: t('noneHint') }}
        card={(row) => (
          <Space orientation="vertical" size={6}>
            <Space wrap size={8}>
              <PublicationTag state={row.state} />
              <DateTime at={row.dueAt} />
            </Space>
            <span>{row.contentTitle}</span>
            {account(row)}
            {actions(row)}
          </Space>
        )}
      />
      <HandOffLinkDialog post={handed} onClose={() => setHanded(null)} />
    </>
  )
}
