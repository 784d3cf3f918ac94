import { useQuery } from '@tanstack/react-query'
import type { Asset, ContentMedia } from '@xingbo/shared/media/asset.schema'
import { Alert, Skeleton } from 'antd'
import { useRef, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { useValue } from '../../lib/value.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AssetList } from './AssetList.tsx'
import { AssetView } from './AssetView.tsx'
import styles from './MediaTab.module.css'
import { mediaQueries } from './media.queries.ts'
import { mediaTexts } from './media.texts.ts'
import { UploadPanel } from './UploadPanel.tsx'
import { uploads } from './uploads.ts'

/** The files of a content item: bring them, see them, choose what goes out. */
export function MediaTab({ contentId }: { contentId: string }) {
  const t = useTexts(mediaTexts)
  const me = useMe()
  const mayUpload = useMay()('POST /api/uploads')
  const media = useQuery(mediaQueries.content(contentId))
  const [chosenId, setChosenId] = useState<string | null>(null)
  const going = useValue(uploads)
  const screen = useRef<HTMLDivElement>(null)
  if (media.isPending) return <Skeleton active paragraph={{ rows: 8 }} />
  if (!media.data) return <ErrorState error={media.error} onRetry={() => void media.refetch()} />

  const { items, content, maxCutBytes } = media.data
  // What this page itself is sending stands above, with its progress.
  const rest = items.filter((one) => !going.some((item) => item.assetId === one.id))
  const mine = (one: Asset) => one.state === 'uploading' && one.uploadedBy === me.userId
  const listed = rest.filter((one) => !mine(one))
  const shown = shownOf(items, content, chosenId)
  if (items.length === 0 && !mayUpload)
    return <EmptyState title={t('empty')} hint={t('emptyHint')} />
  return (
    <div className={styles.tab}>
      <NextStep media={media.data} mayUpload={mayUpload} />
      <div className={styles.columns}>
        <div className={styles.side}>
          {mayUpload && (
            <UploadPanel
              contentId={contentId}
              maxCutBytes={maxCutBytes}
              unfinished={rest.filter(mine)}
            />
          )}
          {listed.length > 0 && (
            <AssetList
              items={listed}
              content={content}
              shownId={shown?.id ?? null}
              onShow={(id) => {
                setChosenId(id)
                // On a phone the player lies above the list, out of sight.
                screen.current?.scrollIntoView({ block: 'nearest' })
              }}
            />
          )}
        </div>
        <div className={styles.main} ref={screen}>
          {shown ? (
            <AssetView asset={shown} content={content} contentId={contentId} />
          ) : (
            <EmptyState title={items.length > 0 ? t('nothingShown') : t('empty')} />
          )}
        </div>
      </div>
    </div>
  )
}

/** What was picked in the list, else the final cut, else the newest video, else any picture. */
function shownOf(
  items: readonly Asset[],
  content: ContentMedia['content'],
  chosenId: string | null,
): Asset | undefined {
  const ready = items.filter((one) => one.state === 'ready')
  return (
    ready.find((one) => one.id === chosenId) ??
    ready.find((one) => one.id === content.finalAssetId) ??
    ready.find((one) => one.kind === 'cut') ??
    ready[0]
  )
}

/** Where the item stands on its way from the shoot to final review. */
function NextStep({ media, mayUpload }: { media: ContentMedia; mayUpload: boolean }) {
  const t = useTexts(mediaTexts)
  const { stage, finalAssetId } = media.content
  if (stage === 'final_review') return <Alert type="info" showIcon title={t('inReview')} />
  if (stage !== 'production' || !mayUpload) return null
  if (finalAssetId) return <Alert type="success" showIcon title={t('nextReview')} />
  const some = media.items.some((one) => one.kind === 'cut' && one.state === 'ready')
  return <Alert type="info" showIcon title={some ? t('nextChoose') : t('nextUpload')} />
}
