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

const formOf = (fields: Record<string, string>) =>
  new URLSearchParams({
    times: '1',
    skip: '',
    account: '',
    minutes: '',
    code: '',
    retryAfter: '',
    ...fields,
  })

test('a person arms a fault with a form, sees it bite, and takes it away', async () => {
  const world = await kuaishouCase()
  const at = `${world.url}/faults`
  const arm = (fields: Record<string, string>) =>
    fetch(at, { method: 'POST', body: formOf(fields), redirect: 'manual' })
  const armed = await arm({ where: 'kuaishou.publish', mode: 'content_rejected' })
  expect(armed.status).toBe(303)
  expect(await (await fetch(at)).text()).toContain('内容当场被拒')
  const uploaded = await world.kuaishou.upload(world.ctx, world.snapshot)
  if (uploaded.kind !== 'ok') throw new Error('not uploaded')
  const { uploadId } = uploaded.value
  const refused = await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)
  expect(refused).toMatchObject({ kind: 'refused', code: '100400' })
  expect(await (await fetch(at)).text()).toContain('已用完')
  await fetch(`${at}/remove`, { method: 'POST', body: new URLSearchParams() })
  expect(await (await fetch(at)).text()).toContain('现在没有故障')

  // What cannot fit is said, in either language, and nothing is armed.
  const unfit = await arm({ where: 'kuaishou.publish', mode: 'list_stale' })
  expect(unfit.status).toBe(400)
  expect(await unfit.text()).toContain('这种故障只对「作品列表」有效')
  const english = await fetch(`${at}?lang=en`, {
    method: 'POST',
    body: formOf({ where: 'weibo.*', mode: 'wrong_signature' }),
  })
  expect(await english.text()).toContain('That fault only fits &quot;Events&quot;')
  expect(await (await fetch(`${world.url}/__sandbox/faults`)).json()).toEqual([])
})

test('one account is out of order, the others are not; its list can be stale, empty or turned round', async () => {
  const world = await kuaishouCase()
  const other = { ...world.ctx, ...(await world.grant('kuaishou-2')) }
  const fault = (body: object) => world.post('/__sandbox/faults', body)
  await fault({
    match: { platform: 'kuaishou', account: 'kuaishou-1' },
    mode: 'account_banned',
    times: 0,
  })
  const publish = async (ctx: typeof world.ctx) => {
    const uploaded = await world.kuaishou.upload(ctx, world.snapshot)
    if (uploaded.kind !== 'ok') return uploaded.kind
    return (await world.kuaishou.submit(ctx, world.snapshot, uploaded.value.uploadId)).kind
  }
  expect(await publish(world.ctx)).toBe('refused')
  expect(await publish(other)).toBe('accepted')
  world.clock.now += 60_000
  expect(await publish(other)).toBe('accepted')
  await world.clearFaults()

  const ids = async () => {
    const since = new Date(world.clock.now - 3_600_000)
    const list = await world.kuaishou.listRecent(other, since)
    return list.kind === 'ok' ? list.value.map(({ remoteId }) => remoteId) : []
  }
  const all = await ids()
  expect(all).toHaveLength(2)
  await world.fault('kuaishou.list', 'list_stale', { delayMs: 30_000 })
  expect(await ids()).toEqual(all.slice(1))
  await world.fault('kuaishou.list', 'list_empty')
  expect(await ids()).toEqual([])
  expect(await ids()).toEqual(all)
  const calls = (await (await fetch(`${world.url}/__sandbox/calls`)).json()) as { op: string }[]
  expect(calls.filter(({ op }) => op === 'kuaishou.publish')).toHaveLength(2)
})

test('a Date header runs as far off as it is told', async () => {
  const world = await kuaishouCase()
  await world.fault('kuaishou.list', 'date_skew', { skewMs: -7_200_000 })
  const url = `${world.url}/openapi/photo/list?app_id=${apps.kuaishou.appId}&access_token=${world.ctx.accessToken}`
  const date = async () => Date.parse((await fetch(url)).headers.get('date') ?? '')
  expect(await date()).toBe(world.clock.now - 7_200_000)
  expect(await date()).toBe(world.clock.now)
})
