import { countCaption } from '@xingbo/shared/publishing/caption.rules'
import type { PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { declarationsOf } from '@xingbo/shared/publishing/schedule.rules'
import { formOf } from '@xingbo/shared/publishing/snapshot.schema'
import { storyOf } from '@xingbo/shared/publishing/story.rules'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { Outcome } from './Outcome.tsx'
import { PostPreview } from './PostPreview.tsx'
import styles from './PublicationView.module.css'
import { publishingTexts } from './publishing.texts.ts'
import { ResolvePanel } from './ResolvePanel.tsx'
import { Story } from './Story.tsx'

type PublicationViewProps = {
  publication: PublicationDetail
  /** Panels of other features about this post (touch code); the route brings them. */
  aside?: ReactNode
}

/** One post: what to do about it first, then what went out, and how it came there. */
export function PublicationView({ publication, aside }: PublicationViewProps) {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const { platform, snapshot, createdByName, events, snapshotSha256 } = publication
  const frozenAt = events[0]?.at ?? publication.stateEnteredAt
  return (
    <>
      {publication.state === 'unconfirmed' && <ResolvePanel publication={publication} />}
      <div className={styles.halves}>
        <div className={styles.main}>
          <section className={styles.part} aria-labelledby="frozen-title">
            <h2 id="frozen-title" className={styles.title}>
              {t('frozen')}
            </h2>
            <p className={styles.hint}>
              {t('frozenHint', {
                when: formats.dateTime(frozenAt),
                who: createdByName ?? t('system'),
                hash: snapshotSha256.slice(0, 8),
              })}
            </p>
            <PostPreview
              platform={platform}
              form={formOf(snapshot)}
              rendered={snapshot.rendered}
              count={countCaption(platform, snapshot)}
              media={snapshot.media}
              coverAssetId={snapshot.cover?.assetId ?? null}
              declarations={declarationsOf(platform, { aiGenerated: true }).filter(({ id }) =>
                snapshot.declarations.includes(id),
              )}
            />
          </section>
          {/* What was posted before Xingbo came has no story. */}
          {storyOf(publication).length > 0 && (
            <div className={styles.part}>
              <Story publication={publication} />
            </div>
          )}
        </div>
        <div className={styles.aside}>
          <Outcome publication={publication} />
          {aside}
        </div>
      </div>
    </>
  )
}
