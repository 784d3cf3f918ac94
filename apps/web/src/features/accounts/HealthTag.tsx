import type { Account } from '@xingbo/shared/accounts/account.schema'
import {
  type AccountHealth,
  accountHealthLabels,
  type CertificationStatus,
  certificationLabels,
} from '@xingbo/shared/accounts/platform'
import { Space } from 'antd'
import { useLabel } from '../../lib/i18n.ts'
import { ExpiryTag } from '../../ui/ExpiryTag.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'

const healthTones = {
  healthy: 'done',
  limited: 'warning',
  token_expired: 'failed',
  reauth_needed: 'failed',
  banned: 'blocked',
} as const satisfies Record<AccountHealth, Tone>

export function HealthTag({ account }: { account: Pick<Account, 'health' | 'healthNote'> }) {
  const label = useLabel(accountHealthLabels)
  return (
    <StatusTag tone={healthTones[account.health]} hint={account.healthNote || undefined}>
      {label(account.health)}
    </StatusTag>
  )
}

const certificationTones = {
  certified: 'done',
  pending: 'waiting',
  expired: 'failed',
  rejected: 'failed',
  none: 'draft',
} as const satisfies Record<CertificationStatus, Tone>

type Certified = Pick<Account, 'certificationStatus' | 'certificationExpiresOn'>

/** What the platform says of the account, and for how long. */
export function CertificationTag({ account }: { account: Certified }) {
  const label = useLabel(certificationLabels)
  const { certificationStatus: status, certificationExpiresOn: expiresOn } = account
  return (
    <Space size={6} wrap>
      <StatusTag tone={certificationTones[status]}>{label(status)}</StatusTag>
      {status === 'certified' && <ExpiryTag expiresOn={expiresOn} onlyIfSoon />}
    </Space>
  )
}
