import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refusalMessage } from '@xingbo/shared/media/asset.rules'
import type { Asset } from '@xingbo/shared/media/asset.schema'
import { say } from '@xingbo/shared/messages'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { probe } from '../../../apps/api/src/modules/media/inspecting/inspect.ts'
import { runTool, toolPath } from '../../../apps/api/src/modules/media/inspecting/run-tool.ts'
import { storeProof } from '../../../apps/api/src/modules/media/media.service.ts'
import { testApp } from '../../support/test-app.ts'
import { assetRow, filesOf, sample, seedContents, sha256, uploaded } from './support.ts'

const api = createRequire(new URL('../../../apps/api/src/main.ts', import.meta.url))
const bundled = {
  FFMPEG_PATH: (api('@ffmpeg-installer/ffmpeg') as { path: string }).path,
  FFPROBE_PATH: (api('@ffprobe-installer/ffprobe') as { path: string }).path,
}
/** The system's where there is one, and always the ones that come with npm. */
const toolsets: [string, Record<string, string>][] = [
  ['bundled', bundled],
  ...(existsSync('/usr/bin/ffmpeg') && existsSync('/usr/bin/ffprobe')
    ? [
        ['system', { FFMPEG_PATH: '/usr/bin/ffmpeg', FFPROBE_PATH: '/usr/bin/ffprobe' }] as [
          string,
          Record<string, string>,
        ],
      ]
    : []),
]

const scratch = mkdtempSync(join(tmpdir(), 'xingbo-samples-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
/** Makes a film of one second or a picture, with ffmpeg itself. */
function made(name: string, ...args: string[]): Buffer {
  const path = join(scratch, name)
  execFileSync(bundled.FFMPEG_PATH, ['-nostdin', '-v', 'error', ...args, '-y', path])
  return readFileSync(path)
}
const picture = (size: string, seconds = 1) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc=size=${size}:rate=10:duration=${seconds}`,
]

async function world(env: Record<string, string> = {}) {
  const app = await testApp(env)
  await seedContents(app.db)
  const bring = async (bytes: Buffer, kind: 'cut' | 'cover', name: string) => {
    const id = await uploaded(app, bytes, { kind, name })
    const { items } = (await app.as('producer')('/api/contents/con-a/assets')).body as {
      items: Asset[]
    }
    return {
      id,
      asset: items.find((one) => one.id === id),
      files: filesOf(app.dir, id).filter((file) => !file.endsWith(id)),
    }
  }
  return { ...app, bring }
}

describe.each(toolsets)('with the %s ffmpeg', (_name, env) => {
  test.each([
    ['clip.mp4', 'cut', { width: 1080, height: 1920, durationMs: 20_000, mimeType: 'video/mp4' }],
    ['clip-landscape.mp4', 'cut', { width: 1280, height: 720, durationMs: 10_000, frameRate: 25 }],
    ['cover.jpg', 'cover', { width: 1080, height: 1440, durationMs: null, mimeType: 'image/jpeg' }],
  ] as const)('%s is taken', async (name, kind, facts) => {
    const { bring } = await world(env)
    const { id, asset, files } = await bring(sample(name), kind, name)
    expect(asset).toMatchObject({ state: 'ready', sha256: sha256(sample(name)), ...facts })
    expect(files.sort()).toEqual([`media/${id}/original`, `media/${id}/poster.jpg`])
  })

  test.each([
    ['broken.mp4', 'cut', 'media.incomplete'],
    ['broken-tail.mp4', 'cut', 'media.incomplete'],
    ['not-a-video.mp4', 'cut', 'media.notAVideo'],
    ['cover.jpg', 'cut', 'media.notAVideo'],
    ['clip.mp4', 'cover', 'media.notAnImage'],
  ] as const)('%s as a %s is refused, nothing stays', async (name, kind, reason) => {
    const { bring, dir } = await world(env)
    const { id, asset } = await bring(sample(name), kind, name)
    expect(asset).toMatchObject({ state: 'refused', refusedFor: reason, sha256: null })
    expect(filesOf(dir, id)).toEqual([])
  })

  test('a cut-off picture, an editing codec, sound alone and 8K are refused for what they are', async () => {
    const { bring } = await world(env)
    const cover = sample('cover.jpg')
    const rows = [
      ['media.imageIncomplete', 'cover', cover.subarray(0, cover.length / 2)],
      ['media.codec', 'cut', made('a.mov', ...picture('320x240'), '-c:v', 'prores')],
      [
        'media.noPicture',
        'cut',
        made('a.mp4', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac'),
      ],
      [
        'media.tooManyPixels',
        'cut',
        made('8k.mp4', ...picture('7680x4320', 0.2), '-preset', 'ultrafast'),
      ],
    ] as const
    for (const [reason, kind, bytes] of rows) {
      const { asset, files } = await bring(Buffer.from(bytes), kind, `${reason}.bin`)
      expect(asset).toMatchObject({ state: 'refused', refusedFor: reason })
      expect(files).toEqual([])
    }
  })

  test('other containers, a film lying on its side, and a film without sound are taken', async () => {
    const { bring } = await world(env)
    const webm = made('a.webm', ...picture('320x240'), '-c:v', 'libvpx', '-b:v', '200k')
    const mov = made('b.mov', ...picture('320x240'), '-c:v', 'libx264', '-pix_fmt', 'yuv420p')
    writeFileSync(join(scratch, 'upright.mov'), mov)
    const turned = made(
      'turned.mp4',
      ...['-i', join(scratch, 'upright.mov'), '-c', 'copy', '-metadata:s:v', 'rotate=90'],
    )
    const png = made('a.png', ...picture('64x48'), '-frames:v', '1')
    expect((await bring(webm, 'cut', 'a.mp4')).asset).toMatchObject({
      mimeType: 'video/webm',
      videoCodec: 'vp8',
      audioCodec: null,
    })
    expect((await bring(mov, 'cut', 'b.mp4')).asset).toMatchObject({
      mimeType: 'video/quicktime',
      width: 320,
    })
    expect((await bring(turned, 'cut', 'c.mp4')).asset).toMatchObject({ width: 240, height: 320 })
    expect((await bring(png, 'cover', 'd.jpg')).asset).toMatchObject({
      mimeType: 'image/png',
      width: 64,
      state: 'ready',
    })
  })

  test('a playlist in a film’s clothes is followed nowhere', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked++
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    const playlist = `#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:${port}/a.ts\n#EXT-X-ENDLIST\n`
    const { bring, deps } = await world(env)
    expect((await bring(Buffer.from(playlist), 'cut', 'film.mp4')).asset).toMatchObject({
      refusedFor: 'media.notAVideo',
    })
    // And if its first bytes had passed, the tool still opens nothing but the file.
    const path = join(scratch, 'playlist.mp4')
    writeFileSync(path, playlist)
    expect(await probe(deps.settings, 'mp4', path)).toBe('unreadable')
    expect(asked).toBe(0)
  })
})

