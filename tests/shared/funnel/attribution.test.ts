import { platforms } from '@xingbo/shared/accounts/platform'
import {
  attribute,
  splitEvenly,
  splitMoney,
  type Touchpoint,
  wholeCredit,
} from '@xingbo/shared/funnel/attribution.rules'
import { attributionModels } from '@xingbo/shared/funnel/funnel-stage'
import type { Origin } from '@xingbo/shared/funnel/origin'
import type { Told } from '@xingbo/shared/funnel/self-reported.rules'
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../support/random.ts'

const account = (accountId: string): Origin => ({
  kind: 'placed',
  token: null,
  place: {
    platform: 'douyin',
    accountId,
    doctorId: null,
    specialtyLineId: null,
    publicationId: null,
  },
})
const touch = (at: number, accountId: string): Touchpoint => ({
  at,
  id: `${at}`,
  origin: account(accountId),
})
const names = (shares: ReturnType<typeof attribute>) =>
  shares.map(({ origin, by, credit }) => [
    origin.kind === 'placed' ? (origin.place.accountId ?? origin.place.platform) : origin.kind,
    by,
    credit / wholeCredit,
  ])
const told: Told = { kind: 'platforms', platforms: ['xiaohongshu'] }
const path = [touch(2, 'b'), touch(1, 'a'), touch(3, 'b')]

test('each model gives the credit to what it is called after', () => {
  expect(names(attribute('first', path, told))).toEqual([['a', 'touch', 1]])
  expect(names(attribute('last', path, told))).toEqual([['b', 'touch', 1]])
  expect(names(attribute('linear', path, told))).toEqual([
    ['a', 'touch', 1 / 3],
    ['b', 'touch', 2 / 3],
  ])
  expect(names(attribute('self_reported', path, told))).toEqual([['xiaohongshu', 'told', 1]])
})

test('without a touch the patient’s word counts, and without that nothing is made up', () => {
  for (const model of attributionModels) {
    expect(names(attribute(model, [], told)), model).toEqual([['xiaohongshu', 'told', 1]])
    expect(
      names(attribute(model, [], { kind: 'platforms', platforms: ['douyin', 'weibo'] })),
      model,
    ).toEqual([
      ['douyin', 'told', 0.5],
      ['weibo', 'told', 0.5],
    ])
    expect(names(attribute(model, [], { kind: 'elsewhere' })), model).toEqual([
      ['elsewhere', 'told', 1],
    ])
    expect(names(attribute(model, [], { kind: 'unknown' })), model).toEqual([
      ['unknown', 'nobody', 1],
    ])
  }
})

const someTold = (random: Random): Told =>
  random.pick<Told>([
    { kind: 'unknown' },
    { kind: 'elsewhere' },
    { kind: 'platforms', platforms: random.shuffled(platforms).slice(0, 1 + random.below(4)) },
  ])
const somePath = (random: Random): Touchpoint[] =>
  Array.from({ length: random.below(24) }, (_, i) => ({
    at: random.below(5),
    id: `lead-${i}`,
    origin: random.chance(0.1)
      ? { kind: 'elsewhere', token: random.pick(['desk', 'poster']) }
      : account(`account-${random.below(4)}`),
  }))

test('the shares of an event add up to it exactly, in whole credits, under every model', () => {
  const random = seededRandom(7)
  for (let run = 0; run < 2_000; run += 1) {
    const [touches, said, model] = [
      somePath(random),
      someTold(random),
      random.pick(attributionModels),
    ]
    const shares = attribute(model, touches, said)
    expect(shares.reduce((sum, { credit }) => sum + credit, 0)).toBe(wholeCredit)
    expect(shares.every(({ credit }) => Number.isInteger(credit) && credit > 0)).toBe(true)
  }
})

test('the order in which touches are read does not matter', () => {
  const random = seededRandom(11)
  for (let run = 0; run < 1_000; run += 1) {
    const touches = somePath(random)
    for (const model of attributionModels)
      expect(attribute(model, random.shuffled(touches), told)).toEqual(
        attribute(model, touches, told),
      )
  }
})

test('money is shared in whole fen that add up to the amount, refunds too', () => {
  const random = seededRandom(13)
  for (let run = 0; run < 2_000; run += 1) {
    const fen = random.below(5_000_000) - 50_000
    const shares = attribute('linear', somePath(random), { kind: 'unknown' })
    const parts = splitMoney(fen, shares)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fen)
    for (const [at, part] of parts.entries())
      expect(Math.abs(part - (fen * (shares[at]?.credit ?? 0)) / wholeCredit)).toBeLessThanOrEqual(
        1,
      )
  }
})

test('an even split differs by one at most', () => {
  for (let parts = 1; parts <= 40; parts += 1) {
    const split = splitEvenly(wholeCredit, parts)
    expect(split.reduce((sum, part) => sum + part, 0)).toBe(wholeCredit)
    expect(Math.max(...split) - Math.min(...split)).toBeLessThanOrEqual(1)
  }
})
