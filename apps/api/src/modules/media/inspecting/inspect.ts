import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type MediaFacts, type Refusal, refusalFor } from '@xingbo/shared/media/asset.rules'
import type { AssetKind } from '@xingbo/shared/media/asset-kind'
import {
  type FileType,
  headBytes,
  mimeTypes,
  takenTypeOf,
} from '@xingbo/shared/media/file-type.rules'
import { z } from 'zod'
import type { Settings } from '../../../env.ts'
import { runTool, toolPath } from './run-tool.ts'

type Tools = Pick<Settings, 'ffmpegPath' | 'ffprobePath'>

/** Reading the index takes milliseconds; 20 s is for a file made to be slow. */
const probeSeconds = 20
/** 60 s decode about ten minutes of 1080p on one core. */
const decodeSeconds = 60
/** Reads every packet without decoding; a 4 GB file from a slow disk takes a minute. */
const demuxSeconds = 180
const posterSeconds = 20

/** The demuxer is named, so that a playlist or a script in a film's clothes is not followed anywhere. */
const demuxers = {
  mp4: 'mov',
  mov: 'mov',
  webm: 'matroska',
  jpeg: 'jpeg_pipe',
  png: 'png_pipe',
} as const satisfies Record<FileType, string>

/** `file:` and the whitelist: the tool may open this file and nothing else, whatever the file asks for. */
const input = (type: FileType, path: string) => [
  '-protocol_whitelist',
  'file',
  '-f',
  demuxers[type],
  '-i',
  `file:${path}`,
]
const quiet = ['-nostdin', '-v', 'error', '-xerror']

const number = z.coerce.number().finite().optional().catch(undefined)
const probed = z.object({
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        codec_name: z.string().optional(),
        width: number,
        height: number,
        avg_frame_rate: z.string().optional(),
        duration: number,
        disposition: z.object({ attached_pic: number }).optional(),
        tags: z.object({ rotate: number }).optional(),
        side_data_list: z.array(z.object({ rotation: number })).optional(),
      }),
    )
    .default([]),
  format: z.object({ duration: number }).default({}),
})

/** `30000/1001` → 29.97; `0/0` means unknown. */
function rateOf(text: string | undefined): number | null {
  const [over = 0, under = 1] = (text ?? '').split('/').map(Number)
  const rate = over / under
  return Number.isFinite(rate) && rate > 0 ? Math.round(rate * 1000) / 1000 : null
}

export type Probe = 'unreadable' | 'timeout' | MediaFacts

/** What stands in the file's index; width and height as a player shows them. */
export async function probe(tools: Tools, type: FileType, path: string): Promise<Probe> {
  const fields =
    'format=duration:stream=codec_type,codec_name,width,height,avg_frame_rate,duration' +
    ':stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation'
  const run = await runTool(
    toolPath('ffprobe', tools),
    ['-v', 'error', '-of', 'json', '-show_entries', fields, ...input(type, path)],
    probeSeconds,
  )
  if (run.ended !== 'ok') return run.ended === 'timeout' ? 'timeout' : 'unreadable'
  const { streams, format } = probed.parse(JSON.parse(run.stdout))
  const video = streams.find(
    (one) => one.codec_type === 'video' && one.disposition?.attached_pic !== 1,
  )
  const audio = streams.find((one) => one.codec_type === 'audio')
  const turn = video?.side_data_list?.find((one) => one.rotation !== undefined)?.rotation
  const onItsSide = Math.abs(turn ?? video?.tags?.rotate ?? 0) % 180 === 90
  const [width, height] = onItsSide ? [video?.height, video?.width] : [video?.width, video?.height]
  const seconds = format.duration ?? video?.duration
  const still = type === 'jpeg' || type === 'png'
  return {
    width: width ?? null,
    height: height ?? null,
    durationMs: still || seconds === undefined ? null : Math.round(seconds * 1000),
    frameRate: still ? null : rateOf(video?.avg_frame_rate),
    videoCodec: still ? null : (video?.codec_name ?? null),
    audioCodec: audio?.codec_name ?? null,
  }
}

