import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  WORKER_AWAY_MS,
  WORKER_SKEW_LIMIT_MS,
  type WorkerView,
} from '@xingbo/shared/publishing/worker.schema'
import { Alert, App, Button, Space, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { revokeWorkerMutation, workersQuery } from './worker.queries.ts'
import { workerTexts } from './worker.texts.ts'

/** The machines that may send, how they are, and what each holds right now. */
export function WorkerTable({ addButton }: { addButton: ReactNode }) {
  const t = useTexts(workerTexts)
  const { modal, message } = App.useApp()
  const query = useQuery(workersQuery)
  const revoke = useMutation(revokeWorkerMutation(useQueryClient()))
  const { server, serverVersion } = query.data ?? {}

  const ask = (worker: WorkerView) =>
    modal.confirm({
      title: t('revokeTitle', { name: worker.name }),
      content: t('revokeText'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      // The refusal shows as a toast.
      onOk: () =>
        revoke.mutateAsync(worker.id).then(
          () => void message.success(t('revokedDone', { name: worker.name })),
          () => undefined,
        ),
    })

  const status = (worker: WorkerView) => {
    if (worker.revokedAt) return <StatusTag tone="ended">{t('revoked')}</StatusTag>
    if (!worker.lastSeenAt) return <StatusTag tone="draft">{t('neverSeen')}</StatusTag>
    const away = query.dataUpdatedAt - Date.parse(worker.lastSeenAt) > WORKER_AWAY_MS
    return <StatusTag tone={away ? 'failed' : 'done'}>{t(away ? 'away' : 'online')}</StatusTag>
  }
  const version = ({ version: theirs }: WorkerView) =>
    theirs && serverVersion && theirs !== serverVersion ? (
      <StatusTag tone="warning" hint={t('otherVersion', { version: serverVersion })}>
        {theirs}
      </StatusTag>
    ) : (
      (theirs ?? '—')
    )
  const skew = ({ skewMs }: WorkerView) => {
    if (skewMs === null) return '—'
    const words = Math.abs(skewMs) < 1_000 ? `${skewMs} ms` : `${(skewMs / 1_000).toFixed(1)} s`
    return Math.abs(skewMs) > WORKER_SKEW_LIMIT_MS ? (
      <StatusTag tone="blocked" hint={t('skewOff')}>
        {words}
      </StatusTag>
    ) : (
      words
    )
  }
  const inFlight = ({ inFlight: held }: WorkerView) =>
    held.length === 0 ? (
      <span className="soft">{t('none')}</span>
    ) : (
      <Tooltip
        title={
          <ul style={{ margin: 0, paddingInlineStart: 16 }}>
            {held.slice(0, 10).map((one) => (
              <li key={one.publicationId}>
                {one.accountName} · {one.contentTitle} · {t(one.sending ? 'sending' : 'preparing')}
              </li>
            ))}
          </ul>
        }
      >
        <span>{held.length}</span>
      </Tooltip>
    )
  const action = (worker: WorkerView) =>
    !worker.revokedAt && (
      <Button danger size="small" onClick={() => ask(worker)}>
        {t('revoke')}
      </Button>
    )

  const columns: Columns<WorkerView> = [
    { key: 'name', title: t('name'), dataIndex: 'name' },
    { key: 'status', title: t('status'), render: (_, worker) => status(worker) },
    {
      key: 'seen',
      title: t('lastSeen'),
      render: (_, { lastSeenAt }) => <RelTime at={lastSeenAt} />,
    },
    { key: 'inFlight', title: t('inFlight'), render: (_, worker) => inFlight(worker) },
    { key: 'host', title: t('machine'), render: (_, { host }) => host ?? '—' },
    { key: 'version', title: t('version'), render: (_, worker) => version(worker) },
    { key: 'skew', title: t('skew'), render: (_, worker) => skew(worker) },
    { key: 'actions', title: t('actions'), width: 100, render: (_, worker) => action(worker) },
  ]
  return (
    <>
      {server && !server.queueShared && (
        <Alert type="info" showIcon title={t('notShared')} style={{ marginBottom: 16 }} />
      )}
      <QueryTable
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          title: t('empty'),
          hint: t(server?.sendsItself === false ? 'emptyIdle' : 'emptySends'),
          action: addButton,
        }}
        card={(worker) => (
          <Space orientation="vertical" size={4}>
            <Space wrap>
              {worker.name}
              {status(worker)}
            </Space>
            <span className="soft">
              {t('lastSeen')} <RelTime at={worker.lastSeenAt} /> · {worker.host ?? '—'}
            </span>
            <span className="soft">
              {t('version')} {version(worker)} · {t('skew')} {skew(worker)}
            </span>
            <span>
              {t('inFlight')} {inFlight(worker)}
            </span>
          </Space>
        )}
        cardActions={action}
      />
    </>
  )
}
