import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { leadCan } from '@xingbo/shared/leads/lead.rules'
import type { Lead } from '@xingbo/shared/leads/lead.schema'
import { type LeadStatus, leadStatusLabels } from '@xingbo/shared/leads/lead-status'
import { Button, Dropdown, Space } from 'antd'
import { unknown } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { type LeadQuery, leadQueries } from './lead.queries.ts'
import { leadTexts } from './lead.texts.ts'
import { useErase } from './use-erase.ts'

export type LeadSearch = Omit<LeadQuery, 'q'> & {
  page?: number | undefined
  pageSize?: number | undefined
}

const tones = {
  new: 'unconfirmed',
  following: 'scheduled',
  consulted: 'signed',
  closed: 'ended',
} as const satisfies Record<LeadStatus, Tone>

export function LeadStatusTag({ status }: { status: LeadStatus }) {
  const label = useLabel(leadStatusLabels)
  return <StatusTag tone={tones[status]}>{label(status)}</StatusTag>
}

/** Where a lead came from: the account, the touch point, the post. */
export function LeadSource({ lead }: { lead: Lead }) {
  const what = lead.publicationTitle ?? lead.touchLabel
  return (
    <Space orientation="vertical" size={2}>
      {lead.platform && lead.accountName && (
        <PlatformBadge platform={lead.platform} name={lead.accountName} size="small" />
      )}
      {what && <span>{what}</span>}
      {!what && !lead.accountName && unknown}
    </Space>
  )
}

type LeadTableProps = {
  search: LeadSearch
  /** A whole phone number; kept out of the address bar on purpose. */
  phone: string | undefined
  onSearch: (patch: Partial<LeadSearch>) => void
  onClearFilters: () => void
  onFollowUp: (lead: Lead) => void
  onReveal: (lead: Lead) => void
}

/** Leads, newest first, masked; each is followed up, revealed with a reason, or erased on request. */
export function LeadTable(props: LeadTableProps) {
  const { search, phone, onSearch, onFollowUp, onReveal } = props
  const t = useTexts(leadTexts)
  const erase = useErase()
  // A thumb needs 44 px.
  const size = useMedia(narrow) ? 'middle' : 'small'
  const query = useQuery({
    ...leadQueries.list({ ...search, ...(phone && { q: phone }) }),
    placeholderData: keepPreviousData,
  })
  const name = (lead: Lead) =>
    lead.maskedName === null ? (
      <span className="soft">{t('erased')}</span>
    ) : (
      <>
        <strong>{lead.maskedName}</strong> {lead.maskedPhone}
      </>
    )
  const counts = (lead: Lead) =>
    lead.visits + lead.orders === 0 ? (
      unknown
    ) : (
      <Link to="/visits" search={{ leadId: lead.id, ...(lead.visits === 0 && { tab: 'orders' }) }}>
        {lead.visits} / {lead.orders}
      </Link>
    )
  const actions = (lead: Lead) => (
    <Space size={4}>
      <VerdictButton
        size={size}
        verdict={leadCan.followUp(lead, 'follow_up')}
        onClick={() => onFollowUp(lead)}
      >
        {t('followUp')}
      </VerdictButton>
      <VerdictButton size="small" verdict={leadCan.reveal(lead)} onClick={() => onReveal(lead)}>
        {t('reveal')}
      </VerdictButton>
      {leadCan.erase(lead).ok && (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            items: [{ key: 'erase', danger: true, label: t('erase'), onClick: () => erase(lead) }],
          }}
        >
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined aria-hidden />}
            aria-label={t('more')}
          />
        </Dropdown>
      )}
    </Space>
  )
  const columns: Columns<Lead> = [
    { key: 'person', title: t('person'), render: (_, lead) => name(lead) },
    {
      key: 'status',
      title: t('status'),
      render: (_, lead) => <LeadStatusTag status={lead.status} />,
    },
    { key: 'from', title: t('from'), width: 190, render: (_, lead) => <LeadSource lead={lead} /> },
    {
      key: 'wish',
      title: t('wish'),
      width: 140,
      render: (_, lead) => <span style={{ overflowWrap: 'anywhere' }}>{lead.wish || unknown}</span>,
    },
    {
      key: 'advisor',
      title: t('advisor'),
      render: (_, lead) => lead.advisorName ?? <span className="soft">{t('nobodyYet')}</span>,
    },
    { key: 'records', title: t('records'), numeric: true, render: (_, lead) => counts(lead) },
    { key: 'left', title: t('left'), render: (_, lead) => <RelTime at={lead.createdAt} /> },
    { key: 'actions', title: t('actions'), fixed: 'end', render: (_, lead) => actions(lead) },
  ]
  return (
    <QueryTable<Lead, LeadSearch>
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      search={search}
      onSearch={onSearch}
      filtered={Boolean(search.status || search.advisor || phone)}
      onClearFilters={props.onClearFilters}
      empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
      card={(lead) => (
        <div style={{ display: 'grid', gap: 6, justifyItems: 'start' }}>
          <Space wrap>
            <span>{name(lead)}</span>
            <LeadStatusTag status={lead.status} />
          </Space>
          <LeadSource lead={lead} />
          {lead.wish && <span>{lead.wish}</span>}
          <span className="soft">
            {lead.advisorName ?? t('nobodyYet')} · <RelTime at={lead.createdAt} />
          </span>
          {actions(lead)}
        </div>
      )}
    />
  )
}
