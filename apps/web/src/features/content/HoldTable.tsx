import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Hold, type HoldKind, holdKindLabels } from '@xingbo/shared/content/hold.schema'
import { Button } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { type HoldQuery, holdQueries } from './hold.queries.ts'
import { holdListTexts } from './hold-list.texts.ts'

/** Where the thing on hold has a page of its own. */
const pages: Partial<Record<HoldKind, (id: string) => string>> = {
  content: (id) => `/contents/${id}`,
  doctor: (id) => `/doctors/${id}`,
  account: (id) => `/accounts/${id}`,
}

type HoldTableProps = { search: HoldQuery; onLift: (hold: Hold) => void }

/** What is stopped and by whom, with the way to end it. */
export function HoldTable({ search, onLift }: HoldTableProps) {
  const t = useTexts(holdListTexts)
  const kind = useLabel(holdKindLabels)
  const may = useMay()
  const query = useQuery({ ...holdQueries.list(search), placeholderData: keepPreviousData })
  const name = (hold: Hold) => {
    const page = pages[hold.kind]
    return page ? <Link to={page(hold.subjectId)}>{hold.subjectName}</Link> : hold.subjectName
  }
  const state = (hold: Hold) =>
    hold.liftedBy === null ? (
      <StatusTag tone="paused">{t('active')}</StatusTag>
    ) : (
      <StatusTag tone="done">{t('liftedBy', { who: hold.liftedBy })}</StatusTag>
    )
  const mayLift = may('POST /api/holds/:holdId/lift')
  const action = (hold: Hold) =>
    mayLift &&
    hold.liftedAt === null && (
      <Button size="small" onClick={() => onLift(hold)}>
        {t('lift')}
      </Button>
    )
  const columns: Columns<Hold> = [
    { key: 'kind', title: t('kind'), render: (_, hold) => kind(hold.kind) },
    { key: 'name', title: t('whom'), render: (_, hold) => name(hold) },
    { key: 'reason', title: t('reason'), dataIndex: 'reason', width: 320 },
    { key: 'placedBy', title: t('placedBy'), dataIndex: 'placedBy' },
    { key: 'since', title: t('since'), render: (_, hold) => <DateTime at={hold.placedAt} /> },
    { key: 'state', title: t('state'), render: (_, hold) => state(hold) },
    ...(mayLift
      ? [{ key: 'actions', title: t('actions'), render: (_: unknown, hold: Hold) => action(hold) }]
      : []),
  ]
  return (
    <QueryTable<Hold, object>
      query={query}
      columns={columns}
      rowKey={(hold) => hold.id}
      filtered={search?.kind !== undefined}
      empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
      card={(hold) => (
        <div style={{ display: 'grid', gap: 6 }}>
          <strong>
            {kind(hold.kind)} · {name(hold)}
          </strong>
          <span>{hold.reason}</span>
          <span className="soft">
            {hold.placedBy} · <DateTime at={hold.placedAt} />
          </span>
          <span>{state(hold)}</span>
          {action(hold)}
        </div>
      )}
    />
  )
}
