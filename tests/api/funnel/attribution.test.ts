import { expect, test } from 'vitest'
import { at, countOf, figureOf, funnelBench } from './funnel-bench.ts'

test('a visit goes to the first, last or every lead of its phone, never to one left afterwards', async () => {
  const { post, token, lead, visit, list, view } = await funnelBench()
  const video = await post({ platform: 'kuaishou', lineId: 'line-a', doctorId: 'doc-a' })
  await token('video', { publicationId: video, accountId: 'kuaishou-a' })
  await token('menu', { accountId: 'xiaohongshu-a' })
  await token('desk')
  await list('visits', at('2026-11-21'))
  await lead(at('2026-11-02'), {
    phoneIndex: 'p1',
    touchToken: 'video',
    publicationId: video,
    accountId: 'kuaishou-a',
  })
  const second = await lead(at('2026-11-05', '23:50'), {
    phoneIndex: 'p1',
    touchToken: 'menu',
    accountId: 'xiaohongshu-a',
  })
  await lead(at('2026-11-06'), { phoneIndex: 'p1', touchToken: 'desk' })
  await visit('2026-11-05', { phoneIndex: 'p1', leadId: second, sourceNote: '抖音' })

  const credit = async (attribution: string, breakdown = 'platform') => {
    const { groups } = await view(`attribution=${attribution}&breakdown=${breakdown}`)
    return Object.fromEntries(
      groups.flatMap((group) => {
        const value = countOf(group, 'visit')
        return value ? [[group.key, value]] : []
      }),
    )
  }
  expect(await credit('first')).toEqual({ kuaishou: 1 })
  expect(await credit('last')).toEqual({ xiaohongshu: 1 })
  expect(await credit('linear')).toEqual({ kuaishou: 0.5, xiaohongshu: 0.5 })
  expect(await credit('self_reported')).toEqual({ douyin: 1 })
  expect(await credit('first', 'line')).toEqual({ 'line-a': 1 })
  expect(await credit('first', 'doctor')).toEqual({ 'doc-a': 1 })
  expect(await credit('last', 'account')).toEqual({ 'xiaohongshu-a': 1 })
  // The menu belongs to no line.
  expect(await credit('linear', 'line')).toEqual({ 'line-a': 0.5, '~unknown': 0.5 })
})

test('a visit whose only lead came later, or was erased, still finds its way', async () => {
  const { token, lead, visit, list, view } = await funnelBench()
  await token('menu', { accountId: 'xiaohongshu-a' })
  await list('visits', at('2026-11-21'))
  const later = await lead(at('2026-11-09'), {
    phoneIndex: 'p',
    touchToken: 'menu',
    accountId: 'xiaohongshu-a',
  })
  await visit('2026-11-08', { phoneIndex: 'p', leadId: later, sourceNote: '快手' })
  const erased = await lead(at('2026-11-01'), { touchToken: 'menu', accountId: 'xiaohongshu-a' })
  await visit('2026-11-08', { phoneIndex: null, leadId: erased })
  const { groups, standing } = await view()
  expect(groups.map((group) => [group.key, countOf(group, 'visit')])).toEqual([
    ['kuaishou', 1],
    ['xiaohongshu', 1],
  ])
  expect(standing.visit).toMatchObject({ byTouch: 1, byTold: 1 })
})

test('purchases count what was kept, and go to code, account, lead or word as the model says', async () => {
  const { post, token, lead, order, list, view } = await funnelBench()
  const video = await post({ platform: 'kuaishou' })
  await token('video', { publicationId: video, accountId: 'kuaishou-a' })
  await token('desk')
  await list('orders', at('2026-11-21'))
  const left = await lead(at('2026-11-01'), {
    phoneIndex: 'p',
    touchToken: 'video',
    publicationId: video,
    accountId: 'kuaishou-a',
  })
  await order(at('2026-10-20'))
  await order(at('2026-11-05'), {
    phoneIndex: 'p',
    leadId: left,
    accountId: 'douyin-a',
    selfReported: '小红书',
  })
  await order(at('2026-11-06'), {
    touchToken: 'desk',
    refundFen: 28_000,
    status: 'partly_refunded',
  })
  // The desk's code says where it was paid, the account what brought it.
  await order(at('2026-11-06'), { touchToken: 'desk', accountId: 'xiaohongshu-a', paidFen: 30_001 })
  await order(at('2026-11-06'), { selfReported: '视频号', paidFen: 100 })
  await order(at('2026-11-07'), { status: 'refunded', refundFen: 128_000 })
  await order(at('2026-11-07'), { status: 'redeemed', refundFen: 128_000 })
  await order(null, { status: 'unpaid', paidFen: 0 })
  await order(at('2026-11-07'), { status: 'closed' })

  const parts = async (attribution: string) => {
    const { groups, total } = await view(`attribution=${attribution}`)
    const figure = figureOf(total, 'purchase')
    expect([figure.value, figure.amountFen]).toEqual([4, 128_000 + 100_000 + 30_001 + 100])
    return Object.fromEntries(
      groups.flatMap((group) => {
        const { value, amountFen } = figureOf(group, 'purchase')
        return value ? [[group.key, [value, amountFen]]] : []
      }),
    )
  }
  const rest = { '~elsewhere': [1, 100_000], channels: [1, 100], xiaohongshu: [1, 30_001] }
  expect(await parts('last')).toEqual({ ...rest, douyin: [1, 128_000] })
  expect(await parts('first')).toEqual({ ...rest, kuaishou: [1, 128_000] })
  expect(await parts('linear')).toEqual({
    ...rest,
    douyin: [0.5, 64_000],
    kuaishou: [0.5, 64_000],
  })
  expect(await parts('self_reported')).toEqual({
    xiaohongshu: [1, 128_000],
    channels: [1, 100],
    '~unknown': [2, 130_001],
  })
})
