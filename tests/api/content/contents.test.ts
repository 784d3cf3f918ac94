import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { expect, test } from 'vitest'
import { everything, lineBench, sha } from './line-bench.ts'

test('a blank item stands where it was made, with its maker as owner and its doctor’s department', async () => {
  const { as, read, acts } = await lineBench()
  const made = await as('operator')('/api/contents', {
    body: {
      title: '  落枕了能不能马上推拿 ',
      stage: 'topic',
      doctorId: 'doc-a',
      specialtyLineId: 'line-a',
      platforms: ['douyin', 'xiaohongshu'],
      dueOn: '2026-11-25',
    },
  })
  expect(made.status).toBe(200)
  const item = made.body as ContentItem
  expect(item).toMatchObject({
    title: '落枕了能不能马上推拿',
    stage: 'topic',
    doctor: { id: 'doc-a', name: '陆闻溪' },
    department: { id: 'dep-a', name: '推拿科' },
    specialtyLine: { id: 'line-a', name: '颈肩推拿' },
    owner: { id: 'operator-a', name: 'operator-a' },
    topic: null,
    platforms: ['douyin', 'xiaohongshu'],
    dueOn: '2026-11-25',
    overdue: false,
    nature: 'science',
    signState: 'none',
    complianceState: 'none',
    revision: 1,
    facts: { script: null, signedSha256: null, cut: { ready: false } },
    holds: [],
  })
  expect(await read(item.id)).toEqual(item)
  expect(await acts(item.id)).toEqual([
    {
      action: 'content.created',
      who: 'operator-a',
      detail: { title: '落枕了能不能马上推拿', stage: 'topic', topicId: null },
    },
  ])
})

test('what it points at must be of this institution, in use, and a colleague', async () => {
  const { as } = await lineBench()
  const make = (body: object) =>
    as('operator')('/api/contents', { body: { title: '标题', ...body } })
  for (const foreign of [
    { doctorId: 'doc-b' },
    { departmentId: 'dep-b' },
    { specialtyLineId: 'line-b' },
    { ownerUserId: 'operator-b' },
    { producerUserId: 'producer-b' },
    { topicId: 'absent' },
  ])
    expect((await make(foreign)).status, JSON.stringify(foreign)).toBe(404)
  expect((await make({ title: '一' })).status).toBe(400)
  expect((await make({ stage: 'ready' })).status).toBe(400)
  expect((await make({ platforms: ['myspace'] })).status).toBe(400)
  expect((await make({})).status).toBe(200)
})

test('an edit says what changed; a stale one is told who came first', async () => {
  const { as, item, acts } = await lineBench()
  const id = await item('scripting')
  const patch = (who: 'operator' | 'producer', body: object) =>
    as(who)(`/api/contents/${id}`, { method: 'PATCH', body })
  const first = await patch('operator', {
    revision: 1,
    title: '改过的标题',
    dueOn: '2026-12-01',
    platforms: ['douyin'],
  })
  expect(first.body).toMatchObject({ title: '改过的标题', dueOn: '2026-12-01', revision: 2 })
  expect(await acts(id)).toEqual([
    {
      action: 'content.changed',
      who: 'operator-a',
      detail: { changes: { title: ['内容1', '改过的标题'], dueOn: [null, '2026-12-01'] } },
    },
  ])
  const late = await patch('producer', { revision: 1, title: '迟到的标题' })
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({ message: 'operator-a 在 11/21 10:00 改过了，请刷新后再改' })
  const [one, two] = await Promise.all([
    patch('operator', { revision: 2, format: '问答' }),
    patch('producer', { revision: 2, format: '图文' }),
  ])
  expect([one.status, two.status].sort()).toEqual([200, 409])
})

test('an edit that changes nothing leaves no trace', async () => {
  const { as, item, read, acts } = await lineBench()
  const id = await item('scripting')
  const same = await as('operator')(`/api/contents/${id}`, {
    method: 'PATCH',
    body: { revision: 1, title: '内容1', doctorId: 'doc-a', platforms: ['douyin'] },
  })
  expect(same.status).toBe(200)
  expect((await read(id)).revision).toBe(1)
  expect(await acts(id)).toEqual([])
})

test('past the doctor the doctor stays, past compliance the nature stays, after the end nothing changes', async () => {
  const { as, item } = await lineBench()
  const patch = (id: string, body: object, language?: string) =>
    as('operator')(`/api/contents/${id}`, {
      method: 'PATCH',
      body: { revision: 1, ...body },
      ...(language && { language }),
    })
  const review = await item('compliance_review', everything)
  const doctor = await patch(review, { doctorId: null })
  expect(doctor.status).toBe(422)
  expect(doctor.body).toMatchObject({ message: '医生已经签发，换医生请先退回脚本' })
  expect((await patch(review, { doctorId: 'doc-a' })).status).toBe(200)
  const ready = await item('ready', everything)
  const nature = await patch(ready, { nature: 'medical_ad' }, 'en')
  expect(nature.body).toMatchObject({
    message: 'It is past compliance; send it back to script before changing its nature',
  })
  const recalled = await item('recalled', everything)
  expect((await patch(recalled, { title: '新标题' })).body).toMatchObject({
    message: '已归档或已召回，不能再修改',
  })
})

