import { type Platform, platforms } from '../accounts/platform.ts'
import type { Stage } from '../content/stage.ts'
import type { Message } from '../messages.ts'
import { platformCapabilities } from '../publishing/platform-capabilities.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { AssetKind, AssetState, Orientation } from './asset-kind.ts'
import { takenTypeOf } from './file-type.rules.ts'
import { sizeText } from './size-text.ts'

const MB = 1024 * 1024

/** A cover of 4,000 pixels stays far below; the platforms take at most 10 MB. */
export const maxImageBytes = 20 * MB
/** Bilibili takes 5 hours, everybody else less; a day-long recording is a mistake. */
const maxHours = 5
/** 4K and a little; platforms scale 8K down, and checking it would take the machine's memory. */
const maxPixels = 4096
/** An upload nobody finished is removed this long after it began. */
export const uploadLifeMs = 24 * 3_600_000

/** Reasons a file is refused for; kept with the asset. */
export const refusals = [
  'media.empty',
  'media.tooLarge',
  'media.notAVideo',
  'media.notAnImage',
  'media.incomplete',
  'media.imageIncomplete',
  'media.noPicture',
  'media.codec',
  'media.tooLong',
  'media.tooManyPixels',
  'media.unreadable',
  'media.abandoned',
  'media.lost',
] as const satisfies readonly Message['key'][]
export type Refusal = (typeof refusals)[number]

/** The sentence of a kept refusal, with the limits it speaks of. */
export const refusalMessage = (key: Refusal): Message => ({
  key,
  values: { hours: maxHours, pixels: maxPixels },
})

const clockText = (seconds: number): string => {
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** What an upload must pass before its first byte is sent. `maxCutBytes` is the setting of this server. */
export function sizeVerdict(kind: AssetKind, sizeBytes: number, maxCutBytes: number): Verdict {
  if (sizeBytes === 0) return no('media.empty')
  const max = kind === 'cut' ? maxCutBytes : Math.min(maxImageBytes, maxCutBytes)
  return sizeBytes <= max
    ? yes
    : no('media.tooLarge', { max: sizeText(max), size: sizeText(sizeBytes) })
}

/** Whether a file of this kind may begin like this. */
export function headVerdict(kind: AssetKind, head: Uint8Array): Verdict {
  if (takenTypeOf(kind, head)) return yes
  return no(kind === 'cut' ? 'media.notAVideo' : 'media.notAnImage')
}

/** What is measured in a file; width and height as shown, rotation applied. */
export type MediaFacts = {
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  readonly frameRate: number | null
  readonly videoCodec: string | null
  readonly audioCodec: string | null
}

/** Names as ffprobe gives them. ProRes, DNxHD and the like are for the editing suite. */
const playable: readonly string[] = ['h264', 'hevc', 'vp8', 'vp9', 'av1']

/** The reason a measured file is not taken, or null. */
export function refusalFor(kind: AssetKind, facts: MediaFacts): Refusal | null {
  const { width, height, durationMs, videoCodec } = facts
  if (kind !== 'cut') {
    if (!width || !height) return 'media.imageIncomplete'
    return Math.max(width, height) > maxPixels ? 'media.tooManyPixels' : null
  }
  if (!videoCodec || !width || !height) return 'media.noPicture'
  if (!playable.includes(videoCodec)) return 'media.codec'
  if (!durationMs) return 'media.incomplete'
  if (durationMs > maxHours * 3_600_000) return 'media.tooLong'
  return Math.max(width, height) > maxPixels ? 'media.tooManyPixels' : null
}

export function orientationOf(width: number, height: number): Orientation {
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}

type Usable = MediaFacts & {
  readonly kind: AssetKind
  readonly state: AssetState
  readonly mimeType: string
  readonly sizeBytes: number
}
/** `platform` null: wherever it goes. */
export type CutHint = { readonly platform: Platform | null; readonly message: Message }

/** What to know of a cut that is taken all the same: platform by platform, from platform-capabilities. */
export function cutHints(asset: Usable, meantFor: readonly Platform[]): CutHint[] {
  if (asset.kind !== 'cut' || asset.state !== 'ready' || !asset.width || !asset.height) return []
  const seconds = Math.round((asset.durationMs ?? 0) / 1000)
  const shape = orientationOf(asset.width, asset.height)
  const hints: CutHint[] = []
  if (asset.audioCodec === null)
    hints.push({ platform: null, message: { key: 'media.hint.silent' } })
  if (asset.videoCodec === 'hevc')
    hints.push({ platform: null, message: { key: 'media.hint.hevc' } })
  for (const platform of platforms.filter((one) => meantFor.includes(one))) {
    const { orientation, formats, maxBytes, maxSeconds } = platformCapabilities[platform].media
    const say = (key: Message['key'], values?: Message['values']) =>
      hints.push({ platform, message: { key, ...(values && { values }) } })
    if (orientation !== 'any' && shape !== 'square' && shape !== orientation)
      say(`media.hint.orientation.${orientation}`)
    if (formats.length > 0 && !formats.includes(asset.mimeType))
      say('media.hint.format', { format: asset.mimeType === 'video/webm' ? 'WebM' : 'MOV' })
    if (maxBytes !== null && asset.sizeBytes > maxBytes)
      say('media.hint.tooLarge', { max: sizeText(maxBytes), size: sizeText(asset.sizeBytes) })
    if (maxSeconds !== null && seconds > maxSeconds)
      say('media.hint.tooLong', { max: clockText(maxSeconds), duration: clockText(seconds) })
  }
  return hints
}

/** What final review passed must be what goes out: the cut and its cover change in production only. */
export function chooseVerdict(stage: Stage): Verdict {
  switch (stage) {
    case 'production':
      return yes
    case 'topic':
    case 'scripting':
    case 'doctor_review':
    case 'compliance_review':
      return no('media.cutTooEarly')
    case 'final_review':
      return no('media.cutInReview')
    case 'ready':
      return no('media.cutReviewed')
    default:
      return no('media.cutClosed')
  }
}

type Standing = Pick<Usable, 'kind' | 'state'>
export const assetCan = {
  beCut: ({ kind, state }: Standing, stage: Stage): Verdict => {
    if (kind !== 'cut') return no('media.notACut')
    return state === 'ready' ? chooseVerdict(stage) : no('media.notReady')
  },
  /** `cutChosen`: a cover belongs to a cut. */
  beCover: ({ kind, state }: Standing, stage: Stage, cutChosen: boolean): Verdict => {
    if (kind !== 'cover') return no('media.notACover')
    if (state !== 'ready') return no('media.notReady')
    const choose = chooseVerdict(stage)
    return choose.ok && !cutChosen ? no('media.cutFirst') : choose
  },
  /** `chosen`: the item's cut or cover · `held`: frozen in a publication, or a proof. */
  beDiscarded: (
    { state }: Standing,
    { chosen, held }: { readonly chosen: boolean; readonly held: boolean },
  ): Verdict => {
    if (state === 'uploading') return no('media.stillUploading')
    if (chosen) return no('media.chosen')
    return held ? no('media.inUse') : yes
  },
}
