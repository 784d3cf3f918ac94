import type { ScriptView, SignOffCase } from '@xingbo/shared/scripts/script.schema'
import { emptyScript, type ScriptBody } from '@xingbo/shared/scripts/script-body'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { testApp, testNow } from '../../support/test-app.ts'

type ItemRow = typeof contentItems.$inferInsert

export const words: ScriptBody = {
  ...emptyScript,
  title: '这几种情况，先别做颈椎推拿',
  hook: '脖子一僵，很多人第一时间想到的是找人按一按。',
  shots: [
    { heading: '主体一｜配合颈椎示意图', text: '走路像踩棉花，要警惕脊髓受压。', note: '' },
    { heading: '主体二｜医生示范', text: '坐四十分钟左右就起来活动一下。', note: '动作放慢' },
  ],
  callToAction: '症状一直不缓解，请到正规医院就诊。',
  captions: { douyin: { title: '颈椎推拿要注意', body: '先检查，再推拿。', tags: ['颈椎病'] } },
  sources: ['《颈椎病诊治与康复指南（2010版）》'],
}
export const otherWords: ScriptBody = { ...words, hook: '脖子一僵，先别急着按。' }

/** The app with one content item `item-a` of doctor `doc-a`; helpers speak for the people of institution `a`. */
export async function scriptBench(over: Partial<ItemRow> = {}) {
  const bench = await testApp()
  const { db, as } = bench
  const addItem = (row: Partial<ItemRow>) =>
    db.inTransaction(async (tx) => {
      await tx.insert(contentItems).values({
        id: 'item-a',
        institutionId: 'a',
        title: '颈椎推拿的适应与禁忌',
        stage: 'scripting',
        stageEnteredAt: testNow,
        doctorId: 'doc-a',
        platforms: ['douyin'],
        position: 1024,
        createdAt: testNow,
        updatedAt: testNow,
        ...row,
      })
    })
  await addItem(over)

  const read = async (contentId = 'item-a') =>
    (await as('operator')(`/api/contents/${contentId}/script`)).body as ScriptView
  const save = (body: ScriptBody, basedOn: number | null, draftRevision: number | null = null) =>
    as('producer')('/api/contents/item-a/script/revisions', {
      body: { body, note: '', basedOn, draftRevision },
    })
  const draft = (
    body: ScriptBody,
    basedOn: number | null,
    revision: number | null,
    who: 'operator' | 'producer' = 'producer',
  ) =>
    as(who)('/api/contents/item-a/script/draft', {
      method: 'PUT',
      body: { body, basedOn, revision },
    })
  /** Puts the item somewhere without asking the line's rules. */
  const put = (stage: ItemRow['stage'], contentId = 'item-a') =>
    db.inTransaction(async (tx) => {
      const { eq } = await import('drizzle-orm')
      await tx.update(contentItems).set({ stage }).where(eq(contentItems.id, contentId))
    })
  const caseFor = async (contentId = 'item-a') =>
    (await as('doctor')(`/api/sign-offs/${contentId}`)).body as SignOffCase
  const approve = async (over: object = {}, contentId = 'item-a') => {
    const { newest } = await caseFor(contentId)
    return as('doctor')(`/api/sign-offs/${contentId}/decide`, {
      body: {
        revisionNumber: newest.number,
        sha256: newest.sha256,
        decision: 'approved',
        confirmedName: '陆闻溪',
        ...over,
      },
    })
  }
  /** A first revision, waiting for the doctor. */
  const waiting = async () => {
    await save(words, null)
    await put('doctor_review')
  }
  return { ...bench, addItem, read, save, draft, put, caseFor, approve, waiting }
}
