import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { createPlaceToken } from '@xingbo/shared/leads/touch.schema'
import { Form, Input, Select } from 'antd'
import { accountChoices } from '../../lib/choices.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { createPlaceMutation } from './touch.queries.ts'
import { touchTexts } from './touch.texts.ts'

type Values = { label: string; accountId?: string }

export function PlaceTokenDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(touchTexts)
  const platform = useLabel(platformLabels)
  const accounts = useQuery({ ...accountChoices, enabled: open })
  const create = useMutation(createPlaceMutation(useQueryClient()))
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t('create')}
      onSubmit={({ label, accountId }) =>
        create.mutateAsync({ label, accountId: accountId ?? null })
      }
    >
      <p className="soft">{t('createHint')}</p>
      <Form.Item
        name="label"
        label={t('label')}
        extra={t('labelHint')}
        required
        rules={[zodRule(createPlaceToken.body.shape.label)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="accountId" label={t('account')} extra={t('accountHint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={accounts.isPending}
          options={accounts.data?.items.map((account) => ({
            value: account.id,
            label: `${platform(account.platform)} · ${account.displayName}`,
          }))}
        />
      </Form.Item>
    </FormDrawer>
  )
}
