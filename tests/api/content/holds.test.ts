import type { Hold } from '@xingbo/shared/content/hold.schema'
import { expect, test } from 'vitest'
import { activeHolds } from '../../../apps/api/src/modules/content/hold.service.ts'
import { lineBench } from './line-bench.ts'

async function holdBench() {
  const bench = await lineBench()
  const place = (kind: string, subjectId: string, who: 'reviewer' | 'operator' = 'reviewer') =>
    bench.as(who)('/api/holds', { body: { kind, subjectId, reason: '家属投诉，核实中' } })
  const lift = (id: string, who: 'reviewer' | 'manager' = 'manager') =>
    bench.as(who)(`/api/holds/${id}/lift`, { body: { reason: '核实完毕' } })
  const list = async (query = '') =>
    ((await bench.as('doctor')(`/api/holds${query}`)).body as { items: Hold[] }).items
  return { ...bench, place, lift, list }
}

test('a hold stops what it names, shows on its cards, and ends when somebody lifts it', async () => {
  const { item, place, lift, list, read, column, acts, db } = await holdBench()
  const id = await item('ready')
  const placed = (await place('doctor', 'doc-a')).body as Hold
  expect(placed).toMatchObject({
    kind: 'doctor',
    subjectName: '陆闻溪',
    reason: '家属投诉，核实中',
    placedBy: 'reviewer-a',
    liftedAt: null,
  })
  expect((await column('ready')).items[0]?.held).toBe(true)
  expect((await read(id)).holds.map((one) => one.id)).toEqual([placed.id])
  expect(
    await activeHolds(db.read, 'a', { doctorId: 'doc-a', accountId: 'douyin-a' }),
  ).toMatchObject([{ id: placed.id, reason: '家属投诉，核实中' }])
  expect(await activeHolds(db.read, 'b', { doctorId: 'doc-a' })).toEqual([])
  expect(await activeHolds(db.read, 'a', { doctorId: null, contentId: id })).toEqual([])

  expect((await lift(placed.id)).body).toMatchObject({ liftedBy: 'manager-a' })
  expect((await read(id)).held).toBe(false)
  expect(await list()).toEqual([])
  expect(await list('?show=all&kind=doctor&subjectId=doc-a')).toHaveLength(1)
  expect(await list('?show=all&kind=account')).toEqual([])
  expect(await acts(placed.id)).toMatchObject([
    { action: 'hold.placed', detail: { kind: 'doctor', subjectId: 'doc-a', name: '陆闻溪' } },
    { action: 'hold.lifted', detail: { reason: '核实完毕' } },
  ])
})

test('all four kinds, each of this institution only', async () => {
  const { as, item, place, list } = await holdBench()
  const content = await item('ready')
  const topic = (await as('operator')('/api/topics', { body: { title: '选题一' } })).body as {
    id: string
  }
  const subjects: [string, string][] = [
    ['doctor', 'doc-a'],
    ['account', 'douyin-a'],
    ['topic', topic.id],
    ['content', content],
  ]
  for (const [kind, id] of subjects)
    expect((await place(kind, id, 'operator')).status, kind).toBe(200)
  expect((await list()).map(({ subjectName }) => subjectName).sort()).toEqual(
    ['陆闻溪', 'douyin账号', '选题一', '内容1'].sort(),
  )
  for (const [kind, id] of subjects) {
    const foreign = await as('reviewer', 'b')('/api/holds', {
      body: { kind, subjectId: id, reason: '别家的' },
    })
    expect(foreign.status, kind).toBe(404)
  }
  expect((await place('doctor', 'absent')).status).toBe(404)
  expect((await place('claim', 'x')).status).toBe(400)
})

test('one hold per subject at a time; of two who place or lift at once one is told', async () => {
  const { place, lift, list } = await holdBench()
  const placed = await Promise.all([
    place('account', 'douyin-a'),
    place('account', 'douyin-a', 'operator'),
  ])
  expect(placed.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(placed.find(({ status }) => status === 409)?.body).toMatchObject({
    message: '已经有一条未解除的暂停：家属投诉，核实中',
  })
  const [standing] = await list()
  const id = standing?.id ?? ''
  const lifted = await Promise.all([lift(id), lift(id, 'reviewer')])
  expect(lifted.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(lifted.find(({ status }) => status === 409)?.body).toMatchObject({
    message: '这条暂停已经解除',
  })
  expect((await place('account', 'douyin-a')).status).toBe(200)
})

test('who may stop may not always let go on, and a reason is never left out', async () => {
  const { as, place } = await holdBench()
  const { id } = (await place('doctor', 'doc-a', 'operator')).body as Hold
  expect((await as('operator')(`/api/holds/${id}/lift`, { body: { reason: '好了' } })).status).toBe(
    403,
  )
  expect((await as('producer')('/api/holds', { body: {} })).status).toBe(403)
  expect((await as('manager')(`/api/holds/${id}/lift`, { body: { reason: ' ' } })).status).toBe(400)
  expect(
    (await as('manager', 'b')(`/api/holds/${id}/lift`, { body: { reason: '好了' } })).status,
  ).toBe(404)
})
