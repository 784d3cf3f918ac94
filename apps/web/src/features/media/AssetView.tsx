import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import DownloadOutlined from '@ant-design/icons/DownloadOutlined'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetCan, chooseVerdict, cutHints, orientationOf } from '@xingbo/shared/media/asset.rules'
import type { Asset, ContentMedia } from '@xingbo/shared/media/asset.schema'
import { orientationLabels } from '@xingbo/shared/media/asset-kind'
import { App, Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { AssetTag } from './AssetList.tsx'
import styles from './MediaTab.module.css'
import {
  chooseCutMutation,
  discardMutation,
  downloadAddress,
  fileAddress,
  posterAddress,
} from './media.queries.ts'
import { mediaTexts } from './media.texts.ts'

type AssetViewProps = {
  asset: Asset
  content: ContentMedia['content']
  contentId: string
}

/** One file large: the player or the picture, what to know of it, and what can be done with it. */
export function AssetView({ asset, content, contentId }: AssetViewProps) {
  return (
    <section className={styles.view} aria-label={asset.fileName}>
      <div className={styles.screen}>
        {asset.kind === 'cut' ? (
          // biome-ignore lint/a11y/useMediaCaption: subtitles are part of the picture in these videos
          <video
            key={asset.id}
            className={styles.player}
            src={fileAddress(asset.id)}
            poster={posterAddress(asset.id)}
            controls
            playsInline
            preload="metadata"
          />
        ) : (
          <img className={styles.player} src={fileAddress(asset.id)} alt={asset.fileName} />
        )}
      </div>
      <div className={styles.about}>
        <h2 className={styles.viewTitle}>
          {asset.fileName} <AssetTag asset={asset} content={content} />
        </h2>
        <Hints asset={asset} content={content} />
        <Facts asset={asset} />
        <Actions asset={asset} content={content} contentId={contentId} />
      </div>
    </section>
  )
}

function Hints({ asset, content }: Omit<AssetViewProps, 'contentId'>) {
  const say = useSay()
  const hints = cutHints(asset, content.platforms)
  if (hints.length === 0) return null
  return (
    <ul className={styles.hints}>
      {hints.map(({ platform, message }) => (
        <li key={`${platform}${message.key}`}>
          {platform && <PlatformBadge platform={platform} size="small" />} {say(message)}
        </li>
      ))}
    </ul>
  )
}

function Facts({ asset }: { asset: Asset }) {
  const t = useTexts(mediaTexts)
  const formats = useFormats()
  const orientation = useLabel(orientationLabels)
  const { width, height } = asset
  const film = asset.kind === 'cut'
  const rows: (readonly [string, ReactNode])[] = [
    [t('size'), formats.bytes(asset.sizeBytes)],
    ...(film ? [[t('duration'), formats.duration((asset.durationMs ?? 0) / 1000)] as const] : []),
    ...(width && height
      ? [
          [t('resolution'), `${width}×${height}`] as const,
          [t('orientation'), orientation(orientationOf(width, height))] as const,
        ]
      : []),
    ...(film
      ? [
          [t('codec'), codecName(asset.videoCodec)] as const,
          [
            t('frameRate'),
            asset.frameRate ? t('fps', { n: trimRate(asset.frameRate) }) : '—',
          ] as const,
          [t('sound'), asset.audioCodec ? codecName(asset.audioCodec) : t('silent')] as const,
        ]
      : []),
    [
      t('broughtBy'),
      <>
        {asset.uploadedByName} <DateTime at={asset.createdAt} />
      </>,
    ],
    ...(asset.sha256
      ? [
          [
            t('fingerprint'),
            <Tooltip key="sha" title={t('fingerprintHint')}>
              <code className={styles.hash}>{asset.sha256.slice(0, 12)}…</code>
            </Tooltip>,
          ] as const,
        ]
      : []),
  ]
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const trimRate = (rate: number) => Math.round(rate * 100) / 100
const codecs: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
}
const codecName = (codec: string | null) => (codec ? (codecs[codec] ?? codec.toUpperCase()) : '—')

function Actions({ asset, content, contentId }: AssetViewProps) {
  const t = useTexts(mediaTexts)
  const may = useMay()
  const client = useQueryClient()
  const { message, modal } = App.useApp()
  const choose = useMutation(chooseCutMutation(client, contentId))
  const discard = useMutation(discardMutation(client))
  const { finalAssetId, coverAssetId, revision, stage } = content
  const isCut = asset.id === finalAssetId
  const isCover = asset.id === coverAssetId
  const name = asset.fileName

  const take = (body: Parameters<typeof choose.mutate>[0], done: string) =>
    choose.mutate(body, { onSuccess: () => void message.success(done) })
  const remove = () =>
    modal.confirm({
      title: t('discardTitle', { name }),
      content: t('discardLoss'),
      okText: t('discard'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () =>
        discard.mutateAsync(asset.id).then(
          () => void message.success(t('discarded', { name })),
          () => undefined,
        ),
    })

  return (
    <div className={styles.actions}>
      {may('POST /api/contents/:contentId/final-cut') && (
        <>
          {asset.kind === 'cut' && !isCut && (
            <VerdictButton
              type="primary"
              loading={choose.isPending}
              verdict={assetCan.beCut(asset, stage)}
              onClick={() => take({ assetId: asset.id, revision }, t('cutChosen', { name }))}
            >
              {t('chooseCut')}
            </VerdictButton>
          )}
          {asset.kind === 'cover' && !isCover && (
            <VerdictButton
              type="primary"
              loading={choose.isPending}
              verdict={assetCan.beCover(asset, stage, finalAssetId !== null)}
              onClick={() =>
                finalAssetId &&
                take(
                  { assetId: finalAssetId, coverAssetId: asset.id, revision },
                  t('coverChosen', { name }),
                )
              }
            >
              {t('chooseCover')}
            </VerdictButton>
          )}
          {isCover && finalAssetId && (
            <VerdictButton
              verdict={chooseVerdict(stage)}
              loading={choose.isPending}
              onClick={() =>
                take({ assetId: finalAssetId, coverAssetId: null, revision }, t('coverDropped'))
              }
            >
              {t('dropCover')}
            </VerdictButton>
          )}
        </>
      )}
      <Button href={downloadAddress(asset.id)} icon={<DownloadOutlined aria-hidden />}>
        {t('download')}
      </Button>
      {may('POST /api/assets/:assetId/discard') && (
        <VerdictButton
          danger
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          verdict={assetCan.beDiscarded(asset, { chosen: isCut || isCover, held: false })}
          onClick={remove}
        >
          {t('discard')}
        </VerdictButton>
      )}
    </div>
  )
}
