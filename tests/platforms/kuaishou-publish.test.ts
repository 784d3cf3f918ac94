import { appendFileSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kuaishouClient } from '../../apps/api/src/platforms/kuaishou/client.ts'
import type { Answer } from '../../apps/api/src/platforms/platform.port.ts'
import { settingsForSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { openStore } from '../../apps/api/src/sandbox/store.ts'
import { apps, kuaishouCase, noon, setup, tempDir } from './support.ts'

const ok = <T>(answer: Answer<T>): T => {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
  return answer.value
}

test('a small video goes up in one piece and out once, with exactly the words that were frozen', async () => {
  const { kuaishou, ctx, snapshot, posts, clock, video, cover } = await kuaishouCase()
  const { uploadId } = ok(await kuaishou.upload(ctx, snapshot))
  expect(await posts()).toEqual([])

  const submitted = await kuaishou.submit(ctx, snapshot, uploadId)
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
  const { remoteId, remoteUrl } = submitted
  expect(remoteUrl).toBe(`https://www.kuaishou.com/short-video/${remoteId}`)
  expect(await posts()).toMatchObject([
    {
      id: remoteId,
      account: 'kuaishou-1',
      caption: snapshot.rendered.caption,
      videoSha256: video.sha256,
      videoBytes: video.sizeBytes,
      coverSha256: cover.sha256,
      acceptedAt: noon,
    },
  ])
  // A line end stays a line end: FormData would have made it CRLF.
  expect(snapshot.rendered.caption).toContain('\n')
  expect((await posts())[0]?.caption).not.toContain('\r')

  expect(await kuaishou.checkStatus(ctx, remoteId)).toEqual({ kind: 'pending' })
  clock.now += 4000
  expect(await kuaishou.checkStatus(ctx, remoteId)).toEqual({
    kind: 'published',
    remoteUrl,
    createdAt: new Date(noon),
    caption: snapshot.rendered.caption,
  })
})

test('the answer kept as evidence holds no token', async () => {
  const { kuaishou, ctx, snapshot } = await kuaishouCase()
  const { uploadId } = ok(await kuaishou.upload(ctx, snapshot))
  const submitted = await kuaishou.submit(ctx, snapshot, uploadId)
  expect(submitted.kind).toBe('accepted')
  expect(JSON.stringify(submitted)).not.toContain(ctx.accessToken)
  expect(JSON.stringify(submitted)).not.toContain(uploadId.split('@')[0])
})

test('a large video goes up in fragments of 4 MB and arrives whole', async () => {
  const world = await kuaishouCase({}, 11_000_000)
  const calls = await world.counter('kuaishou.fragment')
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot))
  expect(await calls()).toBe(3)
  expect((await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)).kind).toBe('accepted')
  expect(await world.posts()).toMatchObject([
    { videoSha256: world.video.sha256, videoBytes: 11_000_000 },
  ])
})

test('a cut in the middle is mended by asking what arrived and sending the rest', async () => {
  const world = await kuaishouCase({}, 11_000_000)
  const calls = await world.counter('kuaishou.fragment')
  const asked = await world.counter('kuaishou.resume')
  await world.fault('kuaishou.fragment', 'cut', { skip: 1 })
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot))
  // The second fragment had arrived, only its answer was lost: it is not sent again.
  expect(await calls()).toBe(3)
  expect(await asked()).toBe(1)
  await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)
  expect(await world.posts()).toMatchObject([{ videoSha256: world.video.sha256 }])
})

test('an upload given up is resumed by a later call, even after a restart of everything', async () => {
  const world = await kuaishouCase({}, 11_000_000)
  const started: string[] = []
  await world.fault('kuaishou.fragment', 'cut_before', { skip: 1, times: 100 })
  const gaveUp = await world.kuaishou.upload(
    { ...world.ctx, onUploadStarted: async (id) => void started.push(id) },
    world.snapshot,
  )
  expect(gaveUp).toMatchObject({ kind: 'unknown', why: 'connection_lost' })
  expect(started).toHaveLength(1)
  await world.clearFaults()

  const calls = await world.counter('kuaishou.fragment')
  const begun = await world.counter('kuaishou.start_upload')
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot, started[0]))
  expect(uploadId).toBe(started[0])
  expect([await calls(), await begun()]).toEqual([2, 0])
  await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)
  expect(await world.posts()).toMatchObject([{ videoSha256: world.video.sha256 }])
})

test('an upload the platform has forgotten begins anew', async () => {
  const world = await kuaishouCase({}, 11_000_000)
  const forgotten = `no-such-token@${new URL(world.url).host}`
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot, forgotten))
  expect(uploadId).not.toBe(forgotten)
})

