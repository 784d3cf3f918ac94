import FilterOutlined from '@ant-design/icons/FilterOutlined'
import { useQuery } from '@tanstack/react-query'
import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { accountChoices, doctorChoices } from '../../lib/choices.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { useToday } from '../../lib/today.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Funnel.module.css'
import { lineChoices } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import {
  type FunnelSearch,
  filterKeys,
  noFilters,
  type RangePreset,
  rangeOf,
  rangePresets,
} from './funnel-search.ts'

type FunnelFiltersProps = { search: FunnelSearch; onChange: (patch: Partial<FunnelSearch>) => void }

const presetTexts = {
  '7d': 'range7d',
  '30d': 'range30d',
  month: 'rangeMonth',
  custom: 'rangeCustom',
} as const satisfies Record<RangePreset, keyof typeof funnelTexts>

/** Period, platform, account, doctor and line; all of it in the address. */
export function FunnelFilters({ search, onChange }: FunnelFiltersProps) {
  const t = useTexts(funnelTexts)
  const platform = useLabel(platformLabels)
  const today = useToday()
  const onPhone = useMedia(narrow)
  const [shown, setShown] = useState(false)
  const accounts = useQuery(accountChoices)
  const doctors = useQuery(doctorChoices)
  const lines = useQuery(lineChoices)
  const range = rangeOf(search, today)
  const set = filterKeys.filter((key) => search[key] !== undefined).length
  const choosable = (accounts.data?.items ?? []).filter(
    (one) => !search.platform || one.platform === search.platform,
  )
  const pick = (
    key: 'doctorId' | 'specialtyLineId',
    label: string,
    items: readonly { id: string; name: string }[] | undefined,
  ) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      style={{ width: 140 }}
      popupMatchSelectWidth={false}
      loading={!items}
      options={(items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={search[key] ?? null}
      onChange={(value: string | null | undefined) => onChange({ [key]: value ?? undefined })}
    />
  )
  const rest = (
    <>
      <Select
        allowClear
        aria-label={t('platform')}
        placeholder={t('platform')}
        style={{ width: 130 }}
        popupMatchSelectWidth={false}
        value={search.platform ?? null}
        onChange={(value: Platform | null | undefined) =>
          onChange({ platform: value ?? undefined, accountId: undefined })
        }
        options={platforms.map((one) => ({ value: one, label: platform(one) }))}
        optionRender={({ value }) => <PlatformBadge platform={value as Platform} size="small" />}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('account')}
        placeholder={t('account')}
        style={{ width: 190 }}
        popupMatchSelectWidth={280}
        loading={accounts.isPending}
        value={search.accountId ?? null}
        onChange={(value: string | null | undefined) => onChange({ accountId: value ?? undefined })}
        options={choosable.map(({ id, displayName, platform: of }) => ({
          value: id,
          label: displayName,
          platform: of,
        }))}
        optionRender={({ data }) => (
          <PlatformBadge platform={data.platform} name={data.label} size="small" />
        )}
      />
      {pick('doctorId', t('doctor'), doctors.data?.items)}
      {pick('specialtyLineId', t('line'), lines.data?.items)}
      {set > 0 && (
        <Button type="link" onClick={() => onChange(noFilters)}>
          {t('clearFilters')}
        </Button>
      )}
    </>
  )
  return (
    <>
      <Segmented
        aria-label={t('period')}
        value={search.range ?? '30d'}
        onChange={(next: RangePreset) =>
          onChange(
            next === 'custom'
              ? { range: next, ...range }
              : { range: next === '30d' ? undefined : next, from: undefined, to: undefined },
          )
        }
        options={rangePresets.map((one) => ({ value: one, label: t(presetTexts[one]) }))}
      />
      {search.range === 'custom' && (
        <span className={styles.days}>
          <DayField
            placeholder={t('from')}
            value={range.from}
            onChange={(from) => onChange({ from: from ?? undefined })}
          />
          <span>{t('until')}</span>
          <DayField
            placeholder={t('to')}
            value={range.to}
            onChange={(to) => onChange({ to: to ?? undefined })}
          />
        </span>
      )}
      {onPhone && (
        <Button icon={<FilterOutlined />} aria-expanded={shown} onClick={() => setShown(!shown)}>
          {set > 0 ? t('filtersSet', { n: set }) : t('filters')}
        </Button>
      )}
      {(shown || !onPhone) && rest}
    </>
  )
}
