import FileExcelOutlined from '@ant-design/icons/FileExcelOutlined'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import {
  importCan,
  isAboutPatients,
  isWorks,
  platformOfWorks,
} from '@xingbo/shared/metrics/import.rules'
import { type ImportSummary, importFileBytes } from '@xingbo/shared/metrics/import.schema'
import { type ImportKind, importKindLabels, importKinds } from '@xingbo/shared/metrics/import-kind'
import { Alert, Button, Form, Progress, Select, Upload } from 'antd'
import { useState } from 'react'
import { accountChoices } from '../../lib/choices.ts'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { createImportMutation } from './import.queries.ts'
import { importTexts } from './import.texts.ts'

type Values = { kind: ImportKind; accountId?: string; asOf?: string | null; file?: File }

type ImportDrawerProps = {
  open: boolean
  onClose: () => void
  onImported: (done: ImportSummary) => void
}

/** What the signed-in person may bring in. */
export const useOwnKinds = (): readonly ImportKind[] => {
  const { role } = useMe()
  return importKinds.filter((kind) => importCan.bring(role, kind).ok)
}

/** Takes one file: what it is, whose it is, and the file; then says how far it has come. */
export function ImportDrawer({ open, onClose, onImported }: ImportDrawerProps) {
  const t = useTexts(importTexts)
  const kindLabel = useLabel(importKindLabels)
  const kinds = useOwnKinds()
  const upload = useMutation(createImportMutation(useQueryClient()))
  const [sent, setSent] = useState(0)

  const submit = async ({ kind, accountId, asOf, file }: Values) => {
    if (!file) return
    setSent(0)
    const wish = { kind, accountId: isWorks(kind) ? accountId : undefined, asOf, file }
    onImported(await upload.mutateAsync({ wish, onSent: setSent }))
  }
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t('importFile')}
      submitLabel={t('import')}
      doneText={t('done')}
      initialValues={{ ...(kinds[0] && { kind: kinds[0] }) }}
      onSubmit={submit}
    >
      {(form) => (
        <>
          {upload.isPending && (
            <div role="status" style={{ marginBottom: 16 }}>
              <Progress percent={sent} status="active" aria-label={t('importFile')} />
              <span className="soft">
                {sent < 100 ? t('sending', { percent: sent }) : t('reading')}
              </span>
            </div>
          )}
          <Form.Item name="kind" label={t('kind')} extra={t('kindHint')} required>
            <Select
              options={kinds.map((kind) => ({ value: kind, label: kindLabel(kind) }))}
              onChange={() => form.setFieldValue('accountId', undefined)}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.kind !== b.kind}>
            {({ getFieldValue }) => <KindFields kind={getFieldValue('kind') as ImportKind} />}
          </Form.Item>
          <Form.Item
            name="file"
            label={t('file')}
            required
            rules={[{ required: true, message: t('fileNeeded') }]}
          >
            <FileField />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}

function KindFields({ kind }: { kind: ImportKind | undefined }) {
  const t = useTexts(importTexts)
  const platform = useLabel(platformLabels)
  const accounts = useQuery(accountChoices)
  if (kind === undefined) return null
  if (!isWorks(kind))
    return isAboutPatients(kind) ? (
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('patients')} />
    ) : null
  const wanted = platformOfWorks[kind]
  return (
    <>
      <Form.Item
        name="accountId"
        label={t('account')}
        extra={t('accountHint')}
        required
        rules={[{ required: true, message: t('accountHint') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={accounts.isPending}
          notFoundContent={t('noAccounts')}
          options={accounts.data?.items
            .filter((account) => account.platform === wanted)
            .map(({ id, displayName }) => ({
              value: id,
              label: `${platform(wanted)} · ${displayName}`,
            }))}
        />
      </Form.Item>
      <Form.Item name="asOf" label={t('asOf')} extra={t('asOfHint')}>
        <InstantField style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}

type FileFieldProps = { value?: File; onChange?: (file: File | undefined) => void; id?: string }

function FileField({ value, onChange, id }: FileFieldProps) {
  const t = useTexts(importTexts)
  const formats = useFormats()
  if (value)
    return (
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <FileExcelOutlined aria-hidden />
        <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {value.name} <span className="soft">{formats.bytes(value.size)}</span>
        </span>
        <Button size="small" onClick={() => onChange?.(undefined)}>
          {t('otherFile')}
        </Button>
      </div>
    )
  return (
    <Upload.Dragger
      id={id ?? 'file'}
      accept=".xlsx,.csv,.xls,.txt"
      showUploadList={false}
      beforeUpload={(file) => {
        onChange?.(file)
        return false
      }}
    >
      <p style={{ margin: 0 }}>{t('drop')}</p>
      <p className="soft" style={{ margin: 0 }}>
        {t('dropHint', { max: formats.bytes(importFileBytes) })}
      </p>
    </Upload.Dragger>
  )
}
