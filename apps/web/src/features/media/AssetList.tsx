import FileImageOutlined from '@ant-design/icons/FileImageOutlined'
import FileUnknownOutlined from '@ant-design/icons/FileUnknownOutlined'
import VideoCameraOutlined from '@ant-design/icons/VideoCameraOutlined'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orientationOf, refusalMessage } from '@xingbo/shared/media/asset.rules'
import type { Asset, ContentMedia } from '@xingbo/shared/media/asset.schema'
import { assetStateLabels, orientationLabels } from '@xingbo/shared/media/asset-kind'
import { Button } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './MediaTab.module.css'
import { discardMutation, posterAddress } from './media.queries.ts'
import { mediaTexts } from './media.texts.ts'

type AssetListProps = {
  items: readonly Asset[]
  content: ContentMedia['content']
  shownId: string | null
  onShow: (id: string) => void
}

/** Every file of the item, newest first, with what became of it. */
export function AssetList({ items, content, shownId, onShow }: AssetListProps) {
  const t = useTexts(mediaTexts)
  const mayDiscard = useMay()('POST /api/assets/:assetId/discard')
  const discard = useMutation(discardMutation(useQueryClient()))
  return (
    <ul className={styles.files} aria-label={t('files')}>
      {items.map((asset) => (
        <li key={asset.id} data-asset={asset.state}>
          {asset.state === 'ready' ? (
            <button
              type="button"
              className={styles.file}
              aria-pressed={asset.id === shownId}
              title={t('play', { name: asset.fileName })}
              onClick={() => onShow(asset.id)}
            >
              <FileFacts asset={asset} content={content} />
            </button>
          ) : (
            <div className={styles.file}>
              <FileFacts asset={asset} content={content} />
              {asset.state === 'refused' && mayDiscard && (
                <Button size="small" onClick={() => discard.mutate(asset.id)}>
                  {t('dismiss')}
                </Button>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function FileFacts({ asset, content }: { asset: Asset; content: ContentMedia['content'] }) {
  const t = useTexts(mediaTexts)
  const formats = useFormats()
  const orientation = useLabel(orientationLabels)
  const { width, height, durationMs } = asset
  return (
    <>
      <Thumb asset={asset} />
      <span className={styles.fileWords}>
        <span className={styles.fileName}>{asset.fileName}</span>
        <span className={styles.fileFacts}>
          <AssetTag asset={asset} content={content} />
          {durationMs !== null && <span>{formats.duration(durationMs / 1000)}</span>}
          {asset.state === 'ready' && width && height && (
            <span>
              {orientation(orientationOf(width, height))} {width}×{height}
            </span>
          )}
          <span>{formats.bytes(asset.sizeBytes)}</span>
        </span>
        <span className={styles.fileFacts}>
          {asset.state === 'uploading' ? (
            t('unfinishedOther', { name: asset.uploadedByName })
          ) : (
            <>
              {asset.uploadedByName} <RelTime at={asset.createdAt} />
            </>
          )}
        </span>
        <Refusal asset={asset} />
      </span>
    </>
  )
}

function Thumb({ asset }: { asset: Asset }) {
  if (asset.state === 'ready')
    return <img className={styles.thumb} src={posterAddress(asset.id)} alt="" loading="lazy" />
  const Icon =
    asset.state === 'refused'
      ? FileUnknownOutlined
      : asset.kind === 'cut'
        ? VideoCameraOutlined
        : FileImageOutlined
  return (
    <span className={styles.thumb} aria-hidden>
      <Icon aria-hidden />
    </span>
  )
}

/** 成片, 封面, or where the file stands. */
export function AssetTag({ asset, content }: { asset: Asset; content: ContentMedia['content'] }) {
  const t = useTexts(mediaTexts)
  const state = useLabel(assetStateLabels)
  if (asset.id === content.finalAssetId) return <StatusTag tone="signed">{t('cut')}</StatusTag>
  if (asset.id === content.coverAssetId) return <StatusTag tone="signed">{t('cover')}</StatusTag>
  switch (asset.state) {
    case 'ready':
      return <StatusTag tone="done">{state('ready')}</StatusTag>
    case 'checking':
      return (
        <StatusTag tone="running" hint={t('checkingHint')}>
          {state('checking')}
        </StatusTag>
      )
    case 'uploading':
      return <StatusTag tone="waiting">{state('uploading')}</StatusTag>
    case 'refused':
      return <StatusTag tone="failed">{state('refused')}</StatusTag>
  }
}

function Refusal({ asset }: { asset: Asset }) {
  const say = useSay()
  if (!asset.refusedFor) return null
  return <span className={styles.refusal}>{say(refusalMessage(asset.refusedFor))}</span>
}
