import { useMutation } from '@tanstack/react-query'
import { resetUserPassword, type User } from '@xingbo/shared/identity/user.schema'
import { Alert, Form, Input } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { identityTexts } from './identity.texts.ts'
import { resetPasswordMutation } from './user.queries.ts'

type ResetPasswordDrawerProps = { person: User | null; onClose: () => void }

export function ResetPasswordDrawer({ person, onClose }: ResetPasswordDrawerProps) {
  const t = useTexts(identityTexts)
  const reset = useMutation(resetPasswordMutation())
  const name = person?.displayName ?? ''
  return (
    <FormDrawer<{ password: string }>
      open={person !== null}
      onClose={onClose}
      title={t('resetPasswordTitle', { name })}
      doneText={t('passwordReset', { name })}
      submitLabel={t('resetPassword')}
      onSubmit={async ({ password }) => {
        if (person) await reset.mutateAsync({ userId: person.id, password })
      }}
    >
      <Alert type="info" showIcon title={t('resetPasswordHint')} style={{ marginBottom: 16 }} />
      <Form.Item
        name="password"
        label={t('newPassword')}
        extra={t('passwordHint')}
        required
        rules={[zodRule(resetUserPassword.body.shape.password)]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDrawer>
  )
}
