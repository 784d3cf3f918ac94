import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FunnelDetail } from '@xingbo/shared/funnel/funnel.schema'
import {
  type FunnelStage,
  funnelStageLabels,
  isPlatformStage,
} from '@xingbo/shared/funnel/funnel-stage'
import { Drawer, Skeleton, Table } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Funnel.module.css'
import { type FunnelSearch, funnelQueries } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type Behind = { stage: FunnelStage; group?: string | undefined }
type FunnelDetailDrawerProps = { behind: Behind | null; search: FunnelSearch; onClose: () => void }

/** What stands behind a bar: posts with their figures, or counts by day and origin. Never people. */
export function FunnelDetailDrawer({ behind, search, onClose }: FunnelDetailDrawerProps) {
  const t = useTexts(funnelTexts)
  const label = useLabel(funnelStageLabels)
  return (
    <Drawer
      open={behind !== null}
      onClose={onClose}
      size="large"
      title={behind && t('open', { stage: label(behind.stage) })}
    >
      {behind && <Detail behind={behind} search={search} />}
    </Drawer>
  )
}

function Detail({ behind, search }: { behind: Behind; search: FunnelSearch }) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const query = useQuery(funnelQueries.detail({ ...search, ...behind, pageSize: 200 }))
  if (query.isPending) return <Skeleton active paragraph={{ rows: 8 }} />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const { figure, posts, days, sources } = query.data
  return (
    <div className={styles.page}>
      <p className={styles.big} style={{ margin: 0 }}>
        {words.number(figure)}
      </p>
      <p className={styles.soft} style={{ margin: 0 }}>
        {words.facts(figure) || words.why(figure)}
      </p>
      {posts && <Posts posts={posts} stage={behind.stage} />}
      {sources && <Sources sources={sources} />}
      {days && <Days days={days} />}
      {!posts?.items.length && !sources?.items.length && !days?.length && (
        <EmptyState title={t('nothing')} />
      )}
    </div>
  )
}

type Posts = NonNullable<FunnelDetail['posts']>

function Posts({ posts, stage }: { posts: Posts; stage: FunnelStage }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const label = useLabel(funnelStageLabels)
  const figureOf = (post: Posts['items'][number]) =>
    isPlatformStage(stage) ? post.figures[stage] : null
  return (
    <>
      {posts.total > posts.items.length && (
        <p className={styles.soft}>{t('more', { n: posts.total, shown: posts.items.length })}</p>
      )}
      <Table
        size="small"
        rowKey="publicationId"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={posts.items}
        columns={[
          {
            title: t('post'),
            render: (_, post) => (
              <Link
                to="/publications/$publicationId"
                params={{ publicationId: post.publicationId }}
              >
                <PlatformBadge platform={post.platform} size="small" /> {post.title}
              </Link>
            ),
          },
          { title: t('account'), render: (_, post) => post.accountName },
          { title: t('published'), render: (_, post) => formats.dateTime(post.publishedAt) },
          {
            title: label(stage),
            align: 'right',
            render: (_, post) => {
              const known = figureOf(post)
              return known ? formats.count(known.value) : '—'
            },
          },
        ]}
      />
    </>
  )
}

function Sources({ sources }: { sources: NonNullable<FunnelDetail['sources']> }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  const by = { touch: t('byTouch'), told: t('byTold'), nobody: t('byNobody') }
  const nameOf = (one: (typeof sources.items)[number]) =>
    one.name ||
    (one.kind === 'elsewhere' ? t('elsewhere') : one.kind === 'unknown' ? t('unknown') : '')
  return (
    <section>
      <h3>{t('byOrigin')}</h3>
      <Table
        size="small"
        rowKey={(one) => `${one.kind}-${one.name}-${one.platform}-${one.by}`}
        pagination={false}
        dataSource={sources.items}
        columns={[
          {
            title: t('origin'),
            render: (_, one) => (
              <>
                {one.platform && <PlatformBadge platform={one.platform} size="small" />}{' '}
                {nameOf(one)}
              </>
            ),
          },
          { title: t('how'), render: (_, one) => by[one.by] },
          { title: t('count'), align: 'right', render: (_, one) => formats.count(one.value) },
        ]}
      />
    </section>
  )
}

function Days({ days }: { days: NonNullable<FunnelDetail['days']> }) {
  const t = useTexts(funnelTexts)
  const formats = useFormats()
  return (
    <section>
      <h3>{t('byDay')}</h3>
      <Table
        size="small"
        rowKey="day"
        pagination={false}
        dataSource={days.filter(({ value }) => value !== 0)}
        columns={[
          { title: t('day'), render: (_, one) => formats.date(one.day) },
          { title: t('count'), align: 'right', render: (_, one) => formats.count(one.value) },
        ]}
      />
    </section>
  )
}
