import CloudUploadOutlined from '@ant-design/icons/CloudUploadOutlined'
import { maxImageBytes } from '@xingbo/shared/media/asset.rules'
import type { Asset } from '@xingbo/shared/media/asset.schema'
import { App, Button, Progress, Upload } from 'antd'
import { useRef } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { useValue } from '../../lib/value.ts'
import styles from './MediaTab.module.css'
import { mediaTexts } from './media.texts.ts'
import {
  addUploads,
  cancelBegun,
  cancelUpload,
  continueUpload,
  dismissUpload,
  pauseUpload,
  resumeUpload,
  type UploadItem,
  uploads,
} from './uploads.ts'

type UploadPanelProps = {
  contentId: string
  maxCutBytes: number
  /** Uploads of mine that were cut short before this page was loaded. */
  unfinished: readonly Asset[]
}

const takenTypes =
  '.mp4,.mov,.webm,.jpg,.jpeg,.png,video/mp4,video/quicktime,video/webm,image/jpeg,image/png'

/** The drop zone and what is on its way. */
export function UploadPanel({ contentId, maxCutBytes, unfinished }: UploadPanelProps) {
  const t = useTexts(mediaTexts)
  const formats = useFormats()
  const going = useValue(uploads).filter((item) => item.contentId === contentId)
  // Files chosen together arrive one by one; they are judged in that order.
  const queue = useRef(Promise.resolve())
  return (
    <section className={styles.uploads} aria-label={t('uploads')}>
      <Upload.Dragger
        multiple
        accept={takenTypes}
        showUploadList={false}
        beforeUpload={(file) => {
          queue.current = queue.current.then(() => addUploads(contentId, [file], maxCutBytes))
          return false
        }}
      >
        <p className={styles.dropText}>
          <CloudUploadOutlined aria-hidden className={styles.dropIcon} />
          {t('drop')}
        </p>
        <p className={styles.dropHint}>
          {t('dropHint', { max: formats.bytes(maxCutBytes), image: formats.bytes(maxImageBytes) })}
        </p>
      </Upload.Dragger>
      {(going.length > 0 || unfinished.length > 0) && (
        <ul className={styles.going}>
          {going.map((item) => (
            <GoingRow key={item.key} item={item} />
          ))}
          {unfinished.map((asset) => (
            <UnfinishedRow key={asset.id} asset={asset} contentId={contentId} />
          ))}
        </ul>
      )}
    </section>
  )
}

function useCancel() {
  const { modal } = App.useApp()
  const t = useTexts(mediaTexts)
  const formats = useFormats()
  return (name: string, sent: number, cancel: () => Promise<void>) =>
    modal.confirm({
      title: t('cancelTitle', { name }),
      content: t('cancelLoss', { sent: formats.bytes(sent) }),
      okText: t('cancelUpload'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: cancel,
    })
}

function GoingRow({ item }: { item: UploadItem }) {
  const t = useTexts(mediaTexts)
  const cancel = useCancel()
  const { key, fileName, sizeBytes, sentBytes, state } = item
  const running = state === 'sending' || state === 'reconnecting' || state === 'waiting'
  return (
    <li className={styles.goingRow} data-upload={state}>
      <div className={styles.goingHead}>
        <span className={styles.fileName}>{fileName}</span>
        {state === 'refused' ? (
          <Button size="small" onClick={() => dismissUpload(key)}>
            {t('dismiss')}
          </Button>
        ) : (
          <>
            {running ? (
              <Button size="small" onClick={() => pauseUpload(key)}>
                {t('pause')}
              </Button>
            ) : (
              <Button size="small" type="primary" onClick={() => resumeUpload(key)}>
                {t('resume')}
              </Button>
            )}
            <Button
              size="small"
              onClick={() => cancel(fileName, sentBytes, () => cancelUpload(key))}
            >
              {t('cancelUpload')}
            </Button>
          </>
        )}
      </div>
      {state !== 'refused' && (
        <Progress
          percent={Math.floor((sentBytes / Math.max(1, sizeBytes)) * 1000) / 10}
          status={state === 'failed' ? 'exception' : state === 'sending' ? 'active' : 'normal'}
          size="small"
          aria-label={fileName}
        />
      )}
      <GoingWords item={item} />
    </li>
  )
}

/** What is going on with it, in a sentence. */
function GoingWords({ item }: { item: UploadItem }) {
  const t = useTexts(mediaTexts)
  const say = useSay()
  const formats = useFormats()
  const { state, sentBytes, sizeBytes, bytesPerSecond, problem, refusal } = item
  const amount = { sent: formats.bytes(sentBytes), size: formats.bytes(sizeBytes) }
  if (refusal)
    return (
      <p className={styles.refusal} role="alert">
        {say(refusal)}
      </p>
    )
  if (state === 'failed')
    return (
      <p className={styles.refusal} role="alert">
        {t('failed', { reason: problem ?? t('noConnection') })}
      </p>
    )
  if (state === 'reconnecting') return <p className={styles.warning}>{t('reconnecting')}</p>
  if (state === 'paused') return <p className={styles.soft}>{t('paused', amount)}</p>
  if (state === 'waiting') return <p className={styles.soft}>{t('waiting')}</p>
  const left = bytesPerSecond ? (sizeBytes - sentBytes) / bytesPerSecond : null
  return (
    <p className={styles.soft}>
      {t('sending', amount)}
      {bytesPerSecond && left !== null && left >= 1 ? (
        <>
          {' · '}
          {t('speed', {
            speed: formats.bytes(bytesPerSecond),
            left:
              left < 90
                ? t('seconds', { n: Math.ceil(left) })
                : t('minutes', { n: Math.ceil(left / 60) }),
          })}
        </>
      ) : null}
    </p>
  )
}

function UnfinishedRow({ asset, contentId }: { asset: Asset; contentId: string }) {
  const t = useTexts(mediaTexts)
  const formats = useFormats()
  const { message } = App.useApp()
  const cancel = useCancel()
  const { id, kind, fileName, sizeBytes, receivedBytes } = asset
  return (
    <li className={styles.goingRow} data-upload="unfinished">
      <div className={styles.goingHead}>
        <span className={styles.fileName}>{fileName}</span>
        <Upload
          accept={takenTypes}
          showUploadList={false}
          beforeUpload={(file) => {
            // A name may have been cleaned by the server; the size never is.
            if (file.size === sizeBytes && file.name.normalize('NFC').endsWith(fileName))
              continueUpload(contentId, file, { id, kind })
            else
              void message.warning(
                t('notSameFile', { name: fileName, size: formats.bytes(sizeBytes) }),
                6,
              )
            return false
          }}
        >
          <Button size="small" type="primary">
            {t('chooseSame')}
          </Button>
        </Upload>
        <Button
          size="small"
          onClick={() => cancel(fileName, receivedBytes, () => cancelBegun(contentId, id))}
        >
          {t('cancelUpload')}
        </Button>
      </div>
      <Progress
        percent={Math.floor((receivedBytes / sizeBytes) * 1000) / 10}
        size="small"
        aria-label={fileName}
      />
      <p className={styles.soft}>
        {t('unfinished')} ·{' '}
        {t('sending', { sent: formats.bytes(receivedBytes), size: formats.bytes(sizeBytes) })}
      </p>
    </li>
  )
}
