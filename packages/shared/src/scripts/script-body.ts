import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'

/** Most that one request may carry is 1 MB; with every field full a script stays under it. */
export const scriptLimits = {
  title: 100,
  hook: 500,
  shots: 40,
  heading: 100,
  /** About seven minutes of speech. */
  shotText: 2000,
  shotNote: 500,
  callToAction: 500,
  captionTitle: 200,
  /** The longest caption any platform takes (Official Account, 20,000). */
  captionBody: 20_000,
  tags: 30,
  tag: 50,
  sources: 30,
  source: 300,
} as const

const scriptShot = z.strictObject({
  /** Scene and camera: 开场｜正面中景. */
  heading: z.string().max(scriptLimits.heading),
  /** The words spoken or shown. */
  text: z.string().max(scriptLimits.shotText),
  /** For the people who shoot and cut; nobody outside reads it. */
  note: z.string().max(scriptLimits.shotNote),
})
export type ScriptShot = z.infer<typeof scriptShot>

const scriptCaption = z.strictObject({
  title: z.string().max(scriptLimits.captionTitle),
  body: z.string().max(scriptLimits.captionBody),
  tags: z.array(z.string().max(scriptLimits.tag)).max(scriptLimits.tags),
})
export type ScriptCaption = z.infer<typeof scriptCaption>

/** A whole script; also the half-written one of a draft, so every text may be empty. */
export const scriptBody = z.strictObject({
  title: z.string().max(scriptLimits.title),
  /** The first words heard. */
  hook: z.string().max(scriptLimits.hook),
  shots: z.array(scriptShot).max(scriptLimits.shots),
  /** The last words heard: when to see a doctor, what to do next. */
  callToAction: z.string().max(scriptLimits.callToAction),
  captions: z.partialRecord(z.enum(platforms), scriptCaption),
  /** What the claims rest on: guideline, year, publisher. */
  sources: z.array(z.string().max(scriptLimits.source)).max(scriptLimits.sources),
  /** Picture, voice or text made with AI, which must then be declared (标识办法 §10). */
  aiGenerated: z.boolean(),
})
export type ScriptBody = z.infer<typeof scriptBody>

export const emptyScript: ScriptBody = {
  title: '',
  hook: '',
  shots: [],
  callToAction: '',
  captions: {},
  sources: [],
  aiGenerated: false,
}

const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim()

/**
 * The script as a revision keeps it: line ends as `\n`, outer blanks gone, empty shots, captions, tags and
 * sources left out. Settling twice changes nothing, so the same words always have the same SHA-256.
 */
export function settleScript(body: ScriptBody): ScriptBody {
  const captions: ScriptBody['captions'] = {}
  for (const platform of platforms) {
    const caption = body.captions[platform]
    if (!caption) continue
    const title = tidy(caption.title)
    const text = tidy(caption.body)
    const tags = caption.tags.map(tidy).filter((tag) => tag !== '')
    if (title || text || tags.length > 0) captions[platform] = { title, body: text, tags }
  }
  return {
    title: tidy(body.title),
    hook: tidy(body.hook),
    shots: body.shots
      .map(({ heading, text, note }) => ({
        heading: tidy(heading),
        text: tidy(text),
        note: tidy(note),
      }))
      .filter(({ heading, text, note }) => heading || text || note),
    callToAction: tidy(body.callToAction),
    captions,
    sources: body.sources.map(tidy).filter((source) => source !== ''),
    aiGenerated: body.aiGenerated,
  }
}
