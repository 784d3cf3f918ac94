import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { inWeChat } from './in-wechat.ts'
import { ownPath } from './own-path.ts'
import { Step } from './Step.tsx'

const toSave = (address: string) => `${ownPath(address)}&download=1`

/** The film and its cover onto the phone; WeChat's own browser cannot save films, so it gets another way. */
export function SaveMedia({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  const formats = useFormats()
  const facts = t('videoFacts', {
    duration: formats.duration(card.videoDurationMs / 1000),
    size: formats.bytes(card.videoSizeBytes),
  })
  return (
    <Step n={1} title={t('save')} hint={t(inWeChat ? 'wechatHint' : 'saveHint')}>
      <div className={styles.media}>
        {/* biome-ignore lint/a11y/useMediaCaption: the words are burnt into the picture */}
        <video
          className={styles.video}
          src={ownPath(card.videoUrl)}
          poster={ownPath(card.posterUrl)}
          controls
          playsInline
          preload="none"
          aria-label={t('watch')}
        />
        {card.coverUrl && (
          <figure className={styles.figure}>
            <img className={styles.cover} src={ownPath(card.coverUrl)} alt={t('saveCover')} />
            {inWeChat && <figcaption className={styles.line}>{t('pressToSave')}</figcaption>}
          </figure>
        )}
      </div>
      {inWeChat ? (
        <CopyButton
          text={new URL(toSave(card.videoUrl), window.location.href).href}
          label={`${t('copyAddress')} · ${facts}`}
          look="primary"
        />
      ) : (
        <a className="button" data-look="primary" href={toSave(card.videoUrl)} download>
          {t('saveVideo')} · {facts}
        </a>
      )}
      {card.coverUrl && !inWeChat && (
        <a className="button" href={toSave(card.coverUrl)} download>
          {t('saveCover')}
        </a>
      )}
      {!card.coverUrl && <p className={styles.hint}>{t('noCover')}</p>}
    </Step>
  )
}
