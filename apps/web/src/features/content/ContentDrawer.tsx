import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { contentCan } from '@xingbo/shared/content/content.rules'
import {
  type ContentItem,
  createContent,
  formatSuggestions,
} from '@xingbo/shared/content/content.schema'
import { type Nature, natureLabels, natures, stageLabels } from '@xingbo/shared/content/stage'
import { type Verdict, yes } from '@xingbo/shared/verdict'
import { AutoComplete, Form, Input, Radio, Select } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { contentQueries, createContentMutation, updateContentMutation } from './content.queries.ts'
import { contentTexts } from './content.texts.ts'
import {
  type Choice,
  useColleagueChoices,
  useDepartmentChoices,
  useDoctorChoices,
  useLineChoices,
} from './lookup.queries.ts'
import { movableOf } from './use-move.tsx'

type Values = {
  title: string
  stage: 'topic' | 'scripting'
  doctorId?: string | null
  departmentId?: string | null
  specialtyLineId?: string | null
  ownerUserId?: string | null
  producerUserId?: string | null
  platforms: Platform[]
  dueOn?: string | null
  nature: Nature
  format?: string
}
const fields = createContent.body.shape

type ContentDrawerProps = {
  /** What to edit; `'new'` to create; `null` while closed. */
  content: ContentItem | 'new' | null
  onClose: () => void
  onCreated?: (item: ContentItem) => void
}

/** Creates an item, or changes what it is called, who works on it and when it is due. */
export function ContentDrawer({ content, onClose, onCreated }: ContentDrawerProps) {
  const t = useTexts(contentTexts)
  const say = useSay()
  const stage = useLabel(stageLabels)
  const platform = useLabel(platformLabels)
  const nature = useLabel(natureLabels)
  const me = useMe()
  const client = useQueryClient()
  const create = useMutation(createContentMutation(client))
  const update = useMutation(updateContentMutation(client))
  const doctors = useDoctorChoices()
  const departments = useDepartmentChoices()
  const lines = useLineChoices()
  const people = useColleagueChoices()
  const producers = useColleagueChoices(['producer'])

  const old = content === 'new' ? null : content
  const mayChange: { doctor: Verdict; nature: Verdict } = old
    ? {
        doctor: contentCan.changeDoctor(movableOf(old)),
        nature: contentCan.changeNature(movableOf(old)),
      }
    : { doctor: yes, nature: yes }

  const submit = async ({ stage: start, ...values }: Values) => {
    const body = {
      ...values,
      doctorId: values.doctorId ?? null,
      departmentId: values.departmentId ?? null,
      specialtyLineId: values.specialtyLineId ?? null,
      ownerUserId: values.ownerUserId ?? null,
      producerUserId: values.producerUserId ?? null,
      dueOn: values.dueOn ?? null,
      format: values.format ?? '',
    }
    if (old)
      return update.mutateAsync({ contentId: old.id, body: { revision: old.revision, ...body } })
    onCreated?.(await create.mutateAsync({ ...body, stage: start }))
  }
  const choice = (
    name: 'doctorId' | 'departmentId' | 'specialtyLineId' | 'ownerUserId' | 'producerUserId',
    label: string,
    options: Choice[],
    verdict: Verdict = yes,
  ) => (
    <Form.Item name={name} label={label} extra={verdict.ok ? undefined : say(verdict.reason)}>
      <Select
        allowClear
        disabled={!verdict.ok}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('none')}
        options={options}
      />
    </Form.Item>
  )
  return (
    <FormDrawer<Values>
      open={content !== null}
      onClose={onClose}
      title={old ? t('edit') : t('create')}
      doneText={old ? undefined : t('created')}
      onSubmit={submit}
      onRefresh={() => client.invalidateQueries({ queryKey: contentQueries.all() })}
      initialValues={
        old
          ? {
              title: old.title,
              doctorId: old.doctor?.id ?? null,
              departmentId: old.department?.id ?? null,
              specialtyLineId: old.specialtyLine?.id ?? null,
              ownerUserId: old.owner?.id ?? null,
              producerUserId: old.producer?.id ?? null,
              platforms: old.platforms,
              dueOn: old.dueOn,
              nature: old.nature,
              format: old.format,
            }
          : {
              stage: 'scripting',
              nature: 'science',
              format: formatSuggestions[0],
              platforms: [],
              ownerUserId: me.userId,
            }
      }
    >
      <Form.Item
        name="title"
        label={t('title')}
        extra={t('titleHint')}
        required
        rules={[zodRule(fields.title)]}
      >
        <Input autoComplete="off" maxLength={80} showCount />
      </Form.Item>
      {!old && (
        <Form.Item name="stage" label={t('startAt')}>
          <Radio.Group
            options={(['topic', 'scripting'] as const).map((one) => ({
              value: one,
              label: stage(one),
            }))}
          />
        </Form.Item>
      )}
      {choice('doctorId', t('doctor'), doctors, mayChange.doctor)}
      {choice('departmentId', t('department'), departments)}
      {choice('specialtyLineId', t('line'), lines)}
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
      {choice('ownerUserId', t('owner'), people)}
      {choice('producerUserId', t('producer'), producers)}
      <Form.Item
        name="nature"
        label={t('nature')}
        extra={mayChange.nature.ok ? t('natureHint') : say(mayChange.nature.reason)}
      >
        <Select
          disabled={!mayChange.nature.ok}
          options={natures.map((one) => ({ value: one, label: nature(one) }))}
        />
      </Form.Item>
      <Form.Item name="format" label={t('format')} rules={[zodRule(fields.format)]}>
        <AutoComplete options={formatSuggestions.map((value) => ({ value }))} />
      </Form.Item>
    </FormDrawer>
  )
}
