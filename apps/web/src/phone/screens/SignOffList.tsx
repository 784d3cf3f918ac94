import { bizDate } from '@xingbo/shared/dates'
import type * as api from '@xingbo/shared/scripts/script.schema'
import type { WaitingSignOff } from '@xingbo/shared/scripts/script.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { ask } from '../ask.ts'
import { Load } from '../kit.tsx'
import { go } from '../navigate.ts'
import { useLoad } from '../use-load.ts'
import styles from './SignOff.module.css'
import { signOffTexts } from './sign-off.texts.ts'

export const loadWaiting = (signal?: AbortSignal) =>
  ask<typeof api.listWaitingSignOffs>('GET /api/sign-offs', {}, signal)

/** 「待我审核」: what waits for this doctor, most urgent first. */
export function SignOffList() {
  const t = useTexts(signOffTexts)
  const waiting = useLoad('waiting', loadWaiting)
  return (
    <Load of={waiting}>
      {({ items }) =>
        items.length === 0 ? (
          <div className={styles.done}>
            <h2>{t('none')}</h2>
            <p className="soft">{t('noneHint')}</p>
          </div>
        ) : (
          <div className="stack">
            <p className="soft">{t('waiting', { n: items.length })}</p>
            {items.map((item) => (
              <WaitingCard key={item.contentId} item={item} />
            ))}
          </div>
        )
      }
    </Load>
  )
}

function WaitingCard({ item }: { item: WaitingSignOff }) {
  const t = useTexts(signOffTexts)
  const formats = useFormats()
  const address = `/m/sign-off/${item.contentId}`
  const overdue = item.dueOn !== null && item.dueOn < bizDate(new Date(), formats.zone)
  const history = useHistoryOf(item)
  return (
    <a
      className="card"
      href={address}
      onClick={(event) => {
        event.preventDefault()
        go(address)
      }}
    >
      <h2 className={styles.cardTitle}>{item.title}</h2>
      <p className={styles.line}>
        {item.dueOn && (
          <span className={overdue ? styles.overdue : undefined}>
            {t(overdue ? 'overdue' : 'due', { day: formats.day(item.dueOn) })}
          </span>
        )}
        <span>{t('version', { n: item.revisionNumber })}</span>
        <span>{t('length', { n: item.characters })}</span>
        <span>{t('byWhom', { who: item.author.displayName })}</span>
      </p>
      <p className={styles.line}>
        <span className={styles.told}>{history}</span>
        {item.draftAhead && <span className={styles.overdue}>{t('beingChanged')}</span>}
      </p>
      <p className={styles.line}>
        {item.platforms.map((platform) => (
          <PlatformBadge key={platform} platform={platform} size="small" />
        ))}
      </p>
    </a>
  )
}

/** What the doctor should know of this item's past before opening it. */
function useHistoryOf({ last, seenNumber, revisionNumber }: WaitingSignOff): string {
  const t = useTexts(signOffTexts)
  if (last?.decision === 'returned') return t('sentBack', { n: last.revisionNumber })
  if (last) return t(last.voided ? 'fellVoid' : 'signedBefore', { n: last.revisionNumber })
  if (seenNumber === revisionNumber) return t('readThis')
  return seenNumber === null ? t('firstTime') : t('readBefore', { n: seenNumber })
}
