import { accountOperatorLabels, type ConnectOutcome } from '@xingbo/shared/accounts/account.labels'
import { accountReadiness } from '@xingbo/shared/accounts/account.rules'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { publishRouteLabels } from '@xingbo/shared/accounts/platform'
import { Alert, Space } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useToday } from '../../lib/today.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReadinessList } from '../../ui/Readiness.tsx'
import { accountTexts } from './account.texts.ts'
import { CertificationTag, HealthTag } from './HealthTag.tsx'
import { useAccountColumns } from './use-account-columns.tsx'

/** Whether anything may go out on this account. */
export function AccountReadiness({ account }: { account: Account }) {
  const t = useTexts(accountTexts)
  const today = useToday()
  return (
    <Panel title={t('readiness')}>
      <ReadinessList readiness={accountReadiness(account, today)} />
    </Panel>
  )
}

export function AccountFacts({ account }: { account: Account }) {
  const t = useTexts(accountTexts)
  const formats = useFormats()
  const route = useLabel(publishRouteLabels)
  const operator = useLabel(accountOperatorLabels)
  const { owner } = useAccountColumns()
  const expiresOn = account.certificationExpiresOn
  const certification = (
    <Space wrap size={6}>
      {account.certificationKind}
      <CertificationTag account={account} />
    </Space>
  )
  const health = (
    <Space wrap size={6}>
      <HealthTag account={account} />
      {account.healthNote}
    </Space>
  )
  return (
    <Panel title={t('facts')}>
      <Facts
        facts={[
          [t('handle'), account.handle],
          [t('owner'), owner(account)],
          [t('certification'), certification],
          [t('certificationExpiresOn'), expiresOn && formats.day(expiresOn)],
          [t('publishRoute'), route(account.publishRoute)],
          ...(account.postLink ? ([[t('postLink'), account.postLink]] as const) : []),
          [t('operatedBy'), operator(account.operatedBy)],
          [t('health'), health],
          [t('ownerUser'), account.ownerUserName],
          [t('followers'), formats.exact(account.followers)],
        ]}
      />
    </Panel>
  )
}

const outcomes = {
  ok: ['success', 'outcomeOk'],
  denied: ['warning', 'outcomeDenied'],
  expired: ['warning', 'outcomeExpired'],
  failed: ['error', 'outcomeFailed'],
  other_account: ['error', 'outcomeOther'],
  taken: ['error', 'outcomeTaken'],
} as const satisfies Record<ConnectOutcome, readonly ['success' | 'warning' | 'error', string]>

type OutcomeProps = { outcome: ConnectOutcome; onClose: () => void }

/** What became of the way to the platform and back. */
export function ConnectOutcomeAlert({ outcome, onClose }: OutcomeProps) {
  const t = useTexts(accountTexts)
  const [type, text] = outcomes[outcome]
  return (
    <Alert
      type={type}
      showIcon
      title={t(text)}
      style={{ marginBottom: 16 }}
      closable={{ onClose }}
    />
  )
}
