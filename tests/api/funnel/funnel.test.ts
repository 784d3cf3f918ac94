import type { ErrorBody } from '@xingbo/shared/errors'
import type { FunnelView } from '@xingbo/shared/funnel/funnel.schema'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { institutions } from '../../../apps/api/src/db/schema/institutions.ts'
import { at, countOf, figureOf, funnelBench, groupNamed } from './funnel-bench.ts'

test('an empty house shows nine gaps with their reasons and not one zero', async () => {
  const { view } = await funnelBench()
  const { total, groups, kpis, standing } = await view()
  expect(total.figures.map(({ stage, value }) => [stage, value])).toEqual([
    ['impression', null],
    ['play', null],
    ['engagement', null],
    ['profile_visit', null],
    ['contact', null],
    ['lead', null],
    ['consultation', null],
    ['visit', null],
    ['purchase', null],
  ])
  expect(total.figures.map(({ gap }) => gap?.key)).toEqual([
    'funnel.gap.noPublications',
    'funnel.gap.noPublications',
    'funnel.gap.noPublications',
    'funnel.gap.noPublications',
    'funnel.gap.noTokens',
    'funnel.gap.noTokens',
    'funnel.gap.noTokens',
    'funnel.gap.noVisits',
    'funnel.gap.noOrders',
  ])
  expect(groups).toEqual([])
  expect(standing).toEqual({ visit: null, purchase: null })
  expect(kpis.visits).toEqual({ value: null, days: null, previous: null, against: null })
  expect(kpis.costGap?.key).toBe('funnel.cost.missing')
})

test('platform counts come from the latest snapshot that knows them, of posts published in the period', async () => {
  const { post, view } = await funnelBench()
  await post(
    {},
    { asOf: at('2026-11-12'), plays: 100, impressions: 900, likes: 3 },
    { asOf: at('2026-11-20'), plays: 150, likes: 5, comments: 2, shares: 1 },
    // Later, and knows nothing of plays: what was known stays known.
    { asOf: at('2026-11-20', '18:00'), source: 'manual', profileVisits: 7 },
  )
  await post({}, { plays: 50, favorites: 4 })
  // Of one moment, what the platform said itself counts.
  await post({}, { plays: 11, source: 'manual' }, { plays: 10, source: 'api' })
  await post({})
  // A day too early, a day too late, never out, in another house; taken down since, it was seen all the same.
  await post({ publishedAt: at('2026-10-31', '23:59') }, { plays: 10_000 })
  await post({ publishedAt: at('2026-11-22', '00:00') }, { plays: 10_000 })
  await post({ state: 'failed' }, { plays: 10_000 })
  await post({ institutionId: 'b' }, { plays: 10_000, institutionId: 'b' })
  await post({ state: 'taken_down', publishedAt: at('2026-11-21', '23:59') }, { plays: 1 })

  const { total } = await view()
  const play = figureOf(total, 'play')
  expect(play).toMatchObject({
    value: 211,
    coverage: { known: 4, total: 5 },
    sources: ['api', 'import'],
    asOf: at('2026-11-20').toISOString(),
    oldestAsOf: at('2026-11-20').toISOString(),
  })
  expect(figureOf(total, 'impression')).toMatchObject({
    value: 900,
    coverage: { known: 1, total: 5 },
    asOf: at('2026-11-12').toISOString(),
  })
  expect(countOf(total, 'engagement')).toBe(8 + 4)
  expect(figureOf(total, 'profile_visit')).toMatchObject({ value: 7, sources: ['manual'] })
  // Over the one post that has both.
  expect(play.step).toMatchObject({
    numerator: 150,
    denominator: 900,
    posts: { known: 1, total: 5 },
  })
})

