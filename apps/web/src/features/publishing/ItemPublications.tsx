import CalendarOutlined from '@ant-design/icons/CalendarOutlined'
import { useQuery } from '@tanstack/react-query'
import { bizDate } from '@xingbo/shared/dates'
import { yes } from '@xingbo/shared/verdict'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './ItemPublications.module.css'
import { PublicationsTable } from './PublicationsTable.tsx'
import { publicationQueries, scheduleQuery } from './publishing.queries.ts'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { scheduleTexts } from './schedule.texts.ts'
import { candidatesOf } from './schedule-candidates.ts'

/** The publishing tab of a content item: its posts, and the way to make more of them. */
export function ItemPublications({ contentId }: { contentId: string }) {
  const t = useTexts(scheduleTexts)
  const may = useMay()
  const formats = useFormats()
  const query = useQuery(publicationQueries.list({ contentId, pageSize: 200 }))
  const schedules = may('POST /api/contents/:contentId/publications')
  const material = useQuery({ ...scheduleQuery(contentId), enabled: schedules })
  const [open, setOpen] = useState(false)
  const verdict = material.data
    ? candidatesOf(material.data, bizDate(new Date(), formats.zone)).item
    : yes
  const action = schedules && (
    <VerdictButton
      type="primary"
      icon={<CalendarOutlined aria-hidden />}
      verdict={verdict}
      onClick={() => setOpen(true)}
    >
      {t('schedule')}
    </VerdictButton>
  )
  return (
    <section aria-label={t('itemPosts')}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t('itemPosts')}</h2>
        {action}
      </div>
      <PublicationsTable
        query={query}
        ofOneItem
        empty={{ title: t('noPosts'), hint: t('noPostsHint') }}
      />
      <ScheduleDialog contentId={open ? contentId : null} onClose={() => setOpen(false)} />
    </section>
  )
}
