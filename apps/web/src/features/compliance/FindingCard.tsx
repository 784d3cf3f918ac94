import type { EngineFinding } from '@xingbo/shared/compliance/finding.schema'
import {
  findingCategoryLabels,
  findingKindLabels,
  severityLabels,
} from '@xingbo/shared/compliance/finding.schema'
import type { ScriptField } from '@xingbo/shared/scripts/script-text'
import type { ReactNode } from 'react'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import styles from './Compliance.module.css'
import { complianceTexts } from './compliance.texts.ts'

const tones = {
  block: 'blocked',
  review: 'unconfirmed',
  hint: 'scheduled',
} as const satisfies Record<EngineFinding['severity'], Tone>
/** How much of the field is shown around the words found. */
const AROUND = 18

type FindingCardProps = {
  finding: EngineFinding
  /** The script's fields, to show the words where they stand. */
  fields: readonly ScriptField[]
  waived?: { by: string; reason: string } | null
  action?: ReactNode
}

/** One finding: the very words, the rule and its article, why, and a way to say it lawfully. */
export function FindingCard({ finding, fields, waived, action }: FindingCardProps) {
  const t = useTexts(complianceTexts)
  const language = useLanguage()
  const severity = useLabel(severityLabels)
  const category = useLabel(findingCategoryLabels)
  const kind = useLabel(findingKindLabels)
  const field = fields.find((one) => one.field === finding.field)
  return (
    <li
      className={styles.finding}
      data-severity={finding.severity}
      data-waived={waived ? 'yes' : 'no'}
    >
      <div className={styles.head}>
        <StatusTag tone={tones[finding.severity]}>{severity(finding.severity)}</StatusTag>
        <span>{finding.ruleTitle[language]}</span>
        <span className={styles.quiet}>
          {finding.ruleId} · {category(finding.category)} · {kind(finding.kind)}
        </span>
        <span>{action}</span>
      </div>
      {field && finding.text !== '' ? (
        <p className={styles.context}>
          <span className={styles.quiet}>{field.label[language]}：</span>
          {around(field.text, finding.start, finding.end)}
        </p>
      ) : (
        <p className={styles.context}>{finding.text || t('whole')}</p>
      )}
      {finding.also.map((other) => (
        <p key={`${other.field}-${other.start}`} className={styles.quiet}>
          {t('also', { text: other.text })}
        </p>
      ))}
      <dl className={styles.facts}>
        <dt>{t('law')}</dt>
        <dd>{finding.law[language]}</dd>
        <dt>{t('why')}</dt>
        <dd>
          {finding.why[language]}
          {finding.natureNote && ` ${finding.natureNote[language]}`}
        </dd>
        {finding.rewrite[language] && (
          <>
            <dt>{t('rewrite')}</dt>
            <dd>{finding.rewrite[language]}</dd>
          </>
        )}
      </dl>
      {waived && (
        <p className={styles.quiet}>{t('waived', { who: waived.by, reason: waived.reason })}</p>
      )}
    </li>
  )
}

function around(text: string, start: number, end: number) {
  const from = Math.max(0, start - AROUND)
  const to = Math.min(text.length, end + AROUND)
  return (
    <>
      {from > 0 && '…'}
      {text.slice(from, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end, to)}
      {to < text.length && '…'}
    </>
  )
}
