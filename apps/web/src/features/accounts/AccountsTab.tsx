import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import {
  type AccountHealth,
  accountHealthLabels,
  accountHealths,
  type Platform,
  platforms,
} from '@xingbo/shared/accounts/platform'
import { Button, Flex, Select, Space } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { useMay } from '../../lib/me.ts'
import { ArchivedFilter } from '../../ui/ArchivedFilter.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { QueryTable } from '../../ui/QueryTable.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { AccountDrawer } from './AccountDrawer.tsx'
import { accountQueries } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'
import { useAccountColumns } from './use-account-columns.tsx'

type AccountSearch = ListSearch & {
  platform?: Platform | undefined
  health?: AccountHealth | undefined
}

type AccountsTabProps = {
  search: AccountSearch
  onSearch: (patch: Partial<AccountSearch>) => void
  onOpen: (accountId: string) => void
  creating: boolean
  onCreate: () => void
  onClose: () => void
}

export function AccountsTab(props: AccountsTabProps) {
  const { search, onSearch, onOpen, creating, onCreate, onClose } = props
  const t = useTexts(accountTexts)
  const health = useLabel(accountHealthLabels)
  const may = useMay()
  const { columns, name, status, owner } = useAccountColumns()
  const query = useQuery({ ...accountQueries.list(search), placeholderData: keepPreviousData })
  const { q, platform } = search
  return (
    <>
      <Flex wrap gap={8} style={{ marginBottom: 12 }}>
        <SearchField
          value={q}
          placeholder={t('search')}
          onChange={(next) => onSearch({ q: next, page: undefined })}
        />
        <Select
          aria-label={t('platform')}
          allowClear
          placeholder={t('allPlatforms')}
          style={{ width: 140 }}
          {...(platform && { value: platform })}
          options={platforms.map((one) => ({
            value: one,
            label: <PlatformBadge platform={one} size="small" />,
          }))}
          onChange={(next?: Platform) => onSearch({ platform: next, page: undefined })}
        />
        <Select
          aria-label={t('health')}
          allowClear
          placeholder={t('allHealths')}
          style={{ width: 130 }}
          {...(search.health && { value: search.health })}
          options={accountHealths.map((one) => ({ value: one, label: health(one) }))}
          onChange={(next?: AccountHealth) => onSearch({ health: next, page: undefined })}
        />
        <ArchivedFilter
          value={search.archived}
          onChange={(archived) => onSearch({ archived, page: undefined })}
        />
      </Flex>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        search={search}
        onSearch={onSearch}
        filtered={Boolean(q || platform || search.health)}
        onClearFilters={() =>
          onSearch({ q: undefined, platform: undefined, health: undefined, page: undefined })
        }
        empty={
          search.archived === 'only'
            ? { title: t('archivedNone') }
            : {
                title: t('noAccounts'),
                hint: t('noAccountsHint'),
                action: may('POST /api/accounts') && (
                  <Button type="primary" onClick={onCreate}>
                    {t('addAccount')}
                  </Button>
                ),
              }
        }
        onOpen={(row: Account) => onOpen(row.id)}
        card={(row) => (
          <Space orientation="vertical" size={4}>
            <Space wrap>
              {name(row)}
              {status(row)}
            </Space>
            <span className="soft">{owner(row)}</span>
          </Space>
        )}
      />
      <AccountDrawer account={creating ? 'new' : null} onClose={onClose} onCreated={onOpen} />
    </>
  )
}
