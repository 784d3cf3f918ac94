import FilterOutlined from '@ant-design/icons/FilterOutlined'
import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { contentTexts } from './content.texts.ts'
import { useColleagueChoices, useDoctorChoices, useLineChoices } from './lookup.queries.ts'

/** What of the board's address narrows it. */
export type Filters = {
  doctorId?: string | undefined
  specialtyLineId?: string | undefined
  platform?: Platform | undefined
  ownerUserId?: string | undefined
  due?: 'overdue' | undefined
  q?: string | undefined
}

export const noFilters = {
  doctorId: undefined,
  specialtyLineId: undefined,
  platform: undefined,
  ownerUserId: undefined,
  due: undefined,
  q: undefined,
} as const satisfies Filters
export const isFiltered = (filters: Filters): boolean =>
  (Object.keys(noFilters) as (keyof Filters)[]).some((key) => filters[key] !== undefined)

type BoardFiltersProps = { filters: Filters; onChange: (patch: Filters) => void }

/** The board's filter row. */
export function BoardFilters({ filters, onChange }: BoardFiltersProps) {
  const t = useTexts(contentTexts)
  const platform = useLabel(platformLabels)
  const { userId } = useMe()
  const doctors = useDoctorChoices()
  const lines = useLineChoices()
  const people = useColleagueChoices()
  const onPhone = useMedia(narrow)
  const [shown, setShown] = useState(false)
  const pick = (
    key: 'doctorId' | 'specialtyLineId' | 'ownerUserId',
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      style={{ width: 160 }}
      popupMatchSelectWidth={false}
      options={options}
      value={filters[key] ?? null}
      onChange={(value: string | null | undefined) => onChange({ [key]: value ?? undefined })}
    />
  )
  const rest = (
    <>
      {pick('doctorId', t('doctor'), doctors)}
      {pick('specialtyLineId', t('line'), lines)}
      <Select
        allowClear
        aria-label={t('platform')}
        placeholder={t('platform')}
        style={{ width: 120 }}
        popupMatchSelectWidth={false}
        options={platforms.map((one) => ({ value: one, label: platform(one) }))}
        value={filters.platform ?? null}
        onChange={(value: Platform | null | undefined) =>
          onChange({ platform: value ?? undefined })
        }
      />
      {pick('ownerUserId', t('owner'), people)}
      <Checkbox
        checked={filters.ownerUserId === userId}
        onChange={(event) => onChange({ ownerUserId: event.target.checked ? userId : undefined })}
      >
        {t('onlyMine')}
      </Checkbox>
      <Checkbox
        checked={filters.due === 'overdue'}
        onChange={(event) => onChange({ due: event.target.checked ? 'overdue' : undefined })}
      >
        {t('onlyOverdue')}
      </Checkbox>
      {isFiltered(filters) && (
        <Button type="link" onClick={() => onChange(noFilters)}>
          {t('clearFilters')}
        </Button>
      )}
    </>
  )
  const set = Object.values({ ...filters, q: undefined }).filter(Boolean).length
  return (
    <>
      <SearchField
        value={filters.q}
        placeholder={t('searchPlaceholder')}
        onChange={(q) => onChange({ q })}
      />
      {onPhone && (
        <Button
          icon={<FilterOutlined aria-hidden />}
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
        >
          {set > 0 ? t('filtersSet', { n: set }) : t('filters')}
        </Button>
      )}
      {(shown || !onPhone) && rest}
    </>
  )
}
