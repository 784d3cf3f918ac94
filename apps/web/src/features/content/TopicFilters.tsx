import { Select } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { useDoctorChoices, useLineChoices } from './lookup.queries.ts'
import type { TopicSearch } from './TopicTable.tsx'
import { topicTexts } from './topic.texts.ts'

type TopicFiltersProps = {
  search: TopicSearch
  onSearch: (patch: Partial<TopicSearch>) => void
}

/** The topic list's filter row; a changed filter starts again at its first page. */
export function TopicFilters({ search, onSearch }: TopicFiltersProps) {
  const t = useTexts(topicTexts)
  const doctors = useDoctorChoices()
  const lines = useLineChoices()
  const used: '' | 'no' | 'yes' = search.used === 'no' || search.used === 'yes' ? search.used : ''
  const narrowBy = (patch: Partial<TopicSearch>) => onSearch({ ...patch, page: undefined })
  const pick = (
    key: 'doctorId' | 'specialtyLineId',
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
      value={typeof search[key] === 'string' ? search[key] : null}
      onChange={(value: string | null | undefined) => narrowBy({ [key]: value ?? undefined })}
    />
  )
  return (
    <>
      <SearchField
        value={typeof search.q === 'string' ? search.q : undefined}
        placeholder={t('searchPlaceholder')}
        onChange={(q) => narrowBy({ q })}
      />
      {pick('doctorId', t('doctor'), doctors)}
      {pick('specialtyLineId', t('line'), lines)}
      <Select
        aria-label={t('made')}
        style={{ width: 140 }}
        options={[
          { value: '', label: t('usedAny') },
          { value: 'no', label: t('usedNo') },
          { value: 'yes', label: t('usedYes') },
        ]}
        value={used}
        onChange={(value: '' | 'no' | 'yes') => narrowBy({ used: value || undefined })}
      />
      <Select
        aria-label={t('archive')}
        style={{ width: 110 }}
        options={[
          { value: 'exclude', label: t('shownPresent') },
          { value: 'only', label: t('shownArchived') },
          { value: 'all', label: t('shownAll') },
        ]}
        value={search.archived ?? 'exclude'}
        onChange={(value) => narrowBy({ archived: value === 'exclude' ? undefined : value })}
      />
    </>
  )
}
