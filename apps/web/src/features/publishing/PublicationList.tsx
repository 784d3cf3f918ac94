import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { addDays, instantOf } from '@xingbo/shared/dates'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import type { AccountFilter } from './PublicationFilters.tsx'
import { PublicationsTable } from './PublicationsTable.tsx'
import { publicationQueries } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'
import { StateTabs } from './StateTabs.tsx'

/** What the address of the list holds; days are `YYYY-MM-DD` in the institution's zone, both inclusive. */
export type PublicationSearch = AccountFilter & {
  q?: string | undefined
  from?: string | undefined
  to?: string | undefined
  page?: number | undefined
  pageSize?: number | undefined
}

type PublicationListProps = {
  search: PublicationSearch
  onSearch: (patch: PublicationSearch) => void
}

const emptyWords = {
  unconfirmed: 'noneUnconfirmed',
  failed: 'noneFailed',
  awaiting_person: 'noneAwaiting',
} as const

export function PublicationList({ search, onSearch }: PublicationListProps) {
  const t = useTexts(publishingTexts)
  const { zone } = useFormats()
  const { page = 1, pageSize = 50, state, from, to, ...rest } = search
  const filter = {
    ...rest,
    ...(from && { from: instantOf(from, '00:00', zone).toISOString() }),
    ...(to && { to: instantOf(addDays(to, 1), '00:00', zone).toISOString() }),
  }
  const query = useQuery({
    ...publicationQueries.list({ ...filter, state, page, pageSize }),
    placeholderData: keepPreviousData,
  })
  const exception = state && state in emptyWords ? (state as keyof typeof emptyWords) : null
  const narrowed = [rest.platform, rest.accountId, rest.q, from, to].some(Boolean)
  return (
    <>
      <StateTabs
        filter={filter}
        state={state}
        onState={(next) => onSearch({ state: next, page: undefined })}
      />
      <PublicationsTable
        query={query}
        search={{ page, pageSize }}
        onSearch={onSearch}
        filtered={narrowed || (state !== undefined && !exception)}
        onClearFilters={() =>
          onSearch({
            platform: undefined,
            accountId: undefined,
            state: exception ?? undefined,
            q: undefined,
            from: undefined,
            to: undefined,
            page: undefined,
          })
        }
        empty={
          exception
            ? { title: t(emptyWords[exception]), hint: t('noneGood') }
            : {
                title: t('none'),
                hint: t('noneHint'),
                action: <Link to="/calendar">{t('toCalendar')}</Link>,
              }
        }
      />
    </>
  )
}
