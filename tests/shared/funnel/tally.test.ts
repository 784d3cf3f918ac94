import { attribute, wholeCredit } from '@xingbo/shared/funnel/attribution.rules'
import { type FunnelContext, funnelOf } from '@xingbo/shared/funnel/figure.rules'
import {
  attributionModels,
  type FunnelStage,
  funnelBreakdowns,
  type PlatformStage,
  platformStages,
} from '@xingbo/shared/funnel/funnel-stage'
import {
  type FunnelFilter,
  groupOf,
  isWanted,
  type Origin,
  type Place,
} from '@xingbo/shared/funnel/origin'
import {
  type ConversionFacts,
  emptySums,
  type FunnelFacts,
  type Known,
  type PublicationFacts,
  type Sums,
  standingOf,
  tally,
} from '@xingbo/shared/funnel/tally.rules'
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../support/random.ts'

const somePlace = (random: Random): Place => ({
  platform: random.pick(['douyin', 'xiaohongshu', 'kuaishou']),
  accountId: random.pick(['a1', 'a2', 'a3', null]),
  doctorId: random.pick(['d1', 'd2', null]),
  specialtyLineId: random.pick(['l1', null]),
  publicationId: random.pick(['p1', 'p2', null]),
})
const someOrigin = (random: Random): Origin =>
  random.chance(0.15)
    ? { kind: 'unknown' }
    : random.chance(0.15)
      ? { kind: 'elsewhere', token: random.pick(['desk', null]) }
      : { kind: 'placed', place: somePlace(random), token: random.pick(['t1', null]) }
const someKnown = (random: Random): Known | null =>
  random.chance(0.3)
    ? null
    : {
        value: random.below(10_000),
        asOf: 1_000 + random.below(50),
        source: random.pick(['api', 'import', 'manual']),
      }
const someConversion = (random: Random): ConversionFacts => ({
  shares: attribute(
    random.pick(attributionModels),
    Array.from({ length: random.below(5) }, (_, i) => ({
      at: i,
      id: `${i}`,
      origin: someOrigin(random),
    })),
    random.pick([
      { kind: 'unknown' },
      { kind: 'elsewhere' },
      { kind: 'platforms', platforms: ['douyin', 'weibo'] },
    ]),
  ),
  times: 1 + random.below(3),
  netFen: random.below(900_000),
})
const many = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: random.below(most) }, make)
const someFacts = (random: Random): FunnelFacts => ({
  publications: many(random, 40, () => ({
    place: somePlace(random),
    carriesToken: random.chance(0.2),
    figures: {
      impression: someKnown(random),
      play: someKnown(random),
      engagement: someKnown(random),
      profile_visit: someKnown(random),
    },
  })),
  tokens: many(random, 20, () => ({ origin: someOrigin(random), contacts: random.below(50) })),
  leads: many(random, 20, () => ({
    origin: someOrigin(random),
    leads: random.below(5),
    consulted: random.below(3),
  })),
  visits: many(random, 60, () => someConversion(random)),
  purchases: many(random, 30, () => someConversion(random)),
})
const someFilter = (random: Random): FunnelFilter => ({
  ...(random.chance(0.3) && { platform: 'douyin' as const }),
  ...(random.chance(0.2) && { accountId: 'a1' }),
  ...(random.chance(0.2) && { doctorId: 'd1' }),
})
/** Sets do not compare by order, but maps inside them do; written plainly they all compare. */
const plain = (sums: Sums) => ({
  ...sums,
  platform: Object.fromEntries(
    platformStages.map((stage) => [
      stage,
      { ...sums.platform[stage], sources: [...sums.platform[stage].sources].sort() },
    ]),
  ),
  pairs: [...sums.pairs].sort(([a], [b]) => (a < b ? -1 : 1)),
})

test('the groups add up to the total, to the last credit and the last fen', () => {
  const random = seededRandom(17)
  for (let run = 0; run < 200; run += 1) {
    const [facts, filter] = [someFacts(random), someFilter(random)]
    for (const breakdown of funnelBreakdowns) {
      const { total, groups } = tally(facts, breakdown, filter)
      const all = [...groups.values()]
      const added = (of: (sums: Sums) => number) => all.reduce((sum, one) => sum + of(one), 0)
      for (const key of [
        'publications',
        'tokens',
        'contacts',
        'leads',
        'consulted',
        'visitCredit',
        'purchaseCredit',
        'netFen',
      ] as const)
        expect(
          added((sums) => sums[key]),
          `${breakdown} ${key}`,
        ).toBe(total[key])
      for (const stage of platformStages)
        expect(added((sums) => sums.platform[stage].value)).toBe(total.platform[stage].value)
    }
  }
})

