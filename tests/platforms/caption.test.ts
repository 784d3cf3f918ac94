import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import {
  type CaptionInput,
  countCaption,
  countCharacters,
  mediaVerdict,
  renderCaption,
} from '@xingbo/shared/publishing/caption.rules'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { expect, test } from 'vitest'
import { seeded } from './support.ts'

const pool = [
  ...'推拿颈椎失眠备孕儿童发热abcXYZ019 \n\r\t#＃&"\'<>%，。！',
  '👨‍⚕️',
  '🔥',
  '𠮷',
  '\ud800',
  '\udc00',
  '\u200d',
  '\r\n',
]
/** Awkward words of up to about `length` pieces. */
function randomText(random: () => number, length: number): string {
  const pieces = Math.floor(random() * length)
  return Array.from({ length: pieces }, () => pool[Math.floor(random() * pool.length)]).join('')
}
const randomInput = (random: () => number): CaptionInput => ({
  title: randomText(random, 50),
  body: randomText(random, random() < 0.1 ? 2500 : 300),
  tags: Array.from({ length: Math.floor(random() * 8) }, () => randomText(random, 8)),
})
const runs = 400

test.each(platforms)(
  '%s: whatever is typed, what goes out is sound and counted as sent',
  (platform) => {
    const random = seeded(20261121)
    const { title: titleField, body: bodyField, tags: tagField } = platformCapabilities[platform]
    for (let run = 0; run < runs; run++) {
      const input = randomInput(random)
      const rendered = renderCaption(platform, input)
      const counted = countCaption(platform, input)
      const sent = [rendered.title, rendered.caption, ...rendered.tags]

      // It survives UTF-8 and JSON unchanged, and holds no carriage return.
      for (const text of sent) {
        expect(Buffer.from(text).toString('utf8')).toBe(text)
        expect(JSON.parse(JSON.stringify(text))).toBe(text)
        expect(text).not.toContain('\r')
      }
      expect(rendered.title).not.toContain('\n')

      // The counter counts exactly what is sent.
      expect(counted.body.count).toBe(countCharacters(rendered.caption))
      expect(counted.title?.count ?? 0).toBe(countCharacters(rendered.title))
      expect(counted.tags.count).toBe(rendered.tags.length)

      // A verdict says no exactly when a limit is broken.
      const overBody = bodyField.max !== null && counted.body.count > bodyField.max
      expect(counted.body.verdict.ok).toBe(!overBody)
      if (titleField) {
        const n = counted.title?.count ?? 0
        const bad =
          (titleField.required && n === 0) ||
          (n > 0 && n < (titleField.min ?? 0)) ||
          (titleField.max !== null && n > titleField.max)
        expect(counted.title?.verdict.ok).toBe(!bad)
      } else expect(counted.title).toBeNull()
      const fields = [counted.title, counted.body, counted.tags]
      expect(counted.verdict.ok).toBe(fields.every((field) => field?.verdict.ok !== false))

      // Tags: clean, each once, and every one of them in the caption where hashtags live there.
      expect(new Set(rendered.tags).size).toBe(rendered.tags.length)
      for (const tag of rendered.tags) {
        expect(tag).not.toMatch(/[#＃\s]/)
        if (tagField.style === 'hashed') expect(rendered.caption).toContain(`#${tag} `)
        if (tagField.style === 'wrapped') expect(rendered.caption).toContain(`#${tag}# `)
      }
      if (tagField.style === 'none') expect(rendered.tags).toEqual([])

      // Rendering the same words again changes nothing.
      expect(renderCaption(platform, input)).toEqual(rendered)
      const again = renderCaption(platform, { ...input, tags: rendered.tags })
      expect(again).toEqual(rendered)
    }
  },
)

test('a Chinese character, a letter and a four-byte emoji count one each', () => {
  expect(countCharacters('推a🔥𠮷')).toBe(4)
})

test('both sides of every length limit', () => {
  for (const platform of platforms) {
    const { title, body, tags } = platformCapabilities[platform]
    const enough = Array.from({ length: tags.min ?? 0 }, (_, n) => `签${n}`)
    const base = { title: '合规的标题六个字', body: '正文', tags: enough }
    if (title?.max) {
      const at = (length: number) =>
        countCaption(platform, { ...base, title: '题'.repeat(length) }).title?.verdict
      expect(at(title.max)).toEqual({ ok: true })
      expect(at(title.max + 1)).toEqual({
        ok: false,
        reason: {
          key: 'publishing.caption.titleTooLong',
          values: { max: title.max, over: 1 },
        },
      })
    }
    if (body.max) {
      const bare = { title: '', tags: [] }
      const at = (length: number) =>
        countCaption(platform, { ...bare, body: '文'.repeat(length) }).body.verdict.ok
      expect([at(body.max), at(body.max + 1)]).toEqual([true, false])
    }
    if (tags.max) {
      const at = (length: number) =>
        countCaption(platform, {
          ...base,
          tags: Array.from({ length }, (_, n) => `签${n}`),
        }).tags.verdict.ok
      expect([at(tags.max), at(tags.max + 1)]).toEqual([true, false])
    }
  }
})

test('how each platform writes the same words', () => {
  const input = { title: '落枕别急', body: '先热敷', tags: ['#落枕', '推 拿', '落枕'] }
  const captions = Object.fromEntries(
    platforms.map((platform) => [platform, renderCaption(platform, input)]),
  ) as Record<Platform, ReturnType<typeof renderCaption>>
  expect(captions.kuaishou).toEqual({
    title: '',
    caption: '落枕别急\n先热敷\n#落枕 #推拿 ',
    tags: ['落枕', '推拿'],
  })
  expect(captions.douyin).toEqual({
    title: '落枕别急',
    caption: '先热敷\n#落枕 #推拿 ',
    tags: ['落枕', '推拿'],
  })
  expect(captions.weibo.caption).toBe('先热敷\n#落枕# #推拿# ')
  expect(captions.bilibili).toEqual({
    title: '落枕别急',
    caption: '先热敷',
    tags: ['落枕', '推拿'],
  })
  expect(captions.wechat_oa).toEqual({ title: '落枕别急', caption: '先热敷', tags: [] })
})

test('limits learnt from other products are told apart from official ones', () => {
  const input = { title: '标题标题标题', body: '正文', tags: [] }
  expect(countCaption('wechat_oa', input).title?.official).toBe(true)
  expect(countCaption('xiaohongshu', input).title?.official).toBe(false)
})

test('a video is measured against the platform, and the unknown is not held against it', () => {
  const clip = { sizeBytes: 2_000_000, durationMs: 20_000, mimeType: 'video/mp4' }
  for (const platform of platforms) expect(mediaVerdict(platform, clip)).toEqual({ ok: true })
  const reason = (platform: Platform, over: Partial<typeof clip>) => {
    const verdict = mediaVerdict(platform, { ...clip, ...over })
    return verdict.ok ? null : verdict.reason
  }
  expect(reason('kuaishou', { mimeType: 'video/quicktime' })).toMatchObject({
    key: 'publishing.media.format',
    values: { formats: 'mp4' },
  })
  expect(reason('wechat_oa', { sizeBytes: 10 * 1024 * 1024 })).toBeNull()
  expect(reason('wechat_oa', { sizeBytes: 10 * 1024 * 1024 + 1 })).toMatchObject({
    key: 'publishing.media.tooLarge',
  })
  expect(reason('douyin', { durationMs: 900_000 })).toBeNull()
  expect(reason('douyin', { durationMs: 900_001 })).toMatchObject({
    key: 'publishing.media.tooLong',
    values: { max: 15 },
  })
  expect(reason('jd_health', { sizeBytes: 1e12, durationMs: 1e9 })).toBeNull()
})
