import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Doctor, doctorFields as fields } from '@xingbo/shared/doctors/doctor.schema'
import { Form, Input, InputNumber, Select } from 'antd'
import { departmentChoices } from '../../lib/choices.ts'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { createDoctorMutation, doctorQueries, updateDoctorMutation } from './doctor.queries.ts'
import { doctorTexts } from './doctor.texts.ts'

type Values = Pick<Doctor, keyof typeof fields>

type DoctorDrawerProps = {
  /** Whom to edit; `'new'` to add somebody; `null` while closed. */
  doctor: Doctor | 'new' | null
  onClose: () => void
  /** Where to go once somebody was added. */
  onCreated?: (doctorId: string) => void
}

const valuesOf = (doctor: Doctor): Values => ({
  departmentId: doctor.departmentId,
  name: doctor.name,
  title: doctor.title,
  scope: doctor.scope,
  primaryPractice: doctor.primaryPractice,
  specialties: doctor.specialties,
  internetScienceFiledOn: doctor.internetScienceFiledOn,
  minutesPerWeek: doctor.minutesPerWeek,
})

export function DoctorDrawer({ doctor, onClose, onCreated }: DoctorDrawerProps) {
  const t = useTexts(doctorTexts)
  const client = useQueryClient()
  const create = useMutation(createDoctorMutation(client))
  const update = useMutation(updateDoctorMutation(client))
  const departments = useQuery({ ...departmentChoices, enabled: doctor !== null })
  const old = doctor === 'new' ? null : doctor
  const submit = async (values: Values) => {
    if (old) {
      const body = { revision: old.revision, ...values }
      await update.mutateAsync({ params: { doctorId: old.id }, body })
      return
    }
    const { id } = await create.mutateAsync(values)
    onCreated?.(id)
  }
  return (
    <FormDrawer<Values>
      open={doctor !== null}
      onClose={onClose}
      title={old ? t('editDoctor') : t('addDoctor')}
      initialValues={old ? valuesOf(old) : { specialties: [] }}
      onSubmit={submit}
      {...(old && { onRefresh: () => client.invalidateQueries({ queryKey: doctorQueries.all() }) })}
    >
      <Form.Item name="name" label={t('name')} required rules={[zodRule(fields.name)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="departmentId"
        label={t('department')}
        required
        rules={[zodRule(fields.departmentId)]}
      >
        <Select
          loading={departments.isPending}
          options={departments.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="title" label={t('doctorTitle')} rules={[zodRule(fields.title)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="scope"
        label={t('scope')}
        extra={t('scopeHint')}
        rules={[zodRule(fields.scope)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="primaryPractice"
        label={t('primaryPractice')}
        extra={t('primaryPracticeHint')}
        rules={[zodRule(fields.primaryPractice)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="specialties"
        label={t('specialties')}
        extra={t('specialtiesHint')}
        rules={[zodRule(fields.specialties)]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={['、', ',', '，', ' ']}
        />
      </Form.Item>
      <Form.Item name="internetScienceFiledOn" label={t('filedOn')} extra={t('filedOnHint')}>
        <DayField />
      </Form.Item>
      <Form.Item name="minutesPerWeek" label={t('minutesPerWeek')}>
        <InputNumber<number>
          min={0}
          max={2400}
          precision={0}
          suffix={t('minutes')}
          style={{ width: 160 }}
        />
      </Form.Item>
    </FormDrawer>
  )
}