test('contacts, leads and consultations are counted by their own day, machines and follow-ups left out', async () => {
  const { post, token, touch, lead, consult, view } = await funnelBench()
  const publicationId = await post({ publishedAt: at('2026-10-02') }, { plays: 5 })
  await token('video', { publicationId, accountId: 'douyin-a' })
  await token('fresh', { publicationId: await post({}, { plays: 5 }), accountId: 'douyin-a' })
  await post({}, { plays: 5 })
  await token('menu', { accountId: 'xiaohongshu-a' })
  await token('desk')
  await touch('video', at('2026-11-01', '00:00'))
  await touch('video', at('2026-11-21', '23:59'))
  await touch('video', at('2026-10-31', '23:59'))
  await touch('video', at('2026-11-22', '00:00'))
  await touch('video', at('2026-11-05'), { bot: true })
  await touch('menu', at('2026-11-05'))
  await touch('desk', at('2026-11-05'))
  const one = await lead(at('2026-11-06'), {
    touchToken: 'video',
    publicationId,
    accountId: 'douyin-a',
  })
  await lead(at('2026-11-07'), { touchToken: 'desk' })
  const old = await lead(at('2026-10-07'), { touchToken: 'menu', accountId: 'xiaohongshu-a' })
  await consult(one, at('2026-11-08'))
  await consult(one, at('2026-11-09'))
  await consult(old, at('2026-11-09'))
  await consult(old, at('2026-11-10'), 'follow_up')

  const shown = await view()
  expect(figureOf(shown.total, 'contact')).toMatchObject({
    value: 4,
    sources: ['system'],
    // Of the two posts of the period one carries a token.
    coverage: { known: 1, total: 2 },
  })
  expect(figureOf(shown.total, 'lead')).toMatchObject({ value: 2, sources: ['system'] })
  expect(figureOf(shown.total, 'consultation')).toMatchObject({ value: 2, sources: ['manual'] })
  const parts = (key: string) =>
    (['contact', 'lead', 'consultation'] as const).map((stage) =>
      countOf(groupNamed(shown, key), stage),
    )
  expect(parts('douyin')).toEqual([2, 1, 1])
  expect(parts('xiaohongshu')).toEqual([1, 0, 1])
  expect(parts('~elsewhere')).toEqual([1, 1, 0])
  // Kuaishou has no token: it is not in the list rather than a row of zeros.
  expect(shown.groups.map(({ key }) => key)).not.toContain('kuaishou')
})

test('visits unpaid, wholly refunded or made up for a test are none', async () => {
  const { visit, list, view } = await funnelBench()
  await list('visits', at('2026-11-21', '09:00'))
  await visit('2026-10-01', { sourceNote: '抖音' })
  await visit('2026-11-01', { sourceNote: '抖音' })
  await visit('2026-11-02', { sourceNote: 'dy', payStatus: 'insured' })
  await visit('2026-11-03', { sourceNote: '抖音/小红书都看过', feeFen: null, payStatus: 'unknown' })
  await visit('2026-11-04', { sourceNote: '服务包核销', feeFen: 0 })
  await visit('2026-11-05', { payStatus: 'partly_refunded', refundFen: 100 })
  await visit('2026-11-05', { payStatus: 'unpaid', sourceNote: '抖音' })
  await visit('2026-11-05', { payStatus: 'refunded', refundFen: 2_500, sourceNote: '抖音' })
  await visit('2026-11-05', { refundFen: 2_500, sourceNote: '抖音' })
  await visit('2026-11-05', { sourceNote: '测试' })
  await visit('2026-11-22', { sourceNote: '抖音' })
  await visit('2026-11-05', { institutionId: 'b', sourceNote: '抖音' })

  const shown = await view()
  expect(figureOf(shown.total, 'visit')).toMatchObject({
    value: 5,
    sources: ['import'],
    asOf: at('2026-11-21', '09:00').toISOString(),
    knownFrom: null,
  })
  expect(countOf(groupNamed(shown, 'douyin'), 'visit')).toBe(2.5)
  expect(countOf(groupNamed(shown, 'xiaohongshu'), 'visit')).toBe(0.5)
  expect(countOf(groupNamed(shown, '~elsewhere'), 'visit')).toBe(1)
  expect(countOf(groupNamed(shown, '~unknown'), 'visit')).toBe(1)
  expect(shown.standing.visit).toEqual({
    total: 5,
    byTouch: 0,
    byTold: 3,
    elsewhere: 1,
    unknown: 1,
  })
})

