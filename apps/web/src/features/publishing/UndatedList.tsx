import { Draggable } from '@fullcalendar/react/interaction'
import { useQuery } from '@tanstack/react-query'
import { type Platform, platformLabels } from '@xingbo/shared/accounts/platform'
import type { ContentCard } from '@xingbo/shared/content/content.schema'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { activeStates, type PublicationState } from '@xingbo/shared/publishing/publication-state'
import { Button, Checkbox, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Calendar.module.css'
import { calendarTexts } from './calendar.texts.ts'
import { publicationQueries } from './publishing.queries.ts'

type UndatedListProps = {
  /** Only what has still to go out there. */
  platform: Platform | undefined
  onSchedule: (contentId: string) => void
  picked: ReadonlySet<string>
  onPick: (picked: ReadonlySet<string>) => void
  /** Schedules what is picked; in the order of the list. */
  onBatch: (contentIds: string[]) => void
}

/** Items that are ready and not yet on all their platforms; dragged onto a slot or scheduled by their button. */
export function UndatedList(props: UndatedListProps) {
  const { platform, onSchedule, picked, onPick, onBatch } = props
  const t = useTexts(calendarTexts)
  const label = useLabel(platformLabels)
  const query = useQuery(publicationQueries.undated())
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!list.current) return
    const draggable = new Draggable(list.current, {
      itemSelector: '[data-content-id]',
      eventData: (el: HTMLElement) => ({
        title: el.dataset.title ?? '',
        duration: '01:00',
        create: false,
      }),
    })
    return () => draggable.destroy()
  }, [])

  const undated = (query.data?.items ?? [])
    .map((item) => ({ item, missing: missingOf(item, query.data?.publications ?? []) }))
    .filter(({ missing }) => missing === null || missing.length > 0)
    .filter(({ missing }) => !platform || missing === null || missing.includes(platform))
  const chosen = undated.map(({ item }) => item.id).filter((id) => picked.has(id))
  const pick = (id: string, on: boolean) => {
    const next = new Set(picked)
    if (on) next.add(id)
    else next.delete(id)
    onPick(next)
  }
  return (
    <section ref={list} className={styles.undated} aria-labelledby="undated-title">
      <h2 id="undated-title" className={styles.undatedTitle}>
        {t('undated')} <span className="soft">{query.data ? undated.length : ''}</span>
      </h2>
      <p className={styles.undatedHint}>{t('undatedHint')}</p>
      {undated.length > 0 && (
        <div className={styles.picking}>
          <Checkbox
            checked={chosen.length > 0 && chosen.length === undated.length}
            indeterminate={chosen.length > 0 && chosen.length < undated.length}
            onChange={({ target }) =>
              onPick(new Set(target.checked ? undated.map(({ item }) => item.id) : []))
            }
          >
            {t('pickAll')}
          </Checkbox>
          <Button
            size="small"
            type={chosen.length > 0 ? 'primary' : 'default'}
            disabled={chosen.length === 0}
            onClick={() => onBatch(chosen)}
          >
            {chosen.length > 0 ? t('batchOf', { n: chosen.length }) : t('batch')}
          </Button>
        </div>
      )}
      {query.isPending && <Skeleton active title={false} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && undated.length === 0 && (
        <EmptyState title={t('undatedNone')} hint={t('undatedNoneHint')} />
      )}
      <ul className={styles.cards}>
        {undated.map(({ item, missing }) => (
          <li
            key={item.id}
            className={styles.card}
            data-content-id={item.id}
            data-title={item.title}
          >
            <span className={styles.cardHead}>
              <Checkbox
                checked={picked.has(item.id)}
                aria-label={t('pickItem', { title: item.title })}
                onChange={({ target }) => pick(item.id, target.checked)}
              />
              <span className={styles.cardTitle}>{item.title}</span>
            </span>
            {item.doctor && <span className="soft">{item.doctor.name}</span>}
            <span className={styles.cardFoot}>
              <span
                className={styles.missing}
                role="img"
                aria-label={
                  missing
                    ? t('missing', { platforms: missing.map(label).join(t('separator')) })
                    : undefined
                }
              >
                {missing?.map((one) => (
                  <PlatformBadge key={one} platform={one} name={null} size="small" />
                ))}
              </span>
              <Button
                size="small"
                aria-label={t('scheduleItem', { title: item.title })}
                onClick={() => onSchedule(item.id)}
              >
                {t('schedule')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const isActive = (state: PublicationState) =>
  (activeStates as readonly PublicationState[]).includes(state)

/**
 * The item's platforms on which nothing is planned yet. Null: it names no platforms and has no post either,
 * so it is undated as a whole.
 */
function missingOf(item: ContentCard, publications: readonly Publication[]): Platform[] | null {
  const planned = publications.filter(
    ({ contentId, state }) => contentId === item.id && isActive(state),
  )
  if (item.platforms.length === 0) return planned.length === 0 ? null : []
  return item.platforms.filter((one) => !planned.some(({ platform }) => platform === one))
}
