import { bizDate, instantOf } from '@xingbo/shared/dates'
import { DatePicker, type DatePickerProps } from 'antd'
import dayjs from 'dayjs'
import { formatsFor, useFormats } from '../lib/formats.ts'
import { useLanguage } from '../lib/i18n.ts'

type FieldProps = Pick<DatePickerProps, 'id' | 'disabled' | 'placeholder' | 'style' | 'status'> & {
  value?: string | null
  onChange?: (value: string | null) => void
}

const dayForm = 'YYYY-MM-DD'
const instantForm = `${dayForm} HH:mm`

/** A calendar day as `YYYY-MM-DD`, for `Form.Item`s: certificates, periods. */
export function DayField({ value, onChange, ...field }: FieldProps) {
  return (
    <DatePicker
      {...field}
      value={value ? dayjs(value, dayForm) : null}
      onChange={(next) => onChange?.(next && !Array.isArray(next) ? next.format(dayForm) : null)}
    />
  )
}

/**
 * An instant as an ISO string, chosen by the clock of the institution's zone whatever the viewer's is; the
 * zone's name stands behind the time where the two differ. The list goes in steps of five minutes; any minute
 * may be typed, with or without that name.
 */
export function InstantField({ value, onChange, ...field }: FieldProps) {
  const formats = useFormats()
  const language = useLanguage()
  // The picker knows only the browser's zone, so it is fed the institution's wall clock as if it were local.
  const wall = value
    ? dayjs(
        `${bizDate(new Date(value), formats.zone)}T${formatsFor(language, formats.zone).time(value)}`,
      )
    : null
  const note = value ? formats.zoneNote(value) : ''
  return (
    <DatePicker
      {...field}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      // The first is shown, each is understood; a function here would forbid typing.
      format={note ? [`${instantForm} [${note}]`, instantForm] : instantForm}
      showNow={false}
      value={wall}
      onChange={(next) =>
        onChange?.(
          next && !Array.isArray(next)
            ? instantOf(next.format(dayForm), next.format('HH:mm'), formats.zone).toISOString()
            : null,
        )
      }
    />
  )
}
