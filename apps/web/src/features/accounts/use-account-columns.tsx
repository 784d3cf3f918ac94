import { accountOwnerLabels } from '@xingbo/shared/accounts/account.labels'
import { accountReadiness } from '@xingbo/shared/accounts/account.rules'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { publishRouteLabels } from '@xingbo/shared/accounts/platform'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useToday } from '../../lib/today.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import type { Columns } from '../../ui/QueryTable.tsx'
import { ReadinessTag } from '../../ui/Readiness.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { accountTexts } from './account.texts.ts'
import { CertificationTag, HealthTag } from './HealthTag.tsx'

/** How accounts are told in every list of them. */
export function useAccountColumns() {
  const t = useTexts(accountTexts)
  const formats = useFormats()
  const today = useToday()
  const ownerType = useLabel(accountOwnerLabels)
  const route = useLabel(publishRouteLabels)

  const name = (row: Account) => <PlatformBadge platform={row.platform} name={row.displayName} />
  const status = (row: Account) =>
    row.archived ? (
      <StatusTag tone="ended">{t('archived')}</StatusTag>
    ) : (
      <ReadinessTag readiness={accountReadiness(row, today)} />
    )
  const owner = (row: Account) =>
    [ownerType(row.ownerType), row.doctorName ?? row.departmentName].filter(Boolean).join(' · ')
  const columns: Columns<Account> = [
    { key: 'name', title: t('account'), render: (_, row) => name(row) },
    { key: 'handle', title: t('handle'), dataIndex: 'handle' },
    { key: 'owner', title: t('owner'), render: (_, row) => owner(row) },
    {
      key: 'certification',
      title: t('certification'),
      render: (_, row) => <CertificationTag account={row} />,
    },
    { key: 'route', title: t('publishRoute'), render: (_, row) => route(row.publishRoute) },
    { key: 'health', title: t('health'), render: (_, row) => <HealthTag account={row} /> },
    { key: 'person', title: t('ownerUser'), render: (_, row) => row.ownerUserName ?? unknown },
    {
      key: 'followers',
      title: t('followers'),
      numeric: true,
      render: (_, row) => formats.count(row.followers),
    },
    { key: 'status', title: t('readiness'), render: (_, row) => status(row) },
  ]
  return { columns, name, status, owner }
}
