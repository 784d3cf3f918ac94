import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import type { ContentItem } from '@xingbo/shared/content/content.schema'
import type { Topic } from '@xingbo/shared/content/topic.schema'
import { Form, Select } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useColleagueChoices, useDoctorChoices } from './lookup.queries.ts'
import { startTopicMutation } from './topic.queries.ts'
import { topicTexts } from './topic.texts.ts'

type Values = {
  doctorId?: string | null
  ownerUserId?: string | null
  platforms: Platform[]
  dueOn?: string | null
}

type StartTopicDrawerProps = {
  topic: Topic | null
  onClose: () => void
  onStarted: (item: ContentItem) => void
}

/** Makes a content item of a topic: who, where, by when. */
export function StartTopicDrawer({ topic, onClose, onStarted }: StartTopicDrawerProps) {
  const t = useTexts(topicTexts)
  const platform = useLabel(platformLabels)
  const me = useMe()
  const start = useMutation(startTopicMutation(useQueryClient()))
  const doctors = useDoctorChoices()
  const people = useColleagueChoices()
  return (
    <FormDrawer<Values>
      open={topic !== null}
      onClose={onClose}
      title={t('startTitle', { title: topic?.title ?? '' })}
      submitLabel={t('start')}
      doneText={t('started')}
      onSubmit={async (values) => {
        if (!topic) return
        const item = await start.mutateAsync({
          topicId: topic.id,
          body: {
            doctorId: values.doctorId ?? null,
            ownerUserId: values.ownerUserId ?? null,
            platforms: values.platforms,
            dueOn: values.dueOn ?? null,
          },
        })
        onStarted(item)
      }}
      initialValues={{
        doctorId: topic?.doctor?.id ?? null,
        ownerUserId: me.userId,
        platforms: [],
        dueOn: null,
      }}
    >
      <p className="soft">{t('startText')}</p>
      <Form.Item name="doctorId" label={t('doctor')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('none')}
          options={doctors}
        />
      </Form.Item>
      <Form.Item name="platforms" label={t('platforms')}>
        <Select
          mode="multiple"
          allowClear
          placeholder={t('none')}
          options={platforms.map((one) => ({ value: one, label: platform(one) }))}
        />
      </Form.Item>
      <Form.Item name="dueOn" label={t('due')}>
        <DayField style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="ownerUserId" label={t('owner')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('none')}
          options={people}
        />
      </Form.Item>
    </FormDrawer>
  )
}
