import type { Board, ContentCard } from '@xingbo/shared/content/content.schema'
import type { Stage } from '@xingbo/shared/content/stage'

/** Where a card lies on a board, if it is among those shown. */
export function findCard(board: Board, id: string): ContentCard | undefined {
  for (const { items } of board.columns) {
    const card = items.find((one) => one.id === id)
    if (card) return card
  }
  return undefined
}

/**
 * The board as it will look once the server has agreed: the card leaves its column and comes to lie below
 * `afterId` in the other (`null`: on top; left out: at the bottom), and the counts follow.
 */
export function moveOnBoard(
  board: Board,
  id: string,
  to: Stage,
  afterId: string | null | undefined,
): Board {
  const card = findCard(board, id)
  if (!card) return board
  const moved: ContentCard = { ...card, stage: to }
  return {
    columns: board.columns.map((column) => {
      const left = column.stage === card.stage
      const enters = column.stage === to
      if (!left && !enters) return column
      const items = column.items.filter((one) => one.id !== id)
      if (enters) {
        const above = afterId ? items.findIndex((one) => one.id === afterId) : -1
        // At the bottom of a column that is not shown whole, the card is among those not shown.
        const whole = column.items.length === column.total
        if (afterId === null) items.unshift(moved)
        else if (above >= 0) items.splice(above + 1, 0, moved)
        else if (whole) items.push(moved)
      }
      const late = Number(card.overdue)
      return {
        ...column,
        items,
        total: column.total + Number(enters) - Number(left),
        overdue: column.overdue + (enters ? late : 0) - (left ? late : 0),
      }
    }),
  }
}

/** The card below which something dropped at height `y` comes to lie; `null` is the top of the column. */
export function dropAfter(
  cards: readonly { id: string; middle: number }[],
  movingId: string,
  y: number,
): string | null {
  let after: string | null = null
  for (const card of cards) {
    if (card.id === movingId) continue
    if (card.middle > y) break
    after = card.id
  }
  return after
}

/**
 * Whether dropping there changes nothing: same column, and the card above is the one that was above anyway.
 */
export function staysPut(
  column: readonly { id: string }[],
  movingId: string,
  afterId: string | null,
): boolean {
  const at = column.findIndex((one) => one.id === movingId)
  return at >= 0 && (column[at - 1]?.id ?? null) === afterId
}
