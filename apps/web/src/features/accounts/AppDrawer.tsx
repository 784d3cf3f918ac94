import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Account, connectAccountByApp } from '@xingbo/shared/accounts/account.schema'
import { Form, Input } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { connectByAppMutation } from './account.queries.ts'
import { connectionTexts } from './connection.texts.ts'

type AppDrawerProps = { account: Account | null; onClose: () => void }
type Values = { appId: string; appSecret: string }

const { appId, appSecret } = connectAccountByApp.body.shape

/** The AppID and AppSecret of an account that is an application of its own; tried before they are kept. */
export function AppDrawer({ account, onClose }: AppDrawerProps) {
  const t = useTexts(connectionTexts)
  const connect = useMutation(connectByAppMutation(useQueryClient()))
  return (
    <FormDrawer<Values>
      open={account !== null}
      onClose={onClose}
      title={t('appTitle')}
      initialValues={{}}
      onSubmit={async (body) => {
        if (account) await connect.mutateAsync({ params: { accountId: account.id }, body })
      }}
    >
      {() => (
        <>
          <p className="soft">{t('appWhere')}</p>
          <Form.Item name="appId" label="AppID" required rules={[zodRule(appId)]}>
            <Input autoComplete="off" placeholder="wx…" />
          </Form.Item>
          <Form.Item
            name="appSecret"
            label="AppSecret"
            extra={t('appSecretHint')}
            required
            rules={[zodRule(appSecret)]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}
