import { useQuery } from '@tanstack/react-query'
import { Space } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { Panel } from '../../ui/Panel.tsx'
import { QueryTable } from '../../ui/QueryTable.tsx'
import { accountQueries } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'
import { useAccountColumns } from './use-account-columns.tsx'

type DoctorAccountsProps = { doctorId: string; onOpen: (accountId: string) => void }

/** The accounts that belong to one doctor. */
export function DoctorAccounts({ doctorId, onOpen }: DoctorAccountsProps) {
  const t = useTexts(accountTexts)
  const query = useQuery(accountQueries.list({ doctorId }))
  const { columns, name, status } = useAccountColumns()
  return (
    <Panel title={t('accounts')}>
      <QueryTable
        query={query}
        columns={columns.filter(({ key }) => key !== 'owner')}
        rowKey={(row) => row.id}
        empty={{ title: t('noDoctorAccounts') }}
        onOpen={(row) => onOpen(row.id)}
        card={(row) => (
          <Space wrap>
            {name(row)}
            {status(row)}
          </Space>
        )}
      />
    </Panel>
  )
}
