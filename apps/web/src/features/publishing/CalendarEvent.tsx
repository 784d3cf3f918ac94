import { platformLabels } from '@xingbo/shared/accounts/platform'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { publicationStateLabels } from '@xingbo/shared/publishing/publication-state'
import type { Verdict } from '@xingbo/shared/verdict'
import { App } from 'antd'
import { type PointerEvent, useRef } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { PlatformBadge, platformColor } from '../../ui/PlatformBadge.tsx'
import { PublicationIcon } from '../../ui/StatusTag.tsx'
import styles from './Calendar.module.css'
import { calendarTexts } from './calendar.texts.ts'
import { isHeld } from './held.ts'
import { useReason } from './use-reason.ts'

/** A pointer that went this far was dragging, not pressing. */
const dragPixels = 8

type CalendarEventProps = {
  publication: Publication
  /** Where its block stands, which while it is dragged is not yet its time. */
  at: string
  /** May this person move it? Null for people who only look. */
  movable: Verdict | null
}

/** One post in the calendar: platform, time, state and at most two lines of its title. */
export function CalendarEvent({ publication, at, movable }: CalendarEventProps) {
  const t = useTexts(calendarTexts)
  const say = useSay()
  const reason = useReason()
  const platform = useLabel(platformLabels)
  const state = useLabel(publicationStateLabels)
  const formats = useFormats()
  const { message } = App.useApp()
  const from = useRef<{ x: number; y: number } | null>(null)
  const { contentTitle, accountName } = publication
  const refusal = movable && !movable.ok ? t('cannotMove', { why: say(movable.reason) }) : null
  const held = isHeld(publication)
  const why = held ? reason(publication.reason) : null
  const label = t('eventLabel', {
    when: formats.dateTime(at),
    platform: platform(publication.platform),
    account: accountName,
    title: contentTitle,
    state: state(publication.state),
  })
  // FullCalendar does not even begin to drag what may not move; the hand that tries is told why.
  const onPointerMove = (event: PointerEvent) => {
    const start = from.current
    if (!start || !refusal) return
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < dragPixels) return
    from.current = null
    void message.info({ content: refusal, key: 'cannot-move' })
  }
  return (
    <div
      className={styles.event}
      data-state={publication.state}
      data-platform={publication.platform}
      title={[label, why, refusal].filter(Boolean).join('\n')}
      style={{ borderInlineStartColor: platformColor(publication.platform) }}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = null
      }}
      onPointerLeave={() => {
        from.current = null
      }}
    >
      <span className={styles.said}>{[label, why].filter(Boolean).join(' ')}</span>
      <span className={styles.top} aria-hidden>
        <span className={styles.glyph}>
          <PlatformBadge platform={publication.platform} name={null} size="small" />
        </span>
        <span className={styles.time}>{formats.time(at)}</span>
        <PublicationIcon state={publication.state} held={held} />
        <span className={styles.account}>{accountName}</span>
      </span>
      <span className={styles.title} aria-hidden>
        {contentTitle}
      </span>
    </div>
  )
}
