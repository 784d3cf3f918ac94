import { useQuery } from '@tanstack/react-query'
import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import {
  type PublicationState,
  publicationStateLabels,
  publicationStates,
} from '@xingbo/shared/publishing/publication-state'
import { Select } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { accountChoicesQuery } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'

export type AccountFilter = {
  platform?: Platform | undefined
  accountId?: string | undefined
  state?: PublicationState | undefined
}
type PublicationFiltersProps = {
  value: AccountFilter
  onChange: (patch: AccountFilter) => void
}

/** Platform, account and state: the filters of the list and of the calendar alike. */
export function PublicationFilters({ value, onChange }: PublicationFiltersProps) {
  const t = useTexts(publishingTexts)
  const stateLabel = useLabel(publicationStateLabels)
  const platformLabel = useLabel(platformLabels)
  const accounts = useQuery(accountChoicesQuery)
  const choices = (accounts.data?.items ?? []).filter(
    ({ platform }) => !value.platform || platform === value.platform,
  )
  return (
    <>
      <Select
        allowClear
        aria-label={t('platform')}
        placeholder={t('platform')}
        style={{ width: 140 }}
        value={value.platform}
        onChange={(platform) => onChange({ platform, accountId: undefined })}
        options={platforms.map((one) => ({ value: one, label: platformLabel(one) }))}
        optionRender={({ data }) => <PlatformBadge platform={data.value} size="small" />}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('account')}
        placeholder={t('account')}
        style={{ width: 200 }}
        popupMatchSelectWidth={280}
        loading={accounts.isPending}
        value={value.accountId}
        onChange={(accountId) => onChange({ accountId })}
        options={choices.map(({ id, displayName, platform }) => ({
          value: id,
          label: displayName,
          platform,
        }))}
        optionRender={({ data }) => (
          <PlatformBadge platform={data.platform} name={data.label} size="small" />
        )}
      />
      <Select
        allowClear
        aria-label={t('state')}
        placeholder={t('state')}
        style={{ width: 150 }}
        value={value.state}
        onChange={(state) => onChange({ state })}
        options={publicationStates.map((one) => ({ value: one, label: stateLabel(one) }))}
      />
    </>
  )
}
