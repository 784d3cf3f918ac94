import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from '@xingbo/shared/accounts/platform'
import { type CaptionInput, renderCaption } from '@xingbo/shared/publishing/caption.rules'
import { type PublishSnapshot, publishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { onTestFinished } from 'vitest'
import type { PlatformTools } from '../../apps/api/src/platforms/platform.port.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import type { PlatformSettings } from '../../apps/api/src/platforms/settings.ts'
import {
  type SandboxOptions,
  settingsForSandbox,
  startSandbox,
} from '../../apps/api/src/sandbox/sandbox.ts'

export const apps = {
  kuaishou: { appId: 'ks-test', appSecret: 'ks-test-secret' },
  douyin: { clientKey: 'dy-test', clientSecret: 'dy-test-secret' },
  bilibili: { clientId: 'bili-test', clientSecret: 'bili-test-secret' },
  weibo: { appKey: 'weibo-test', appSecret: 'weibo-test-secret' },
}
export const noon = Date.parse('2026-11-21T04:00:00.000Z')

/** Repeatable pseudo-random numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-platforms-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** A file of `size` repeatable bytes. */
export function fileOf(dir: string, name: string, size: number, seed = 1) {
  const random = seeded(seed)
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += 4)
    bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), Math.max(0, Math.min(at, size - 4)))
  const path = join(dir, name)
  writeFileSync(path, bytes)
  return { path, sha256: sha256(bytes), sizeBytes: size }
}
type TestFile = ReturnType<typeof fileOf>

export const words: CaptionInput = {
  title: '落枕了能不能马上推拿？',
  body: '先别急着扳。\n第一步：热敷 15 分钟 🔥\r\n第二步："慢慢"转头 & 别硬扛；100% 别硬扛',
  tags: ['推拿', '#落枕', '健康 科普'],
}

export function snapshotOf(
  platform: Platform,
  video: TestFile,
  cover: TestFile | null,
  input: CaptionInput = words,
): PublishSnapshot {
  const size = { width: 1080, height: 1920 }
  return publishSnapshot.parse({
    platform,
    accountId: 'acc-1',
    contentId: 'con-1',
    scriptSha256: sha256('script'),
    title: input.title,
    body: input.body,
    tags: [...input.tags],
    rendered: renderCaption(platform, input),
    declarations: ['health_reference'],
    media: { assetId: 'as-1', mimeType: 'video/mp4', durationMs: 20_000, ...size, ...video },
    cover: cover && { assetId: 'as-2', mimeType: 'image/jpeg', ...size, ...cover },
  })
}

/** One post as the sandbox tells it. */
export type SeenPost = {
  id: string
  account: string
  title: string
  caption: string
  link: string
  shareId: string | null
  coverSha256: string | null
  videoSha256: string
  videoBytes: number
  acceptedAt: number
  pending: boolean
  deliveries: { state: string; answer: string; tries: number }[]
}

/** A sandbox on a free port with a clock that stands still until moved, and the adapters that lead to it. */
export async function setup(
  over: Partial<SandboxOptions> & {
    settings?: (url: string) => Partial<PlatformSettings>
    tools?: Partial<PlatformTools>
  } = {},
) {
  const clock = { now: noon }
  const dir = over.dir ?? tempDir()
  const { settings, tools, ...options } = over
  const sandbox = await startSandbox({
    port: 0,
    apps,
    now: () => new Date(clock.now),
    webhookRetryMs: 20,
    ...options,
    dir,
  })
  onTestFinished(() => sandbox.close())
  const platforms = buildPlatforms(
    { ...settingsForSandbox(sandbox.url, apps), ...settings?.(sandbox.url) },
    { now: () => new Date(clock.now), pause: async () => undefined, ...tools },
  )
  const post = async (path: string, body: object) => {
    const answer = await fetch(sandbox.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  return {
    dir,
    clock,
    url: sandbox.url,
    platforms,
    post,
    close: sandbox.close,
    fault: async (op: string, mode: string, rest: object = {}) => {
      const { status } = await post('/__sandbox/faults', { match: { op }, mode, ...rest })
      if (status !== 200) throw new Error(`no such fault: ${mode}`)
    },
    /** How often an operation was called since a never-biting fault was armed for it. */
    counter: async (op: string) => {
      await post('/__sandbox/faults', { match: { op }, mode: 'cut_before', skip: 1_000_000 })
      return async () => {
        const faults = (await (await fetch(`${sandbox.url}/__sandbox/faults`)).json()) as {
          match: { op: string }
          skip: number
          hits: number
        }[]
        return faults.find((one) => one.match.op === op && one.skip === 1_000_000)?.hits
      }
    },
    clearFaults: () => fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' }),
    posts: async () => (await (await fetch(`${sandbox.url}/__sandbox/posts`)).json()) as SeenPost[],
    grant: async (account = 'kuaishou-1') => {
      const { body } = await post('/__sandbox/kuaishou/grant', { account })
      return { accessToken: String(body.access_token), refreshToken: String(body.refresh_token) }
    },
  }
}
export type Setup = Awaited<ReturnType<typeof setup>>

/** Everything a Kuaishou publication needs, with files of the given sizes. */
export async function kuaishouCase(
  over: Parameters<typeof setup>[0] = {},
  videoBytes = 20_000,
  input: CaptionInput = words,
) {
  const world = await setup(over)
  const files = tempDir()
  const video = fileOf(files, 'video.mp4', videoBytes)
  const cover = fileOf(files, 'cover.jpg', 3000, 2)
  const ctx = { ...(await world.grant()), mediaPath: video.path, coverPath: cover.path }
  return {
    ...world,
    video,
    cover,
    ctx,
    snapshot: snapshotOf('kuaishou', video, cover, input),
    kuaishou: world.platforms.kuaishou,
  }
}

/** A bare HTTP server for answers no sandbox would give. */
export async function rawServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(handler)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