test('a total is what a plain recount of the raw events says', () => {
  const random = seededRandom(19)
  for (let run = 0; run < 200; run += 1) {
    const [facts, filter] = [someFacts(random), someFilter(random)]
    const { total } = tally(facts, 'platform', filter)
    const wanted = (origin: Origin) => isWanted(origin, filter)
    const posts = facts.publications.filter(({ place }) =>
      wanted({ kind: 'placed', place, token: null }),
    )
    expect(total.publications).toBe(posts.length)
    for (const stage of platformStages) {
      const known = posts.flatMap(({ figures }) => figures[stage] ?? [])
      expect(total.platform[stage].known).toBe(known.length)
      expect(total.platform[stage].value).toBe(known.reduce((sum, one) => sum + one.value, 0))
    }
    const credit = facts.visits
      .flatMap(({ shares, times }) =>
        shares.filter(({ origin }) => wanted(origin)).map((share) => share.credit * times),
      )
      .reduce((sum, one) => sum + one, 0)
    expect(total.visitCredit).toBe(credit)
    if (Object.keys(filter).length === 0) {
      expect(total.visitCredit / wholeCredit).toBe(
        facts.visits.reduce((sum, { times }) => sum + times, 0),
      )
      expect(total.netFen).toBe(facts.purchases.reduce((sum, one) => sum + one.netFen, 0))
    }
  }
})

test('the order in which facts are read does not matter', () => {
  const random = seededRandom(23)
  for (let run = 0; run < 100; run += 1) {
    const facts = someFacts(random)
    const again: FunnelFacts = {
      publications: random.shuffled(facts.publications),
      tokens: random.shuffled(facts.tokens),
      leads: random.shuffled(facts.leads),
      visits: random.shuffled(facts.visits),
      purchases: random.shuffled(facts.purchases),
    }
    for (const breakdown of funnelBreakdowns) {
      const [one, other] = [tally(facts, breakdown, {}), tally(again, breakdown, {})]
      expect(plain(other.total)).toEqual(plain(one.total))
      expect([...other.groups.keys()].sort()).toEqual([...one.groups.keys()].sort())
      for (const [key, sums] of one.groups)
        expect(plain(other.groups.get(key) ?? emptySums())).toEqual(plain(sums))
    }
  }
})

test('the parts of a standing add up to all visits, and say who named them', () => {
  const random = seededRandom(29)
  for (let run = 0; run < 200; run += 1) {
    const conversions = many(random, 40, () => someConversion(random))
    const { total, byTouch, byTold, elsewhere, unknown } = standingOf(conversions)
    expect(total).toBe(conversions.reduce((sum, { times }) => sum + times, 0))
    expect(byTouch + byTold + elsewhere + unknown).toBeCloseTo(total, 9)
  }
})

test('a place without the dimension asked for belongs to the unknown group, a desk to elsewhere', () => {
  const place: Place = {
    platform: 'douyin',
    accountId: 'a1',
    doctorId: null,
    specialtyLineId: null,
    publicationId: null,
  }
  const origin: Origin = { kind: 'placed', place, token: null }
  expect(funnelBreakdowns.map((by) => groupOf(origin, by))).toEqual([
    'douyin',
    'a1',
    '~unknown',
    '~unknown',
  ])
  expect(groupOf({ kind: 'elsewhere', token: 'desk' }, 'platform')).toBe('~elsewhere')
})

// What the figures say.
const at = Date.UTC(2026, 10, 21)
const list = { span: { since: '2026-09-21', until: '2026-11-21' }, asOf: at }
const context: FunnelContext = {
  range: { from: '2026-11-01', to: '2026-11-21' },
  now: at,
  visits: list,
  orders: list,
  group: null,
  narrowedTo: [],
}
const post = (figures: Partial<Record<PlatformStage, number>>): PublicationFacts => {
  const known = (stage: PlatformStage): Known | null => {
    const value = figures[stage]
    return value === undefined ? null : { value, asOf: at, source: 'import' }
  }
  return {
    place: {
      platform: 'douyin',
      accountId: 'a1',
      doctorId: null,
      specialtyLineId: null,
      publicationId: 'p',
    },
    carriesToken: false,
    figures: {
      impression: known('impression'),
      play: known('play'),
      engagement: known('engagement'),
      profile_visit: known('profile_visit'),
    },
  }
}
const facts = (over: Partial<FunnelFacts>): FunnelFacts => ({
  publications: [],
  tokens: [],
  leads: [],
  visits: [],
  purchases: [],
  ...over,
})
const funnel = (over: Partial<FunnelFacts>, around: Partial<FunnelContext> = {}) => {
  const { base, figures } = funnelOf(tally(facts(over), 'platform', {}).total, {
    ...context,
    ...around,
  })
  const of = (stage: FunnelStage) => {
    const figure = figures.find((one) => one.stage === stage)
    if (!figure) throw new Error(stage)
    return figure
  }
  return { base, of }
}

