import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { type HoldKind, reasonText } from '@xingbo/shared/content/hold.schema'
import { Form, Input, Radio } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { contentTexts } from './content.texts.ts'
import { placeHoldMutation } from './hold.queries.ts'

type Values = { kind: HoldKind; reason: string }

/** Stops this item, or everything of its doctor or topic, from being published. */
export function HoldDrawer({ item, onClose }: { item: ContentItem | null; onClose: () => void }) {
  const t = useTexts(contentTexts)
  const place = useMutation(placeHoldMutation(useQueryClient()))
  const subjects: { kind: HoldKind; id: string; label: string }[] = item
    ? [
        { kind: 'content', id: item.id, label: t('holdContent') },
        ...(item.doctor
          ? [
              {
                kind: 'doctor' as const,
                id: item.doctor.id,
                label: t('holdDoctor', { name: item.doctor.name }),
              },
            ]
          : []),
        ...(item.topic
          ? [
              {
                kind: 'topic' as const,
                id: item.topic.id,
                label: t('holdTopic', { name: item.topic.title }),
              },
            ]
          : []),
      ]
    : []
  return (
    <FormDrawer<Values>
      open={item !== null}
      onClose={onClose}
      title={t('placeHoldTitle')}
      submitLabel={t('hold')}
      doneText={t('holdPlaced')}
      onSubmit={async ({ kind, reason }) => {
        const subject = subjects.find((one) => one.kind === kind)
        if (subject) await place.mutateAsync({ kind, subjectId: subject.id, reason })
      }}
      initialValues={{ kind: 'content' }}
    >
      <p className="soft">{t('placeHoldText')}</p>
      <Form.Item name="kind" label={t('holdWhat')}>
        <Radio.Group
          vertical
          options={subjects.map(({ kind, label }) => ({ value: kind, label }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} required rules={[zodRule(reasonText)]}>
        <Input.TextArea rows={3} maxLength={300} showCount />
      </Form.Item>
    </FormDrawer>
  )
}
