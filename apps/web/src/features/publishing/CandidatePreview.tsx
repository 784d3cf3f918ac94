import { countCaption, renderCaption } from '@xingbo/shared/publishing/caption.rules'
import { declarationsOf, postShapeOf } from '@xingbo/shared/publishing/schedule.rules'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { PostPreview } from './PostPreview.tsx'
import type { ScheduleMaterial } from './publishing.queries.ts'
import styles from './ScheduleDialog.module.css'
import { scheduleTexts } from './schedule.texts.ts'
import type { Candidate } from './schedule-candidates.ts'

type CandidatePreviewProps = { candidate: Candidate; material: ScheduleMaterial }

/** What this account would show: the same rendering that will be frozen and sent. */
export function CandidatePreview({ candidate, material }: CandidatePreviewProps) {
  const t = useTexts(scheduleTexts)
  const { account, words } = candidate
  const { content, script, media } = material
  const cut = media.items.find(({ id }) => id === content.finalAssetId)
  return (
    <>
      <h3 className={styles.heading}>
        <PlatformBadge platform={account.platform} name={null} />
        {t('previewTitle', { account: account.displayName })}
      </h3>
      {words ? (
        <PostPreview
          platform={account.platform}
          form={postShapeOf(account).form}
          rendered={renderCaption(account.platform, words)}
          count={countCaption(account.platform, words)}
          media={
            cut
              ? {
                  assetId: cut.id,
                  durationMs: cut.durationMs ?? 0,
                  width: cut.width ?? 0,
                  height: cut.height ?? 0,
                  sizeBytes: cut.sizeBytes,
                }
              : null
          }
          coverAssetId={content.coverAssetId}
          declarations={declarationsOf(account.platform, {
            aiGenerated: script.newest?.body.aiGenerated ?? false,
          })}
        />
      ) : (
        <p className="soft">{t('noWords')}</p>
      )}
    </>
  )
}