test('what no post has is a gap with its reason, never zero; a true zero stays zero', () => {
  const { of, base } = funnel({ publications: [post({ play: 0 }), post({ play: 10 })] })
  expect(of('impression')).toMatchObject({
    value: null,
    coverage: { known: 0, total: 2 },
    gap: { key: 'funnel.gap.noFigures', values: { total: 2 } },
  })
  expect(of('play')).toMatchObject({ value: 10, coverage: { known: 2, total: 2 }, gap: null })
  expect(of('play').step).toMatchObject({ value: null, why: { key: 'funnel.rate.noBase' } })
  expect(of('contact')).toMatchObject({ value: null, gap: { key: 'funnel.gap.noTokens' } })
  expect(of('visit')).toMatchObject({ value: 0, gap: null })
  expect(base).toBe('play')
  expect(funnel({}).of('play').gap).toEqual({ key: 'funnel.gap.noPublications' })
  expect(funnel({}, { visits: null }).of('visit')).toMatchObject({
    value: null,
    gap: { key: 'funnel.gap.noVisits' },
  })
})

test('two platform counts are compared over the posts that have both', () => {
  const { of } = funnel({
    publications: [
      post({ impression: 1_000, play: 100 }),
      post({ impression: 500 }),
      post({ play: 9_000 }),
    ],
  })
  expect(of('play')).toMatchObject({ value: 9_100 })
  expect(of('play').step).toMatchObject({
    value: 0.1,
    numerator: 100,
    denominator: 1_000,
    posts: { known: 1, total: 3 },
  })
})

test('overall rates count from the first stage enough posts have', () => {
  const douyin = Array.from({ length: 8 }, () => post({ play: 100, profile_visit: 10 }))
  const others = Array.from({ length: 2 }, () => post({ impression: 1_000, play: 100 }))
  const { of, base } = funnel({
    publications: [...douyin, ...others],
    tokens: [{ origin: { kind: 'elsewhere', token: 'desk' }, contacts: 20 }],
  })
  expect(base).toBe('play')
  expect(of('impression').overall.value).toBeNull()
  expect(of('play').overall.value).toBeNull()
  expect(of('contact').overall).toMatchObject({ value: 0.02, bound: 'exact' })
  // Eight of ten posts know their profile visits: the rate can only be lower.
  expect(of('contact').step).toMatchObject({ value: 0.25, bound: 'at_most' })
})

test('visits that content did not bring are counted, and stand in no rate', () => {
  const shares = (kind: 'placed' | 'elsewhere') =>
    attribute('last', [], kind === 'placed' ? told : { kind: 'elsewhere' })
  const told = { kind: 'platforms', platforms: ['douyin'] } as const
  const visits = [
    { shares: shares('placed'), times: 10, netFen: 0 },
    { shares: shares('elsewhere'), times: 90, netFen: 0 },
  ]
  const publications = [post({ play: 1_000 })]
  const { of } = funnel({ publications, visits })
  expect(of('visit')).toMatchObject({ value: 100, overall: { value: 0.01, numerator: 10 } })
  const groups = tally(facts({ publications, visits }), 'platform', {}).groups
  const elsewhere = funnelOf(groups.get('~elsewhere') ?? emptySums(), {
    ...context,
    group: { by: 'platform', key: '~elsewhere' },
  })
  expect(elsewhere.figures.map(({ overall, step }) => overall.value ?? step.value)).toEqual(
    elsewhere.figures.map(() => null),
  )
})

test('a line nobody could have been led to shows no zero', () => {
  const by = (key: string, group: 'line' | 'account' | 'platform') =>
    funnel({ publications: [post({ play: 1 })] }, { group: { by: group, key } })
  expect(by('l1', 'line').of('visit').gap).toEqual({ key: 'funnel.gap.noEvidence' })
  expect(by('l1', 'line').of('purchase').gap).toEqual({ key: 'funnel.gap.noEvidence' })
  expect(by('a1', 'account').of('visit').gap).toEqual({ key: 'funnel.gap.noEvidence' })
  // Orders name accounts, patients name platforms.
  expect(by('a1', 'account').of('purchase').value).toBe(0)
  expect(by('douyin', 'platform').of('visit').value).toBe(0)
})

test('a list that ends before the period does says up to when it is known', () => {
  const until = { span: { since: '2026-09-21', until: '2026-11-18' }, asOf: at }
  expect(funnel({}, { visits: until }).of('visit')).toMatchObject({
    value: 0,
    knownFrom: '2026-11-01',
    knownTo: '2026-11-18',
  })
  expect(funnel({}).of('visit')).toMatchObject({ knownFrom: null, knownTo: null })
})
