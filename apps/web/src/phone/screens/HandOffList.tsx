import type * as api from '@xingbo/shared/publishing/hand-off.schema'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { ask } from '../ask.ts'
import { Load } from '../kit.tsx'
import { go } from '../navigate.ts'
import { usePhoneMe } from '../session.ts'
import { useLoad } from '../use-load.ts'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { ownPath } from './own-path.ts'

export const loadHandOffs = (signal?: AbortSignal) =>
  ask<typeof api.listHandOffs>('GET /api/hand-offs', {}, signal)

export const isDue = ({ state }: Pick<HandOffItem, 'state'>): boolean =>
  state === 'awaiting_person' || state === 'unconfirmed'

/** What waits for a phone: overdue and due first, then the next 24 hours; mine, or everybody's. */
export function HandOffList() {
  const t = useTexts(handOffTexts)
  const me = usePhoneMe()
  const waiting = useLoad('hand-offs', loadHandOffs)
  const [wanted, setWanted] = useState<'mine' | 'all' | null>(null)
  return (
    <Load of={waiting}>
      {({ items: all }) => {
        const mine = all.filter(({ who }) => who?.userId === me.userId)
        const shown = wanted ?? (mine.length > 0 ? 'mine' : 'all')
        const items = shown === 'mine' ? mine : all
        const due = items.filter(isDue)
        const soon = items.filter((item) => !isDue(item))
        if (all.length === 0)
          return (
            <div className={styles.done}>
              <h2>{t('none')}</h2>
              <p className="soft">{t('noneHint')}</p>
            </div>
          )
        return (
          <div className="stack">
            {!me.scope && (
              <fieldset className={styles.ways}>
                <legend className={styles.unseen}>{t('whose')}</legend>
                {(['mine', 'all'] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    className="chip"
                    aria-pressed={shown === one}
                    onClick={() => setWanted(one)}
                  >
                    {t(one, { n: one === 'mine' ? mine.length : all.length })}
                  </button>
                ))}
              </fieldset>
            )}
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
            ? t('late', { when: formats.dateTime(item.dueAt) })
            : t('planned', { when: formats.dateTime(item.dueAt) })}
          <span>{item.who?.name ?? t('nobody')}</span>
        </span>
      </span>
    </a>
  )
}
