import { Accessibility } from '@dnd-kit/dom'
import { mayMove } from '@xingbo/shared/content/content.rules'
import { stageLabels } from '@xingbo/shared/content/stage'
import { useMemo } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { cardOf, type Dragging, targetOf } from './board-drop.ts'
import { contentTexts } from './content.texts.ts'
import { movableOf } from './use-move.tsx'

/** What a screen reader hears while a card is dragged, in the reader's language, refusals included. */
export function useAnnouncements() {
  const t = useTexts(contentTexts)
  const stage = useLabel(stageLabels)
  const say = useSay()
  const { role } = useMe()
  return useMemo(() => {
    const over = (operation: Dragging): string | undefined => {
      const card = cardOf(operation)
      const target = targetOf(operation)
      if (!card || !target || target.over?.id === card.id) return undefined
      const verdict = mayMove(movableOf(card), { role }, target.stage)
      const where = target.over
        ? t('overCard', { stage: stage(target.stage), title: target.over.title })
        : t('overColumn', { stage: stage(target.stage) })
      if (verdict.ok || target.stage === card.stage) return where
      return t('overRefused', { where, reason: say(verdict.reason) })
    }
    return Accessibility.configure({
      announcements: {
        dragstart: ({ operation }: { operation: Dragging }) => {
          const card = cardOf(operation)
          return card ? t('picked', { title: card.title, stage: stage(card.stage) }) : undefined
        },
        dragover: ({ operation }: { operation: Dragging }) => over(operation),
        dragend: ({ operation, canceled }: { operation: Dragging; canceled: boolean }) => {
          const card = cardOf(operation)
          const target = targetOf(operation)
          if (!card) return undefined
          if (canceled || !target) return t('dragCanceled', { title: card.title })
          const verdict = mayMove(movableOf(card), { role }, target.stage)
          if (!verdict.ok && target.stage !== card.stage)
            return t('dropRefused', { reason: say(verdict.reason), title: card.title })
          return t('dropped', { title: card.title, stage: stage(target.stage) })
        },
      },
      screenReaderInstructions: { draggable: t('dragHelp') },
    })
  }, [t, stage, say, role])
}
