import type { FunnelStage } from '@xingbo/shared/funnel/funnel-stage'
import {
  attributionModels,
  funnelBreakdowns,
  funnelStages,
} from '@xingbo/shared/funnel/funnel-stage'
import { expect, test } from 'vitest'
import { seededRandom } from '../../support/random.ts'
import { at, countOf, figureOf, funnelBench } from './funnel-bench.ts'

test('behind a platform count stand its posts, most first, unknown last, page by page', async () => {
  const { post, detail } = await funnelBench()
  const small = await post({}, { plays: 5, likes: 1 })
  const none = await post({})
  const big = await post({ platform: 'kuaishou' }, { plays: 50, source: 'api' })
  await post({ publishedAt: at('2026-10-01') }, { plays: 500 })
  const { posts, figure, days, sources } = await detail('stage=play')
  expect(posts?.total).toBe(3)
  expect(posts?.items.map(({ publicationId }) => publicationId)).toEqual([big, small, none])
  expect(posts?.items[0]).toMatchObject({
    title: `内容 ${big}`,
    accountName: 'kuaishou账号',
    platform: 'kuaishou',
    publishedAt: at('2026-11-10').toISOString(),
    figures: {
      play: { value: 50, source: 'api', asOf: at('2026-11-20').toISOString() },
      impression: null,
    },
  })
  expect(posts?.items[1]?.figures.engagement?.value).toBe(1)
  expect(figure.value).toBe(55)
  expect([days, sources]).toEqual([null, null])
  const second = await detail('stage=play&page=2&pageSize=2')
  expect(second.posts).toMatchObject({ total: 3, items: [{ publicationId: none }] })
  const group = await detail('stage=play&group=kuaishou')
  expect(group.posts).toMatchObject({ total: 1, items: [{ publicationId: big }] })
})

test('behind contacts stand days and codes', async () => {
  const { token, touch, detail } = await funnelBench()
  await token('menu', { accountId: 'xiaohongshu-a' })
  await token('desk')
  await touch('menu', at('2026-11-01', '00:00'))
  await touch('menu', at('2026-11-01', '23:59'))
  await touch('menu', at('2026-11-02', '00:00'))
  await touch('desk', at('2026-11-02'))
  await touch('desk', at('2026-11-02'), { bot: true })
  const all = await detail('stage=contact')
  expect(all.days).toHaveLength(21)
  expect(all.days?.slice(0, 3)).toEqual([
    { day: '2026-11-01', value: 2 },
    { day: '2026-11-02', value: 2 },
    { day: '2026-11-03', value: 0 },
  ])
  expect(all.sources).toEqual({
    total: 2,
    items: [
      { kind: 'token', name: '码 menu', platform: 'xiaohongshu', by: 'touch', value: 3 },
      { kind: 'token', name: '码 desk', platform: null, by: 'touch', value: 1 },
    ],
  })
  const own = await detail('stage=contact&group=xiaohongshu')
  expect(own.days?.slice(0, 2).map(({ value }) => value)).toEqual([2, 1])
  expect(own.sources?.total).toBe(1)
})

test('behind visits stand days and where people came from, by touch or by their word', async () => {
  const { token, lead, visit, list, detail } = await funnelBench()
  await token('menu', { accountId: 'xiaohongshu-a' })
  await list('visits', at('2026-11-10'))
  const left = await lead(at('2026-11-01'), {
    phoneIndex: 'p',
    touchToken: 'menu',
    accountId: 'xiaohongshu-a',
  })
  await visit('2026-11-03', { phoneIndex: 'p', leadId: left })
  for (const sourceNote of ['抖音', '抖音', '抖音看到陆医生', '老患者', ''])
    await visit('2026-11-04', { sourceNote })
  const { days, sources, figure } = await detail('stage=visit')
  expect(figure).toMatchObject({ value: 6, knownFrom: '2026-11-03', knownTo: '2026-11-10' })
  // Days before the first visit and after the list's own day are not zero; nobody knows them.
  expect(days).toHaveLength(8)
  expect(days?.slice(0, 2).map(({ value }) => value)).toEqual([1, 5])
  expect(sources?.items.map(({ kind, name, by, value }) => [kind, name, by, value])).toEqual([
    ['platform', '', 'told', 3],
    ['unknown', '', 'nobody', 1],
    ['elsewhere', '', 'told', 1],
    ['token', '码 menu', 'touch', 1],
  ])
})

test('behind what is not known stands nothing', async () => {
  const { detail } = await funnelBench()
  for (const stage of ['contact', 'visit'] as const)
    expect(await detail(`stage=${stage}`)).toMatchObject({
      figure: { value: null },
      posts: null,
      days: null,
      sources: null,
    })
  expect((await detail('stage=play')).posts).toEqual({ items: [], total: 0 })
})

