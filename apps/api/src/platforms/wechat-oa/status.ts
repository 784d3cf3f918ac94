import type { RemoteStatus } from '../platform.port.ts'

/** What the documents call the ends of a publication (api_freepublish_get); WeChat sends the number alone. */
const rejections: Readonly<Record<number, string>> = {
  2: '原创声明失败（2）',
  3: '发布失败（3）',
  4: '平台审核不通过（4）',
}
const removals: Readonly<Record<number, string>> = {
  5: '成功后用户删除所有文章（5）',
  6: '成功后系统封禁所有文章（6）',
}

/** What a `publish_status` means; also that of a PUBLISHJOBFINISH event. */
export function statusOf(status: number, articleUrl: string | undefined): RemoteStatus {
  if (status === 1) return { kind: 'pending' }
  const rejected = rejections[status]
  if (rejected) return { kind: 'rejected', reason: rejected }
  const removed = removals[status]
  if (removed) return { kind: 'removed', reason: removed }
  if (status !== 0)
    return { kind: 'unknown', why: 'unknown_code', detail: `publish_status ${status}` }
  if (!articleUrl) return { kind: 'unknown', why: 'no_id', detail: 'article_url' }
  return { kind: 'published', remoteUrl: articleUrl, createdAt: null, caption: null }
}