/**
 * Whether the file is whole. Every packet is read, which finds a file cut off anywhere; then as much as 60 s
 * allow is decoded, and of a longer film its last ten seconds too.
 */
async function isWhole(tools: Tools, type: FileType, path: string): Promise<'yes' | 'no' | 'slow'> {
  const ffmpeg = toolPath('ffmpeg', tools)
  const read = await runTool(
    ffmpeg,
    [
      ...quiet,
      ...input(type, path),
      '-map',
      '0:v?',
      '-map',
      '0:a?',
      '-c',
      'copy',
      '-f',
      'null',
      '-',
    ],
    demuxSeconds,
  )
  if (read.ended !== 'ok') return read.ended === 'timeout' ? 'slow' : 'no'
  // Half a picture decodes to a half-grey one unless every flaw counts; films carry harmless flaws.
  const strict = type === 'jpeg' || type === 'png' ? ['-err_detect', 'explode'] : []
  const decode = (before: string[]) =>
    runTool(
      ffmpeg,
      [...quiet, '-threads', '1', ...strict, ...before, ...input(type, path), '-f', 'null', '-'],
      decodeSeconds,
    )
  const all = await decode([])
  if (all.ended !== 'timeout') return all.ended === 'ok' ? 'yes' : 'no'
  const tail = await decode(['-sseof', '-10'])
  return tail.ended === 'failed' ? 'no' : 'yes'
}

/** Writes a JPEG of at most 720 pixels a side to `to`: the picture itself, or a frame near the beginning. */
async function drawPoster(
  tools: Tools,
  { type, path, to, durationMs }: { type: FileType; path: string; to: string; durationMs: number },
): Promise<void> {
  const at = Math.min(1, durationMs / 4000).toFixed(3)
  const scale = "scale='min(720,iw)':'min(720,ih)':force_original_aspect_ratio=decrease"
  const run = await runTool(
    toolPath('ffmpeg', tools),
    [
      ...quiet,
      ...['-threads', '1', '-ss', at],
      ...input(type, path),
      ...['-frames:v', '1', '-vf', scale, '-q:v', '4', '-f', 'mjpeg', '-y', `file:${to}`],
    ],
    posterSeconds,
  )
  if (run.ended !== 'ok') throw new Error('no poster could be drawn from a file that decodes')
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export type Inspection =
  | { readonly ok: false; readonly refusal: Refusal; readonly facts: MediaFacts | null }
  | {
      readonly ok: true
      readonly facts: MediaFacts
      readonly mimeType: string
      readonly sha256: string
    }

/**
 * Judges a file by what is in it and never by its name: first bytes, index, every packet, the picture itself.
 * A file that passes has its poster at `posterTo`.
 * @throws ToolStopped when the product stops meanwhile; Error when ffmpeg itself cannot run
 */
export async function inspect(
  tools: Tools,
  kind: AssetKind,
  path: string,
  posterTo: string,
): Promise<Inspection> {
  const refuse = (refusal: Refusal, facts: MediaFacts | null = null): Inspection => ({
    ok: false,
    refusal,
    facts,
  })
  const broken = kind === 'cut' ? 'media.incomplete' : 'media.imageIncomplete'
  const type = takenTypeOf(kind, await headOf(path))
  if (!type) return refuse(kind === 'cut' ? 'media.notAVideo' : 'media.notAnImage')
  const facts = await probe(tools, type, path)
  if (facts === 'timeout') return refuse('media.unreadable')
  if (facts === 'unreadable') return refuse(broken)
  const refusal = refusalFor(kind, facts)
  if (refusal) return refuse(refusal, facts)
  const whole = await isWhole(tools, type, path)
  if (whole !== 'yes') return refuse(whole === 'slow' ? 'media.unreadable' : broken, facts)
  await drawPoster(tools, { type, path, to: posterTo, durationMs: facts.durationMs ?? 0 })
  return { ok: true, facts, mimeType: mimeTypes[type], sha256: await sha256Of(path) }
}
