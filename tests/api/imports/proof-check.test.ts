import type { Notice } from '@xingbo/shared/inbox/notice.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { proofs } from '../../../apps/api/src/db/schema/publishing.ts'
import { testApp } from '../../support/test-app.ts'
import { bring, csv, seedPublications } from './support.ts'

const accountId = 'douyin-a'
const header =
  '作品名称,发布时间,体裁,审核状态,播放量,完播率,封面点击率,平均播放时长,点赞量,分享量,评论量,收藏量,主页访问量,粉丝增量'
const row = (title: string, time: string) => `${title},${time},视频,通过,100,12%,3%,9秒,5,4,3,2,1,0`

test('an imported list of works confirms the proofs it shows and doubts the one it does not', async () => {
  const { app, db, as } = await testApp()
  const posts = [
    { id: 'shown', title: '颈椎操三分钟', at: new Date('2026-11-03T10:00:00Z'), accountId },
    { id: 'missing', title: '鼻炎能根治吗', at: new Date('2026-11-05T10:00:00Z'), accountId },
    { id: 'later', title: '冬天怎么护腰', at: new Date('2026-11-15T10:00:00Z'), accountId },
  ]
  await seedPublications(db, posts)
  await db.inTransaction(async (tx) => {
    for (const { id, at } of posts)
      await tx.insert(proofs).values({
        id: `prf-${id}`,
        institutionId: 'a',
        publicationId: id,
        kind: 'link',
        link: `https://v.douyin.com/${id}/`,
        givenBy: 'operator-a',
        at,
      })
  })
  const done = await bring(app, {
    kind: 'douyin_works',
    accountId,
    asOf: '2026-11-12T00:00:00.000Z',
    file: csv(
      header,
      row('颈椎操三分钟', '2026-11-03 18:00:05'),
      row('别的作品', '2026-11-10 09:00:00'),
    ),
  })
  expect(done.counts).toMatchObject({ added: 1, unmatched: 1 })
  const standing = async (id: string) =>
    (await db.read.select().from(proofs).where(eq(proofs.publicationId, id)))[0]
  expect(await standing('shown')).toMatchObject({ standing: 'confirmed', doubts: [] })
  expect(await standing('missing')).toMatchObject({
    standing: 'doubtful',
    doubts: [{ key: 'publishing.doubt.notListed' }],
  })
  expect(await standing('later')).toMatchObject({ standing: 'unchecked' })
  const { items } = (await as('operator')('/api/inbox')).body as { items: Notice[] }
  expect(items).toMatchObject([{ kind: 'proof_doubt', subject: { id: 'missing' } }])
})
