import { useQuery } from '@tanstack/react-query'
import type { Platform } from '@xingbo/shared/accounts/platform'
import type { Nature } from '@xingbo/shared/content/stage'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { fieldsOf } from '@xingbo/shared/scripts/script-text'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import styles from './Compliance.module.css'
import { complianceQueries } from './compliance.queries.ts'
import { complianceTexts } from './compliance.texts.ts'
import { FindingCard } from './FindingCard.tsx'

/** Long enough not to ask at every key, short enough to feel like a spell checker. */
const PAUSE_MS = 600

/** What the engine says of the words on screen, saved or not. */
export function LiveFindings(props: {
  body: ScriptBody
  nature: Nature
  platforms: readonly Platform[]
  /** Puts the cursor on the words of a finding. */
  jumpTo: (place: { field: string; start: number; end: number }) => void
}) {
  const t = useTexts(complianceTexts)
  const [body, setBody] = useState(props.body)
  useEffect(() => {
    const timer = setTimeout(() => setBody(props.body), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [props.body])
  const check = useQuery(
    complianceQueries.preview({ nature: props.nature, platforms: [...props.platforms], body }),
  )
  const fields = fieldsOf(body)
  return (
    <section className={styles.state} aria-live="polite">
      <header>
        <h3>{t('live')}</h3>
        <p className={styles.quiet}>{check.isFetching ? t('checking') : t('liveHint')}</p>
      </header>
      {check.error && <ErrorState error={check.error} onRetry={() => void check.refetch()} />}
      {check.data?.findings.length === 0 && (
        <p>
          <StatusTag tone="done">{t('noFindings')}</StatusTag>
        </p>
      )}
      <ul className={styles.list}>
        {check.data?.findings.map((finding) => (
          <FindingCard
            key={`${finding.ruleId}-${finding.field}-${finding.start}`}
            finding={finding}
            fields={fields}
            action={
              finding.text !== '' && (
                <Button size="small" onClick={() => props.jumpTo(finding)}>
                  {t('show')}
                </Button>
              )
            }
          />
        ))}
      </ul>
    </section>
  )
}
