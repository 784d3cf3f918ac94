import HolderOutlined from '@ant-design/icons/HolderOutlined'
import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { SortableKeyboardPlugin } from '@dnd-kit/dom/sortable'
import { useSortable } from '@dnd-kit/react/sortable'
import { Link } from '@tanstack/react-router'
import type { ContentCard } from '@xingbo/shared/content/content.schema'
import { Button } from 'antd'
import { memo } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './BoardCard.module.css'
import { CardMarks } from './CardFacts.tsx'
import { contentTexts } from './content.texts.ts'
import { MoveMenu } from './MoveMenu.tsx'
import type { Movement } from './use-move.tsx'

/** Arrow keys jump from card to card; the list itself stays still until the card is dropped. */
const plugins = [SortableKeyboardPlugin]

type BoardCardProps = {
  card: ContentCard
  index: number
  /** Where the dragged card would come to lie. */
  mark: 'before' | 'after' | undefined
  onMove: (movement: Movement) => void
}

/** One item on the board: dragged by its body or, with the keyboard, by its handle; its menu does the same. */
export const BoardCard = memo(function BoardCard({ card, index, mark, onMove }: BoardCardProps) {
  const t = useTexts(contentTexts)
  const formats = useFormats()
  const { ref, handleRef, isDragSource } = useSortable({
    id: card.id,
    index,
    type: 'card',
    data: { card },
    plugins,
    transition: null,
  })
  return (
    <article
      ref={ref}
      className={styles.card}
      data-card={card.id}
      data-mark={mark}
      data-dragging={isDragSource || undefined}
    >
      <div className={styles.head}>
        <Link
          to="/contents/$contentId"
          params={{ contentId: card.id }}
          className={styles.title}
          draggable={false}
        >
          {card.title}
        </Link>
        <MoveMenu card={card} onMove={onMove} places>
          <Button
            type="text"
            size="small"
            className={styles.tool ?? ''}
            aria-label={t('cardMenu', { title: card.title })}
            icon={<MoreOutlined aria-hidden />}
          />
        </MoveMenu>
        <button
          ref={handleRef}
          type="button"
          className={styles.handle}
          aria-label={t('drag', { title: card.title })}
          aria-roledescription={t('draggable')}
        >
          <HolderOutlined aria-hidden />
        </button>
      </div>
      {(card.doctor || card.specialtyLine) && (
        <p className={styles.facts}>
          {[card.doctor?.name, card.specialtyLine?.name].filter(Boolean).join(' · ')}
        </p>
      )}
      {card.stageReason && <p className={styles.reason}>{card.stageReason}</p>}
      <div className={styles.marks}>
        <CardMarks card={card} />
      </div>
      <div className={styles.foot}>
        <span className={styles.platforms}>
          {card.platforms.map((platform) => (
            <PlatformBadge key={platform} platform={platform} name={null} size="small" />
          ))}
        </span>
        <span className={styles.owner}>{card.owner?.name}</span>
        {card.dueOn && (
          <time dateTime={card.dueOn} className={card.overdue ? styles.late : undefined}>
            {card.overdue && `${t('late')} `}
            {formats.day(card.dueOn)}
          </time>
        )}
      </div>
    </article>
  )
})
