import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { natureLabels } from '@xingbo/shared/content/stage'
import type { TouchToken } from '@xingbo/shared/leads/touch.schema'
import { Button, Modal, Space } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { TokenCard, TokenCounts } from './TokenCard.tsx'
import { type TouchQuery, touchQueries } from './touch.queries.ts'
import { touchTexts } from './touch.texts.ts'
import { useDisableToken } from './use-disable-token.ts'

export type TouchSearch = TouchQuery & {
  page?: number | undefined
  pageSize?: number | undefined
}

type TouchTokenTableProps = {
  search: TouchSearch
  onSearch: (patch: Partial<TouchSearch>) => void
}

/** Every touch token: where it is, what came through it, its code to print. */
export function TouchTokenTable({ search, onSearch }: TouchTokenTableProps) {
  const t = useTexts(touchTexts)
  const formats = useFormats()
  const nature = useLabel(natureLabels)
  const may = useMay()
  const disable = useDisableToken()
  const [shown, setShown] = useState<TouchToken | null>(null)
  // A thumb needs 44 px.
  const size = useMedia(narrow) ? 'middle' : 'small'
  const query = useQuery({ ...touchQueries.list(search), placeholderData: keepPreviousData })

  const state = ({ disabledAt }: TouchToken) => (
    <StatusTag tone={disabledAt ? 'ended' : 'done'}>
      {t(disabledAt ? 'disabled' : 'working')}
    </StatusTag>
  )
  const where = (one: TouchToken) => (
    <Space orientation="vertical" size={2}>
      {one.publicationId ? (
        <Link to="/publications/$publicationId" params={{ publicationId: one.publicationId }}>
          {one.label}
        </Link>
      ) : (
        <span>{one.label}</span>
      )}
      {one.nature && <span className="soft">{nature(one.nature)}</span>}
      {one.allowedReason && (
        <span className="soft">
          {t('allowed', { who: one.allowedByName ?? '', reason: one.allowedReason })}
        </span>
      )}
    </Space>
  )
  const from = (one: TouchToken) =>
    one.platform && one.accountName ? (
      <PlatformBadge platform={one.platform} name={one.accountName} size="small" />
    ) : (
      <span className="soft">{t('noAccount')}</span>
    )
  const actions = (one: TouchToken) =>
    one.disabledAt === null && (
      <Space size={4}>
        <Button size={size} onClick={() => setShown(one)}>
          {t('show')}
        </Button>
        {may('POST /api/touch-tokens/:token/disable') && (
          <Button size={size} type="text" onClick={() => disable(one)}>
            {t('disable')}
          </Button>
        )}
      </Space>
    )
  const columns: Columns<TouchToken> = [
    { key: 'where', title: t('where'), width: 260, render: (_, one) => where(one) },
    { key: 'token', title: t('token'), dataIndex: 'token' },
    { key: 'from', title: t('from'), render: (_, one) => from(one) },
    {
      key: 'contacts',
      title: t('contacts'),
      numeric: true,
      render: (_, one) => formats.exact(one.contacts),
    },
    {
      key: 'leads',
      title: t('leads'),
      numeric: true,
      render: (_, one) => formats.exact(one.leads),
    },
    {
      key: 'machines',
      title: t('machines'),
      numeric: true,
      render: (_, one) => formats.exact(one.machines),
    },
    { key: 'state', title: t('state'), render: (_, one) => state(one) },
    {
      key: 'made',
      title: t('madeBy'),
      render: (_, one) => (
        <>
          {one.createdByName}
          <div className="soft">
            <RelTime at={one.createdAt} />
          </div>
        </>
      ),
    },
    { key: 'actions', fixed: 'end', render: (_, one) => actions(one) },
  ]
  return (
    <>
      <QueryTable<TouchToken, TouchSearch>
        query={query}
        columns={columns}
        rowKey={({ token }) => token}
        search={search}
        onSearch={onSearch}
        filtered={Boolean(search.q)}
        onClearFilters={() => onSearch({ q: undefined, page: undefined })}
        empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
        card={(one) => (
          <div style={{ display: 'grid', gap: 6, justifyItems: 'start' }}>
            <Space wrap>
              <strong>{one.token}</strong>
              {state(one)}
            </Space>
            {where(one)}
            {from(one)}
            <TokenCounts token={one} />
            {actions(one)}
          </div>
        )}
      />
      <Modal
        open={shown !== null}
        title={shown?.label}
        onCancel={() => setShown(null)}
        footer={<Button onClick={() => setShown(null)}>{t('close')}</Button>}
      >
        {shown && <TokenCard token={shown} size={240} />}
      </Modal>
    </>
  )
}
