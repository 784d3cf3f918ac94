import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { quietVerdict } from '@xingbo/shared/inbox/notice.rules'
import type { NoticeSettings } from '@xingbo/shared/inbox/notice.schema'
import { Alert, App, InputNumber, Segmented, Select, Skeleton, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useId, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './Inbox.module.css'
import { noticeSettingsMutation, noticeSettingsQuery } from './inbox.queries.ts'
import { robotTexts } from './robot.texts.ts'

const offered = [5, 10, 15, 30, 60, 120]
const maxReminders = 4
const usualQuiet = { quietFrom: '22:30', quietUntil: '07:30' }

/** When people are reminded of hand-offs, and when robots stay silent. */
export function ReminderSettings() {
  const t = useTexts(robotTexts)
  const { data, error, refetch } = useQuery(noticeSettingsQuery)
  return (
    <Panel title={t('reminders')}>
      {data ? (
        <Fields key={data.revision} saved={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton active />
      )}
    </Panel>
  )
}

function Fields({ saved }: { saved: NoticeSettings }) {
  const t = useTexts(robotTexts)
  const { message } = App.useApp()
  const id = useId()
  const [values, setValues] = useState(saved)
  const save = useMutation(noticeSettingsMutation(useQueryClient()))
  const set = (patch: Partial<NoticeSettings>) => setValues((old) => ({ ...old, ...patch }))
  const quiet = values.quietFrom !== null
  const time = (key: 'quietFrom' | 'quietUntil', label: string) => (
    <TimePicker
      aria-label={label}
      format="HH:mm"
      minuteStep={15}
      allowClear={false}
      needConfirm={false}
      value={dayjs(`2026-01-01T${values[key] ?? '00:00'}`)}
      onChange={(at) => set({ [key]: at?.format('HH:mm') ?? null })}
    />
  )
  return (
    <div className={styles.form}>
      {save.error && <Alert type="error" showIcon title={save.error.message} />}
      <div>
        <label htmlFor={`${id}-before`}>{t('before')}</label>
        <Select
          id={`${id}-before`}
          mode="multiple"
          maxCount={maxReminders}
          style={{ width: '100%' }}
          value={values.beforeMinutes}
          onChange={(beforeMinutes: number[]) => set({ beforeMinutes })}
          options={[...new Set([...offered, ...values.beforeMinutes])]
            .sort((a, b) => a - b)
            .map((n) => ({ value: n, label: t('minutes', { n }) }))}
        />
      </div>
      <div>
        <label htmlFor={`${id}-escalate`}>{t('escalate')}</label>
        <InputNumber
          id={`${id}-escalate`}
          min={5}
          max={1380}
          precision={0}
          value={values.escalateAfterMinutes}
          onChange={(n) => n !== null && set({ escalateAfterMinutes: n })}
        />
      </div>
      <div>
        <span>{t('quiet')}</span>
        <div className={styles.times}>
          <Segmented
            aria-label={t('quiet')}
            value={quiet}
            onChange={(on) => set(on ? usualQuiet : { quietFrom: null, quietUntil: null })}
            options={[
              { value: false, label: t('quietOff') },
              { value: true, label: t('quietOn') },
            ]}
          />
          {quiet && (
            <>
              {t('from')} {time('quietFrom', t('from'))} {t('until')}{' '}
              {time('quietUntil', t('until'))}
            </>
          )}
        </div>
      </div>
      <div>
        <VerdictButton
          type="primary"
          verdict={quietVerdict(values)}
          loading={save.isPending}
          onClick={() => save.mutate(values, { onSuccess: () => void message.success(t('saved')) })}
        >
          {t('save')}
        </VerdictButton>
      </div>
    </div>
  )
}
