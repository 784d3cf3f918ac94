import { platformLabels } from '@xingbo/shared/accounts/platform'
import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMedia } from '../../lib/media.ts'
import { QrCode } from '../QrCode.tsx'
import { usePhoneMe } from '../session.ts'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { inWeChat } from './in-wechat.ts'
import { Step } from './Step.tsx'

/** Into the platform's app: with the video filled in where the platform has such a way, else plainly. */
export function OpenApp({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  const platform = useLabel(platformLabels)(card.platform)
  // A mouse means a computer, and the app is on the phone: a code leads there.
  const onDesk = useMedia('(pointer: fine)') && !inWeChat
  // The page of a link session opens on this device only.
  const { scope } = usePhoneMe()
  const { share, appUrl, webUrl } = card
  const shareHint = share ? t('openShareHint') : card.route === 'handoff' ? t('noShare') : undefined
  return (
    <Step n={3} title={t('openApp', { platform })} {...(shareHint && { hint: shareHint })}>
      {onDesk && (share || !scope) ? (
        <div className={styles.scan}>
          <QrCode
            text={share?.openUrl ?? window.location.href}
            label={t(share ? 'scanShare' : 'scanCard')}
          />
          <p className={styles.hint}>{t(share ? 'scanShare' : 'scanCard')}</p>
        </div>
      ) : inWeChat ? (
        <p className={styles.hint}>{t('wechatOpen', { platform })}</p>
      ) : share ? (
        <a className="button" data-look="primary" href={share.openUrl}>
          {t('openShare')}
        </a>
      ) : appUrl ? (
        <a className="button" data-look="primary" href={appUrl}>
          {t('openIt', { platform })}
        </a>
      ) : null}
      {onDesk && share && (
        <a className="button" href={share.openUrl} target="_blank" rel="noreferrer">
          {t('openShare')}
        </a>
      )}
      {webUrl && (onDesk || !appUrl) && (
        <a className="button" href={webUrl} target="_blank" rel="noreferrer">
          {t('openWeb', { platform })}
        </a>
      )}
      {!appUrl && !webUrl && <p className={styles.hint}>{t('noApp', { platform })}</p>}
    </Step>
  )
}
