import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Audit.module.css'
import { auditTexts } from './audit.texts.ts'
import { useAuditWords } from './use-audit-words.ts'

const pageOf = ({ subjectType, subjectId, contentId }: AuditEntry): string | null => {
  if (subjectType === 'publication') return `/publications/${subjectId}`
  if (subjectType === 'account') return `/accounts/${subjectId}`
  if (subjectType === 'doctor') return `/doctors/${subjectId}`
  if (subjectType === 'asset' && contentId) return `/contents/${contentId}/media`
  return contentId ? `/contents/${contentId}` : null
}

/** What it was done to: its kind and its name, leading to its page where there is one. */
export function SubjectLink({ entry, plain = false }: { entry: AuditEntry; plain?: boolean }) {
  const t = useTexts(auditTexts)
  const words = useAuditWords()
  const { platform, subjectName, subjectType } = entry
  // A lead has no name here on purpose: the log never shows who a patient is.
  const text = subjectName ?? (subjectType === 'lead' ? '' : t('unnamed'))
  const name = platform ? (
    <PlatformBadge platform={platform} name={text} size="small" />
  ) : (
    <span className={subjectName ? undefined : 'soft'}>{text}</span>
  )
  const page = plain || !subjectName ? null : pageOf(entry)
  return (
    <span className={styles.subject}>
      <span className="soft">{words.kind(entry)}</span>{' '}
      {page ? <Link to={page}>{name}</Link> : name}
    </span>
  )
}
