import { Accessibility, Feedback, KeyboardSensor, PointerSensor } from '@dnd-kit/dom'
import { DragDropProvider } from '@dnd-kit/react'
import { mayMove } from '@xingbo/shared/content/content.rules'
import type { Board as BoardData, ContentCard } from '@xingbo/shared/content/content.schema'
import type { Stage } from '@xingbo/shared/content/stage'
import { useCallback, useRef, useState } from 'react'
import { useLanguage } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import styles from './Board.module.css'
import { BoardColumn, FoldedColumn } from './BoardColumn.tsx'
import { staysPut } from './board-data.ts'
import { cardOf, type Dragging, type Drop, dropOf } from './board-drop.ts'
import { useAnnouncements } from './use-announcements.ts'
import { movableOf, useMove } from './use-move.tsx'

/** Beside the line: closed until somebody wants to see them. */
export const sideStages = ['archived', 'on_hold', 'rejected', 'recalled'] as const
export type SideStage = (typeof sideStages)[number]
const isSide = (stage: Stage): stage is SideStage => sideStages.some((side) => side === stage)

const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * The whole card can be dragged by mouse and by a long touch, its title included; the keyboard takes it by its
 * handle. The card's menu keeps its clicks to itself.
 */
const sensors = [
  PointerSensor.configure({
    activatorElements: (source) => [source.element],
    preventActivation: (event, source) =>
      event.target instanceof Element &&
      !source.handle?.contains(event.target) &&
      event.target.closest('button') !== null,
  }),
  KeyboardSensor,
]
const feedback = Feedback.configure({ dropAnimation: still ? null : { duration: 180 } })

type BoardProps = {
  board: BoardData
  /** Side columns shown whole. */
  open: readonly SideStage[]
  onOpen: (open: SideStage[]) => void
  onMore: (stage: Stage, limit: number) => void
}

/** The line from left to right; a card is dragged to its next step or to another place in its column. */
export function Board({ board, open, onOpen, onMore }: BoardProps) {
  const me = useMe()
  const language = useLanguage()
  const { start, dialog } = useMove()
  const place = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<ContentCard | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)
  const announcements = useAnnouncements()

  const follow = (operation: Dragging) => {
    const next = place.current && dropOf(operation, board, place.current)
    setDrop((now) =>
      now?.stage === next?.stage && now?.afterId === next?.afterId ? now : (next ?? null),
    )
  }
  const finish = (operation: Dragging) => {
    const card = cardOf(operation)
    const to = place.current && dropOf(operation, board, place.current)
    setDragged(null)
    setDrop(null)
    if (!card || !to || operation.canceled) return
    const column = board.columns.find(({ stage }) => stage === to.stage)
    const same = to.stage === card.stage
    if (same && (to.afterId === undefined || staysPut(column?.items ?? [], card.id, to.afterId)))
      return
    start({ card, to: to.stage, afterId: to.afterId })
  }
  const stateOf = (stage: Stage) => {
    if (!dragged) return 'idle'
    if (stage === dragged.stage) return 'open'
    return mayMove(movableOf(dragged), me, stage).ok ? 'open' : 'closed'
  }
  const onClose = useCallback(
    (stage: Stage) => onOpen(open.filter((one) => one !== stage)),
    [open, onOpen],
  )
  return (
    <DragDropProvider
      key={language}
      sensors={sensors}
      plugins={(defaults) => [
        ...defaults.filter((plugin) => plugin !== Accessibility && plugin !== Feedback),
        feedback,
        announcements,
      ]}
      onDragStart={({ operation }) => setDragged(cardOf(operation))}
      onDragMove={({ operation }) => follow(operation)}
      onDragOver={({ operation }) => follow(operation)}
      onDragEnd={({ operation }) => finish(operation)}
    >
      <div ref={place} className={styles.board}>
        {board.columns.map((column) =>
          isSide(column.stage) && !open.includes(column.stage) ? (
            <FoldedColumn
              key={column.stage}
              column={column}
              state={stateOf(column.stage)}
              target={drop?.stage === column.stage}
              onOpen={(stage) => isSide(stage) && onOpen([...open, stage])}
            />
          ) : (
            <BoardColumn
              key={column.stage}
              column={column}
              state={stateOf(column.stage)}
              target={drop?.stage === column.stage}
              markAfter={drop?.stage === column.stage ? drop.afterId : undefined}
              onMove={start}
              onMore={onMore}
              onClose={isSide(column.stage) ? onClose : undefined}
            />
          ),
        )}
      </div>
      {dialog}
    </DragDropProvider>
  )
}