test('what was checked as one nature does not count as another', async () => {
  const { as, item, read } = await lineBench()
  const id = await item('compliance_review', everything)
  expect((await read(id)).complianceState).toBe('passed')
  await as('operator')(`/api/contents/${id}`, {
    method: 'PATCH',
    body: { revision: 1, nature: 'medical_ad' },
  })
  const after = await read(id)
  expect(after.complianceState).toBe('none')
  expect(after.facts.compliance.passedSha256).toBeNull()
  expect(after.signState).toBe('signed')
})

test('the board counts every column and narrows by doctor, line, platform, owner, day and words', async () => {
  const { item, board, column } = await lineBench()
  const over = {
    ownerUserId: 'operator-a',
    specialtyLineId: 'line-a',
    platforms: ['kuaishou' as const],
    dueOn: '2026-11-20',
    title: '50%_的人睡不好',
  }
  const late = await item('ready', everything, over)
  await item('ready', everything, { dueOn: '2026-11-21', doctorId: null })
  await item('live', everything, { dueOn: '2026-11-01' })
  await item('topic', {}, { institutionId: 'b', id: 'foreign' })
  const all = await board()
  expect(all.columns).toHaveLength(12)
  expect(all.columns.map(({ total }) => total).reduce((a, b) => a + b)).toBe(3)
  expect(await column('ready')).toMatchObject({ total: 2, overdue: 1 })
  expect(await column('live')).toMatchObject({ total: 1, overdue: 0 })
  const only = async (query: string) =>
    (await board(query)).columns.flatMap(({ items }) => items.map(({ id }) => id))
  for (const query of [
    '?specialtyLineId=line-a',
    '?platform=kuaishou',
    '?ownerUserId=operator-a',
    '?due=overdue',
    `?q=${encodeURIComponent('50%_的')}`,
    '?stage=ready&limit=1',
  ])
    expect(await only(query), query).toEqual([late])
  expect(await only('?doctorId=doc-a')).toHaveLength(2)
  expect(await only(`?q=${encodeURIComponent('%')}`)).toEqual([late])
  expect(await only('?q=nothing-like-it')).toEqual([])
  const one = await board('?stage=ready&limit=1')
  expect(one.columns).toHaveLength(1)
  expect(one.columns[0]).toMatchObject({ stage: 'ready', total: 2 })
})

test('overdue follows the institution’s own day', async () => {
  const { item, read, clock } = await lineBench()
  const id = await item('scripting', {}, { dueOn: '2026-11-20' })
  // 23:59 in Shanghai, then one minute later.
  clock.now = new Date('2026-11-20T15:59:00Z')
  expect((await read(id)).overdue).toBe(false)
  clock.now = new Date('2026-11-20T16:00:00Z')
  expect((await read(id)).overdue).toBe(true)
})

test('six hundred items: every column is counted, a few cards of each are sent', async () => {
  const { item, board } = await lineBench()
  for (let n = 0; n < 600; n++)
    await item(n % 2 ? 'ready' : 'scripting', { script: true, signed: sha })
  const started = performance.now()
  const { columns } = await board('?limit=30')
  const took = performance.now() - started
  const sizes = columns.filter(({ total }) => total > 0)
  expect(sizes.map(({ stage, total, items }) => [stage, total, items.length])).toEqual([
    ['scripting', 300, 30],
    ['ready', 300, 30],
  ])
  expect(sizes.every(({ items }) => items.every(({ signState }) => signState === 'signed'))).toBe(
    true,
  )
  // About 40 ms on two slow cores; a query per card would take a second.
  expect(took).toBeLessThan(1000)
})

test('another institution’s item is 404, and roles outside the line have no board', async () => {
  const { item, as } = await lineBench()
  const id = await item('scripting')
  for (const call of [
    as('operator', 'b')(`/api/contents/${id}`),
    as('operator', 'b')(`/api/contents/${id}`, {
      method: 'PATCH',
      body: { revision: 1, title: '标题' },
    }),
  ])
    expect((await call).status).toBe(404)
  expect((await as('advisor')('/api/contents')).status).toBe(403)
  expect((await as('doctor')('/api/contents')).status).toBe(200)
  expect((await as('doctor')('/api/contents', { body: { title: '标题' } })).status).toBe(403)
  expect((await as(null)('/api/contents')).status).toBe(401)
})
