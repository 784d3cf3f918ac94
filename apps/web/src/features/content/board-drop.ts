import type { DragEndEvent } from '@dnd-kit/dom'
import type { Board, ContentCard } from '@xingbo/shared/content/content.schema'
import type { Stage } from '@xingbo/shared/content/stage'
import { dropAfter } from './board-data.ts'

export type Dragging = DragEndEvent['operation']
/** Where a card would come to lie: below `afterId`, on top (`null`), or at the bottom (left out). */
export type Drop = { stage: Stage; afterId: string | null | undefined }

/** What cards and columns carry for the drag; set by BoardCard and BoardColumn. */
type Carried = { card?: ContentCard; stage?: Stage }
const carriedBy = (entity: { data: object } | null): Carried => entity?.data ?? {}

export const cardOf = ({ source }: Dragging): ContentCard | null => carriedBy(source).card ?? null

/** The stage and, over a card, the card that lies under the dragged one. */
export function targetOf({ target }: Dragging): { stage: Stage; over: ContentCard | null } | null {
  const { card, stage } = carriedBy(target)
  const at = card?.stage ?? stage
  return at ? { stage: at, over: card ?? null } : null
}

/**
 * Where the dragged card would lie if it were dropped now. The pointer's height among the cards decides; the
 * keyboard takes the place of the card it has jumped to.
 */
export function dropOf(operation: Dragging, board: Board, root: HTMLElement): Drop | null {
  const card = cardOf(operation)
  const target = targetOf(operation)
  if (!card || !target) return null
  const { stage, over } = target
  if (operation.activatorEvent instanceof KeyboardEvent) {
    if (over?.id === card.id) return null
    return { stage, afterId: over ? keyboardPlace(board, card, over) : undefined }
  }
  const cards = [...root.querySelectorAll<HTMLElement>(`[data-column="${stage}"] [data-card]`)].map(
    (element) => {
      const { top, height } = element.getBoundingClientRect()
      return { id: element.dataset.card ?? '', middle: top + height / 2 }
    },
  )
  const others = cards.some(({ id }) => id !== card.id)
  return {
    stage,
    afterId: others ? dropAfter(cards, card.id, operation.position.current.y) : undefined,
  }
}

/** Going down in its own column a card lands below the one it reached, otherwise above it. */
function keyboardPlace(board: Board, card: ContentCard, over: ContentCard): string | null {
  const items = board.columns.find((column) => column.stage === over.stage)?.items ?? []
  const from = items.findIndex((one) => one.id === card.id)
  const to = items.findIndex((one) => one.id === over.id)
  if (from >= 0 && to > from) return over.id
  return items.slice(0, to).findLast((one) => one.id !== card.id)?.id ?? null
}
