import { bizDate } from '@xingbo/shared/dates'
import { holidaysKnown } from '@xingbo/shared/publishing/day-marks'
import type { Sharing } from '@xingbo/shared/publishing/spread.rules'
import { Button, Checkbox, InputNumber, Radio, Segmented, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useId } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import styles from './BatchDialog.module.css'
import { batchTexts } from './batch.texts.ts'

export type How = {
  sharing: Sharing
  by: 'slots' | 'spacing'
  start: string
  everyMinutes: number
  /** Wall clocks `HH:mm`. */
  from: string
  to: string
  perDay: number
  skipDaysOff: boolean
}
type BatchHowProps = { how: How; onChange: (how: How) => void; onSlots: () => void }

/** How items and times are given out. */
export function BatchHow({ how, onChange, onSlots }: BatchHowProps) {
  const t = useTexts(batchTexts)
  const formats = useFormats()
  const id = useId()
  const change = (patch: Partial<How>) => onChange({ ...how, ...patch })
  const day = bizDate(new Date(how.start), formats.zone)
  return (
    <section className={styles.choice} aria-label={t('how')}>
      <h3 className={styles.heading}>{t('how')}</h3>
      <Radio.Group
        value={how.sharing}
        onChange={({ target }) => change({ sharing: target.value as Sharing })}
        options={[
          { value: 'deal', label: t('deal') },
          { value: 'every', label: t('every') },
        ]}
      />
      <div className={styles.tools}>
        <Segmented
          value={how.by}
          onChange={(by) => change({ by: by === 'slots' ? 'slots' : 'spacing' })}
          options={[
            { value: 'slots', label: t('bySlots') },
            { value: 'spacing', label: t('bySpacing') },
          ]}
        />
        <Button type="link" size="small" onClick={onSlots}>
          {t('manageSlots')}
        </Button>
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-start`}>{t('start')}</label>
        <InstantField
          id={`${id}-start`}
          value={how.start}
          onChange={(start) => start && change({ start })}
        />
      </div>
      {how.by === 'spacing' && (
        <>
          <div className={styles.pair}>
            <div className={styles.field}>
              <label htmlFor={`${id}-every`}>{t('everyMinutes')}</label>
              <InputNumber
                id={`${id}-every`}
                min={5}
                max={10_080}
                step={15}
                precision={0}
                value={how.everyMinutes}
                onChange={(everyMinutes) => everyMinutes && change({ everyMinutes })}
              />
            </div>
            <div className={styles.field}>
              <label htmlFor={`${id}-day`}>{t('perDay')}</label>
              <InputNumber
                id={`${id}-day`}
                min={1}
                max={100}
                precision={0}
                value={how.perDay}
                onChange={(perDay) => perDay && change({ perDay })}
              />
            </div>
          </div>
          <div className={styles.pair}>
            {(['from', 'to'] as const).map((end) => (
              <div key={end} className={styles.field}>
                <label htmlFor={`${id}-${end}`}>
                  {t(end === 'from' ? 'windowFrom' : 'windowTo')}
                </label>
                <TimePicker
                  id={`${id}-${end}`}
                  format="HH:mm"
                  minuteStep={5}
                  allowClear={false}
                  needConfirm={false}
                  value={dayjs(how[end], 'HH:mm')}
                  onChange={(time) => {
                    const next = time?.format('HH:mm')
                    // The two ends never cross: the other one goes along.
                    if (next && end === 'from')
                      change({ from: next, to: next > how.to ? next : how.to })
                    if (next && end === 'to')
                      change({ to: next, from: next < how.from ? next : how.from })
                  }}
                />
              </div>
            ))}
          </div>
          <Checkbox
            checked={how.skipDaysOff}
            onChange={({ target }) => change({ skipDaysOff: target.checked })}
          >
            {t('skipDaysOff')}
          </Checkbox>
          {how.skipDaysOff && !holidaysKnown(day) && (
            <p className={styles.note} role="status">
              {t('holidaysUnknown', { year: day.slice(0, 4) })}
            </p>
          )}
        </>
      )}
    </section>
  )
}
