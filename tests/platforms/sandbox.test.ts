import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { buildSandbox, settingsForSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { apps, fileOf, kuaishouCase, setup, snapshotOf, tempDir } from './support.ts'

async function published(title: string) {
  const world = await kuaishouCase({}, 20_000, { title, body: '正文 & <b>', tags: ['标签'] })
  const answer = await world.kuaishou.upload(world.ctx, world.snapshot)
  if (answer.kind !== 'ok') throw new Error('not uploaded')
  await world.kuaishou.submit(world.ctx, world.snapshot, answer.value.uploadId)
  const page = async (path: string, headers: Record<string, string> = {}) => {
    const got = await fetch(world.url + path, { headers })
    return { html: await got.text(), headers: got.headers }
  }
  return { ...world, page }
}

test('the pages show what came, in both languages, and run nothing of it', async () => {
  const { page, clock } = await published('"><script>alert(1)</script>')
  for (const path of ['/', '/posts/1']) {
    const { html, headers } = await page(path)
    expect(html).toContain('按公开文档行事，不代表平台本身')
    expect(html).toContain('审核转码中')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    // Nothing is loaded from anywhere else.
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const english = (await page(`${path}?lang=en`)).html
    expect(english).toContain('Behaves like the public documents; it is not the platform')
    const words = english.replace(/正文|标签|中文|快手/g, '')
    expect(words.replace(/<[^>]+>/g, '')).not.toMatch(/[\u4e00-\u9fff]{2,}/)
  }
  clock.now += 4000
  expect((await page('/')).html).toContain('已发布')
})

test('the visitor chooses which Kuaishou account the browser is logged in with', async () => {
  const world = await setup()
  const answer = await fetch(`${world.url}/__sandbox/kuaishou/login`, {
    method: 'POST',
    body: new URLSearchParams({ account: '栖梧医院' }),
    redirect: 'manual',
  })
  expect(answer.status).toBe(303)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const home = await (await fetch(world.url, { headers: { cookie } })).text()
  expect(home).toContain('value="栖梧医院"')
})

test('a form on another website cannot post here', async () => {
  const world = await setup()
  const answer = await fetch(`${world.url}/__sandbox/kuaishou/login`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ account: 'x' }),
    redirect: 'manual',
  })
  expect(answer.status).toBe(403)
})

test('files are served from the sandbox’s own folder only', async () => {
  const app = buildSandbox({ dir: tempDir(), apps })
  onTestFinished(() => app.close())
  for (const url of ['/files/../sandbox.db', '/files/..%2fsandbox.db', '/files/none.mp4'])
    expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400)
})

/** The sandbox in a process of its own, to be killed without notice. */
async function sandboxProcess(dir: string) {
  const at = join(import.meta.dirname, '../../apps/api/src/sandbox/sandbox.ts')
  const code = `import { startSandbox } from ${JSON.stringify(at)}
const { url } = await startSandbox({ port: 0, dir: ${JSON.stringify(dir)}, apps: ${JSON.stringify(apps)}, pendingMs: 0 })
process.stdout.write(url + '\\n')`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>((ready, fail) => {
    child.stdout.once('data', (line) => ready(String(line).trim()))
    child.once('exit', () => fail(new Error('the sandbox did not start')))
  })
  return { url, child }
}

test('an accepted post survives kill -9 right after its answer', async () => {
  const dir = tempDir()
  const files = tempDir()
  const video = fileOf(files, 'v.mp4', 30_000)
  const cover = fileOf(files, 'c.jpg', 2000, 2)
  const first = await sandboxProcess(dir)
  const granted = await fetch(`${first.url}/__sandbox/kuaishou/grant`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"account":"kuaishou-1"}',
  })
  const { access_token: accessToken } = (await granted.json()) as { access_token: string }
  const ctx = { accessToken, mediaPath: video.path, coverPath: cover.path }
  const snapshot = snapshotOf('kuaishou', video, cover)
  const adapter = (url: string) => buildPlatforms(settingsForSandbox(url, apps)).kuaishou
  const uploaded = await adapter(first.url).upload(ctx, snapshot)
  if (uploaded.kind !== 'ok') throw new Error('not uploaded')
  const submitted = await adapter(first.url).submit(ctx, snapshot, uploaded.value.uploadId)
  first.child.kill('SIGKILL')
  if (submitted.kind !== 'accepted') throw new Error('not accepted')

  const second = await sandboxProcess(dir)
  expect(await adapter(second.url).checkStatus(ctx, submitted.remoteId)).toMatchObject({
    kind: 'published',
    caption: snapshot.rendered.caption,
  })
})
