import { useQuery } from '@tanstack/react-query'
import { BUCKET_MINIMUM } from '@xingbo/shared/metrics/best-time.rules'
import { Skeleton } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import styles from './SlotsDrawer.module.css'
import { bestTimeQuery } from './schedule.queries.ts'
import { slotTexts } from './slots.texts.ts'
import { weekdayName } from './weekday-names.ts'

/** When this account's posts were played most, always with the sample it comes from. */
export function BestTime({ accountId }: { accountId: string }) {
  const t = useTexts(slotTexts)
  const formats = useFormats()
  const language = useLanguage()
  const query = useQuery(bestTimeQuery(accountId))
  if (query.isError) return <p className={styles.fact}>{query.error.message}</p>
  if (!query.data) return <Skeleton.Input active size="small" />
  const { sample, minimum, weeks, hours, weekdays, bestHour, bestWeekday } = query.data
  if (sample < minimum)
    return <p className={styles.fact}>{t('notEnough', { weeks, n: sample, min: minimum })}</p>
  const hour = hours.find((one) => one.hour === bestHour)
  const day = weekdays.find((one) => one.weekday === bestWeekday)
  if (!hour)
    return <p className={styles.fact}>{t('thin', { weeks, n: sample, bucket: BUCKET_MINIMUM })}</p>
  return (
    <p className={styles.fact}>
      {t('bestHour', {
        hour: hour.hour,
        next: (hour.hour + 1) % 24,
        plays: formats.count(hour.medianPlays),
        n: hour.sample,
      })}
      {day && (
        <>
          {' · '}
          {t('bestWeekday', {
            day: weekdayName(day.weekday, language),
            plays: formats.count(day.medianPlays),
            n: day.sample,
          })}
        </>
      )}
      {' · '}
      {t('basis', { weeks, n: sample })}
    </p>
  )
}
