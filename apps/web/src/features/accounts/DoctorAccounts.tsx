import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { accountQueries } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'
import styles from './DoctorAccounts.module.css'
import { CertificationTag, HealthTag } from './HealthTag.tsx'
import { useAccountColumns } from './use-account-columns.tsx'

/** The accounts that belong to one doctor. */
export function DoctorAccounts({ doctorId }: { doctorId: string }) {
  const t = useTexts(accountTexts)
  const { data, error, refetch } = useQuery(accountQueries.list({ doctorId }))
  const { name, status } = useAccountColumns()
  return (
    <Panel title={t('accounts')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 1 }} title={false} />
      ) : data.items.length === 0 ? (
        <span className="soft">{t('noDoctorAccounts')}</span>
      ) : (
        <ul className={styles.list}>
          {data.items.map((account) => (
            <li key={account.id} className={styles.row}>
              <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
                {name(account)}
              </Link>
              {status(account)}
              <CertificationTag account={account} />
              <HealthTag account={account} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
