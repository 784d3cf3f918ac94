import { platforms } from '@xingbo/shared/accounts/platform'
import type { ScriptRevision, SignOffCase } from '@xingbo/shared/scripts/script.schema'
import { changedFields } from '@xingbo/shared/scripts/script-text'
import { returnReasonLabels } from '@xingbo/shared/scripts/sign-off'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { DiffText } from '../../ui/DiffText.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { Notice } from '../kit.tsx'
import styles from './SignOff.module.css'
import { signOffTexts } from './sign-off.texts.ts'

/** Title, revision, and what happened to the revisions before: voided, sent back, being changed. */
export function SignOffHistory({ script }: { script: SignOffCase }) {
  const t = useTexts(signOffTexts)
  const language = useLanguage()
  const formats = useFormats()
  const { newest, draftAhead } = script
  const last = script.stage === 'doctor_review' ? script.signOffs[0] : undefined
  const why =
    last &&
    [...last.reasons.map((reason) => returnReasonLabels[reason][language]), last.comment]
      .filter((part) => part !== '')
      .join('；')
  return (
    <>
      <header>
        <h1 className={styles.title}>{newest.body.title}</h1>
        <p className={styles.line}>
          <span>
            {t('savedBy', {
              n: newest.number,
              who: newest.author.displayName,
              when: formats.dateTime(newest.createdAt),
            })}
          </span>
          {script.dueOn && <span>{t('due', { day: formats.day(script.dueOn) })}</span>}
        </p>
        {newest.note && <p className={styles.line}>{t('note', { note: newest.note })}</p>}
      </header>
      {last?.voided && (
        <Notice kind="warning">
          {t('voidedNotice', {
            when: formats.dateTime(last.decidedAt),
            n: last.revisionNumber,
            who: last.voided.by.displayName,
            voided: formats.dateTime(last.voided.at),
            now: newest.number,
          })}
        </Notice>
      )}
      {last?.decision === 'approved' && !last.voided && (
        <Notice kind="info">
          {t('signedNotice', { when: formats.dateTime(last.decidedAt), n: last.revisionNumber })}
        </Notice>
      )}
      {last?.decision === 'returned' && (
        <Notice kind="info">
          {t('returnedNotice', {
            when: formats.dateTime(last.decidedAt),
            n: last.revisionNumber,
            why: why ?? '',
          })}
        </Notice>
      )}
      {draftAhead && script.stage === 'doctor_review' && (
        <Notice kind="warning">
          {t('draftBy', {
            who: draftAhead.by.displayName,
            when: formats.dateTime(draftAhead.at),
          })}
        </Notice>
      )}
    </>
  )
}

/** About two lines on a phone: enough to know the sentence, little enough to see the change. */
const CONTEXT = 36

type ChangesProps = { script: SignOffCase; seen: ScriptRevision | null }

/** What changed since this person last read it, before anything else. */
export function SignOffChanges({ script, seen }: ChangesProps) {
  const t = useTexts(signOffTexts)
  const language = useLanguage()
  const changes = seen ? changedFields(seen.body, script.newest.body) : []
  const summary = () => {
    if (!seen) return t(script.seenNumber === null ? 'changesFirst' : 'changesRead')
    if (changes.length === 0) return t('changesNone')
    return t('changesSince', { n: seen.number, count: changes.length })
  }
  return (
    <section className={styles.part}>
      <h2>{t('changes')}</h2>
      <p className="soft">{summary()}</p>
      {changes.map(({ field, label, before, after }) => (
        <div key={`${field}${before}`} className={styles.change}>
          <p className={styles.label}>{label[language]}</p>
          <DiffText before={before} after={after} context={CONTEXT} />
        </div>
      ))}
    </section>
  )
}

function Words({ label, children }: { label: ReactNode; children: string }) {
  return (
    <div>
      <p className={styles.label}>{label}</p>
      <p className={styles.words}>{children}</p>
    </div>
  )
}

/** Everything the signature covers, in large type. */
export function SignOffText({ revision }: { revision: ScriptRevision }) {
  const t = useTexts(signOffTexts)
  const { body } = revision
  return (
    <>
      <section className={styles.part}>
        <h2>{t('fullText')}</h2>
        {body.hook && <Words label={t('hook')}>{body.hook}</Words>}
        {body.shots.map((shot, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frozen text never changes its order
          <div key={i}>
            <Words label={[t('shot', { n: i + 1 }), shot.heading].filter(Boolean).join(' · ')}>
              {shot.text || t('silent')}
            </Words>
            {shot.note && <p className={styles.label}>{t('shotNote', { note: shot.note })}</p>}
          </div>
        ))}
        {body.callToAction && <Words label={t('callToAction')}>{body.callToAction}</Words>}
      </section>
      {Object.keys(body.captions).length > 0 && (
        <section className={styles.part}>
          <h2>{t('captions')}</h2>
          {platforms.map((platform) => {
            const caption = body.captions[platform]
            if (!caption) return null
            const tags = caption.tags.map((tag) => `#${tag}`).join(' ')
            return (
              <Words key={platform} label={<PlatformBadge platform={platform} size="small" />}>
                {[caption.title || t('noTitle'), caption.body, tags].filter(Boolean).join('\n')}
              </Words>
            )
          })}
        </section>
      )}
      <section className={styles.part}>
        <h2>{t('sources')}</h2>
        {body.sources.length === 0 ? (
          <p className={styles.told}>{t('noSources')}</p>
        ) : (
          <ul className={styles.sources}>
            {body.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        )}
        {body.aiGenerated && <p className={styles.told}>{t('aiGenerated')}</p>}
        <p className={styles.label}>
          {t('binds', { n: revision.number, hash: revision.sha256.slice(0, 8) })}
        </p>
      </section>
    </>
  )
}