test('a file that is no longer the frozen one never leaves the house', async () => {
  const world = await kuaishouCase()
  const begun = await world.counter('kuaishou.start_upload')
  appendFileSync(world.video.path, 'x')
  expect(await world.kuaishou.upload(world.ctx, world.snapshot)).toMatchObject({
    kind: 'refused',
    code: 'file_changed',
    category: 'media_invalid',
  })
  expect(
    await world.kuaishou.upload({ ...world.ctx, mediaPath: '/no/such/file' }, world.snapshot),
  ).toMatchObject({ kind: 'refused', code: 'file_missing' })
  expect(await begun()).toBe(0)
})

test('a changed or missing cover stops the submission before it is sent', async () => {
  const world = await kuaishouCase()
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot))
  const sent = await world.counter('kuaishou.publish')
  appendFileSync(world.cover.path, 'x')
  expect(await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)).toMatchObject({
    code: 'file_changed',
  })
  expect(
    await world.kuaishou.submit({ ...world.ctx, coverPath: null }, world.snapshot, uploadId),
  ).toMatchObject({ code: 'cover_missing' })
  expect(await world.kuaishou.submit(world.ctx, world.snapshot, 'rubbish')).toMatchObject({
    code: 'bad_upload_id',
  })
  expect(await sent()).toBe(0)
})

test('without a cover in the snapshot the poster frame goes along', async () => {
  const world = await kuaishouCase()
  const snapshot = { ...world.snapshot, cover: null }
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, snapshot))
  const gone = { ...world.ctx, coverPath: '/no/such/poster.jpg' }
  expect(await world.kuaishou.submit(gone, snapshot, uploadId)).toMatchObject({
    code: 'file_missing',
  })
  expect((await world.kuaishou.submit(world.ctx, snapshot, uploadId)).kind).toBe('accepted')
  expect(await world.posts()).toMatchObject([{ coverSha256: world.cover.sha256 }])
})

test('an account sees its own posts only, and a deleted one is gone', async () => {
  const world = await kuaishouCase()
  const other = await world.grant('kuaishou-2')
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot))
  const submitted = await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)
  if (submitted.kind !== 'accepted') throw new Error('not accepted')
  const { remoteId } = submitted
  const since = new Date(noon - 1)
  expect(ok(await world.kuaishou.listRecent(world.ctx, since))).toMatchObject([
    { remoteId, caption: world.snapshot.rendered.caption, pending: true, durationMs: null },
  ])
  expect(ok(await world.kuaishou.listRecent(other, since))).toEqual([])
  expect(await world.kuaishou.checkStatus(other, remoteId)).toEqual({ kind: 'not_found' })

  await fetch(
    `${world.url}/openapi/photo/delete?app_id=ks-test&access_token=${world.ctx.accessToken}&photo_id=${remoteId}`,
    { method: 'POST' },
  )
  expect(await world.kuaishou.checkStatus(world.ctx, remoteId)).toEqual({ kind: 'not_found' })
})

test('listing walks the pages back to the wanted moment and no further', async () => {
  const dir = tempDir()
  const store = openStore(dir, () => Number.MAX_SAFE_INTEGER)
  const openId = store.account('kuaishou', 'kuaishou-1')
  for (let n = 0; n < 450; n++)
    store.accept(
      {
        id: `p${n}`,
        platform: 'kuaishou',
        openId,
        title: '',
        caption: `第${n}条`,
        link: '',
        shareId: null,
        coverFile: 'c',
        coverSha256: 'c',
        coverBytes: 1,
        videoFile: 'v',
        videoSha256: 'v',
        videoBytes: 1,
        acceptedAt: noon + n * 1000,
        publishedAt: noon + n * 1000,
      },
      null,
    )
  store.close()
  const world = await setup({ dir })
  // All 450 are there by now.
  world.clock.now += 450_000
  const ctx = await world.grant()
  const calls = await world.counter('kuaishou.list')
  const recent = ok(await world.platforms.kuaishou.listRecent(ctx, new Date(noon + 100_000)))
  expect(recent.map((post) => post.remoteId)).toEqual(
    Array.from({ length: 350 }, (_, n) => `p${449 - n}`),
  )
  expect(await calls()).toBe(3)
})

