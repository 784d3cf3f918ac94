import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { bizDate } from '@xingbo/shared/dates'
import type { Order, Visit } from '@xingbo/shared/leads/patient-record.schema'
import { type OrderStatus, orderStatusLabels } from '@xingbo/shared/metrics/order-status'
import { type VisitPayStatus, visitPayStatusLabels } from '@xingbo/shared/metrics/visit-status'
import { Button, Space } from 'antd'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { leadQueries } from './lead.queries.ts'
import { leadTexts } from './lead.texts.ts'

export type RecordSearch = {
  matched?: 'yes' | 'no' | undefined
  leadId?: string | undefined
  page?: number | undefined
  pageSize?: number | undefined
}

type RecordTableProps = {
  search: RecordSearch
  onSearch: (patch: Partial<RecordSearch>) => void
}

const visitTones = {
  paid: 'done',
  insured: 'done',
  unpaid: 'waiting',
  refunded: 'ended',
  partly_refunded: 'warning',
  unknown: 'unconfirmed',
} as const satisfies Record<VisitPayStatus, Tone>

const orderTones = {
  unpaid: 'waiting',
  paid: 'done',
  partly_redeemed: 'scheduled',
  redeemed: 'signed',
  partly_refunded: 'warning',
  refunded: 'ended',
  closed: 'ended',
} as const satisfies Record<OrderStatus, Tone>

/** The lead of the same phone; says so when it was left only after the visit or order. */
function SameLead({ lead, on }: { lead: Visit['lead']; on: string }) {
  const t = useTexts(leadTexts)
  const { zone } = useFormats()
  if (!lead) return <span className="soft">{t('noLead')}</span>
  const after = bizDate(new Date(lead.createdAt), zone) > on
  return (
    <span>
      {lead.maskedName ?? t('erased')} {after && <span className="soft">{t('leadAfter')}</span>}
    </span>
  )
}

function useEmpty(title: string) {
  const t = useTexts(leadTexts)
  return {
    title,
    action: (
      <Link to="/imports">
        <Button type="primary">{t('toImports')}</Button>
      </Link>
    ),
  }
}

const filtersOf = ({ search, onSearch }: RecordTableProps) => ({
  filtered: Boolean(search.matched || search.leadId),
  onClearFilters: () => onSearch({ matched: undefined, leadId: undefined, page: undefined }),
})

export function VisitTable(props: RecordTableProps) {
  const { search, onSearch } = props
  const t = useTexts(leadTexts)
  const formats = useFormats()
  const pay = useLabel(visitPayStatusLabels)
  const query = useQuery({ ...leadQueries.visits(search), placeholderData: keepPreviousData })
  const empty = useEmpty(t('visitsEmpty'))
  const status = ({ payStatus }: Visit) => (
    <StatusTag tone={visitTones[payStatus]}>{pay(payStatus)}</StatusTag>
  )
  const refund = ({ refundFen }: Visit) => (refundFen > 0 ? formats.exactMoney(refundFen) : unknown)
  const columns: Columns<Visit> = [
    { key: 'day', title: t('visitDay'), render: (_, one) => formats.day(one.visitOn) },
    {
      key: 'department',
      title: t('department'),
      render: (_, one) => one.departmentName ?? unknown,
    },
    { key: 'doctor', title: t('doctor'), render: (_, one) => one.doctorName ?? unknown },
    {
      key: 'fee',
      title: t('fee'),
      numeric: true,
      render: (_, one) => formats.exactMoney(one.feeFen),
    },
    { key: 'refund', title: t('refund'), numeric: true, render: (_, one) => refund(one) },
    { key: 'status', title: t('payStatus'), render: (_, one) => status(one) },
    {
      key: 'source',
      title: t('sourceNote'),
      width: 220,
      render: (_, one) => one.sourceNote || unknown,
    },
    {
      key: 'lead',
      title: t('matchedLead'),
      render: (_, one) => <SameLead lead={one.lead} on={one.visitOn} />,
    },
  ]
  return (
    <QueryTable<Visit, RecordSearch>
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      search={search}
      onSearch={onSearch}
      {...filtersOf(props)}
      empty={empty}
      card={(one) => (
        <div style={{ display: 'grid', gap: 4, justifyItems: 'start' }}>
          <Space wrap>
            <strong>{formats.day(one.visitOn)}</strong>
            {status(one)}
          </Space>
          <span>
            {[one.departmentName, one.doctorName, formats.exactMoney(one.feeFen)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {one.sourceNote && <span className="soft">{one.sourceNote}</span>}
          <span>
            {t('matchedLead')}：<SameLead lead={one.lead} on={one.visitOn} />
          </span>
        </div>
      )}
    />
  )
}

export function OrderTable(props: RecordTableProps) {
  const { search, onSearch } = props
  const t = useTexts(leadTexts)
  const formats = useFormats()
  const word = useLabel(orderStatusLabels)
  const query = useQuery({ ...leadQueries.orders(search), placeholderData: keepPreviousData })
  const empty = useEmpty(t('ordersEmpty'))
  const status = (one: Order) => (
    <StatusTag tone={orderTones[one.status]}>{word(one.status)}</StatusTag>
  )
  const used = ({ usedTimes, totalTimes }: Order) =>
    totalTimes === null ? unknown : `${usedTimes ?? 0} / ${totalTimes}`
  const from = (one: Order) => (
    <Space orientation="vertical" size={2}>
      {one.platform && one.accountName && (
        <PlatformBadge platform={one.platform} name={one.accountName} size="small" />
      )}
      {one.touchLabel}
      {!one.accountName && !one.touchLabel && unknown}
    </Space>
  )
  const lead = (one: Order) => (
    <SameLead lead={one.lead} on={bizDate(new Date(one.orderedAt), formats.zone)} />
  )
  const columns: Columns<Order> = [
    {
      key: 'number',
      title: t('orderNumber'),
      render: (_, one) => (
        <>
          {one.orderNumber}
          <div className="soft">{one.packageName}</div>
        </>
      ),
    },
    { key: 'ordered', title: t('ordered'), render: (_, one) => formats.dateTime(one.orderedAt) },
    {
      key: 'paid',
      title: t('paid'),
      numeric: true,
      render: (_, one) => formats.exactMoney(one.paidFen),
    },
    {
      key: 'refund',
      title: t('refund'),
      numeric: true,
      render: (_, one) => (one.refundFen > 0 ? formats.exactMoney(one.refundFen) : unknown),
    },
    { key: 'status', title: t('status'), render: (_, one) => status(one) },
    { key: 'used', title: t('used'), numeric: true, render: (_, one) => used(one) },
    { key: 'account', title: t('account'), width: 220, render: (_, one) => from(one) },
    { key: 'source', title: t('sourceNote'), render: (_, one) => one.selfReported || unknown },
    { key: 'lead', title: t('matchedLead'), render: (_, one) => lead(one) },
  ]
  return (
    <QueryTable<Order, RecordSearch>
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      search={search}
      onSearch={onSearch}
      {...filtersOf(props)}
      empty={empty}
      card={(one) => (
        <div style={{ display: 'grid', gap: 4, justifyItems: 'start' }}>
          <Space wrap>
            <strong>{one.packageName}</strong>
            {status(one)}
          </Space>
          <span>
            {one.orderNumber} · {formats.exactMoney(one.paidFen)}
          </span>
          <span className="soft">{formats.dateTime(one.orderedAt)}</span>
          {from(one)}
          <span>
            {t('matchedLead')}：{lead(one)}
          </span>
        </div>
      )}
    />
  )
}
