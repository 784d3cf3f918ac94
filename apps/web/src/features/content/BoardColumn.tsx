import LeftOutlined from '@ant-design/icons/LeftOutlined'
import { useDroppable } from '@dnd-kit/react'
import { Link } from '@tanstack/react-router'
import type { Board } from '@xingbo/shared/content/content.schema'
import { stageLabels } from '@xingbo/shared/content/stage'
import { Button } from 'antd'
import { memo } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { BoardCard } from './BoardCard.tsx'
import styles from './BoardColumn.module.css'
import { contentTexts } from './content.texts.ts'
import type { Movement } from './use-move.tsx'

export type Column = Board['columns'][number]

/** Cards a column starts with: about three screens of them. */
export const CARDS_AT_ONCE = 30
/** Cards each 再显示 adds. */
const CARDS_MORE = 60
/** The API's own bound for one column. */
export const MOST_CARDS = 500

type BoardColumnProps = {
  column: Column
  /** While something is dragged: whether the line lets it come here. */
  state: 'idle' | 'open' | 'closed'
  /** Where the dragged card would lie; undefined: not here, or at the end. */
  markAfter?: string | null | undefined
  target: boolean
  onMove: (movement: Movement) => void
  onMore: (stage: Column['stage'], limit: number) => void
  onClose?: ((stage: Column['stage']) => void) | undefined
}

/** One stage with its first cards; the rest is counted and shown on demand. */
export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const { column, state, markAfter, target, onMove, onMore, onClose } = props
  const { stage, items, total, overdue } = column
  const t = useTexts(contentTexts)
  const label = useLabel(stageLabels)
  const may = useMay()
  // A card under the pointer says more than the column around it.
  const { ref } = useDroppable({
    id: `column-${stage}`,
    accept: 'card',
    data: { stage },
    collisionPriority: 1,
  })
  const shown = Math.min(MOST_CARDS, items.length + CARDS_MORE)
  const first = items[0]
  return (
    <section
      ref={ref}
      className={styles.column}
      data-column={stage}
      data-state={state}
      data-target={target || undefined}
      aria-labelledby={`column-${stage}`}
    >
      <header className={styles.head}>
        <h2 id={`column-${stage}`} className={styles.name}>
          {label(stage)}
        </h2>
        <span className={styles.count}>{total}</span>
        {overdue > 0 && <span className={styles.late}>{t('overdueCount', { n: overdue })}</span>}
        {stage === 'ready' && items.length > 0 && may('POST /api/schedule/batches') && (
          <Link
            to="/calendar"
            search={{ batch: items.map(({ id }) => id) }}
            className={styles.action ?? ''}
          >
            {t('scheduleMany')}
          </Link>
        )}
        {onClose && (
          <Button
            type="text"
            size="small"
            className={styles.close ?? ''}
            aria-label={t('closeColumn', { stage: label(stage) })}
            icon={<LeftOutlined aria-hidden />}
            onClick={() => onClose(stage)}
          />
        )}
      </header>
      <ul className={styles.cards}>
        {items.map((card, index) => (
          <li key={card.id}>
            <BoardCard
              card={card}
              index={index}
              mark={
                markAfter === null && card === first
                  ? 'before'
                  : markAfter === card.id
                    ? 'after'
                    : undefined
              }
              onMove={onMove}
            />
          </li>
        ))}
        {items.length === 0 && <li className={styles.empty}>{t('emptyColumn')}</li>}
        {items.length < total && items.length < MOST_CARDS && (
          <li>
            <Button block type="dashed" onClick={() => onMore(stage, shown)}>
              {t('more', { n: Math.min(CARDS_MORE, total - items.length), total })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
})

/** A stage beside the line: its name and count only, until somebody opens it; cards can be dropped on it. */
export function FoldedColumn({
  column: { stage, total },
  state,
  target,
  onOpen,
}: {
  column: Column
  state: BoardColumnProps['state']
  target: boolean
  onOpen: (stage: Column['stage']) => void
}) {
  const t = useTexts(contentTexts)
  const label = useLabel(stageLabels)
  const { ref } = useDroppable({
    id: `column-${stage}`,
    accept: 'card',
    data: { stage },
    collisionPriority: 1,
  })
  return (
    <button
      ref={ref}
      type="button"
      className={styles.folded}
      data-column={stage}
      data-state={state}
      data-target={target || undefined}
      aria-expanded={false}
      title={t('openColumn', { stage: label(stage), n: total })}
      onClick={() => onOpen(stage)}
    >
      <span className={styles.count}>{total}</span>
      <span className={styles.foldedName}>{label(stage)}</span>
    </button>
  )
}
