import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  contentCan,
  type Movable,
  mayMove,
  moveNeedsReason,
} from '@xingbo/shared/content/content.rules'
import { type ContentCard, moveContent } from '@xingbo/shared/content/content.schema'
import { type Stage, stageLabels } from '@xingbo/shared/content/stage'
import { App, Form, Input, Modal } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { moveContentMutation } from './content.queries.ts'
import { contentTexts } from './content.texts.ts'

export type Movement = {
  card: ContentCard
  to: Stage
  /** The card it comes to lie below, null for the top of the column; left out: the bottom. */
  afterId?: string | null | undefined
  /** Say that it was done; a drag shows it by itself. */
  tell?: boolean
}

/** What the rules ask of a card. */
export const movableOf = (card: ContentCard): Movable => ({
  stage: card.stage,
  resumeStage: card.resumeStage,
  doctorId: card.doctor?.id ?? null,
})

/**
 * Moves a card: what the line never allows is refused at once with the rule's sentence, what needs a reason
 * asks for it, the rest is shown as done and taken back if the server refuses. `dialog` must be drawn.
 */
export function useMove(): { start: (movement: Movement) => void; dialog: ReactNode } {
  const t = useTexts(contentTexts)
  const stage = useLabel(stageLabels)
  const say = useSay()
  const me = useMe()
  const { message } = App.useApp()
  const { mutate } = useMutation(moveContentMutation(useQueryClient()))
  const [asking, setAsking] = useState<Movement | null>(null)

  const go = useCallback(
    ({ card, to, afterId, tell }: Movement, reason = '') =>
      mutate(
        { contentId: card.id, body: { revision: card.revision, to, reason, afterId } },
        {
          onSuccess: () => {
            if (tell && to !== card.stage)
              void message.success(t('moved', { title: card.title, stage: stage(to) }))
          },
        },
      ),
    [mutate, message, t, stage],
  )
  const start = useCallback(
    (movement: Movement) => {
      const { card, to } = movement
      const verdict = to === card.stage ? contentCan.place(me) : mayMove(movableOf(card), me, to)
      if (!verdict.ok) void message.warning(say(verdict.reason), 5)
      else if (moveNeedsReason(card.stage, to)) setAsking(movement)
      else go(movement)
    },
    [me, message, say, go],
  )
  const dialog = (
    <ReasonDialog
      movement={asking}
      onClose={() => setAsking(null)}
      onReason={(reason) => {
        if (asking) go({ ...asking, tell: true }, reason)
        setAsking(null)
      }}
    />
  )
  return { start, dialog }
}

const reasonRule = zodRule(moveContent.body.shape.reason.unwrap().min(2))

const words = {
  on_hold: { title: 'reasonTitleHold', verb: 'hold', hint: 'reasonHint' },
  rejected: { title: 'reasonTitleReject', verb: 'reject', hint: 'reasonHint' },
  recalled: { title: 'reasonTitleRecall', verb: 'recall', hint: 'recallHint' },
  back: { title: 'reasonTitleBack', verb: 'back', hint: 'reasonHint' },
} as const

type ReasonDialogProps = {
  movement: Movement | null
  onClose: () => void
  onReason: (reason: string) => void
}

function ReasonDialog({ movement, onClose, onReason }: ReasonDialogProps) {
  const t = useTexts(contentTexts)
  const stage = useLabel(stageLabels)
  const [form] = Form.useForm<{ reason: string }>()
  const to = movement?.to
  const say = words[to === 'on_hold' || to === 'rejected' || to === 'recalled' ? to : 'back']
  return (
    <Modal
      open={movement !== null}
      title={movement && t(say.title, { title: movement.card.title, stage: stage(movement.to) })}
      okText={t(say.verb)}
      okButtonProps={{ danger: say !== words.back }}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={({ reason }) => onReason(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          extra={t(say.hint)}
          required
          rules={[reasonRule]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={300} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
