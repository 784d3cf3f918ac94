import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usualRoute } from '@xingbo/shared/accounts/account.rules'
import {
  type Account,
  createAccount,
  accountFields as fields,
} from '@xingbo/shared/accounts/account.schema'
import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import { Form, Input, InputNumber, Select } from 'antd'
import { colleagueChoices } from '../../lib/choices.ts'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import {
  CertificationFields,
  OperatorField,
  OwnerFields,
  PostLinkField,
  RouteField,
} from './AccountFields.tsx'
import { accountQueries, createAccountMutation, updateAccountMutation } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'

export type AccountValues = Pick<
  Account,
  Exclude<keyof typeof fields, 'departmentId' | 'doctorId' | 'ownerUserId'>
> & { platform: Platform; departmentId?: string; doctorId?: string; ownerUserId?: string }

type AccountDrawerProps = {
  /** Which to edit; `'new'` to add one; `null` while closed. */
  account: Account | 'new' | null
  onClose: () => void
  /** Where to go once one was added. */
  onCreated?: (accountId: string) => void
}

const valuesOf = (account: Account): AccountValues => ({
  platform: account.platform,
  displayName: account.displayName,
  handle: account.handle,
  ownerType: account.ownerType,
  ...(account.departmentId && { departmentId: account.departmentId }),
  ...(account.doctorId && { doctorId: account.doctorId }),
  certificationKind: account.certificationKind,
  certificationStatus: account.certificationStatus,
  certificationExpiresOn: account.certificationExpiresOn,
  publishRoute: account.publishRoute,
  postLink: account.postLink,
  operatedBy: account.operatedBy,
  followers: account.followers,
  health: account.health,
  healthNote: account.healthNote,
  ...(account.ownerUserId && { ownerUserId: account.ownerUserId }),
})

const fresh: Partial<AccountValues> = {
  ownerType: 'institution',
  certificationStatus: 'none',
  operatedBy: 'team',
  health: 'healthy',
}

export function AccountDrawer({ account, onClose, onCreated }: AccountDrawerProps) {
  const t = useTexts(accountTexts)
  const client = useQueryClient()
  const create = useMutation(createAccountMutation(client))
  const update = useMutation(updateAccountMutation(client))
  const colleagues = useQuery({ ...colleagueChoices, enabled: account !== null })
  const old = account === 'new' ? null : account

  const submit = async ({ platform, ...values }: AccountValues) => {
    const body = {
      ...values,
      departmentId: values.departmentId ?? null,
      doctorId: values.doctorId ?? null,
      ownerUserId: values.ownerUserId ?? null,
    }
    if (old) {
      const { revision } = old
      await update.mutateAsync({ params: { accountId: old.id }, body: { revision, ...body } })
      return
    }
    const { id } = await create.mutateAsync({ platform, ...body })
    onCreated?.(id)
  }
  return (
    <FormDrawer<AccountValues>
      open={account !== null}
      onClose={onClose}
      title={old ? t('editAccount') : t('addAccount')}
      initialValues={old ? valuesOf(old) : fresh}
      onSubmit={submit}
      {...(old && {
        onRefresh: () => client.invalidateQueries({ queryKey: accountQueries.all() }),
      })}
    >
      {(form) => (
        <>
          <Form.Item
            name="platform"
            label={t('platform')}
            extra={old ? undefined : t('platformHint')}
            required
            rules={[zodRule(createAccount.body.shape.platform)]}
          >
            <Select
              disabled={old !== null}
              options={platforms.map((one) => ({
                value: one,
                label: <PlatformBadge platform={one} size="small" />,
              }))}
              onChange={(platform: Platform) =>
                form.setFieldsValue({
                  publishRoute: usualRoute(platform),
                  operatedBy: platform === 'channels' ? 'owner' : 'team',
                })
              }
            />
          </Form.Item>
          <Form.Item
            name="displayName"
            label={t('displayName')}
            required
            rules={[zodRule(fields.displayName)]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="handle"
            label={t('handle')}
            extra={t('handleHint')}
            rules={[zodRule(fields.handle)]}
          >
            <Input autoComplete="off" autoCapitalize="none" />
          </Form.Item>
          <OwnerFields enabled={account !== null} />
          <CertificationFields />
          <RouteField />
          <PostLinkField />
          <OperatorField />
          <Form.Item name="ownerUserId" label={t('ownerUser')} extra={t('ownerUserHint')}>
            <Select
              allowClear
              placeholder={t('none')}
              showSearch={{ optionFilterProp: 'label' }}
              loading={colleagues.isPending}
              options={colleagues.data?.items.map((one) => ({
                value: one.id,
                label: one.displayName,
              }))}
            />
          </Form.Item>
          <Form.Item name="followers" label={t('followers')}>
            <InputNumber<number> min={0} precision={0} style={{ width: 160 }} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}
