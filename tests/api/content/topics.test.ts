import type { ContentItem } from '@xingbo/shared/content/content.schema'
import type { Topic } from '@xingbo/shared/content/topic.schema'
import { expect, test } from 'vitest'
import { lineBench } from './line-bench.ts'

async function topicBench() {
  const bench = await lineBench()
  const add = async (over: object = {}) =>
    (
      await bench.as('operator')('/api/topics', {
        body: {
          title: '颈椎推拿的适应与禁忌',
          doctorId: 'doc-a',
          specialtyLineId: 'line-a',
          ...over,
        },
      })
    ).body as Topic
  const list = async (query = '') =>
    (await bench.as('doctor')(`/api/topics${query}`)).body as { items: Topic[]; total: number }
  return { ...bench, add, list }
}

test('a topic is written, found, changed and put away', async () => {
  const { as, add, list, acts } = await topicBench()
  const made = await add({ priority: 1, audience: '久坐人群', hook: '常青' })
  expect(made).toMatchObject({
    title: '颈椎推拿的适应与禁忌',
    doctor: { name: '陆闻溪' },
    specialtyLine: { name: '颈肩推拿' },
    format: '口播',
    priority: 1,
    contentCount: 0,
    archived: false,
    revision: 1,
  })
  await add({ title: '睡前两小时做什么', priority: 3, doctorId: null, specialtyLineId: null })
  expect((await list()).items.map(({ priority }) => priority)).toEqual([1, 3])
  expect((await list(`?q=${encodeURIComponent('睡前')}`)).total).toBe(1)
  expect((await list('?doctorId=doc-a')).total).toBe(1)
  expect((await list('?specialtyLineId=line-a&pageSize=1')).items).toHaveLength(1)

  const edit = (body: object, who: 'operator' | 'producer' = 'operator') =>
    as(who)(`/api/topics/${made.id}`, { method: 'PATCH', body })
  expect((await edit({ revision: 1, note: '配合示意图' })).body).toMatchObject({ revision: 2 })
  const late = await edit({ revision: 1, note: '迟到' }, 'producer')
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({ message: 'operator-a 在 11/21 10:00 改过了，请刷新后再改' })
  expect((await edit({ revision: 2, doctorId: 'doc-b' })).status).toBe(404)

  const archive = (revision: number, archived: boolean) =>
    as('manager')(`/api/topics/${made.id}/archive`, { body: { revision, archived } })
  expect((await archive(2, true)).body).toMatchObject({ archived: true, revision: 3 })
  expect((await list()).total).toBe(1)
  expect((await list('?archived=only')).items.map(({ id }) => id)).toEqual([made.id])
  expect((await edit({ revision: 3, note: '再改' })).body).toMatchObject({
    message: '已归档，恢复后才能修改',
  })
  expect((await archive(1, false)).status).toBe(409)
  expect((await archive(3, false)).body).toMatchObject({ archived: false })
  expect((await acts(made.id)).map(({ action }) => action)).toEqual([
    'topic.created',
    'topic.changed',
    'topic.archived',
    'topic.restored',
  ])
})

test('starting a topic makes an item in script that carries what the topic knew', async () => {
  const { as, add, list } = await topicBench()
  const topic = await add({ format: '问答' })
  const start = (body: object = {}) => as('producer')(`/api/topics/${topic.id}/start`, { body })
  const first = (await start({ platforms: ['douyin'], dueOn: '2026-12-01' })).body as ContentItem
  expect(first).toMatchObject({
    title: topic.title,
    stage: 'scripting',
    topic: { id: topic.id, title: topic.title },
    doctor: { id: 'doc-a' },
    department: { id: 'dep-a' },
    specialtyLine: { id: 'line-a' },
    owner: { id: 'producer-a' },
    format: '问答',
    platforms: ['douyin'],
    dueOn: '2026-12-01',
  })
  expect(
    (await start({ doctorId: null, ownerUserId: 'operator-a' })).body as ContentItem,
  ).toMatchObject({
    doctor: null,
    owner: { id: 'operator-a' },
  })
  expect((await list()).items[0]).toMatchObject({ contentCount: 2 })
  expect((await list('?used=no')).total).toBe(0)
  expect((await list('?used=yes')).total).toBe(1)
  await as('operator')(`/api/topics/${topic.id}/archive`, { body: { revision: 1, archived: true } })
  const refused = await start()
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({
    message: '选题「颈椎推拿的适应与禁忌」已归档，恢复后才能开始制作',
  })
})

test('another institution’s topic is 404; a reviewer reads and does not write', async () => {
  const { as, add } = await topicBench()
  const topic = await add()
  const foreign = as('operator', 'b')
  expect((await foreign(`/api/topics/${topic.id}/start`, { body: {} })).status).toBe(404)
  expect(
    (await foreign(`/api/topics/${topic.id}`, { method: 'PATCH', body: { revision: 1, note: '' } }))
      .status,
  ).toBe(404)
  expect(
    (await foreign(`/api/topics/${topic.id}/archive`, { body: { revision: 1, archived: true } }))
      .status,
  ).toBe(404)
  expect((await foreign('/api/topics')).body).toEqual({ items: [], total: 0 })
  expect((await as('reviewer')('/api/topics')).status).toBe(200)
  expect((await as('reviewer')('/api/topics', { body: { title: '标题' } })).status).toBe(403)
  expect((await as('advisor')('/api/topics')).status).toBe(403)
})
