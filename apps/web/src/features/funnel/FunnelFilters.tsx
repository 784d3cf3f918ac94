import { useQuery } from '@tanstack/react-query'
import { platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { addDays } from '@xingbo/shared/dates'
import {
  attributionDefinitions,
  attributionModelLabels,
  attributionModels,
  funnelBreakdownLabels,
  funnelBreakdowns,
} from '@xingbo/shared/funnel/funnel-stage'
import { Button, Select, Space, Tooltip } from 'antd'
import { accountChoices, doctorChoices } from '../../lib/choices.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useToday } from '../../lib/today.ts'
import { DayField } from '../../ui/DateFields.tsx'
import type { FunnelSearch } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'

type FunnelFiltersProps = { value: FunnelSearch; onChange: (patch: Partial<FunnelSearch>) => void }

/** Period, what to look at, how to take it apart and by which attribution; all of it lives in the URL. */
export function FunnelFilters({ value, onChange }: FunnelFiltersProps) {
  const t = useTexts(funnelTexts)
  const language = useLanguage()
  const platform = useLabel(platformLabels)
  const breakdown = useLabel(funnelBreakdownLabels)
  const model = useLabel(attributionModelLabels)
  const today = useToday()
  const accounts = useQuery(accountChoices)
  const doctors = useQuery(doctorChoices)
  const back = (days: number) => ({ from: addDays(today, 1 - days), to: today })
  const presets = [
    { key: 'days7', range: back(7) },
    { key: 'days30', range: back(30) },
    { key: 'days56', range: back(56) },
    { key: 'month', range: { from: `${today.slice(0, 8)}01`, to: today } },
  ] as const
  return (
    <>
      <Space.Compact>
        {presets.map(({ key, range }) => (
          <Button
            key={key}
            type={value.from === range.from && value.to === range.to ? 'primary' : 'default'}
            onClick={() => onChange(range)}
          >
            {t(key)}
          </Button>
        ))}
      </Space.Compact>
      <DayField
        value={value.from ?? null}
        placeholder={t('from')}
        onChange={(from) => onChange({ from: from ?? undefined })}
      />
      <DayField
        value={value.to ?? null}
        placeholder={t('to')}
        onChange={(to) => onChange({ to: to ?? undefined })}
      />
      <Select
        allowClear
        aria-label={t('platform')}
        placeholder={t('platform')}
        style={{ width: 120 }}
        value={value.platform}
        onChange={(one) => onChange({ platform: one, accountId: undefined })}
        options={platforms.map((one) => ({ value: one, label: platform(one) }))}
      />
      <Select
        allowClear
        aria-label={t('account')}
        placeholder={t('account')}
        style={{ width: 160 }}
        value={value.accountId}
        onChange={(accountId) => onChange({ accountId })}
        options={(accounts.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${platform(one.platform)} ${one.displayName}`,
        }))}
      />
      <Select
        allowClear
        aria-label={t('doctor')}
        placeholder={t('doctor')}
        style={{ width: 120 }}
        value={value.doctorId}
        onChange={(doctorId) => onChange({ doctorId })}
        options={(doctors.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
      />
      <Select
        aria-label={t('by', { what: '' })}
        style={{ width: 140 }}
        value={value.breakdown ?? 'platform'}
        onChange={(one) => onChange({ breakdown: one })}
        options={funnelBreakdowns.map((one) => ({
          value: one,
          label: t('by', { what: breakdown(one) }),
        }))}
      />
      <Tooltip title={attributionDefinitions[value.attribution ?? 'last'][language]}>
        <Select
          aria-label={t('model', { model: '' })}
          style={{ width: 170 }}
          value={value.attribution ?? 'last'}
          onChange={(one) => onChange({ attribution: one })}
          options={attributionModels.map((one) => ({
            value: one,
            label: t('model', { model: model(one) }),
          }))}
        />
      </Tooltip>
    </>
  )
}