test('a filter narrows every stage, and what is not known to belong is left out', async () => {
  const { post, token, touch, visit, list, db, view } = await funnelBench()
  await post({ platform: 'douyin', doctorId: 'doc-a', lineId: 'line-a' }, { plays: 10 })
  await post({ platform: 'kuaishou' }, { plays: 5 })
  await db.inTransaction(async (tx) => {
    await tx.insert(accounts).values({
      id: 'doctors-own',
      institutionId: 'a',
      platform: 'douyin',
      displayName: '陆医生',
      ownerType: 'doctor',
      doctorId: 'doc-a',
      certificationStatus: 'certified',
      publishRoute: 'handoff',
      operatedBy: 'team',
      createdAt: at('2026-01-01'),
      updatedAt: at('2026-01-01'),
    })
  })
  await post({ platform: 'douyin', accountId: 'doctors-own' }, { plays: 3 })
  await token('menu', { accountId: 'doctors-own' })
  await touch('menu', at('2026-11-05'))
  await list('visits', at('2026-11-21'))
  await visit('2026-11-05', { sourceNote: '抖音' })
  await visit('2026-11-05', { sourceNote: '老患者' })

  const stages = async (query: string) => {
    const { total } = await view(query)
    return [countOf(total, 'play'), countOf(total, 'contact'), countOf(total, 'visit')]
  }
  expect(await stages('')).toEqual([18, 1, 2])
  expect(await stages('platform=douyin')).toEqual([13, 1, 1])
  expect(await stages('platform=kuaishou')).toEqual([5, null, 0])
  // Content without a doctor counts for the doctor whose account it stands on.
  expect(await stages('doctorId=doc-a')).toEqual([13, 1, 0])
  expect(await stages('specialtyLineId=line-a')).toEqual([10, null, null])
  expect(await stages('accountId=kuaishou-a')).toEqual([5, null, null])
  // The share nobody knows is one of all visits, whatever is filtered.
  expect((await view('platform=douyin')).standing.visit).toMatchObject({ total: 2, elsewhere: 1 })
})

test('breakdowns name accounts, doctors and lines, and add up to the total', async () => {
  const { post, visit, list, view } = await funnelBench()
  await post({ doctorId: 'doc-a', lineId: 'line-a' }, { plays: 10, impressions: 100 })
  await post({ platform: 'kuaishou' }, { plays: 7 })
  await list('visits', at('2026-11-21'))
  await visit('2026-11-05', { sourceNote: '抖音/快手/小红书' })
  const names: Record<string, string[]> = {}
  for (const breakdown of ['platform', 'account', 'doctor', 'line'] as const) {
    const { groups, total } = await view(`breakdown=${breakdown}&attribution=linear`)
    names[breakdown] = groups.map(({ key, name, kind }) => `${key} ${name} ${kind}`)
    for (const stage of ['play', 'visit'] as const)
      expect(
        groups.reduce((sum, group) => sum + (countOf(group, stage) ?? 0), 0),
        `${breakdown} ${stage}`,
      ).toBeCloseTo(countOf(total, stage) ?? -1, 9)
  }
  expect(names).toEqual({
    platform: ['douyin  one', 'kuaishou  one', 'xiaohongshu  one'],
    account: ['douyin-a douyin账号 one', 'kuaishou-a kuaishou账号 one', '~unknown  unknown'],
    doctor: ['doc-a 陆闻溪 one', '~unknown  unknown'],
    line: ['line-a 颈肩推拿 one', '~unknown  unknown'],
  })
})

test('the figures of the page compare with the same length before, and costs go by days', async () => {
  const { visit, order, list, cost, view } = await funnelBench()
  await list('visits', at('2026-11-21'))
  await list('orders', at('2026-11-21'))
  await visit('2026-09-01')
  await order(at('2026-09-01'))
  for (const day of ['2026-10-11', '2026-10-31', '2026-11-01', '2026-11-10', '2026-11-21'])
    await visit(day)
  await order(at('2026-10-12'), { paidFen: 50_000 })
  await order(at('2026-11-21', '23:59'), { paidFen: 80_000 })
  await cost('2026-11', 300_000)
  await cost('2026-11', 30_000, { accountId: 'douyin-a' })
  await cost('2026-10', 310_000, { accountId: 'kuaishou-a' })

  const { kpis, previous } = await view()
  expect(previous).toEqual({ from: '2026-10-11', to: '2026-10-31' })
  expect(kpis).toMatchObject({
    visits: { value: 3, previous: 2 },
    purchases: { value: 1, previous: 1 },
    netFen: { value: 80_000, previous: 50_000 },
    // 21 of the 30 days of November, 21 of the 31 of October.
    costFen: { value: 231_000, previous: 210_000 },
    costPerVisitFen: { value: 77_000, previous: 105_000 },
    costGap: null,
  })
  expect((await view('platform=douyin')).kpis).toMatchObject({
    costFen: { value: 21_000, previous: null },
    costPerVisitFen: { value: null },
    costGap: { key: 'funnel.cost.noVisits' },
  })
  expect((await view('doctorId=doc-a')).kpis.costGap?.key).toBe('funnel.cost.byDoctor')
})

