import { useMutation, useQueryClient } from '@tanstack/react-query'
import { runSetup } from '@xingbo/shared/identity/session.schema'
import { Alert, Button, Form, Input } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { EntryCard } from './EntryCard.tsx'
import { identityTexts } from './identity.texts.ts'
import { setupMutation } from './session.queries.ts'

type Values = {
  token: string
  institutionName: string
  shortName: string
  city?: string
  displayName: string
  username: string
  password: string
}
const fields = runSetup.body.shape

export function SetupForm({ onDone }: { onDone: () => void }) {
  const t = useTexts(identityTexts)
  const setUp = useMutation(setupMutation(useQueryClient()))
  return (
    <EntryCard title={t('setupTitle')} purpose={t('setupPurpose')}>
      <Form<Values>
        layout="vertical"
        scrollToFirstError
        onFinish={(values) => setUp.mutate(values, { onSuccess: onDone })}
      >
        <Form.Item name="token" label={t('setupToken')} required rules={[zodRule(fields.token)]}>
          <Input autoComplete="one-time-code" autoFocus />
        </Form.Item>
        <Form.Item
          name="institutionName"
          label={t('institutionName')}
          required
          rules={[zodRule(fields.institutionName)]}
        >
          <Input autoComplete="organization" />
        </Form.Item>
        <Form.Item
          name="shortName"
          label={t('shortName')}
          required
          rules={[zodRule(fields.shortName)]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="city" label={t('city')} rules={[zodRule(fields.city)]}>
          <Input autoComplete="address-level2" />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('adminName')}
          required
          rules={[zodRule(fields.displayName)]}
        >
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('adminUsername')}
          extra={t('usernameHint')}
          required
          rules={[zodRule(fields.username)]}
        >
          <Input autoComplete="username" autoCapitalize="none" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          required
          rules={[zodRule(fields.password)]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {setUp.error && (
          <Alert type="error" showIcon title={setUp.error.message} style={{ marginBottom: 16 }} />
        )}
        <Button type="primary" size="large" block htmlType="submit" loading={setUp.isPending}>
          {t('create')}
        </Button>
      </Form>
    </EntryCard>
  )
}
