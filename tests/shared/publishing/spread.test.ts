import { platforms } from '@xingbo/shared/accounts/platform'
import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import {
  BUCKET_MINIMUM,
  bestTimeOf,
  RIPE_MS,
  SAMPLE_MINIMUM,
} from '@xingbo/shared/metrics/best-time.rules'
import { holidayOf, holidaysKnown, lunarLabel, lunarOf } from '@xingbo/shared/publishing/day-marks'
import { repeatOf, timeWarnings, wordsKey } from '@xingbo/shared/publishing/neighbour.rules'
import { quotaOf, spacingOf } from '@xingbo/shared/publishing/posting-limits'
import { type Slot, slotStrikes, weekdayOf } from '@xingbo/shared/publishing/slot.rules'
import { type SpreadAccount, type SpreadWay, spread } from '@xingbo/shared/publishing/spread.rules'
import { expect, test } from 'vitest'
import { seededRandom } from '../../support/random.ts'

const shanghai = 'Asia/Shanghai'
const clockIn = (at: Date, zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(at)
const slotOf = (patch: Partial<Slot> = {}): Slot => ({
  id: 's1',
  name: '晚间',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  time: '19:30',
  startsOn: '2026-11-01',
  endsOn: null,
  ...patch,
})

test('a slot strikes at its own clock on its own days, whatever the clocks of its zone do', () => {
  // New York puts its clocks back on 1 November 2026 and on again on 14 March 2027.
  for (const zone of [shanghai, 'America/New_York', 'Australia/Lord_Howe'])
    for (const start of ['2026-10-28', '2027-03-10', '2027-10-01']) {
      const slot = slotOf({ weekdays: [1, 3, 7], startsOn: start, endsOn: addDays(start, 20) })
      const after = instantOf(addDays(start, -3), '00:00', zone)
      const all = [...slotStrikes([slot], after, zone, 60)]
      expect(all.length).toBeGreaterThanOrEqual(8)
      for (const { at } of all) {
        const day = bizDate(at, zone)
        expect(clockIn(at, zone)).toBe('19:30')
        expect(slot.weekdays).toContain(weekdayOf(day))
        expect(day >= start && day <= addDays(start, 20)).toBe(true)
      }
      const days = all.map(({ at }) => bizDate(at, zone))
      expect(new Set(days).size).toBe(days.length)
    }
})

test('nothing strikes before the moment asked, nor at it', () => {
  const at = instantOf('2026-11-23', '19:30', shanghai)
  const [next] = slotStrikes([slotOf()], at, shanghai, 5)
  expect(next?.at).toEqual(instantOf('2026-11-24', '19:30', shanghai))
  expect([...slotStrikes([slotOf({ endsOn: '2026-11-23' })], at, shanghai, 5)]).toEqual([])
})

function randomPlan(seed: number) {
  const { below: int, next: random } = seededRandom(seed)
  const start = instantOf('2026-11-23', `${String(int(24)).padStart(2, '0')}:00`, shanghai)
  const accounts = Array.from(
    { length: 1 + int(6) },
    (_, n): SpreadAccount => ({
      id: `a${n}`,
      platform: platforms[int(platforms.length)] ?? 'douyin',
      slots: Array.from({ length: int(4) }, (_, s) =>
        slotOf({
          id: `s${n}-${s}`,
          time: `${String(6 + int(17)).padStart(2, '0')}:${int(2) ? '30' : '00'}`,
          weekdays: [1, 2, 3, 4, 5, 6, 7].filter(() => random() < 0.6),
        }),
      ),
      taken: Array.from({ length: int(5) }, () => start.getTime() + int(72) * 3_600_000),
    }),
  )
  const spacing: SpreadWay = {
    by: 'spacing',
    start: start.toISOString(),
    everyMinutes: 15 + int(240),
    from: '08:00',
    to: '21:30',
    perDay: 1 + int(4),
    skipDaysOff: random() < 0.5,
  }
  const way: SpreadWay = random() < 0.5 ? spacing : { by: 'slots', start: start.toISOString() }
  const contentIds = Array.from({ length: 1 + int(30) }, (_, n) => `c${n}`)
  const sharing = random() < 0.5 ? ('deal' as const) : ('every' as const)
  return { contentIds, accounts, sharing, way, zone: shanghai, start }
}

test('any plan keeps distance, window, quota and days off, and gives out what it should', () => {
  let found = 0
  for (let seed = 1; seed <= 150; seed += 1) {
    const { start, ...plan } = randomPlan(seed)
    const rows = spread(plan)
    const { accounts, contentIds, way } = plan
    const wanted =
      plan.sharing === 'every' ? contentIds.length * accounts.length : contentIds.length
    expect(rows, `seed ${seed}`).toHaveLength(wanted)
    expect(new Set(rows.map((row) => `${row.contentId} ${row.accountId}`)).size).toBe(wanted)
    for (const account of accounts) {
      const own = rows.filter(({ accountId }) => accountId === account.id)
      if (plan.sharing === 'deal')
        // Dealt in turn: nobody has two more than another.
        expect(Math.abs(own.length - contentIds.length / accounts.length)).toBeLessThan(1)
      const times = own.flatMap(({ dueAt }) => (dueAt ? [Date.parse(dueAt)] : []))
      found += times.length
      const gap = spacingOf(account.platform)
      for (const [n, at] of times.entries()) {
        expect(at).toBeGreaterThanOrEqual(start.getTime())
        const others = [...account.taken, ...times.filter((_, m) => m !== n)]
        expect(
          others.every((other) => Math.abs(other - at) >= gap),
          `seed ${seed}`,
        ).toBe(true)
        if (way.by === 'slots') continue
        const clock = clockIn(new Date(at), shanghai)
        expect(clock >= way.from && clock <= way.to).toBe(true)
        const day = bizDate(new Date(at), shanghai)
        if (way.skipDaysOff) expect(holidayOf(day)?.kind).not.toBe('off')
        const sameDay = [...account.taken, ...times].filter(
          (one) => bizDate(new Date(one), shanghai) === day,
        )
        // What stood there before may be more than the plan itself would put there.
        const before = account.taken.filter((one) => bizDate(new Date(one), shanghai) === day)
        const quota = Math.min(way.perDay, quotaOf(account.platform) ?? way.perDay)
        expect(sameDay.length).toBeLessThanOrEqual(Math.max(quota, before.length))
      }
      // In the order of the items: an earlier item never goes out after a later one.
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  }
  expect(found).toBeGreaterThan(1_000)
})

test('the same question has the same answer, wherever the machine stands', () => {
  const { start: _, ...plan } = randomPlan(7)
  expect(spread(plan)).toEqual(spread(plan))
})

test('200 rows on one account are laid out at once', () => {
  const started = performance.now()
  const rows = spread({
    contentIds: Array.from({ length: 200 }, (_, n) => `c${n}`),
    accounts: [{ id: 'a', platform: 'douyin', slots: [slotOf()], taken: [] }],
    sharing: 'every',
    way: { by: 'slots', start: instantOf('2026-11-23', '00:00', shanghai).toISOString() },
    zone: shanghai,
  })
  expect(rows.at(-1)?.dueAt).toBe(instantOf('2027-06-10', '19:30', shanghai).toISOString())
  // It takes some 10 ms; a search that began anew for every row would take seconds.
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('days off, make-up days and lunar days of 2026; 2027 is not announced', () => {
  expect(holidayOf('2026-02-17')).toMatchObject({ kind: 'off', name: { zh: '春节' } })
  expect(holidayOf('2026-02-28')?.kind).toBe('work')
  expect(holidayOf('2026-10-10')?.kind).toBe('work')
  expect(holidayOf('2026-10-08')).toBeNull()
  const off = Array.from({ length: 365 }, (_, n) => addDays('2026-01-01', n)).filter(
    (day) => holidayOf(day)?.kind === 'off',
  )
  // 3 + 9 + 3 + 5 + 3 + 3 + 7 days, and six make-up days at weekends.
  expect(off).toHaveLength(33)
  expect([holidaysKnown('2026-12-31'), holidaysKnown('2027-01-01')]).toEqual([true, false])
  expect(holidayOf('2027-01-01')).toBeNull()

  expect(lunarOf('2026-02-17')).toEqual({ month: 1, leap: false, day: 1 })
  expect(lunarLabel('2026-02-16').zh).toBe('除夕')
  expect(lunarLabel('2026-06-19').zh).toBe('端午')
  expect(lunarLabel('2026-09-25').zh).toBe('中秋')
  expect(lunarLabel('2026-11-22').zh).toBe('十四')
  expect(lunarLabel('2026-11-28').zh).toBe('二十')
  expect(lunarLabel('2025-07-25')).toEqual({ zh: '闰六月', en: 'L6/1' })
  // Every day of two years has a name, and the day after a month's last is the next one's first.
  for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
    const [today, next] = [lunarOf(day), lunarOf(addDays(day, 1))]
    expect(next.day === today.day + 1 || (next.day === 1 && today.day >= 29), day).toBe(true)
    expect(lunarLabel(day).zh).toMatch(/^[一-龥]{2,3}$/u)
  }
})

test('a repeat is the same words or video of another item, near enough, on the account', () => {
  const post = (patch: object) => ({
    contentId: 'other',
    contentTitle: '另一条',
    dueAt: new Date('2026-11-20T00:00:00Z'),
    words: wordsKey({ title: '颈椎', caption: '先看清 四种情况\n#健康', tags: [] }),
    mediaSha256: 'a',
    ...patch,
  })
  const mine = { ...post({ contentId: 'mine', mediaSha256: 'b' }) }
  expect(repeatOf(mine, [post({})], 30)?.of).toBe('words')
  expect(repeatOf(mine, [post({ words: 'x' })], 30)).toBeNull()
  expect(repeatOf({ ...mine, mediaSha256: 'a', words: 'y' }, [post({})], 30)?.of).toBe('media')
  expect(repeatOf(mine, [post({ contentId: 'mine' })], 30)).toBeNull()
  const far = post({ dueAt: new Date('2026-12-20T00:00:01Z') })
  expect(repeatOf(mine, [far], 30)).toBeNull()
  expect(repeatOf(mine, [far], 31)?.post).toBe(far)
  // Blanks and widths are not other words; other words are.
  expect(wordsKey({ title: '颈椎', caption: '先看清四种情况 ＃健康', tags: [] })).toBe(mine.words)
  expect(wordsKey({ title: '颈椎', caption: '先看清五种情况#健康', tags: [] })).not.toBe(mine.words)
})

test('a time is warned of its neighbours, its quota, the timer of the app and a day off', () => {
  const now = new Date('2026-11-22T00:00:00Z')
  const at = (iso: string) => ({ contentTitle: '邻', dueAt: new Date(iso) })
  const keys = (dueAt: string, platform: 'bilibili' | 'xiaohongshu', others: object[] = []) =>
    timeWarnings(new Date(dueAt), now, shanghai, { platform, byHand: true }, others as never).map(
      ({ key }) => key.replace('publishing.', ''),
    )
  expect(keys('2026-11-23T02:00:00Z', 'xiaohongshu')).toEqual([])
  expect(keys('2026-11-23T02:00:00Z', 'xiaohongshu', [at('2026-11-23T02:29:00Z')])).toEqual([
    'tooClose',
  ])
  expect(keys('2026-11-23T02:00:00Z', 'xiaohongshu', [at('2026-11-23T02:30:00Z')])).toEqual([])
  expect(keys('2026-11-22T00:30:00Z', 'xiaohongshu')).toEqual(['beforeTimer'])
  expect(keys('2026-12-22T00:30:00Z', 'xiaohongshu')).toEqual(['beyondTimer'])
  const five = [0, 2, 4, 6, 8].map((hour) => at(`2026-11-23T0${hour}:00:00Z`))
  expect(keys('2026-11-23T12:00:00Z', 'bilibili', five)).toEqual(['overQuota'])
  // 16:00 UTC is already the next day in Shanghai.
  expect(keys('2026-11-23T16:00:00Z', 'bilibili', five)).toEqual([])
  expect(
    timeWarnings(
      new Date('2026-10-01T02:00:00Z'),
      new Date('2026-09-30T00:00:00Z'),
      shanghai,
      { platform: 'kuaishou', byHand: false },
      [],
    ).map(({ key }) => key),
  ).toEqual(['publishing.onDayOff'])
})

test('the best hour is named from enough ripe posts only, by the median', () => {
  const now = new Date('2026-11-22T00:00:00Z')
  const postAt = (daysAgo: number, hour: number, plays: number) => ({
    publishedAt: instantOf(addDays('2026-11-22', -daysAgo), `${hour}:00`.padStart(5, '0')),
    plays,
  })
  // One lucky video at 9 does not outweigh a steady 20.
  const posts = [
    ...Array.from({ length: 10 }, (_, n) => postAt(3 + n, 9, n === 0 ? 1_000_000 : 100)),
    ...Array.from({ length: 10 }, (_, n) => postAt(3 + n, 20, 500)),
  ]
  const best = bestTimeOf(posts, now, shanghai)
  expect(best).toMatchObject({ sample: 20, minimum: SAMPLE_MINIMUM, bestHour: 20 })
  expect(best.hours).toEqual([
    { hour: 9, sample: 10, medianPlays: 100 },
    { hour: 20, sample: 10, medianPlays: 500 },
  ])
  expect(bestTimeOf(posts.slice(1), now, shanghai)).toMatchObject({ sample: 19, bestHour: null })
  // Neither yesterday's nor last year's posts count, nor an hour with too few.
  const young = { publishedAt: new Date(now.getTime() - RIPE_MS + 1), plays: 9_999 }
  expect(bestTimeOf([...posts, young, postAt(200, 20, 9_999)], now, shanghai).sample).toBe(20)
  const rare = Array.from({ length: BUCKET_MINIMUM - 1 }, (_, n) => postAt(4 + n, 7, 9_999))
  expect(bestTimeOf([...posts, ...rare], now, shanghai).bestHour).toBe(20)
})
