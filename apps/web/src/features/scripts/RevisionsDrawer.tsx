import { useQuery } from '@tanstack/react-query'
import type { RevisionSummary, ScriptView } from '@xingbo/shared/scripts/script.schema'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { changedFields } from '@xingbo/shared/scripts/script-text'
import { Button, Drawer, Select, Spin } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { DiffText } from '../../ui/DiffText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import styles from './Script.module.css'
import { scriptQueries } from './script.queries.ts'
import { scriptTexts } from './script.texts.ts'

/** 0 stands for the draft, which has no number. */
const DRAFT = 0

type RevisionsDrawerProps = {
  open: boolean
  onClose: () => void
  view: ScriptView
  /** The words on screen, when they are ahead of the newest revision. */
  draft: ScriptBody | null
}

/** Every numbered revision with what became of it, and the words that differ between any two. */
export function RevisionsDrawer({ open, onClose, view, draft }: RevisionsDrawerProps) {
  const t = useTexts(scriptTexts)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('revisionsTitle')}
      size="min(760px, 100vw)"
      destroyOnHidden
    >
      <Comparison view={view} draft={draft} />
    </Drawer>
  )
}

function Comparison({ view, draft }: Pick<RevisionsDrawerProps, 'view' | 'draft'>) {
  const t = useTexts(scriptTexts)
  const numbers = view.revisions.map((one) => one.number)
  const choices = draft ? [DRAFT, ...numbers] : numbers
  const [from, setFrom] = useState(choices[1] ?? choices[0] ?? DRAFT)
  const [to, setTo] = useState(choices[0] ?? DRAFT)
  const options = choices.map((value) => ({
    value,
    label: value === DRAFT ? t('draftName') : `v${value}`,
  }))
  return (
    <>
      <ol className={styles.revisions}>
        {view.revisions.map((one, i) => (
          <Revision
            key={one.number}
            revision={one}
            view={view}
            onCompare={
              view.revisions[i + 1]
                ? () => {
                    setFrom(one.number - 1)
                    setTo(one.number)
                  }
                : undefined
            }
          />
        ))}
      </ol>
      {choices.length < 2 ? (
        <p className={styles.soft}>{t('oneRevision')}</p>
      ) : (
        <>
          <div className={styles.versus}>
            <Select value={from} options={options} onChange={setFrom} aria-label={t('from')} />
            <span aria-hidden>→</span>
            <Select value={to} options={options} onChange={setTo} aria-label={t('to')} />
          </div>
          <Differences contentId={view.contentId} from={from} to={to} draft={draft} />
        </>
      )}
    </>
  )
}

type RevisionProps = {
  revision: RevisionSummary
  view: ScriptView
  onCompare: (() => void) | undefined
}

function Revision({ revision, view, onCompare }: RevisionProps) {
  const t = useTexts(scriptTexts)
  const formats = useFormats()
  const { number, author, createdAt, note, sha256 } = revision
  const decision = view.signOffs.find((one) => one.revisionNumber === number)
  return (
    <li className={styles.revision}>
      <strong>v{number}</strong>
      <span className={styles.hash}>{sha256.slice(0, 8)}</span>
      <span className={styles.soft}>
        {t('savedByAt', { who: author.displayName, when: formats.dateTime(createdAt) })}
      </span>
      {decision?.decision === 'returned' && (
        <StatusTag tone="warning">{t('returnedMark')}</StatusTag>
      )}
      {decision?.decision === 'approved' &&
        (decision.id === view.standing?.id ? (
          <StatusTag tone="signed">{t('signedMark')}</StatusTag>
        ) : (
          <StatusTag tone="ended">{t('voidedMark')}</StatusTag>
        ))}
      {note && <span>{note}</span>}
      {onCompare && (
        <Button type="link" size="small" onClick={onCompare}>
          {t('compare')}
        </Button>
      )}
    </li>
  )
}

type DifferencesProps = { contentId: string; from: number; to: number; draft: ScriptBody | null }

function Differences({ contentId, from, to, draft }: DifferencesProps) {
  const t = useTexts(scriptTexts)
  const language = useLanguage()
  const old = useQuery({ ...scriptQueries.revision(contentId, from), enabled: from !== DRAFT })
  const now = useQuery({ ...scriptQueries.revision(contentId, to), enabled: to !== DRAFT })
  const before = from === DRAFT ? draft : old.data?.body
  const after = to === DRAFT ? draft : now.data?.body
  const error = old.error ?? now.error
  if (error) return <ErrorState error={error} onRetry={() => void old.refetch()} />
  if (!before || !after) return <Spin />
  const changes = changedFields(before, after)
  return (
    <section aria-live="polite">
      <p className={styles.soft} style={{ marginBottom: 12 }}>
        {changes.length === 0 ? t('sameWords') : t('differences', { n: changes.length })}
      </p>
      {changes.map((change) => (
        <div key={`${change.field}${change.before}`} className={styles.change}>
          <div className={styles.label}>{change.label[language]}</div>
          <DiffText before={change.before} after={change.after} />
        </div>
      ))}
    </section>
  )
}