test('counts come as they are told, and what is not told is null', async () => {
  const world = await kuaishouCase()
  const { uploadId } = ok(await world.kuaishou.upload(world.ctx, world.snapshot))
  const submitted = await world.kuaishou.submit(world.ctx, world.snapshot, uploadId)
  if (submitted.kind !== 'accepted') throw new Error('not accepted')
  const { remoteId } = submitted
  await world.post('/__sandbox/counts', { id: remoteId, plays: 1200, likes: 30, comments: 4 })
  expect(await world.kuaishou.metrics.post(world.ctx, remoteId)).toEqual({
    kind: 'ok',
    value: { plays: 1200, likes: 30, comments: 4, shares: null, favorites: null },
  })
  expect(await world.kuaishou.metrics.account(world.ctx)).toEqual({
    kind: 'ok',
    value: { followers: 0 },
  })
})

test('consent, code, tokens: each good once, and refreshed tokens work', async () => {
  const world = await setup()
  const { tokens } = world.platforms.kuaishou
  const redirectUri = 'http://127.0.0.1:9/api/oauth/kuaishou/callback?x=1'
  const answer = await fetch(tokens.authorizeUrl({ state: 'st&te=1', redirectUri }), {
    redirect: 'manual',
    headers: { cookie: 'a=b; sandbox_kuaishou=%E6%A0%96%E6%A2%A7' },
  })
  expect(answer.status).toBe(302)
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.href.startsWith(redirectUri)).toBe(true)
  expect(back.searchParams.get('state')).toBe('st&te=1')

  const code = back.searchParams.get('code') ?? ''
  const first = ok(await tokens.exchangeCode(code, { redirectUri }))
  expect(first).toMatchObject({
    accessTokenExpiresAt: new Date(noon + 172_800_000),
    refreshTokenExpiresAt: new Date(noon + 180 * 86_400_000),
    scopes: ['user_info', 'user_video_publish', 'user_video_info'],
  })
  expect(await tokens.exchangeCode(code, { redirectUri })).toMatchObject({
    code: '100200105',
    category: 'auth_revoked',
  })

  world.clock.now += 172_800_000
  const { kuaishou } = world.platforms
  expect(await kuaishou.listRecent(first, new Date(noon))).toMatchObject({
    kind: 'refused',
    code: '100200108',
    category: 'auth_expired',
    retryable: true,
  })
  const second = ok(await tokens.refresh(first.refreshToken ?? ''))
  expect(second.openId).toBe(first.openId)
  expect(ok(await kuaishou.listRecent(second, new Date(noon)))).toEqual([])
  expect(await tokens.refresh(first.refreshToken ?? '')).toMatchObject({
    code: '100200113',
    category: 'auth_revoked',
    retryable: false,
  })
})

test('without an application nothing is called at all', async () => {
  const world = await kuaishouCase({
    settings: (url) => ({
      kuaishou: { baseUrl: url, appId: '', appSecret: '', uploadHosts: [] },
    }),
  })
  expect(world.kuaishou.configured).toBe(false)
  const refusal = { kind: 'refused', category: 'not_configured', retryable: false }
  expect(await world.kuaishou.upload(world.ctx, world.snapshot)).toMatchObject(refusal)
  expect(await world.kuaishou.submit(world.ctx, world.snapshot, 'a@b')).toMatchObject(refusal)
})

test('a file sent as a form arrives as well, and the count is the account’s own', async () => {
  const world = await kuaishouCase()
  const client = kuaishouClient(settingsForSandbox(world.url, apps), {
    now: () => new Date(noon),
    nonce: () => 'n',
    pause: async () => undefined,
  })
  const { token, endpoint } = ok(await client.startUpload(world.ctx.accessToken))
  const form = new FormData()
  form.set('file', new Blob([readFileSync(world.video.path)]), 'v.mp4')
  await fetch(`http://${endpoint}/api/upload/multipart?upload_token=${token}`, {
    method: 'POST',
    body: form,
  })
  await world.kuaishou.submit(world.ctx, world.snapshot, `${token}@${endpoint}`)
  expect(await world.posts()).toMatchObject([{ videoSha256: world.video.sha256 }])
  expect(ok(await client.photoCount(world.ctx.accessToken))).toMatchObject({ all_count: 1 })
  const other = await world.grant('kuaishou-2')
  expect(ok(await client.photoCount(other.accessToken))).toMatchObject({ all_count: 0 })
})

test('an upload that is not whole cannot be published, and its token is then spent', async () => {
  const world = await kuaishouCase({}, 11_000_000)
  const started: string[] = []
  await world.fault('kuaishou.fragment', 'cut_before', { skip: 2, times: 100 })
  await world.kuaishou.upload(
    { ...world.ctx, onUploadStarted: async (id) => void started.push(id) },
    world.snapshot,
  )
  expect(await world.kuaishou.submit(world.ctx, world.snapshot, started[0] ?? '')).toMatchObject({
    kind: 'refused',
    code: '120002',
    category: 'media_invalid',
    retryable: true,
  })
  expect(await world.posts()).toEqual([])
})
