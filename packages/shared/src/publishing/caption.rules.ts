import type { Platform } from '../accounts/platform.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import {
  type FormCapability,
  formCapability,
  type Limit,
  platformCapabilities,
  type TagStyle,
} from './platform-capabilities.ts'
import type { PostForm } from './post-form.ts'
import type { RenderedCaption } from './snapshot.schema.ts'

export type CaptionInput = {
  readonly title: string
  readonly body: string
  readonly tags: readonly string[]
  /** The platform's usual form when absent. */
  readonly form?: PostForm | undefined
  /** Put at the end of the text, where the form wants a link. */
  readonly link?: string | undefined
}
export type FieldCount = {
  /** Characters (Unicode code points); for `tags`, pieces. */
  readonly count: number
  readonly min: number
  readonly max: number | null
  /** The limit stands in an official document (grades A and B), not in another product's defaults. */
  readonly official: boolean
  readonly verdict: Verdict
}
export type CaptionCount = {
  /** `null` where the platform has no title field and the title opens the caption. */
  readonly title: FieldCount | null
  /** The caption as sent, hashtags included where they stand inside it. */
  readonly body: FieldCount
  readonly tags: FieldCount
  /** The first thing wrong, or yes. */
  readonly verdict: Verdict
}

/** A Chinese character, a letter and an emoji's code point count one each, as the platforms' counters do. */
export const countCharacters = (text: string): number => [...text].length

/** Line ends as `\n`, lone surrogates (which no UTF-8 can carry) replaced, outer blanks gone. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim()

/** Tag names without `#` or blanks (either would end the hashtag early), each once, empty ones dropped. */
const tidyTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => tidy(tag).replace(/[#＃\s]/gu, '')).filter((tag) => tag !== '')),
]

/** The hashtags as one text. The blank after each is what makes the apps close the topic. */
export function renderTags(style: TagStyle, tags: readonly string[]): string {
  if (style === 'hashed') return tags.map((tag) => `#${tag} `).join('')
  if (style === 'wrapped') return tags.map((tag) => `#${tag}# `).join('')
  return ''
}

const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('\n')

/**
 * The exact words a platform gets: preview, snapshot, API call and the copy buttons of the hand-off page
 * all use this one function. Rendering what was rendered changes nothing.
 */
export function renderCaption(platform: Platform, input: CaptionInput): RenderedCaption {
  const { title: titleField, tags: tagField, link } = formCapability(platform, input.form)
  // A title is one line everywhere.
  const title = tidy(input.title).replace(/\s*\n\s*/g, ' ')
  const tags = tagField.style === 'none' ? [] : tidyTags(input.tags)
  const hashtags = renderTags(tagField.style, tags)
  const text = lines(titleField ? '' : title, tidy(input.body), hashtags)
  // A blank on both sides, so that the app sees where the link begins and ends.
  const caption = link && input.link ? `${text} ${input.link}` : text
  return { title: titleField ? title : '', caption, tags }
}

const count = (limit: Limit, value: number, verdict: Verdict): FieldCount => ({
  count: value,
  min: limit.min ?? 0,
  max: limit.max,
  official: limit.grade === 'A' || limit.grade === 'B',
  verdict,
})

/** Counts what `renderCaption` would send, field by field, against the platform's limits. */
export function countCaption(platform: Platform, input: CaptionInput): CaptionCount {
  const capability = formCapability(platform, input.form)
  const rendered = renderCaption(platform, input)
  const title = capability.title && titleCount(capability.title, rendered.title)
  const body = bodyCount(capability, rendered.caption, input.link)
  const tags = tagCount(capability.tags, rendered.tags)
  const verdict = [title, body, tags].find((field) => field?.verdict.ok === false)?.verdict ?? yes
  return { title, body, tags, verdict }
}

function titleCount(limit: Limit & { required: boolean }, title: string): FieldCount {
  const value = countCharacters(title)
  const { min = 0, max } = limit
  if (limit.required && value === 0)
    return count(limit, value, no('publishing.caption.titleMissing'))
  if (value > 0 && value < min)
    return count(limit, value, no('publishing.caption.titleTooShort', { count: value, min }))
  if (max !== null && value > max)
    return count(limit, value, no('publishing.caption.titleTooLong', { max, over: value - max }))
  return count(limit, value, yes)
}

/** A topic as Weibo closes it. */
const topic = /#[^#\n]+#/

function bodyCount(form: FormCapability, caption: string, link: string | undefined): FieldCount {
  const limit = form.body
  const value = countCharacters(caption)
  const { max } = limit
  if (form.link && !link) return count(limit, value, no('publishing.caption.linkMissing'))
  // Inside an address a # is no topic.
  const words = form.link && link ? caption.slice(0, -link.length) : caption
  if (form.tags.refusedInText && topic.test(words))
    return count(limit, value, no('publishing.caption.topicInText'))
  if (max !== null && value > max)
    return count(limit, value, no('publishing.caption.bodyTooLong', { max, over: value - max }))
  return count(limit, value, yes)
}

function tagCount(limit: Limit & { maxChars?: number }, tags: readonly string[]): FieldCount {
  const { min = 0, max, maxChars } = limit
  const value = tags.length
  if (max !== null && value > max)
    return count(limit, value, no('publishing.caption.tooManyTags', { max, over: value - max }))
  if (value < min) return count(limit, value, no('publishing.caption.tooFewTags', { min }))
  const characters = countCharacters(tags.join(','))
  if (maxChars !== undefined && characters > maxChars)
    return count(
      limit,
      value,
      no('publishing.caption.tagsTooLong', { max: maxChars, over: characters - maxChars }),
    )
  return count(limit, value, yes)
}

/** What the gate needs to know of a file. */
export type MediaFacts = {
  readonly sizeBytes: number
  readonly durationMs: number
  readonly mimeType: string
}

const inUnits = (bytes: number): string =>
  bytes >= 1024 ** 3
    ? `${Math.floor((bytes / 1024 ** 3) * 10) / 10} GB`
    : `${Math.floor((bytes / 1024 ** 2) * 10) / 10} MB`

/** Would the platform take this video? What is not known of a platform is not held against the file. */
export function mediaVerdict(platform: Platform, media: MediaFacts): Verdict {
  const { maxBytes, maxSeconds, formats } = platformCapabilities[platform].media
  if (formats.length > 0 && !formats.includes(media.mimeType))
    return no('publishing.media.format', { formats: formats.map((f) => f.slice(6)).join(' / ') })
  if (maxBytes !== null && media.sizeBytes > maxBytes)
    return no('publishing.media.tooLarge', {
      size: inUnits(media.sizeBytes),
      max: inUnits(maxBytes),
    })
  if (maxSeconds !== null && media.durationMs > maxSeconds * 1000)
    return no('publishing.media.tooLong', { max: Math.floor(maxSeconds / 60) })
  return yes
}
