import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useTexts } from '../../lib/i18n.ts'
import { PhoneButton } from '../kit.tsx'
import { go } from '../navigate.ts'
import { usePhoneMe } from '../session.ts'
import { useLoad } from '../use-load.ts'
import styles from './HandOff.module.css'
import { isDue, loadHandOffs } from './HandOffList.tsx'
import { handOffTexts } from './hand-off.texts.ts'

/** It is out and on record; what comes next. */
export function HandOffDone({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  const { scope } = usePhoneMe()
  return (
    <div className="stack">
      <div className={styles.done} role="status">
        <div className={styles.mark} aria-hidden>
          ✓
        </div>
        <h2>{t('doneTitle')}</h2>
        <p>{t('doneText', { title: card.contentTitle, account: card.accountName })}</p>
      </div>
      {card.remoteUrl && (
        <a className="button" href={card.remoteUrl} target="_blank" rel="noreferrer">
          {t('seePost')}
        </a>
      )}
      {scope ? <p className="soft">{t('closePage')}</p> : <NextUp />}
    </div>
  )
}

function NextUp() {
  const t = useTexts(handOffTexts)
  const waiting = useLoad('next', loadHandOffs)
  if (waiting.state !== 'ready') return null
  const next = waiting.data.items.find(isDue)
  return (
    <>
      {next && (
        <PhoneButton look="primary" onClick={() => go(`/m/hand-off/${next.publicationId}`)}>
          {t('next', { title: next.contentTitle })}
        </PhoneButton>
      )}
      <PhoneButton onClick={() => go('/m/hand-off')}>{t('toList')}</PhoneButton>
    </>
  )
}
