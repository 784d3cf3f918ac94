import { platformLabels } from '@xingbo/shared/accounts/platform'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import type { PublicationLook } from '@xingbo/shared/publishing/publication-look'
import { Button, Tag } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { DateTime } from '../../ui/Time.tsx'
import styles from './ResolvePanel.module.css'
import { resolveTexts } from './resolve.texts.ts'
import { useAnswer } from './use-answer.ts'
import { useReason } from './use-reason.ts'

type ResolveEvidenceProps = {
  publication: PublicationDetail
  /** Somebody says that this post of the list is it. */
  onPick: ((link: string) => void) | null
}

/** What is known of a post whose outcome is not: what was sent, what came back, where to look. */
export function ResolveEvidence({ publication, onPick }: ResolveEvidenceProps) {
  const t = useTexts(resolveTexts)
  const platform = useLabel(platformLabels)
  const answer = useAnswer()
  const reason = useReason()
  const { attempts, snapshot, nextCheckAt, accountHandle, accountName } = publication
  const last = attempts.findLast(({ sentAt }) => sentAt !== null)
  const listed = publication.looks.findLast(({ kind }) => kind === 'list')
  const { webUrl } = platformCapabilities[publication.platform].open
  return (
    <div>
      <h3 className={styles.heading}>{t('evidence')}</h3>
      <dl className={styles.evidence}>
        <dt>{t('sentAt')}</dt>
        <dd>{last ? <DateTime at={last.sentAt} /> : t('notSent')}</dd>
        <dt>{t('answer')}</dt>
        <dd>{last ? answer(last) : t('noAnswer')}</dd>
        <dt>{t('attempts')}</dt>
        <dd>{t('attemptCount', { n: attempts.length })}</dd>
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
      {listed && <Candidates look={listed} onPick={onPick} />}
    </div>
  )
}

type CandidatesProps = { look: PublicationLook; onPick: ((link: string) => void) | null }

/** What the account's list held of that time, the post that fits first. */
function Candidates({ look, onPick }: CandidatesProps) {
  const t = useTexts(resolveTexts)
  if (look.result === 'unread') return null
  return (
    <div className={styles.listed}>
      <h3 className={styles.heading}>{t('listed')}</h3>
      <p className="soft">
        {t('listedAt')} <DateTime at={look.at} />
        {look.candidates.length === 0 && ` · ${t('listedNone')}`}
      </p>
      <ul className={styles.candidates}>
        {look.candidates.map(({ remoteId, remoteUrl, caption, createdAt, fits }) => (
          <li key={remoteId}>
            <div className={styles.candidateHead}>
              <DateTime at={createdAt} />
              {fits && <Tag color="warning">{t('sameWords')}</Tag>}
            </div>
            <p className={styles.caption}>{caption}</p>
            {remoteUrl && (
              <div className={styles.candidateActs}>
                <a href={remoteUrl} target="_blank" rel="noreferrer">
                  {t('openPost')}
                </a>
                {onPick && (
                  <Button size="small" onClick={() => onPick(remoteUrl)}>
                    {t('itIsThisOne')}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