test('what is known in part is compared with the same days before, and only with days the list has', async () => {
  const { visit, list, cost, view } = await funnelBench()
  await list('visits', at('2026-11-18'))
  for (const day of ['2026-10-11', '2026-10-12', '2026-10-28', '2026-10-29', '2026-11-05'])
    await visit(day)
  await cost('2026-11', 300_000)
  const { kpis, total } = await view()
  const days = { from: '2026-11-01', to: '2026-11-18' }
  expect(figureOf(total, 'visit')).toMatchObject({ knownFrom: days.from, knownTo: days.to })
  expect(kpis.visits).toEqual({
    value: 1,
    days,
    previous: 3,
    // Eighteen days too; the last three of the period before are left out.
    against: { from: '2026-10-11', to: '2026-10-28' },
  })
  expect(kpis.costPerVisitFen).toMatchObject({ value: 180_000, days })
  expect(kpis.costFen).toMatchObject({ value: 180_000, previous: null })
})

test('a period the lists do not reach back to is not compared with', async () => {
  const { visit, list, view } = await funnelBench()
  await list('visits', at('2026-11-21'))
  await visit('2026-10-12')
  await visit('2026-11-05')
  const { kpis } = await view()
  expect(kpis.visits).toMatchObject({ value: 1, previous: null, against: null })
})

test('without dates it is the last thirty days up to today in the institution’s zone', async () => {
  const { as, db } = await funnelBench()
  // Ten in the morning of the 21st in Shanghai is four in the afternoon of the 20th in Honolulu.
  await db.inTransaction(async (tx) => {
    await tx.update(institutions).set({ timeZone: 'Pacific/Honolulu' })
  })
  const { range } = (await as('manager')('/api/funnel')).body as FunnelView
  expect(range).toEqual({ from: '2026-10-22', to: '2026-11-20', zone: 'Pacific/Honolulu' })
})

test('what cannot be asked is refused with the sentence, in both languages', async () => {
  const { as } = await funnelBench()
  const ask = (query: string, language?: string) =>
    as('manager')(`/api/funnel?${query}`, language ? { language } : {})
  const backwards = await ask('from=2026-11-21&to=2026-11-01')
  expect(backwards.status).toBe(422)
  expect((backwards.body as ErrorBody).message).toBe('开始日期要在结束日期之前')
  const long = await ask('from=2020-01-01&to=2026-11-01', 'en')
  expect((long.body as ErrorBody).message).toBe('At most 366 days can be shown at once')
  expect((await ask('from=tomorrow')).status).toBe(400)
  expect((await ask('accountId=douyin-b')).status).toBe(404)
  expect((await ask('doctorId=doc-b')).status).toBe(404)
  expect((await ask('specialtyLineId=line-b')).status).toBe(404)
})

test('it is the operator’s, the manager’s and the administrator’s', async () => {
  const { as } = await funnelBench()
  const statuses = await Promise.all(
    (
      ['operator', 'manager', 'admin', 'doctor', 'advisor', 'reviewer', 'producer', null] as const
    ).map(async (role) => [
      (await as(role)('/api/funnel')).status,
      (await as(role)('/api/funnel/detail?stage=play')).status,
    ]),
  )
  expect(statuses).toEqual([
    [200, 200],
    [200, 200],
    [200, 200],
    [403, 403],
    [403, 403],
    [403, 403],
    [403, 403],
    [401, 401],
  ])
})

test('nothing in the answer leads to a person', async () => {
  const { lead, visit, order, list, token, as } = await funnelBench()
  await token('menu', { accountId: 'xiaohongshu-a' })
  await list('visits', at('2026-11-21'))
  await list('orders', at('2026-11-21'))
  const id = await lead(at('2026-11-01'), {
    name: 'sealed-name',
    phone: 'sealed-phone',
    phoneIndex: 'phone-hash',
    touchToken: 'menu',
  })
  await visit('2026-11-05', {
    phoneIndex: 'phone-hash',
    leadId: id,
    nameIndex: 'name-hash',
    sourceNote: '抖音，王大夫的邻居',
  })
  await order(at('2026-11-05'), { phoneIndex: 'phone-hash', leadId: id, selfReported: '老王介绍' })
  const texts = [(await as('manager')('/api/funnel')).text]
  for (const stage of ['lead', 'visit', 'purchase'])
    texts.push((await as('manager')(`/api/funnel/detail?stage=${stage}`)).text)
  for (const secret of [id, 'sealed', 'phone-hash', 'name-hash', '邻居', '老王', 'ord-', 'vis-'])
    expect(texts.join('\n'), secret).not.toContain(secret)
  expect(texts.join('')).toContain('码 menu')
})
