import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Credential } from '@xingbo/shared/doctors/credential.schema'
import type { Doctor } from '@xingbo/shared/doctors/doctor.schema'
import { Button, Checkbox, Flex, Space, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { ArchiveButton } from '../../ui/ArchiveButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ExpiryTag } from '../../ui/ExpiryTag.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { CredentialDrawer } from './CredentialDrawer.tsx'
import { archiveCredentialMutation } from './doctor.queries.ts'
import { doctorTexts } from './doctor.texts.ts'

/** What proves who the doctor is, the one that ends first on top. */
export function CredentialsPanel({ doctor }: { doctor: Doctor }) {
  const t = useTexts(doctorTexts)
  const formats = useFormats()
  const may = useMay()
  const onPhone = useMedia(narrow)
  const [edited, setEdited] = useState<Credential | 'new' | null>(null)
  const [withArchived, setWithArchived] = useState(false)
  const archive = useMutation(archiveCredentialMutation(useQueryClient()))
  const mayEdit = may('PATCH /api/credentials/:credentialId') && !doctor.archived
  const someArchived = doctor.credentials.some(({ archived }) => archived)
  const rows = doctor.credentials.filter(({ archived }) => withArchived || !archived)

  const expiry = (row: Credential) =>
    row.archived ? (
      <StatusTag tone="ended">{t('archived')}</StatusTag>
    ) : (
      <ExpiryTag expiresOn={row.expiresOn} />
    )
  const gates = (row: Credential) => (row.gatesPublishing ? t('gatesYes') : t('gatesNo'))
  const actions = (row: Credential) => (
    <Space size={0}>
      {!row.archived && (
        <Button type="text" onClick={() => setEdited(row)}>
          {t('edit')}
        </Button>
      )}
      <ArchiveButton
        type="text"
        row={row}
        name={row.kind}
        onArchive={(body) => archive.mutateAsync({ params: { credentialId: row.id }, body })}
      />
    </Space>
  )
  const columns: TableColumnsType<Credential> = [
    { key: 'kind', title: t('credentialKind'), dataIndex: 'kind' },
    { key: 'number', title: t('credentialNumber'), dataIndex: 'number' },
    { key: 'issued', title: t('issuedOn'), render: (_, row) => formats.day(row.issuedOn) },
    { key: 'expiry', title: t('expiresOn'), render: (_, row) => expiry(row) },
    { key: 'gates', title: t('gates'), render: (_, row) => gates(row) },
    { key: 'note', title: t('note'), dataIndex: 'note' },
    ...(mayEdit
      ? [
          {
            key: 'actions',
            title: t('actions'),
            width: 150,
            render: (_: unknown, row: Credential) => actions(row),
          },
        ]
      : []),
  ]
  const add = mayEdit && <Button onClick={() => setEdited('new')}>{t('addCredential')}</Button>
  return (
    <Panel
      title={t('credentials')}
      extra={
        <>
          {someArchived && (
            <Checkbox
              checked={withArchived}
              onChange={(event) => setWithArchived(event.target.checked)}
              style={{ alignItems: 'center' }}
            >
              {t('showArchived')}
            </Checkbox>
          )}
          {add}
        </>
      }
    >
      {rows.length === 0 ? (
        <EmptyState title={t('noCredentials')} hint={t('noCredentialsHint')} />
      ) : onPhone ? (
        <Flex vertical gap={12}>
          {rows.map((row) => (
            <Flex key={row.id} vertical gap={2}>
              <Space wrap>
                <strong>{row.kind}</strong>
                {expiry(row)}
              </Space>
              {row.number && <span>{row.number}</span>}
              <span className="soft">
                {gates(row)}
                {row.note && ` · ${row.note}`}
              </span>
              {mayEdit && actions(row)}
            </Flex>
          ))}
        </Flex>
      ) : (
        <Table<Credential>
          size="middle"
          rowKey="id"
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
      <CredentialDrawer doctorId={doctor.id} credential={edited} onClose={() => setEdited(null)} />
    </Panel>
  )
}
