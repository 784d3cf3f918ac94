import type { Publication, PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { expect, test } from 'vitest'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const dueIn = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000).toISOString()
type Items = { items: Publication[]; total: number }

/** What the screens of publishing rest on, beyond the line itself. */
async function desk() {
  const t = await testApp()
  await readyItem(t.deps, 'c1')
  const post = (accountIds: string[], minutes = 60, language = 'zh-CN') =>
    t.as('operator')('/api/contents/c1/publications', {
      body: { items: accountIds.map((accountId) => ({ accountId, dueAt: dueIn(minutes) })) },
      language,
    })
  const detail = async (id: string) =>
    (await t.as('operator')(`/api/publications/${id}`)).body as PublicationDetail
  return { ...t, post, detail }
}
const firstOf = (answer: { body: never }) => (answer.body as Items).items[0] as Publication

test('a refused plan names the account it is about, and nothing of it is scheduled', async () => {
  const t = await desk()
  expect((await t.post(['douyin-a'])).status).toBe(200)
  const taken = await t.post(['xiaohongshu-a', 'douyin-a'])
  expect(taken.status).toBe(409)
  expect(taken.body).toMatchObject({
    issues: [{ path: 'items.1', message: '「douyin账号」上已有这条内容的发布单' }],
  })
  const late = await t.post(['xiaohongshu-a'], -10, 'en')
  expect(late.status).toBe(422)
  expect(late.body).toMatchObject({
    issues: [{ path: 'items.0', message: 'That time has passed; choose another' }],
  })
  const list = (await t.as('operator')('/api/publications')).body as Items
  expect(list.items.map(({ platform }) => platform)).toEqual(['douyin'])
})

test('the story tells who set which time, and the product itself goes without a name', async () => {
  const t = await desk()
  const { id, revision } = firstOf(await t.post(['xiaohongshu-a']))
  await t.as('operator')(`/api/publications/${id}/reschedule`, {
    body: { revision, dueAt: dueIn(90) },
  })
  const { events, createdByName, accountHandle } = await t.detail(id)
  expect(events).toMatchObject([
    { action: 'publication.scheduled', actorName: 'operator-a', dueAt: dueIn(60), dueBefore: null },
    {
      action: 'publication.rescheduled',
      actorName: 'operator-a',
      dueAt: dueIn(90),
      dueBefore: dueIn(60),
    },
  ])
  expect(createdByName).toBe('operator-a')
  expect(accountHandle).toBe('')
})

test('the publications of items that stand in a stage can be asked for on their own', async () => {
  const t = await desk()
  await t.post(['xiaohongshu-a'])
  const ask = async (stage: string) =>
    ((await t.as('operator')(`/api/publications?contentStage=${stage}`)).body as Items).total
  expect(await ask('ready')).toBe(1)
  expect(await ask('live')).toBe(0)
  const elsewhere = await t.as('operator', 'b')('/api/publications?contentStage=ready')
  expect((elsewhere.body as Items).total).toBe(0)
})

test('a hand-off link is made by those who schedule, for a post of their own institution', async () => {
  const t = await desk()
  const { id } = firstOf(await t.post(['xiaohongshu-a']))
  const path = `/api/publications/${id}/hand-off-links`
  expect((await t.as('operator')(path, { body: {} })).status).toBe(200)
  expect((await t.as('producer')(path, { body: {} })).status).toBe(403)
  expect((await t.as('operator', 'b')(path, { body: {} })).status).toBe(404)
})
