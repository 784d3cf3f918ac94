import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { connectOutcomes } from '@xingbo/shared/accounts/account.labels'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { AccountDrawer } from '../features/accounts/AccountDrawer.tsx'
import {
  AccountFacts,
  AccountReadiness,
  ConnectOutcomeAlert,
} from '../features/accounts/AccountFacts.tsx'
import { accountQueries, archiveAccountMutation } from '../features/accounts/account.queries.ts'
import { accountTexts } from '../features/accounts/account.texts.ts'
import { ConnectionPanel } from '../features/accounts/ConnectionPanel.tsx'
import { PausedNotice } from '../features/accounts/PausedNotice.tsx'
import { PlatformRules } from '../features/accounts/PlatformRules.tsx'
import { SubjectHolds } from '../features/content/SubjectHolds.tsx'
import { useTexts } from '../lib/i18n.ts'
import { useMay } from '../lib/me.ts'
import { ArchiveButton } from '../ui/ArchiveButton.tsx'
import { PageShell } from '../ui/PageShell.tsx'
import { PlatformBadge } from '../ui/PlatformBadge.tsx'
import { StatusTag } from '../ui/StatusTag.tsx'

export const Route = createFileRoute('/_desk/accounts/$accountId')({
  validateSearch: z.object({ connect: z.enum(connectOutcomes).optional().catch(undefined) }),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(accountQueries.detail(params.accountId)),
  component: AccountPage,
})

function AccountPage() {
  const t = useTexts(accountTexts)
  const { accountId } = Route.useParams()
  const { connect } = Route.useSearch()
  const navigate = Route.useNavigate()
  const may = useMay()
  const { data: account } = useSuspenseQuery(accountQueries.detail(accountId))
  const archive = useMutation(archiveAccountMutation(useQueryClient()))
  const [editing, setEditing] = useState(false)
  return (
    <PageShell
      title={account.displayName}
      purpose={t('pagePurpose')}
      back={{ to: '/institution', search: { tab: 'accounts' }, label: t('back') }}
      tags={
        <>
          <PlatformBadge platform={account.platform} />
          {account.archived && <StatusTag tone="ended">{t('archived')}</StatusTag>}
        </>
      }
      extra={
        may('PATCH /api/accounts/:accountId') && (
          <>
            <ArchiveButton
              row={account}
              name={account.displayName}
              onArchive={(body) => archive.mutateAsync({ params: { accountId }, body })}
            />
            {!account.archived && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          </>
        )
      }
    >
      {connect && (
        <ConnectOutcomeAlert
          outcome={connect}
          onClose={() => void navigate({ search: {}, replace: true })}
        />
      )}
      <PausedNotice account={account} />
      <AccountReadiness account={account} />
      <ConnectionPanel account={account} />
      {may('GET /api/holds') && (
        <SubjectHolds kind="account" subjectId={accountId} name={account.displayName} />
      )}
      <AccountFacts account={account} />
      <PlatformRules account={account} />
      <AccountDrawer account={editing ? account : null} onClose={() => setEditing(false)} />
    </PageShell>
  )
}
