import FullCalendar, {
  type DropInfo,
  type EventDropInfo,
  type EventInput,
  useCalendarController,
} from '@fullcalendar/react'
import dayGrid from '@fullcalendar/react/daygrid'
import interaction from '@fullcalendar/react/interaction'
import list from '@fullcalendar/react/list'
import zhCn from '@fullcalendar/react/locales/zh-cn'
import classic from '@fullcalendar/react/themes/classic'
import timeGrid from '@fullcalendar/react/timegrid'
import '@fullcalendar/react/skeleton.css'
import '@fullcalendar/react/themes/classic/theme.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { bizDate, instantOf } from '@xingbo/shared/dates'
import { spacingOf } from '@xingbo/shared/publishing/posting-limits'
import { dueVerdict, publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { usualTime } from '@xingbo/shared/publishing/schedule.rules'
import type { Verdict } from '@xingbo/shared/verdict'
import { Alert, App } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { useSay } from '../../lib/say.ts'
import { useTheme } from '../../lib/theme.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import styles from './Calendar.module.css'
import { CalendarEvent } from './CalendarEvent.tsx'
import { CalendarToolbar } from './CalendarToolbar.tsx'
import { calendarTexts } from './calendar.texts.ts'
import { type CalendarView, type GridView, viewTypes } from './calendar-view.ts'
import { uncrowded } from './crowded-days.ts'
import { DayMarks } from './DayMarks.tsx'
import { type Chosen, EventMenu } from './EventMenu.tsx'
import { isActive } from './lanes.ts'
import type { AccountFilter } from './PublicationFilters.tsx'
import { publicationQueries } from './publishing.queries.ts'
import { RescheduleDialog, useMove } from './RescheduleDialog.tsx'
import { type Clash, useClashWords } from './use-clash-words.ts'

/** What the address of the calendar holds; `day` (`YYYY-MM-DD`) lies in the period shown. */
export type CalendarSearch = AccountFilter & {
  view?: CalendarView | undefined
  day?: string | undefined
}
type PublishingCalendarProps = {
  search: CalendarSearch
  onSearch: (patch: CalendarSearch) => void
  /** An undated item was dropped on a time. */
  onDropItem: (contentId: string, at: string) => void
}

/** More posts than this in six weeks are not read one by one. */
const mostShown = 3000
const plugins = [dayGrid, timeGrid, list, interaction, classic]
const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

export function PublishingCalendar({ search, onSearch, onDropItem }: PublishingCalendarProps) {
  const t = useTexts(calendarTexts)
  const say = useSay()
  const may = useMay()
  const language = useLanguage()
  const theme = useTheme()
  const formats = useFormats()
  const onPhone = useMedia(narrow)
  const { message } = App.useApp()
  const controller = useCalendarController()
  const move = useMove('as toast')
  const [period, setPeriod] = useState<{ from: string; to: string } | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [moving, setMoving] = useState<Publication | null>(null)
  const [carried, setCarried] = useState<Publication | null>(null)
  const [clash, setClash] = useState<Clash | null>(null)
  // A week of columns cannot be read on a phone.
  const view = gridViewOf(search.view) ?? (onPhone ? 'list' : 'week')
  const { platform, accountId, state } = search
  const narrowDay = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', {
    day: 'numeric',
    timeZone: formats.zone,
  })

  const query = useQuery({
    ...publicationQueries.list({ ...period, platform, accountId, state, pageSize: mostShown }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  })
  const movesAtAll = may('POST /api/publications/:publicationId/reschedule')
  const events = useMemo(() => {
    // What was canceled takes up no time; it is shown to those who ask for it.
    const posts = (query.data?.items ?? []).filter(
      (one) => one.state !== 'canceled' || state === 'canceled',
    )
    const { shown, rests } = uncrowded(posts, view, formats.zone)
    return [
      ...shown.map((publication): EventInput => {
        const movable = movesAtAll ? publicationCan.reschedule(publication) : null
        return {
          id: publication.id,
          title: publication.contentTitle,
          start: publication.dueAt,
          end: endOf(publication.dueAt, formats.zone),
          startEditable: movable?.ok === true,
          extendedProps: { publication, movable },
        }
      }),
      ...rests.map(
        ({ day, count, from, to }): EventInput => ({
          id: `rest-${day}`,
          title: t('more', { n: count }),
          start: from,
          end: to,
          startEditable: false,
          extendedProps: { restOf: day },
        }),
      ),
    ]
  }, [query.data, state, movesAtAll, formats.zone, view, t])
  const clashOf = useClashWords(query.data?.items ?? [])
  // While a post is carried: the times it would stand too near to others of its account.
  const nearby = carried ? tooNear(carried, query.data?.items ?? [], t('tooNear')) : []
  useEffect(() => {
    if (controller.view && controller.view.type !== viewTypes[view])
      controller.changeView(viewTypes[view])
  }, [controller, view])

  const onEventDrop = ({ event, revert }: EventDropInfo) => {
    const publication = publicationOf(event)
    if (!publication || !event.start) return revert()
    const verdict = dueVerdict(event.start, new Date())
    if (!verdict.ok) {
      revert()
      void message.info(say(verdict.reason))
      return
    }
    // A refusal shows as a toast; the post goes back to where it was.
    move.run(publication, event.start.toISOString()).catch(revert)
  }
  const onDrop = ({ draggedEl, date, dateStr, allDay }: DropInfo) => {
    const contentId = draggedEl.dataset.contentId
    // A day of the month view has no time of its own.
    const at = allDay ? instantOf(dateStr.slice(0, 10), usualTime, formats.zone) : date
    if (contentId) onDropItem(contentId, at.toISOString())
  }
  const { items = [], total = 0 } = query.data ?? {}
  const shown = controller.view
  const days = shown ? daysOf(shown.currentStart, shown.currentEnd, formats.zone) : null
  const title =
    days && view !== 'month'
      ? `${formats.day(days[0])} – ${formats.day(days[1])}`
      : (shown?.title ?? '')
  return (
    <div className={styles.calendar}>
      <CalendarToolbar
        title={title}
        // Days of the neighbouring months stand in the grid too, and with them another year's holidays.
        days={period && daysOf(new Date(period.from), new Date(period.to), formats.zone)}
        view={view}
        onView={(next) => onSearch({ view: next })}
        onGo={(to) => {
          if (to === 'today') controller.today()
          else if (to === 'earlier') controller.prev()
          else controller.next()
        }}
      />
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {total > items.length && (
        <Alert
          type="warning"
          showIcon
          title={t('truncated', { shown: items.length, total })}
          style={{ marginBottom: 8 }}
        />
      )}
      <FullCalendar
        plugins={plugins}
        controller={controller}
        initialView={viewTypes[view]}
        {...(search.day && { initialDate: search.day })}
        timeZone={formats.zone}
        locale={language === 'zh' ? zhCn : 'en'}
        firstDay={1}
        colorScheme={theme}
        headerToolbar={false}
        height={view === 'week' ? 'max(480px, calc(100dvh - 252px))' : 'auto'}
        allDaySlot={false}
        nowIndicator
        scrollTime="10:00"
        slotDuration="00:30"
        snapDuration="00:05"
        slotMinHeight={29}
        slotHeaderFormat={hour}
        eventTimeFormat={hour}
        slotEventOverlap={false}
        eventMaxStack={onPhone ? 2 : 4}
        dayMaxEvents={false}
        moreLinkText={(n) => t('more', { n })}
        closeHint={t('closePopover')}
        noEventsText={t('noEvents')}
        views={{
          timeGrid: {
            dayHeaderContent: ({ date }) => (
              <span className={styles.dayHead}>
                {onPhone ? narrowDay.format(date) : formats.date(date.toISOString())}
                <DayMarks date={bizDate(date, formats.zone)} />
              </span>
            ),
          },
          dayGridMonth: {
            dayCellTopContent: ({ date, text }) => (
              <span className={styles.monthDay}>
                <DayMarks date={bizDate(date, formats.zone)} />
                <span>{text}</span>
              </span>
            ),
          },
        }}
        listDayFormat={false}
        listDayAltFormat={false}
        listDayHeaderContent={({ date, level }) =>
          level === 0 ? (
            <span className={styles.listDay}>
              {formats.date(date.toISOString())} <DayMarks date={bizDate(date, formats.zone)} />
            </span>
          ) : null
        }
        defaultTimedEventDuration="01:00"
        eventMinHeight={26}
        eventDisplay="block"
        eventInteractive
        eventDurationEditable={false}
        editable={movesAtAll}
        droppable={may('POST /api/contents/:contentId/publications')}
        longPressDelay={350}
        eventColor="var(--surface)"
        eventContrastColor="var(--ink)"
        eventClass={styles.block}
        events={nearby.length > 0 ? [...events, ...nearby] : events}
        eventContent={({ event }) => {
          const publication = publicationOf(event)
          if (restOf(event)) return <span className={styles.rest}>{event.title}</span>
          if (event.display === 'background') return null
          // An undated item hovering over the grid is not a post yet.
          if (!publication) return <div className={styles.hovering}>{event.title}</div>
          const at = event.start?.toISOString() ?? publication.dueAt
          return <CalendarEvent publication={publication} at={at} movable={movableOf(event)} />
        }}
        datesSet={({ start, end, view: shown }) => {
          setPeriod({ from: start.toISOString(), to: end.toISOString() })
          onSearch({ day: bizDate(shown.currentStart, formats.zone) })
        }}
        eventClick={({ el, event, jsEvent }) => {
          jsEvent.preventDefault()
          const day = restOf(event)
          if (day) onSearch({ view: 'lanes', day })
          else setChosen({ id: event.id, el })
        }}
        eventDragStart={({ event }) => setCarried(publicationOf(event) ?? null)}
        eventAllow={(span, moving) => {
          const publication = moving && publicationOf(moving)
          if (publication) {
            // A day of the month view keeps the post's own hour.
            const at = span.allDay
              ? instantOf(
                  bizDate(span.start, formats.zone),
                  formats.time(publication.dueAt),
                  formats.zone,
                )
              : span.start
            const next = clashOf(publication, at)
            setClash((old) => (old?.text === next.text ? old : next))
          }
          return true
        }}
        eventDragStop={() => {
          setCarried(null)
          setClash(null)
        }}
        eventDrop={onEventDrop}
        drop={onDrop}
      />
      <p className={styles.clash} data-kind={clash?.kind} role="status">
        {clash?.text}
      </p>
      <EventMenu
        chosen={chosen}
        publication={items.find(({ id }) => id === chosen?.id) ?? null}
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

/** Stretches of time around the account's other posts, as the grid paints them behind the posts. */
const tooNear = (post: Publication, shown: readonly Publication[], title: string): EventInput[] =>
  shown
    .filter((one) => one.accountId === post.accountId && one.id !== post.id)
    .filter(({ state }) => isActive(state))
    .map((one): EventInput => {
      const at = Date.parse(one.dueAt)
      const gap = spacingOf(post.platform)
      return {
        id: `near-${one.id}`,
        title,
        start: new Date(at - gap).toISOString(),
        end: new Date(at + gap).toISOString(),
        display: 'background',
        color: 'var(--warning-text)',
      }
    })

const gridViewOf = (view: CalendarView | undefined): GridView | undefined =>
  view === 'lanes' ? undefined : view

/** First and last day of a period whose end is not in it. */
const daysOf = (start: Date, end: Date, zone: string): readonly [string, string] => [
  bizDate(start, zone),
  bizDate(new Date(end.getTime() - 1), zone),
]

/** A post is an instant; an hour gives its block room to be read, but never into the next day. */
function endOf(dueAt: string, zone: string): string {
  const end = new Date(Date.parse(dueAt) + 3_600_000)
  const day = bizDate(end, zone)
  if (day === bizDate(new Date(dueAt), zone)) return end.toISOString()
  return instantOf(day, '00:00', zone).toISOString()
}

type Carried = { readonly extendedProps: Record<string, unknown> }
// The calendar keeps what it was given untyped; only this file gives it.
const publicationOf = ({ extendedProps }: Carried) =>
  extendedProps.publication as Publication | undefined
const restOf = ({ extendedProps }: Carried) => extendedProps.restOf as string | undefined
const movableOf = ({ extendedProps }: Carried) => extendedProps.movable as Verdict | null
