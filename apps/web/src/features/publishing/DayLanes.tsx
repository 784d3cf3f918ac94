import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { slotStrikes } from '@xingbo/shared/publishing/slot.rules'
import { Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import calendar from './Calendar.module.css'
import { CalendarToolbar } from './CalendarToolbar.tsx'
import { calendarTexts } from './calendar.texts.ts'
import styles from './DayLanes.module.css'
import { DayMarks } from './DayMarks.tsx'
import { type Chosen, EventMenu } from './EventMenu.tsx'
import { LaneChip } from './LaneChip.tsx'
import { DAY_MINUTES, laneAccounts, placed } from './lanes.ts'
import type { CalendarSearch } from './PublishingCalendar.tsx'
import { accountChoicesQuery, publicationQueries } from './publishing.queries.ts'
import { RescheduleDialog, useMove } from './RescheduleDialog.tsx'
import { slotsQuery } from './schedule.queries.ts'
import { type Clash, useClashWords } from './use-clash-words.ts'

type DayLanesProps = { search: CalendarSearch; onSearch: (patch: CalendarSearch) => void }

const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** The hour at the left edge when the day is opened. */
const FIRST_HOUR = 7

/** One day with a lane for every account: who posts what, when, and where the free slots are. */
export function DayLanes({ search, onSearch }: DayLanesProps) {
  const t = useTexts(calendarTexts)
  const label = useLabel(platformLabels)
  const formats = useFormats()
  const may = useMay()
  const today = bizDate(new Date(), formats.zone)
  const day = search.day ?? today
  const midnight = instantOf(day, '00:00', formats.zone).getTime()
  const { platform, accountId, state } = search
  const query = useQuery({
    ...publicationQueries.list({
      from: new Date(midnight).toISOString(),
      to: instantOf(addDays(day, 1), '00:00', formats.zone).toISOString(),
      platform,
      accountId,
      state,
      pageSize: 1000,
    }),
    placeholderData: keepPreviousData,
  })
  const accounts = useQuery(accountChoicesQuery)
  const slots = useQuery(slotsQuery)
  const move = useMove('as toast')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [moving, setMoving] = useState<Publication | null>(null)
  const [clash, setClash] = useState<Clash | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const ready = accounts.data !== undefined && query.data !== undefined
  useEffect(() => {
    const box = scroller.current
    const track = box?.querySelector('ul')?.clientWidth ?? 0
    if (ready && box) box.scrollLeft = (track * FIRST_HOUR) / 24
  }, [ready])

  const shown = (query.data?.items ?? []).filter(
    (one) => one.state !== 'canceled' || state === 'canceled',
  )
  const clashOf = useClashWords(shown)
  const failed = [query, accounts].find(({ isError }) => isError)
  const lanes = laneAccounts(accounts.data?.items ?? [], shown).filter(
    (one) => (!platform || one.platform === platform) && (!accountId || one.id === accountId),
  )
  const strikesOf = (id: string) => [
    ...slotStrikes(
      (slots.data?.items ?? []).filter((slot) => slot.accountId === id),
      new Date(midnight - 1),
      formats.zone,
      2,
    ),
  ]
  return (
    <div className={styles.lanes}>
      <CalendarToolbar
        title={formats.day(day)}
        days={[day, day]}
        view="lanes"
        onView={(view) => onSearch({ view })}
        onGo={(to) =>
          onSearch({ day: to === 'today' ? today : addDays(day, to === 'later' ? 1 : -1) })
        }
      />
      <p className={styles.marks}>
        <DayMarks date={day} />
      </p>
      {failed && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!ready && !failed && <Skeleton active />}
      {ready && lanes.length === 0 && <EmptyState title={t('noAccounts')} />}
      {ready && lanes.length > 0 && (
        <div ref={scroller} className={styles.scroller}>
          <section className={styles.grid} aria-label={t('lanesOf', { day: formats.day(day) })}>
            <div className={styles.axis} aria-hidden>
              {hours.map((hour) => (
                <span key={hour} className={styles.hour} style={{ left: `${(hour / 24) * 100}%` }}>
                  {String(hour).padStart(2, '0')}:00
                </span>
              ))}
            </div>
            {lanes.map((account) => {
              const posts = placed(
                shown.filter((one) => one.accountId === account.id),
                midnight,
              )
              const rows = Math.max(1, ...posts.map(({ row }) => row + 1))
              return (
                <div key={account.id} className={styles.lane} style={{ height: rows * 52 + 8 }}>
                  <div className={styles.name}>
                    <PlatformBadge platform={account.platform} name={account.displayName} />
                  </div>
                  <ul
                    className={styles.track}
                    data-account={account.id}
                    aria-label={t('laneOf', {
                      account: `${label(account.platform)} ${account.displayName}`,
                    })}
                  >
                    {strikesOf(account.id)
                      .filter(({ at }) => bizDate(at, formats.zone) === day)
                      .map(({ slotId, slotName, at }) => (
                        <li
                          key={slotId}
                          className={styles.slot}
                          style={{
                            left: `${((at.getTime() - midnight) / 60_000 / DAY_MINUTES) * 100}%`,
                          }}
                        >
                          {slotName}
                        </li>
                      ))}
                    {posts.map((one) => (
                      <LaneChip
                        key={one.post.id}
                        placed={one}
                        day={day}
                        movable={may('POST /api/publications/:publicationId/reschedule')}
                        clashOf={clashOf}
                        onClash={setClash}
                        onOpen={(el) => setChosen({ id: one.post.id, el })}
                        onMove={(dueAt) => move.run(one.post, dueAt)}
                      />
                    ))}
                  </ul>
                </div>
              )
            })}
          </section>
        </div>
      )}
      <p className={calendar.clash} data-kind={clash?.kind} role="status">
        {clash?.text}
      </p>
      <EventMenu
        chosen={chosen}
        publication={shown.find(({ id }) => id === chosen?.id) ?? null}
        onReschedule={setMoving}
        onClose={() => {
          chosen?.el.focus({ preventScroll: true })
          setChosen(null)
        }}
      />
      <RescheduleDialog publication={moving} onClose={() => setMoving(null)} />
    </div>
  )
}
