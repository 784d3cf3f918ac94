import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FunnelPost } from '@xingbo/shared/funnel/funnel.schema'
import { type PlatformStage, platformStages } from '@xingbo/shared/funnel/funnel-stage'
import { Tooltip } from 'antd'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { DateTime } from '../../ui/Time.tsx'
import styles from './Behind.module.css'
import { type DetailQuery, funnelQueries } from './funnel.queries.ts'
import { funnelTexts } from './funnel.texts.ts'
import { useFigureWords } from './use-figure-words.ts'

type Page = { page: number; pageSize: number }
type PostsBehindProps = {
  query: DetailQuery
  stage: PlatformStage
  page: Page
  onPage: (patch: Partial<Page>) => void
  /** Why there are none. */
  empty: string
}

/** The posts a platform count adds up, those with most of it first, those without it last. */
export function PostsBehind({ query, stage, page, onPage, empty }: PostsBehindProps) {
  const t = useTexts(funnelTexts)
  const words = useFigureWords()
  const posts = useQuery({
    ...funnelQueries.detail(query),
    placeholderData: keepPreviousData,
    select: (detail) => detail.posts ?? { items: [], total: 0 },
  })
  // The figure of the bar first, the others after it.
  const stages = [stage, ...platformStages.filter((one) => one !== stage)]
  const columns: Columns<FunnelPost> = [
    {
      key: 'post',
      title: t('post'),
      render: (_, post) => (
        <span className={styles.post}>
          <PostLink post={post} />
          <span className="soft">
            <PlatformBadge platform={post.platform} name={post.accountName} size="small" />
          </span>
        </span>
      ),
    },
    {
      key: 'publishedAt',
      title: t('publishedAt'),
      width: 170,
      render: (_, post) => <DateTime at={post.publishedAt} />,
    },
    ...stages.map((one, at) => ({
      key: one,
      title: words.stage(one),
      numeric: true,
      render: (_: unknown, post: FunnelPost) => (
        <PostFigure post={post} stage={one} withSource={at === 0} />
      ),
    })),
  ]
  return (
    <section className={styles.behind}>
      <h3>{t('posts')}</h3>
      <QueryTable
        query={posts}
        columns={columns}
        rowKey={(post) => post.publicationId}
        search={page}
        onSearch={({ page: next, pageSize }) =>
          onPage({ ...(next && { page: next }), ...(pageSize && { pageSize }) })
        }
        empty={{ title: empty }}
        card={(post) => (
          <span className={styles.post}>
            <PostLink post={post} />
            <PlatformBadge platform={post.platform} name={post.accountName} size="small" />
            <span className="soft">
              <DateTime at={post.publishedAt} />
            </span>
            <span className={styles.postFigures}>
              {stages.map((one, at) => (
                <span key={one}>
                  <span className="soft">{words.stage(one)} </span>
                  <PostFigure post={post} stage={one} withSource={at === 0} />
                </span>
              ))}
            </span>
          </span>
        )}
      />
    </section>
  )
}

const PostLink = ({ post }: { post: FunnelPost }) => (
  <Link
    to="/publications/$publicationId"
    params={{ publicationId: post.publicationId }}
    className={styles.postTitle}
  >
    {post.title}
  </Link>
)

type PostFigureProps = { post: FunnelPost; stage: PlatformStage; withSource: boolean }

function PostFigure({ post, stage, withSource }: PostFigureProps) {
  const formats = useFormats()
  const words = useFigureWords()
  const figure = post.figures[stage]
  if (!figure) return <span className={styles.gap}>{unknown}</span>
  const source = words.source(figure.source)
  const when = formats.dateTime(figure.asOf)
  return (
    <Tooltip title={`${formats.exact(figure.value)} · ${source} · ${when}`}>
      <span className={withSource ? styles.value : undefined}>{words.count(figure.value)}</span>
      {withSource && (
        <span className={styles.note}>
          {source} · {formats.date(figure.asOf)}
        </span>
      )}
    </Tooltip>
  )
}
