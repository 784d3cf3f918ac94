import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role } from '@xingbo/shared/identity/actor'
import { roleLabels, roles } from '@xingbo/shared/identity/actor'
import { userCan } from '@xingbo/shared/identity/user.rules'
import { createUser, type User } from '@xingbo/shared/identity/user.schema'
import { yes } from '@xingbo/shared/verdict'
import { Form, Input, Select } from 'antd'
import { doctorChoices } from '../../lib/choices.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { identityTexts } from './identity.texts.ts'
import { createUserMutation, updateUserMutation, userQueries } from './user.queries.ts'

type Values = {
  username: string
  displayName: string
  role: Role
  doctorId?: string
  password: string
}
const fields = createUser.body.shape

type PersonDrawerProps = {
  /** Whom to edit; `'new'` to add somebody; `null` while closed. */
  person: User | 'new' | null
  onClose: () => void
}

/** Adds a person, or changes what they are here. */
export function PersonDrawer({ person, onClose }: PersonDrawerProps) {
  const t = useTexts(identityTexts)
  const say = useSay()
  const role = useLabel(roleLabels)
  const me = useMe()
  const client = useQueryClient()
  const create = useMutation(createUserMutation(client))
  const update = useMutation(updateUserMutation(client, 'in form'))
  const doctors = useQuery({ ...doctorChoices, enabled: person !== null })

  const old = person === 'new' ? null : person
  const ownAccess = old ? userCan.changeAccess(old, me) : yes
  const submit = ({ username, displayName, password, ...values }: Values) => {
    const doctorId = values.role === 'doctor' ? (values.doctorId ?? null) : null
    return old
      ? update.mutateAsync({
          userId: old.id,
          body: { revision: old.revision, displayName, role: values.role, doctorId },
        })
      : create.mutateAsync({ username, displayName, role: values.role, doctorId, password })
  }
  return (
    <FormDrawer<Values>
      open={person !== null}
      onClose={onClose}
      title={old ? t('editPerson') : t('addPerson')}
      doneText={old ? undefined : t('created')}
      onSubmit={submit}
      onRefresh={old ? () => client.invalidateQueries({ queryKey: userQueries.all() }) : undefined}
      initialValues={
        old
          ? { displayName: old.displayName, role: old.role, doctorId: old.doctorId ?? undefined }
          : { role: 'operator' }
      }
    >
      <Form.Item
        name="displayName"
        label={t('displayName')}
        required
        rules={[zodRule(fields.displayName)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {old ? (
        <Form.Item label={t('username')}>
          <span>{old.username}</span>
        </Form.Item>
      ) : (
        <Form.Item
          name="username"
          label={t('username')}
          extra={t('usernameHint')}
          required
          rules={[zodRule(fields.username)]}
        >
          <Input autoComplete="off" autoCapitalize="none" />
        </Form.Item>
      )}
      <Form.Item
        name="role"
        label={t('role')}
        required
        extra={ownAccess.ok ? undefined : say(ownAccess.reason)}
        rules={[zodRule(fields.role)]}
      >
        <Select
          disabled={!ownAccess.ok}
          options={roles.map((one) => ({ value: one, label: role(one) }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.role !== b.role}>
        {({ getFieldValue }) =>
          getFieldValue('role') === 'doctor' && (
            <Form.Item
              name="doctorId"
              label={t('doctor')}
              extra={t('doctorHint')}
              required
              rules={[zodRule(fields.doctorId.unwrap().unwrap())]}
            >
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                loading={doctors.isPending}
                notFoundContent={t('doctorNone')}
                options={doctors.data?.items.map((doctor) => ({
                  value: doctor.id,
                  label: `${doctor.name} · ${doctor.departmentName}`,
                }))}
              />
            </Form.Item>
          )
        }
      </Form.Item>
      {!old && (
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          required
          rules={[zodRule(fields.password)]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
    </FormDrawer>
  )
}
