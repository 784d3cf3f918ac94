import { useMutation, useQueryClient } from '@tanstack/react-query'
import { formatSuggestions } from '@xingbo/shared/content/content.schema'
import {
  createTopic,
  type Topic,
  topicPriorities,
  topicPriorityLabels,
} from '@xingbo/shared/content/topic.schema'
import { AutoComplete, Form, Input, Radio, Select } from 'antd'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import {
  type Choice,
  useDepartmentChoices,
  useDoctorChoices,
  useLineChoices,
} from './lookup.queries.ts'
import { createTopicMutation, topicQueries, updateTopicMutation } from './topic.queries.ts'
import { topicTexts } from './topic.texts.ts'

type Values = {
  title: string
  doctorId?: string | null
  departmentId?: string | null
  specialtyLineId?: string | null
  format?: string
  audience?: string
  hook?: string
  priority: number
  note?: string
}
const fields = createTopic.body.shape

type TopicDrawerProps = {
  /** What to edit; `'new'` to create; `null` while closed. */
  topic: Topic | 'new' | null
  onClose: () => void
}

export function TopicDrawer({ topic, onClose }: TopicDrawerProps) {
  const t = useTexts(topicTexts)
  const language = useLanguage()
  const client = useQueryClient()
  const create = useMutation(createTopicMutation(client))
  const update = useMutation(updateTopicMutation(client))
  const doctors = useDoctorChoices()
  const departments = useDepartmentChoices()
  const lines = useLineChoices()
  const old = topic === 'new' ? null : topic

  const submit = (values: Values) => {
    const body = {
      ...values,
      doctorId: values.doctorId ?? null,
      departmentId: values.departmentId ?? null,
      specialtyLineId: values.specialtyLineId ?? null,
      format: values.format ?? '',
      audience: values.audience ?? '',
      hook: values.hook ?? '',
      note: values.note ?? '',
    }
    return old
      ? update.mutateAsync({ topicId: old.id, body: { revision: old.revision, ...body } })
      : create.mutateAsync(body)
  }
  const choice = (
    name: 'doctorId' | 'departmentId' | 'specialtyLineId',
    label: string,
    options: Choice[],
  ) => (
    <Form.Item name={name} label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('none')}
        options={options}
      />
    </Form.Item>
  )
  return (
    <FormDrawer<Values>
      open={topic !== null}
      onClose={onClose}
      title={old ? t('edit') : t('create')}
      doneText={old ? undefined : t('created')}
      onSubmit={submit}
      onRefresh={() => client.invalidateQueries({ queryKey: topicQueries.all() })}
      initialValues={
        old
          ? {
              title: old.title,
              doctorId: old.doctor?.id ?? null,
              departmentId: old.department?.id ?? null,
              specialtyLineId: old.specialtyLine?.id ?? null,
              format: old.format,
              audience: old.audience,
              hook: old.hook,
              priority: old.priority,
              note: old.note,
            }
          : { priority: 2, format: formatSuggestions[0] }
      }
    >
      <Form.Item name="title" label={t('title')} required rules={[zodRule(fields.title)]}>
        <Input autoComplete="off" maxLength={80} showCount />
      </Form.Item>
      <Form.Item name="priority" label={t('priority')}>
        <Radio.Group
          options={topicPriorities.map((value) => ({
            value,
            label: topicPriorityLabels[value][language],
          }))}
        />
      </Form.Item>
      {choice('doctorId', t('doctor'), doctors)}
      {choice('departmentId', t('department'), departments)}
      {choice('specialtyLineId', t('line'), lines)}
      <Form.Item name="audience" label={t('audience')} rules={[zodRule(fields.audience)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="hook" label={t('hook')} extra={t('hookHint')} rules={[zodRule(fields.hook)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="format" label={t('format')} rules={[zodRule(fields.format)]}>
        <AutoComplete options={formatSuggestions.map((value) => ({ value }))} />
      </Form.Item>
      <Form.Item name="note" label={t('note')} rules={[zodRule(fields.note)]}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
    </FormDrawer>
  )
}
