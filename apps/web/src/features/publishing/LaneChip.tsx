import { publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { publicationStateLabels } from '@xingbo/shared/publishing/publication-state'
import { App } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { platformColor } from '../../ui/PlatformBadge.tsx'
import { PublicationIcon } from '../../ui/StatusTag.tsx'
import { calendarTexts } from './calendar.texts.ts'
import styles from './DayLanes.module.css'
import { isHeld } from './held.ts'
import { DAY_MINUTES, instantAt, type Placed } from './lanes.ts'
import type { Clash } from './use-clash-words.ts'

/** A pointer that went this far is dragging, not pressing. */
const dragPixels = 6

type LaneChipProps = {
  placed: Placed
  day: string
  movable: boolean
  clashOf: (post: Publication, dueAt: Date) => Clash
  onClash: (clash: Clash | null) => void
  onOpen: (el: HTMLElement) => void
  onMove: (dueAt: string) => Promise<void>
}
type Drag = { readonly pointerId: number; readonly x: number; readonly width: number }

/** One post in its lane; drawn along the lane it takes another time, its menu does the same in words. */
export function LaneChip(props: LaneChipProps) {
  const { placed, day, movable, clashOf, onClash, onOpen, onMove } = props
  const { post, minute, row } = placed
  const t = useTexts(calendarTexts)
  const say = useSay()
  const formats = useFormats()
  const state = useLabel(publicationStateLabels)
  const { message } = App.useApp()
  const drag = useRef<Drag | null>(null)
  // The click that follows a drag is not meant for the menu.
  const dragged = useRef(false)
  const [shift, setShift] = useState<number | null>(null)
  const verdict = publicationCan.reschedule(post)
  const at = shift === null ? post.dueAt : instantAt(day, minute + shift, formats.zone)

  const end = () => {
    drag.current = null
    setShift(null)
    onClash(null)
  }
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    dragged.current = false
    if (!movable || event.button !== 0) return
    const track = event.currentTarget.closest('ul')?.getBoundingClientRect()
    if (track) drag.current = { pointerId: event.pointerId, x: event.clientX, width: track.width }
  }
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>) => {
    const start = drag.current
    if (!start) return
    const dx = event.clientX - start.x
    if (shift === null && Math.abs(dx) < dragPixels) return
    if (!verdict.ok) {
      end()
      void message.info(t('cannotMove', { why: say(verdict.reason) }))
      return
    }
    event.currentTarget.setPointerCapture(start.pointerId)
    const minutes = (dx / start.width) * DAY_MINUTES
    dragged.current = true
    setShift(minutes)
    onClash(clashOf(post, new Date(instantAt(day, minute + minutes, formats.zone))))
  }
  const onPointerUp = () => {
    if (shift === null || at === post.dueAt) return end()
    const refused = clashOf(post, new Date(at)).kind === 'refused'
    if (refused) void message.info(clashOf(post, new Date(at)).text)
    // A refusal of the server shows as a toast; the chip is back at its time either way until the list is new.
    else onMove(at).catch(() => {})
    end()
  }
  return (
    <li
      className={styles.place}
      style={{
        left: `${((minute + (shift ?? 0)) / DAY_MINUTES) * 100}%`,
        top: row * 52 + 4,
      }}
    >
      <button
        type="button"
        className={styles.chip}
        data-state={post.state}
        data-dragging={shift === null ? undefined : ''}
        data-publication={post.id}
        aria-label={t('eventLabel', {
          when: formats.dateTime(at),
          platform: '',
          account: post.accountName,
          title: post.contentTitle,
          state: state(post.state),
        })}
        style={{ borderInlineStartColor: platformColor(post.platform) }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={end}
        onKeyDown={(event) => event.key === 'Escape' && end()}
        onClick={(event) => {
          if (!dragged.current) onOpen(event.currentTarget)
          dragged.current = false
        }}
      >
        <span className={styles.chipTop} aria-hidden>
          <span className={styles.chipTime}>{formats.time(at)}</span>
          <PublicationIcon state={post.state} held={isHeld(post)} />
        </span>
        <span className={styles.chipTitle} aria-hidden>
          {post.contentTitle}
        </span>
      </button>
    </li>
  )
}
