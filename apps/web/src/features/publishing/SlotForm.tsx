import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { bizDate } from '@xingbo/shared/dates'
import type { PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import { slotFields } from '@xingbo/shared/publishing/slot.schema'
import { Checkbox, Form, Input, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { type SlotValues, saveSlotMutation } from './schedule.queries.ts'
import { slotTexts } from './slots.texts.ts'
import { isoWeekdays, weekdayName } from './weekday-names.ts'

type SlotFormProps = {
  editing: { account: Account; slot: PostingSlot | null } | null
  onClose: () => void
}

/** One posting time: name, days, clock, and from when until when. */
export function SlotForm({ editing, onClose }: SlotFormProps) {
  const t = useTexts(slotTexts)
  const formats = useFormats()
  const language = useLanguage()
  const save = useMutation(saveSlotMutation(useQueryClient()))
  const slot = editing?.slot ?? null
  return (
    <FormDrawer<SlotValues>
      open={editing !== null}
      onClose={onClose}
      title={slot ? t('edit') : t('addTo', { account: editing?.account.displayName ?? '' })}
      initialValues={
        slot ?? {
          weekdays: [1, 2, 3, 4, 5],
          time: '19:30',
          startsOn: bizDate(new Date(), formats.zone),
          endsOn: null,
        }
      }
      onSubmit={(values) =>
        save.mutateAsync({ accountId: editing?.account.id ?? '', slot, values })
      }
    >
      <Form.Item name="name" label={t('name')} required rules={[zodRule(slotFields.name)]}>
        <Input maxLength={20} placeholder={t('nameHint')} />
      </Form.Item>
      <Form.Item
        name="weekdays"
        label={t('weekdays')}
        required
        rules={[zodRule(slotFields.weekdays)]}
      >
        <Checkbox.Group
          options={isoWeekdays.map((day) => ({ value: day, label: weekdayName(day, language) }))}
        />
      </Form.Item>
      <Form.Item name="time" label={t('time')} required rules={[zodRule(slotFields.time)]}>
        <ClockField />
      </Form.Item>
      <Form.Item
        name="startsOn"
        label={t('startsOn')}
        required
        rules={[zodRule(slotFields.startsOn)]}
      >
        <DayField />
      </Form.Item>
      <Form.Item name="endsOn" label={t('endsOn')} extra={t('endsHint')}>
        <DayField />
      </Form.Item>
    </FormDrawer>
  )
}

type ClockFieldProps = { id?: string; value?: string; onChange?: (value: string | null) => void }
/** A wall clock as `HH:mm`. */
function ClockField({ id, value, onChange }: ClockFieldProps) {
  return (
    <TimePicker
      {...(id && { id })}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      value={value ? dayjs(value, 'HH:mm') : null}
      onChange={(time) => onChange?.(time && !Array.isArray(time) ? time.format('HH:mm') : null)}
    />
  )
}
