import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  specialtyLineFields as fields,
  type SpecialtyLine,
} from '@xingbo/shared/institutions/specialty-line.schema'
import { Form, Input, InputNumber, Select } from 'antd'
import { departmentChoices, doctorChoices } from '../../lib/choices.ts'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { createLineMutation, lineQueries, updateLineMutation } from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'

type Values = {
  name: string
  departmentId?: string
  leadDoctorId?: string
  startedOn?: string | null
  monthlyBudget?: number | null
  targetVisitsPerMonth?: number | null
  breakEvenBy?: string | null
}

type LineDrawerProps = {
  /** Which to edit; `'new'` to add one; `null` while closed. */
  line: SpecialtyLine | 'new' | null
  onClose: () => void
}

/** The budget is typed in yuan and kept in fen. */
const bodyOf = ({ name, monthlyBudget, ...values }: Values) => ({
  name,
  departmentId: values.departmentId ?? null,
  leadDoctorId: values.leadDoctorId ?? null,
  startedOn: values.startedOn ?? null,
  monthlyBudgetFen: monthlyBudget == null ? null : Math.round(monthlyBudget * 100),
  targetVisitsPerMonth: values.targetVisitsPerMonth ?? null,
  breakEvenBy: values.breakEvenBy ?? null,
})

const valuesOf = (line: SpecialtyLine): Partial<Values> => ({
  name: line.name,
  ...(line.departmentId && { departmentId: line.departmentId }),
  ...(line.leadDoctorId && { leadDoctorId: line.leadDoctorId }),
  startedOn: line.startedOn,
  monthlyBudget: line.monthlyBudgetFen === null ? null : line.monthlyBudgetFen / 100,
  targetVisitsPerMonth: line.targetVisitsPerMonth,
  breakEvenBy: line.breakEvenBy,
})

export function LineDrawer({ line, onClose }: LineDrawerProps) {
  const t = useTexts(institutionTexts)
  const client = useQueryClient()
  const create = useMutation(createLineMutation(client))
  const update = useMutation(updateLineMutation(client))
  const departments = useQuery({ ...departmentChoices, enabled: line !== null })
  const doctors = useQuery({ ...doctorChoices, enabled: line !== null })
  const old = line === 'new' ? null : line
  return (
    <FormDrawer<Values>
      open={line !== null}
      onClose={onClose}
      title={old ? t('editLine') : t('addLine')}
      initialValues={old ? valuesOf(old) : {}}
      onSubmit={(values) =>
        old
          ? update.mutateAsync({
              params: { lineId: old.id },
              body: { revision: old.revision, ...bodyOf(values) },
            })
          : create.mutateAsync(bodyOf(values))
      }
      {...(old && { onRefresh: () => client.invalidateQueries({ queryKey: lineQueries.all() }) })}
    >
      <Form.Item name="name" label={t('lineName')} required rules={[zodRule(fields.name)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="departmentId" label={t('department')}>
        <Select
          allowClear
          placeholder={t('none')}
          loading={departments.isPending}
          options={departments.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="leadDoctorId" label={t('leadDoctor')}>
        <Select
          allowClear
          placeholder={t('none')}
          showSearch={{ optionFilterProp: 'label' }}
          loading={doctors.isPending}
          options={doctors.data?.items.map((doctor) => ({
            value: doctor.id,
            label: `${doctor.name} · ${doctor.departmentName}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="startedOn" label={t('startedOn')}>
        <DayField />
      </Form.Item>
      <Form.Item name="monthlyBudget" label={t('monthlyBudget')}>
        <InputNumber<number>
          min={0}
          max={10_000_000}
          precision={2}
          suffix={t('yuan')}
          style={{ width: 200 }}
        />
      </Form.Item>
      <Form.Item name="targetVisitsPerMonth" label={t('targetVisits')}>
        <InputNumber<number>
          min={0}
          max={100_000}
          precision={0}
          suffix={t('people')}
          style={{ width: 200 }}
        />
      </Form.Item>
      <Form.Item name="breakEvenBy" label={t('breakEvenBy')}>
        <DayField />
      </Form.Item>
    </FormDrawer>
  )
}
