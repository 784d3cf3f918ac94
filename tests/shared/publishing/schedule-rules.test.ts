import { platforms } from '@xingbo/shared/accounts/platform'
import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import {
  declarationsOf,
  fitVerdict,
  nextUsualTime,
  postShapeOf,
  publishRouteOf,
  slotTimes,
} from '@xingbo/shared/publishing/schedule.rules'
import { expect, test } from 'vitest'

const cut = { sizeBytes: 2_000_000, durationMs: 30_000, mimeType: 'video/mp4' }
const words = { title: '落枕三步缓解', body: '先热敷。', tags: ['颈椎'] }

test('what a platform cannot take is said before scheduling, the words before the file', () => {
  expect(fitVerdict('douyin', words, cut)).toEqual({ ok: true })
  expect(fitVerdict('douyin', undefined, undefined)).toMatchObject({
    reason: { key: 'publishing.noCaption' },
  })
  expect(fitVerdict('douyin', words, undefined)).toMatchObject({
    reason: { key: 'publishing.noCut' },
  })
  expect(fitVerdict('xiaohongshu', { ...words, title: '长'.repeat(21) }, cut)).toMatchObject({
    reason: { key: 'publishing.caption.titleTooLong', values: { over: 1 } },
  })
  expect(fitVerdict('kuaishou', words, { ...cut, mimeType: 'video/quicktime' })).toMatchObject({
    reason: { key: 'publishing.media.format' },
  })
})

test('the AI declaration applies to AI-made scripts only, the health one to all', () => {
  for (const platform of platforms) {
    const always = declarationsOf(platform, { aiGenerated: false }).map(({ id }) => id)
    const withAi = declarationsOf(platform, { aiGenerated: true }).map(({ id }) => id)
    expect(always, platform).not.toContain('ai_generated')
    expect(withAi, platform).toContain('ai_generated')
    expect(withAi.filter((id) => id !== 'ai_generated')).toEqual(always)
  }
})

test('an account goes out by its own way only where its platform has it', () => {
  expect(publishRouteOf({ platform: 'kuaishou', publishRoute: 'api' })).toBe('api')
  expect(publishRouteOf({ platform: 'kuaishou', publishRoute: 'manual' })).toBe('manual')
  expect(publishRouteOf({ platform: 'douyin', publishRoute: 'handoff' })).toBe('handoff')
  // Whether an account may be set so is the switch's to say (routeVerdict).
  expect(publishRouteOf({ platform: 'douyin', publishRoute: 'api' })).toBe('api')
  expect(publishRouteOf({ platform: 'bilibili', publishRoute: 'api' })).toBe('api')
  expect(publishRouteOf({ platform: 'toutiao', publishRoute: 'api' })).toBe('manual')
})

test('a Weibo account posts pictures by the API and videos by a person', () => {
  const postLink = 'https://health.example/about'
  const byApi = { platform: 'weibo', publishRoute: 'api', postLink } as const
  const byHand = { ...byApi, publishRoute: 'manual' } as const
  expect(publishRouteOf(byApi)).toBe('api')
  expect(postShapeOf(byApi)).toEqual({ form: 'picture', link: postLink })
  expect(publishRouteOf(byHand)).toBe('manual')
  expect(postShapeOf(byHand)).toEqual({ form: 'video' })

  const long = { ...words, tags: [], body: '文'.repeat(150) }
  expect(fitVerdict('weibo', { ...long, ...postShapeOf(byHand) }, cut)).toEqual({ ok: true })
  expect(fitVerdict('weibo', { ...long, ...postShapeOf(byApi) }, cut)).toMatchObject({
    reason: { key: 'publishing.caption.bodyTooLong' },
  })
  const short = { title: '落枕', body: '先热敷', tags: ['推拿'], ...postShapeOf(byApi) }
  expect(renderCaption('weibo', short)).toEqual({
    title: '',
    caption: `落枕\n先热敷 ${postLink}`,
    tags: [],
  })
  // The size and kind of the video do not matter to a picture.
  expect(fitVerdict('weibo', short, { ...cut, mimeType: 'video/x-flv' })).toEqual({ ok: true })
  expect(fitVerdict('weibo', { ...short, link: undefined }, cut)).toMatchObject({
    reason: { key: 'publishing.caption.linkMissing' },
  })
  expect(fitVerdict('weibo', { ...short, body: '先#热敷#' }, cut)).toMatchObject({
    reason: { key: 'publishing.caption.topicInText' },
  })
  expect(fitVerdict('weibo', { ...short, link: `${postLink}#a#b` }, cut)).toEqual({ ok: true })
})

test('slots follow each other, and a time set by hand moves nobody else', () => {
  const first = '2026-11-22T11:30:00.000Z'
  const own = { b: '2026-11-23T00:00:00.000Z' }
  expect(slotTimes(['a', 'b', 'c'], { first, spacingMinutes: 10, own })).toEqual([
    { accountId: 'a', dueAt: first },
    { accountId: 'b', dueAt: own.b },
    { accountId: 'c', dueAt: '2026-11-22T11:50:00.000Z' },
  ])
  const together = slotTimes(['a', 'b'], { first, spacingMinutes: 0, own: {} })
  expect(together.map(({ dueAt }) => dueAt)).toEqual([first, first])
})

test('slots cross midnight and a clock change by the clock of instants', () => {
  const slots = slotTimes(['a', 'b', 'c'], {
    first: '2026-11-22T15:50:00.000Z',
    spacingMinutes: 15,
    own: {},
  })
  expect(slots.map(({ dueAt }) => dueAt)).toEqual([
    '2026-11-22T15:50:00.000Z',
    '2026-11-22T16:05:00.000Z',
    '2026-11-22T16:20:00.000Z',
  ])
})

test('the usual hour is the zone’s, today while there is time and else tomorrow', () => {
  const next = (now: string) => nextUsualTime(new Date(now), 'Asia/Shanghai').toISOString()
  expect(next('2026-11-22T02:00:00Z')).toBe('2026-11-22T11:30:00.000Z')
  expect(next('2026-11-22T11:15:00Z')).toBe('2026-11-22T11:30:00.000Z')
  expect(next('2026-11-22T11:16:00Z')).toBe('2026-11-23T11:30:00.000Z')
  // Already the 23rd in Shanghai, still the 22nd in New York.
  expect(next('2026-11-22T17:00:00Z')).toBe('2026-11-23T11:30:00.000Z')
})