test('whatever is asked, days, origins and groups add up to the bar they stand behind', async () => {
  const { post, token, touch, lead, consult, visit, order, list, view, detail } =
    await funnelBench()
  const random = seededRandom(31)
  const day = () => `2026-11-${String(1 + random.below(21)).padStart(2, '0')}`
  const platforms = ['douyin', 'xiaohongshu', 'kuaishou'] as const
  await list('visits', at('2026-11-21'))
  await list('orders', at('2026-11-21'))
  await visit('2026-10-01')
  await order(at('2026-10-01'))
  const places: { touchToken: string; publicationId: string | null; accountId: string | null }[] =
    []
  for (let n = 0; n < 12; n += 1) {
    const platform = random.pick(platforms)
    const publicationId = await post(
      {
        platform,
        publishedAt: at(day()),
        lineId: random.pick(['line-a', null]),
        doctorId: random.pick(['doc-a', null]),
      },
      { plays: random.below(900), ...(random.chance(0.5) && { impressions: 1_000 }) },
    )
    if (random.chance(0.5)) continue
    const accountId = `${platform}-a`
    const touchToken = await token(`post-${n}`, { publicationId, accountId })
    places.push({ touchToken, publicationId, accountId })
  }
  await token('menu', { accountId: 'douyin-a' })
  await token('desk')
  places.push({ touchToken: 'menu', publicationId: null, accountId: 'douyin-a' })
  places.push({ touchToken: 'desk', publicationId: null, accountId: null })
  for (let n = 0; n < 120; n += 1) await touch(random.pick(places).touchToken, at(day()))
  const people: { phoneIndex: string; leadId: string }[] = []
  for (let n = 0; n < 40; n += 1) {
    const phoneIndex = `phone-${random.below(15)}`
    const leadId = await lead(at(day()), { phoneIndex, ...random.pick(places) })
    if (!people.some((one) => one.phoneIndex === phoneIndex)) people.push({ phoneIndex, leadId })
    if (random.chance(0.5)) await consult(leadId, at(day()))
  }
  const words = ['抖音', '抖音/小红书/快手', '老患者', '', '不详', '视频号']
  for (let n = 0; n < 80; n += 1)
    await visit(day(), {
      sourceNote: random.pick(words),
      ...(random.chance(0.5) && random.pick(people)),
    })
  for (let n = 0; n < 40; n += 1)
    await order(at(day()), {
      paidFen: random.below(200_000) + 1,
      selfReported: random.pick(words),
      ...(random.chance(0.4) && random.pick(people)),
      ...(random.chance(0.3) && { touchToken: random.pick(places).touchToken }),
    })

  const sum = (list: readonly { value: number }[]) => list.reduce((n, { value }) => n + value, 0)
  let bars = 0
  for (const attribution of attributionModels)
    for (const breakdown of funnelBreakdowns) {
      const query = `attribution=${attribution}&breakdown=${breakdown}`
      const shown = await view(query)
      for (const stage of funnelStages) {
        const total = countOf(shown.total, stage) ?? 0
        expect(
          sum(shown.groups.map((group) => ({ value: countOf(group, stage) ?? 0 }))),
        ).toBeCloseTo(total, 9)
      }
      const money = shown.groups.map((group) => figureOf(group, 'purchase').amountFen ?? 0)
      expect(money.reduce((n, fen) => n + fen, 0)).toBe(figureOf(shown.total, 'purchase').amountFen)
      const some = random.shuffled(shown.groups).slice(0, 2)
      for (const group of [...some, null]) {
        const stages: FunnelStage[] = [
          'play',
          'contact',
          'lead',
          'consultation',
          'visit',
          'purchase',
        ]
        for (const stage of stages) {
          const shownValue = countOf(group ?? shown.total, stage)
          const behind = await detail(
            `${query}&stage=${stage}${group ? `&group=${encodeURIComponent(group.key)}` : ''}`,
          )
          expect(behind.figure.value).toBe(shownValue)
          if (shownValue === null) continue
          bars += 1
          if (behind.posts)
            expect(
              sum(behind.posts.items.map(({ figures }) => ({ value: figures.play?.value ?? 0 }))),
            ).toBe(shownValue)
          else {
            expect(sum(behind.days ?? [])).toBeCloseTo(shownValue, 9)
            expect(sum(behind.sources?.items ?? [])).toBeCloseTo(shownValue, 9)
          }
        }
      }
    }
  expect(bars).toBeGreaterThan(150)
})
