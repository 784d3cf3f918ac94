import { useQuery } from '@tanstack/react-query'
import { mayMove, stageCan, waysFrom } from '@xingbo/shared/content/content.rules'
import type { ContentCard } from '@xingbo/shared/content/content.schema'
import { stageLabels } from '@xingbo/shared/content/stage'
import { Dropdown, type MenuProps } from 'antd'
import { type ReactElement, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { contentQueries } from './content.queries.ts'
import { contentTexts } from './content.texts.ts'
import styles from './MoveMenu.module.css'
import { type Movement, movableOf } from './use-move.tsx'

type MoveMenuProps = {
  card: ContentCard
  onMove: (movement: Movement) => void
  /** On the board a card can also change its place in the column. */
  places?: boolean
  /** More entries below the moves. */
  more?: NonNullable<MenuProps['items']>
  children: ReactElement
}

/**
 * What dragging does, without a mouse: every step the line offers from here, those not possible now with the
 * rule's sentence. The facts are asked when the menu opens.
 */
export function MoveMenu({ card, onMove, places = false, more = [], children }: MoveMenuProps) {
  const t = useTexts(contentTexts)
  const stage = useLabel(stageLabels)
  const say = useSay()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const { data: item } = useQuery({ ...contentQueries.detail(card.id), enabled: open })

  const movable = movableOf(card)
  const moves = waysFrom(movable).map((to) => {
    const verdict = item ? stageCan(movable, item.facts, me, to) : mayMove(movable, me, to)
    return {
      key: to,
      disabled: !verdict.ok,
      label: (
        <span className={styles.entry}>
          {stage(to)}
          {!verdict.ok && <span className={styles.reason}>{say(verdict.reason)}</span>}
        </span>
      ),
      onClick: () => onMove({ card, to, tell: true }),
    }
  })
  const order = [
    {
      key: 'top',
      label: t('toTop'),
      onClick: () => onMove({ card, to: card.stage, afterId: null }),
    },
  ]
  const items: MenuProps['items'] = [
    ...(moves.length > 0
      ? [{ key: 'moves', type: 'group' as const, label: t('moveTo'), children: moves }]
      : []),
    ...(places ? [{ key: 'line', type: 'divider' as const }, ...order] : []),
    ...(more.length > 0 ? [{ key: 'line2', type: 'divider' as const }, ...more] : []),
  ]
  return (
    <Dropdown
      menu={{ items, className: styles.menu ?? '' }}
      trigger={['click']}
      onOpenChange={setOpen}
      placement="bottomRight"
    >
      {children}
    </Dropdown>
  )
}
