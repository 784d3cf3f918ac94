import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type Credential,
  credentialFields as fields,
} from '@xingbo/shared/doctors/credential.schema'
import { AutoComplete, Form, Input, Switch } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { addCredentialMutation, doctorQueries, updateCredentialMutation } from './doctor.queries.ts'
import { doctorTexts } from './doctor.texts.ts'

type Values = Pick<Credential, keyof typeof fields>

type CredentialDrawerProps = {
  doctorId: string
  /** Which to edit; `'new'` to record one; `null` while closed. */
  credential: Credential | 'new' | null
  onClose: () => void
}

/** The papers every doctor has, as they are called on them. */
const usualKinds = [
  '医师资格证书',
  '医师执业证书',
  '专业技术职务聘任',
  '医师定期考核',
  '多机构执业备案',
  '母婴保健技术考核合格证书',
].map((value) => ({ value }))

const valuesOf = (credential: Credential): Values => ({
  kind: credential.kind,
  number: credential.number,
  issuedOn: credential.issuedOn,
  expiresOn: credential.expiresOn,
  gatesPublishing: credential.gatesPublishing,
  note: credential.note,
})

export function CredentialDrawer({ doctorId, credential, onClose }: CredentialDrawerProps) {
  const t = useTexts(doctorTexts)
  const client = useQueryClient()
  const add = useMutation(addCredentialMutation(client))
  const update = useMutation(updateCredentialMutation(client))
  const old = credential === 'new' ? null : credential
  return (
    <FormDrawer<Values>
      open={credential !== null}
      onClose={onClose}
      title={old ? t('editCredential') : t('addCredential')}
      initialValues={old ? valuesOf(old) : { gatesPublishing: false }}
      onSubmit={(values) =>
        old
          ? update.mutateAsync({
              params: { credentialId: old.id },
              body: { revision: old.revision, ...values },
            })
          : add.mutateAsync({ params: { doctorId }, body: values })
      }
      {...(old && { onRefresh: () => client.invalidateQueries({ queryKey: doctorQueries.all() }) })}
    >
      <Form.Item name="kind" label={t('credentialKind')} required rules={[zodRule(fields.kind)]}>
        <AutoComplete options={usualKinds} showSearch={{ filterOption: true }} />
      </Form.Item>
      <Form.Item name="number" label={t('credentialNumber')} rules={[zodRule(fields.number)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="issuedOn" label={t('issuedOn')}>
        <DayField />
      </Form.Item>
      <Form.Item name="expiresOn" label={t('lastDay')} extra={t('expiresOnHint')}>
        <DayField />
      </Form.Item>
      <Form.Item
        name="gatesPublishing"
        label={t('gates')}
        extra={t('gatesHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item name="note" label={t('note')} rules={[zodRule(fields.note)]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} showCount />
      </Form.Item>
    </FormDrawer>
  )
}
