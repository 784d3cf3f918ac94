import { platformLabels } from '@xingbo/shared/accounts/platform'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { DateTime } from '../../ui/Time.tsx'
import styles from './ResolvePanel.module.css'
import { resolveTexts } from './resolve.texts.ts'
import { useAnswer } from './use-answer.ts'
import { useReason } from './use-reason.ts'

/** What is known of a post whose outcome is not: what was sent, what came back, where to look. */
export function ResolveEvidence({ publication }: { publication: PublicationDetail }) {
  const t = useTexts(resolveTexts)
  const platform = useLabel(platformLabels)
  const answer = useAnswer()
  const reason = useReason()
  const { attempts, snapshot, nextCheckAt, accountHandle, accountName } = publication
  const last = attempts.findLast(({ sentAt }) => sentAt !== null)
  const { webUrl } = platformCapabilities[publication.platform].open
  return (
    <div>
      <h3 className={styles.heading}>{t('evidence')}</h3>
      <dl className={styles.evidence}>
        <dt>{t('sentAt')}</dt>
        <dd>{last ? <DateTime at={last.sentAt} /> : t('notSent')}</dd>
        <dt>{t('answer')}</dt>
        <dd>{last ? answer(last) : t('noAnswer')}</dd>
        <dt>{t('reading')}</dt>
        <dd>{reason(publication.reason)}</dd>
        <dt>{t('nextLook')}</dt>
        <dd>{nextCheckAt ? <DateTime at={nextCheckAt} /> : t('noNextLook')}</dd>
        <dt>{t('where')}</dt>
        <dd>
          {t('whereIs', {
            platform: platform(publication.platform),
            handle: accountHandle || accountName,
          })}
          {webUrl && (
            <>
              {' · '}
              <a href={webUrl} target="_blank" rel="noreferrer">
                {t('openPlatform')}
              </a>
            </>
          )}
        </dd>
        <dt>{t('wordsSent')}</dt>
        <dd className={styles.words}>
          {[snapshot.rendered.title, snapshot.rendered.caption].filter(Boolean).join('\n')}
        </dd>
      </dl>
    </div>
  )
}
