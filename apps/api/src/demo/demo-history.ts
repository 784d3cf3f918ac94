import { createHash } from 'node:crypto'
import { canonicalJson } from '@xingbo/shared/canonical-json'
import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import { type PublishSnapshot, snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import { emptyScript, type ScriptBody } from '@xingbo/shared/scripts/script-body'
import { z } from 'zod'
import type { Tx } from '../db/database.ts'
import { contentItems } from '../db/schema/content.ts'
import { metricSnapshots } from '../db/schema/metrics.ts'
import { attempts, publications } from '../db/schema/publishing.ts'
import { scriptRevisions, signOffs } from '../db/schema/scripts.ts'
import type { Deps } from '../deps.ts'
import { insertCut } from './demo-media.ts'
import { readData, type Seed } from './demo-people.ts'

const piece = z.object({
  title: z.string(),
  doctor: z.string(),
  line: z.string().nullable(),
  format: z.string(),
  tags: z.array(z.string()),
  posts: z.array(
    z.object({
      account: z.string(),
      title: z.string(),
      at: z.string(),
      review: z.string().nullable(),
      metrics: z.record(z.string(), z.number()),
    }),
  ),
})
export type Piece = z.infer<typeof piece>
export const readHistory = (): Piece[] => z.array(piece).parse(JSON.parse(readData('history.json')))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The figures of an earlier export: posts were younger then, so a part of what they have now. */
const EARLIER = 0.86
const counts = new Set([
  'impressions',
  'plays',
  'likes',
  'comments',
  'shares',
  'favorites',
  'profileVisits',
  'followersGained',
])
const earlier = (metrics: Piece['posts'][number]['metrics']) =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, n]) => [
      name,
      counts.has(name) ? Math.round(n * EARLIER) : n,
    ]),
  )

/** Eight weeks of posts on three platforms, with what an export taken at `exportedAt` would have shown. */
export async function insertHistory(
  deps: Deps,
  tx: Tx,
  data: Seed,
  shiftMs: number,
  exportedAt: Date,
): Promise<void> {
  for (const [index, one] of readHistory().entries()) {
    const id = `demo-${String(index + 1).padStart(2, '0')}`
    const first = one.posts[0]
    const doctor = data.doctors.find(({ key }) => key === one.doctor)
    if (!first || !doctor) continue
    const publishedAt = new Date(Date.parse(first.at) + shiftMs)
    const made = new Date(publishedAt.getTime() - 6 * 86_400_000)
    const body = bodyOf(one)
    const scriptSha256 = sha256(canonicalJson(body))
    const common = { createdAt: made, updatedAt: publishedAt, updatedBy: 'ops.tang' }
    const cut = await insertCut(deps, tx, { institutionId: 'qiwu', contentId: id, at: made })
    await tx.insert(contentItems).values({
      id,
      institutionId: 'qiwu',
      title: one.title,
      stage: 'live',
      stageEnteredAt: publishedAt,
      doctorId: one.doctor,
      departmentId: doctor.department,
      specialtyLineId: one.line,
      format: one.format === 'image_text' ? '图文' : '口播',
      ownerUserId: index % 2 ? 'ops.tang' : 'ops.xiaoman',
      producerUserId: 'producer.yan',
      platforms: ['douyin', 'xiaohongshu', 'kuaishou'],
      position: index,
      finalAssetId: cut.assetId,
      ...common,
    })
    await tx.insert(scriptRevisions).values({
      id: `rev-${id}`,
      institutionId: 'qiwu',
      contentId: id,
      number: 1,
      body,
      sha256: scriptSha256,
      authorId: 'ops.tang',
      createdAt: made,
    })
    if (one.doctor === 'lu')
      await tx.insert(signOffs).values({
        id: `sig-${id}`,
        institutionId: 'qiwu',
        contentId: id,
        revisionId: `rev-${id}`,
        revisionNumber: 1,
        sha256: scriptSha256,
        doctorId: 'lu',
        userId: 'dr.lu',
        decision: 'approved',
        confirmedName: doctor.name,
        via: 'password',
        decidedAt: new Date(made.getTime() + 86_400_000),
      })
    for (const [n, post] of one.posts.entries())
      await insertPost(tx, { id, n, one, post, body, scriptSha256, cut, shiftMs, exportedAt })
  }
}

const bodyOf = (one: Piece): ScriptBody => ({
  ...emptyScript,
  title: one.title,
  hook: one.title,
  callToAction: '症状不缓解，请到正规医院就诊。',
  captions: {
    douyin: { title: one.title, body: '', tags: one.tags },
    xiaohongshu: { title: one.title, body: '', tags: one.tags },
    kuaishou: { title: one.title, body: '', tags: one.tags.slice(0, 4) },
  },
})

