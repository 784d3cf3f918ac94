import { useQuery } from '@tanstack/react-query'
import { leadStatuses, leadStatusLabels } from '@xingbo/shared/leads/lead-status'
import { Select } from 'antd'
import { colleagueChoices } from '../../lib/choices.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import type { LeadSearch } from './LeadTable.tsx'
import { leadTexts } from './lead.texts.ts'

type LeadFiltersProps = {
  search: LeadSearch
  onSearch: (patch: Partial<LeadSearch>) => void
  phone: string | undefined
  onPhone: (phone: string | undefined) => void
}

/** Filters live in the URL, except the phone: it stands in nobody's history. */
export function LeadFilters({ search, onSearch, phone, onPhone }: LeadFiltersProps) {
  const t = useTexts(leadTexts)
  const status = useLabel(leadStatusLabels)
  const colleagues = useQuery(colleagueChoices)
  const advisors = colleagues.data?.items.filter(
    ({ role }) => role === 'advisor' || role === 'admin',
  )
  return (
    <>
      <SearchField value={phone} placeholder={t('search')} onChange={onPhone} />
      <Select
        allowClear
        aria-label={t('status')}
        placeholder={t('anyStatus')}
        style={{ width: 140 }}
        options={leadStatuses.map((one) => ({ value: one, label: status(one) }))}
        value={leadStatuses.find((one) => one === search.status) ?? null}
        onChange={(next) => onSearch({ status: next ?? undefined, page: undefined })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('advisor')}
        placeholder={t('anyAdvisor')}
        style={{ width: 160 }}
        options={[
          { value: 'none', label: t('nobodyYet') },
          ...(advisors ?? []).map(({ id, displayName }) => ({ value: id, label: displayName })),
        ]}
        value={typeof search.advisor === 'string' ? search.advisor : null}
        onChange={(next) => onSearch({ advisor: next ?? undefined, page: undefined })}
      />
    </>
  )
}
