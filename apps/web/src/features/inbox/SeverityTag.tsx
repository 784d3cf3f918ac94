import { type Severity, severityLabels } from '@xingbo/shared/inbox/notice'
import { useLabel } from '../../lib/i18n.ts'
import { StatusTag } from '../../ui/StatusTag.tsx'

const tones = { info: 'waiting', warning: 'warning', urgent: 'blocked' } as const

export function SeverityTag({ severity }: { severity: Severity }) {
  const label = useLabel(severityLabels)
  return <StatusTag tone={tones[severity]}>{label(severity)}</StatusTag>
}
