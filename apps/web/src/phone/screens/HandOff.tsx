import { mayCall } from '@xingbo/shared/identity/permissions'
import type * as api from '@xingbo/shared/publishing/hand-off.schema'
import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { ask } from '../ask.ts'
import { Load, Notice, PhoneButton, RefusalNotice } from '../kit.tsx'
import type { ScreenProps } from '../registry.ts'
import { usePhoneMe } from '../session.ts'
import { useLoad } from '../use-load.ts'
import { CopyWords } from './CopyWords.tsx'
import { Declare, useDeclared } from './Declare.tsx'
import styles from './HandOff.module.css'
import { HandOffDone } from './HandOffDone.tsx'
import { isDue } from './HandOffList.tsx'
import { handOffTexts } from './hand-off.texts.ts'
import { OpenApp } from './OpenApp.tsx'
import { Prove } from './Prove.tsx'
import { SaveMedia } from './SaveMedia.tsx'

/** One post to be made by hand: save, copy, post, declare, give the link back. */
export function HandOff({ params }: ScreenProps) {
  const publicationId = params.publicationId ?? ''
  const loaded = useLoad(publicationId, (signal) =>
    ask<typeof api.getHandOff>(
      'GET /api/hand-offs/:publicationId',
      { params: { publicationId } },
      signal,
    ),
  )
  const [closed, setClosed] = useState<HandOffCard | null>(null)
  if (closed) return <HandOffDone card={closed} />
  return (
    <Load of={loaded}>
      {(card) => <Card card={card} onClosed={setClosed} reload={loaded.reload} />}
    </Load>
  )
}

type CardProps = { card: HandOffCard; onClosed: (card: HandOffCard) => void; reload: () => void }

function Card({ card, onClosed, reload }: CardProps) {
  const t = useTexts(handOffTexts)
  const formats = useFormats()
  const [declared, setDeclared] = useDeclared(card)
  // A webhook or a colleague may have closed it while the app was open.
  if (card.state === 'published') return <HandOffDone card={card} />
  const early = card.state === 'scheduled' || card.state === 'queued'
  if (!early && !isDue(card)) return <Over card={card} />
  return (
    <div className="stack">
      <header className={styles.head}>
        <h2 className={styles.title}>{card.contentTitle}</h2>
        <PlatformBadge
          platform={card.platform}
          name={t('account', { account: card.accountName })}
        />
        <p className={styles.line}>
          {card.accountHandle && <span>{t('handle', { handle: card.accountHandle })}</span>}
          <span>{t('planned', { when: formats.dateTime(card.dueAt) })}</span>
          <span>{t('until', { when: formats.dateTime(card.deadline) })}</span>
        </p>
        <p className="soft">{t('checkAccount')}</p>
      </header>
      <Whose card={card} reload={reload} />
      {early && (
        <Notice kind="info" title={t('early')}>
          {t('earlyHint')}
        </Notice>
      )}
      <SaveMedia card={card} />
      <CopyWords card={card} />
      {!early && (
        <>
          <OpenApp card={card} />
          <Declare card={card} declared={declared} onChange={setDeclared} />
          <Prove card={card} declared={declared} onClosed={onClosed} reload={reload} />
        </>
      )}
    </div>
  )
}

/** Somebody else's post can be taken over, so that two do not post it. */
function Whose({ card, reload }: Pick<CardProps, 'card' | 'reload'>) {
  const t = useTexts(handOffTexts)
  const me = usePhoneMe()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { who, publicationId } = card
  if (me.scope || who?.userId === me.userId) return null
  const take = () => {
    setBusy(true)
    ask<typeof api.takeOverHandOff>('POST /api/hand-offs/:publicationId/take-over', {
      params: { publicationId },
      body: { userId: me.userId },
    })
      .then(reload, setError)
      .finally(() => setBusy(false))
  }
  return (
    <Notice kind="info" title={who ? t('others', { who: who.name }) : t('nobodys')}>
      {mayCall('POST /api/hand-offs/:publicationId/take-over', me.role) && (
        <PhoneButton busy={busy} className={styles.take} onClick={take}>
          {t('takeOver')}
        </PhoneButton>
      )}
      {error !== null && <RefusalNotice error={error} />}
    </Notice>
  )
}

/** Nothing to do here any more, and why. */
function Over({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  return (
    <div className="stack">
      <h2>{card.contentTitle}</h2>
      <PlatformBadge platform={card.platform} name={card.accountName} />
      {card.state === 'expired' ? (
        <Notice kind="warning" title={t('overExpired')}>
          {t('overExpiredHint')}
        </Notice>
      ) : (
        <Notice kind="info" title={t(card.state === 'canceled' ? 'overCanceled' : 'overOther')} />
      )}
    </div>
  )
}
