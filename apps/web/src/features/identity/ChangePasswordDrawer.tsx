import { useMutation } from '@tanstack/react-query'
import { changePassword } from '@xingbo/shared/identity/session.schema'
import { Form, Input } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { identityTexts } from './identity.texts.ts'
import { changePasswordMutation } from './session.queries.ts'

type Values = { current: string; next: string }

export function ChangePasswordDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(identityTexts)
  const me = useMe()
  const change = useMutation(changePasswordMutation())
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t('changePassword')}
      doneText={t('passwordChanged')}
      onSubmit={(values) => change.mutateAsync(values)}
    >
      {/* Lets password managers know whose password this is. */}
      <input type="text" autoComplete="username" value={me.username} readOnly hidden />
      <Form.Item
        name="current"
        label={t('currentPassword')}
        required
        rules={[zodRule(changePassword.body.shape.current)]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('newPassword')}
        extra={t('passwordHint')}
        required
        rules={[zodRule(changePassword.body.shape.next)]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDrawer>
  )
}
