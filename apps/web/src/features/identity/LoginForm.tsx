import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { login } from '@xingbo/shared/identity/session.schema'
import { Alert, Button, Form, Input } from 'antd'
import { useEffect } from 'react'
import { tabInstitution } from '../../lib/http.ts'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { EntryCard } from './EntryCard.tsx'
import { identityTexts } from './identity.texts.ts'
import { loginMutation, setupQuery } from './session.queries.ts'

type Values = { username: string; password: string }

export function LoginForm({ onDone }: { onDone: () => void }) {
  const t = useTexts(identityTexts)
  const signIn = useMutation(loginMutation(useQueryClient()))
  const setup = useQuery(setupQuery)
  // The institution of whoever was here before says nothing about who comes now.
  useEffect(() => tabInstitution.set(null), [])
  return (
    <EntryCard title={t('login')}>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => signIn.mutate(values, { onSuccess: onDone })}
      >
        {signIn.error && (
          <Alert type="error" showIcon title={signIn.error.message} style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="username"
          label={t('username')}
          validateTrigger="onBlur"
          rules={[zodRule(login.body.shape.username)]}
        >
          <Input size="large" autoComplete="username" autoCapitalize="none" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          validateTrigger="onBlur"
          rules={[zodRule(login.body.shape.password)]}
        >
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
          {t('login')}
        </Button>
        {setup.data?.demo && (
          <p style={{ margin: '12px 0 0', color: 'var(--ink-soft)' }}>{t('demoHint')}</p>
        )}
      </Form>
    </EntryCard>
  )
}
