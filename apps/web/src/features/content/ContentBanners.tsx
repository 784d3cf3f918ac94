import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { type Hold, holdKindLabels } from '@xingbo/shared/content/hold.schema'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { contentTexts } from './content.texts.ts'
import { LiftDrawer } from './LiftDrawer.tsx'

type ContentBannersProps = { item: ContentItem; resumesAt: string | null }

/** What stops this item or sent it back, and the way to end a hold. */
export function ContentBanners({ item, resumesAt }: ContentBannersProps) {
  const t = useTexts(contentTexts)
  const kind = useLabel(holdKindLabels)
  const formats = useFormats()
  const may = useMay()
  const [lifting, setLifting] = useState<Hold | null>(null)
  const paused = item.stage === 'on_hold'
  const sentBack = item.stageReason !== '' && !paused
  if (item.holds.length === 0 && !paused && !sentBack) return null
  return (
    <div style={{ display: 'grid', gap: 8, marginBottom: 16 }}>
      {item.holds.map((hold) => (
        <Alert
          key={hold.id}
          type="warning"
          showIcon
          title={
            <>
              {t('holdBanner', {
                kind: kind(hold.kind),
                name: hold.subjectName,
                reason: hold.reason,
              })}
              <span className="soft">
                {' · '}
                {t('holdBy', { who: hold.placedBy, when: formats.dateTime(hold.placedAt) })}
              </span>
            </>
          }
          action={
            may('POST /api/holds/:holdId/lift') && (
              <Button size="small" onClick={() => setLifting(hold)}>
                {t('lift')}
              </Button>
            )
          }
        />
      ))}
      {paused && (
        <Alert
          type="info"
          showIcon
          title={t('pausedBanner', { stage: resumesAt ?? '', reason: item.stageReason })}
        />
      )}
      {sentBack && (
        <Alert type="info" showIcon title={t('sentBackBanner', { reason: item.stageReason })} />
      )}
      <LiftDrawer hold={lifting} onClose={() => setLifting(null)} />
    </div>
  )
}
