import type * as api from '@xingbo/shared/publishing/hand-off.schema'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { ask } from '../ask.ts'
import { Load } from '../kit.tsx'
import { go } from '../navigate.ts'
import { useLoad } from '../use-load.ts'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { ownPath } from './own-path.ts'

export const loadHandOffs = (signal?: AbortSignal) =>
  ask<typeof api.listHandOffs>('GET /api/hand-offs', {}, signal)

export const isDue = ({ state }: Pick<HandOffItem, 'state'>): boolean =>
  state === 'awaiting_person' || state === 'unconfirmed'

/** What waits for a phone: due now first, then the next 24 hours. */
export function HandOffList() {
  const t = useTexts(handOffTexts)
  const waiting = useLoad('hand-offs', loadHandOffs)
  return (
    <Load of={waiting}>
      {({ items }) => {
        const due = items.filter(isDue)
        const soon = items.filter((item) => !isDue(item))
        if (items.length === 0)
          return (
            <div className={styles.done}>
              <h2>{t('none')}</h2>
              <p className="soft">{t('noneHint')}</p>
            </div>
          )
        return (
          <div className="stack">
            {due.length > 0 && <h2>{t('now', { n: due.length })}</h2>}
            {due.map((item) => (
              <Card key={item.publicationId} item={item} />
            ))}
            {soon.length > 0 && <h2>{t('soon', { n: soon.length })}</h2>}
            {soon.map((item) => (
              <Card key={item.publicationId} item={item} />
            ))}
          </div>
        )
      }}
    </Load>
  )
}

function Card({ item }: { item: HandOffItem }) {
  const t = useTexts(handOffTexts)
  const formats = useFormats()
  const address = `/m/hand-off/${item.publicationId}`
  return (
    <a
      className={`card ${styles.card}`}
      href={address}
      onClick={(event) => {
        event.preventDefault()
        go(address)
      }}
    >
      <img className={styles.thumb} src={ownPath(item.posterUrl)} alt="" loading="lazy" />
      <span className={styles.cardWords}>
        <strong className={styles.cardTitle}>{item.contentTitle}</strong>
        <PlatformBadge platform={item.platform} name={item.accountName} size="small" />
        <span className={styles.line}>
          {isDue(item)
            ? t('until', { when: formats.dateTime(item.deadline) })
            : t('planned', { when: formats.dateTime(item.dueAt) })}
        </span>
      </span>
    </a>
  )
}
