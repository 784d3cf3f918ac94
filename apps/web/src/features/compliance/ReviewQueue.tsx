import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ComplianceQueueItem } from '@xingbo/shared/compliance/compliance.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { QueryTable } from '../../ui/QueryTable.tsx'
import { StageTag, StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './Compliance.module.css'
import { complianceQueries } from './compliance.queries.ts'
import { complianceTexts } from './compliance.texts.ts'

/** Items at the two stages a reviewer decides; opening one leads to where it is decided. */
export function ReviewQueue() {
  const t = useTexts(complianceTexts)
  const { date } = useFormats()
  const navigate = useNavigate()
  const query = useQuery(complianceQueries.queue())
  const open = (item: ComplianceQueueItem) =>
    void navigate({
      to:
        item.stage === 'final_review'
          ? '/contents/$contentId/media'
          : '/contents/$contentId/compliance',
      params: { contentId: item.contentId },
    })
  return (
    <QueryTable
      query={query}
      rowKey={(item) => item.contentId}
      onOpen={open}
      empty={{ title: t('queueEmpty'), hint: t('queueEmptyHint') }}
      columns={[
        { key: 'title', title: t('item'), render: (_, item) => item.title },
        { key: 'doctor', title: t('doctor'), render: (_, item) => item.doctorName ?? '—' },
        { key: 'stage', title: t('stage'), render: (_, item) => <StageTag stage={item.stage} /> },
        { key: 'findings', title: t('findings'), render: (_, item) => <Counts item={item} /> },
        { key: 'since', title: t('waiting'), render: (_, item) => <RelTime at={item.since} /> },
        { key: 'due', title: t('due'), render: (_, item) => (item.dueOn ? date(item.dueOn) : '—') },
      ]}
      card={(item) => (
        <div className={styles.card}>
          <strong>{item.title}</strong>
          <span className={styles.bar}>
            <StageTag stage={item.stage} />
            <Counts item={item} />
          </span>
          <span className={styles.quiet}>
            {item.doctorName} · {t('waiting')} <RelTime at={item.since} />
            {item.dueOn && ` · ${t('due')} ${date(item.dueOn)}`}
          </span>
        </div>
      )}
    />
  )
}

function Counts({ item }: { item: ComplianceQueueItem }) {
  const t = useTexts(complianceTexts)
  return (
    <span className={styles.bar}>
      {item.openBlocks > 0 && (
        <StatusTag tone="blocked">{t('blocks', { count: item.openBlocks })}</StatusTag>
      )}
      {item.openReviews > 0 && (
        <StatusTag tone="unconfirmed">{t('reviews', { count: item.openReviews })}</StatusTag>
      )}
      {item.openBlocks + item.openReviews === 0 && <StatusTag tone="done">{t('clean')}</StatusTag>}
      {item.mine && <span className={styles.quiet}>{t('mine')}</span>}
    </span>
  )
}