test('a tool that does not end is ended, and its environment is empty', async () => {
  expect(await runTool('/bin/sh', ['-c', 'sleep 30'], 1)).toMatchObject({ ended: 'timeout' })
  const { stdout } = await runTool('/usr/bin/env', [], 5)
  expect(stdout.split('\n').map((line) => line.split('=')[0])).not.toContain('HOME')
  await expect(runTool('/no/such/tool', [], 5)).rejects.toThrow('cannot run /no/such/tool')
})

test('the path from the settings comes before any other', () => {
  expect(toolPath('ffprobe', { ffmpegPath: null, ffprobePath: '/opt/x/ffprobe' })).toBe(
    '/opt/x/ffprobe',
  )
})

test('a screenshot given as proof is checked like any other file', async () => {
  const { deps, dir, as } = await world()
  const actor = { userId: 'operator-a', displayName: '操作员', institutionId: 'a' }
  const give = (bytes: Buffer) =>
    storeProof(deps, actor, { publicationId: 'pub-a', fileName: '../../截图.jpg', bytes })
  const id = await give(sample('cover.jpg'))
  expect((await as('operator')(`/api/assets/${id}/file`)).status).toBe(200)
  expect(await assetRow(deps.db, id)).toMatchObject({
    kind: 'proof',
    publicationId: 'pub-a',
    state: 'ready',
    fileName: '截图.jpg',
    width: 1080,
  })
  await expect(give(sample('not-a-video.mp4'))).rejects.toMatchObject({
    code: 'RULE_VIOLATION',
    reason: { key: 'media.notAnImage' },
  })
  await expect(give(Buffer.alloc(0))).rejects.toMatchObject({ reason: { key: 'media.empty' } })
  expect(filesOf(dir, '')).toEqual(
    expect.arrayContaining([`media/${id}/original`, `media/${id}/poster.jpg`]),
  )
  expect(filesOf(dir, '').filter((file) => !file.includes(id))).toEqual([])
})

test('every refusal is a whole sentence in both languages', () => {
  const reason = refusalMessage('media.tooLong')
  expect(say('zh', reason)).toBe('视频太长：最多 5 小时')
  expect(say('en', reason)).toBe('The video is too long: at most 5 hours')
})
