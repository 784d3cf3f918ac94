import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Hold, reasonText } from '@xingbo/shared/content/hold.schema'
import { Form, Input } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { liftHoldMutation } from './hold.queries.ts'
import { holdListTexts } from './hold-list.texts.ts'

/** Ends a hold, with the reason why it may go on. */
export function LiftDrawer({ hold, onClose }: { hold: Hold | null; onClose: () => void }) {
  const t = useTexts(holdListTexts)
  const lift = useMutation(liftHoldMutation(useQueryClient()))
  return (
    <FormDrawer<{ reason: string }>
      open={hold !== null}
      onClose={onClose}
      title={t('liftTitle', { name: hold?.subjectName ?? '' })}
      submitLabel={t('lift')}
      doneText={t('lifted')}
      onSubmit={async ({ reason }) => {
        if (hold) await lift.mutateAsync({ holdId: hold.id, reason })
      }}
    >
      <Form.Item name="reason" label={t('reason')} required rules={[zodRule(reasonText)]}>
        <Input.TextArea rows={3} maxLength={300} showCount />
      </Form.Item>
    </FormDrawer>
  )
}