/** The one post whose outcome nobody knows: sent, no answer, not on the list; a person has to look. */
const unsure = 'pub-demo-60-2'

async function insertUnsure(
  tx: Tx,
  { id, post, scriptSha256 }: PostInput,
  publicationId: string,
  snapshot: PublishSnapshot,
  at: Date,
): Promise<void> {
  const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
  await tx.insert(publications).values({
    id: publicationId,
    institutionId: 'qiwu',
    contentId: id,
    accountId: post.account,
    platform: snapshot.platform,
    route: 'api',
    state: 'unconfirmed',
    stateEnteredAt: after(2),
    dueAt: at,
    timeZone: 'Asia/Shanghai',
    snapshot,
    snapshotSha256: sha256(snapshotText(snapshot)),
    scriptSha256,
    attemptCount: 1,
    fence: 1,
    reasonKey: 'publishing.needsPerson',
    reasonValues: {},
    createdBy: 'ops.tang',
    createdAt: new Date(at.getTime() - 86_400_000),
    updatedAt: after(65),
    updatedBy: 'ops.tang',
  })
  await tx.insert(attempts).values({
    id: `att-${publicationId}`,
    institutionId: 'qiwu',
    publicationId,
    number: 1,
    fence: 1,
    step: 'settled',
    outcome: 'unknown',
    errorCode: 'timeout',
    startedAt: at,
    uploadedAt: after(0.4),
    sentAt: after(0.5),
    answeredAt: after(2),
    settledAt: after(2),
  })
}

type PostInput = {
  id: string
  n: number
  one: Piece
  post: Piece['posts'][number]
  body: ScriptBody
  scriptSha256: string
  cut: Awaited<ReturnType<typeof insertCut>>
  shiftMs: number
  exportedAt: Date
}
const platformOf = {
  'dy-qiwu': 'douyin',
  'xhs-qiwu': 'xiaohongshu',
  'ks-qiwu': 'kuaishou',
} as const
const routeOf = { douyin: 'handoff', xiaohongshu: 'manual', kuaishou: 'api' } as const

async function insertPost(tx: Tx, input: PostInput): Promise<void> {
  const { id, n, one, post, scriptSha256, cut, shiftMs, exportedAt } = input
  const platform = platformOf[post.account as keyof typeof platformOf]
  const at = new Date(Date.parse(post.at) + shiftMs)
  const words = { title: post.title, body: '', tags: one.tags }
  const snapshot: PublishSnapshot = {
    platform,
    accountId: post.account,
    contentId: id,
    scriptSha256,
    ...words,
    rendered: renderCaption(platform, words),
    declarations: [],
    media: cut,
    cover: null,
  }
  const publicationId = `pub-${id}-${n + 1}`
  const rejected = post.review === 'rejected'
  if (publicationId === unsure) {
    await insertUnsure(tx, input, publicationId, snapshot, at)
    return
  }
  await tx.insert(publications).values({
    id: publicationId,
    institutionId: 'qiwu',
    contentId: id,
    accountId: post.account,
    platform,
    route: routeOf[platform],
    state: rejected ? 'taken_down' : 'published',
    stateEnteredAt: at,
    dueAt: at,
    timeZone: 'Asia/Shanghai',
    snapshot,
    snapshotSha256: sha256(snapshotText(snapshot)),
    scriptSha256,
    attemptCount: 1,
    fence: 1,
    publishedAt: at,
    reasonKey: rejected ? 'publishing.rejectedByPlatform' : null,
    reasonValues: rejected ? { message: '内容涉及不当营销' } : null,
    createdBy: 'ops.tang',
    createdAt: new Date(at.getTime() - 86_400_000),
    updatedAt: at,
    updatedBy: 'ops.tang',
  })
  // Kuaishou's own API gives its few counts to this day; the other two know what was exported.
  const byApi = platform === 'kuaishou'
  if ((!byApi && at > exportedAt) || Object.keys(post.metrics).length === 0) return
  const { plays, likes, comments } = post.metrics
  await tx.insert(metricSnapshots).values({
    id: `met-${publicationId}`,
    institutionId: 'qiwu',
    publicationId,
    source: byApi ? 'api' : 'import',
    asOf: byApi ? new Date(exportedAt.getTime() + 19 * 86_400_000) : exportedAt,
    ...(byApi ? { plays, likes, comments } : earlier(post.metrics)),
  })
}
