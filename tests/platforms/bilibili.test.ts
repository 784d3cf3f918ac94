import { appendFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { expiryOf } from '../../apps/api/src/platforms/bilibili/client.ts'
import { signedHeaders } from '../../apps/api/src/platforms/bilibili/signature.ts'
import { open } from './contract.ts'
import { bilibiliContract } from './contract-cases.ts'
import { apps, fileOf, noon, snapshotOf, tempDir, words } from './support.ts'

const signing = {
  clientId: 'c9f0f895fb98ab91',
  clientSecret: '1679091c5a880faf6fb5e6087eb1b2dc',
  nonce: 'ad184c09-095f-91c3-0849-230dd3744045',
  timestamp: 1_755_758_400,
}
const emptyMd5 = 'd41d8cd98f00b204e9800998ecf8427e'

test('the signature is the one known beforehand', () => {
  // Made with `openssl dgst -sha256 -hmac` over the six lines, each `name:value`, sorted, without a last line end.
  expect(signedHeaders({ ...signing, body: '' })).toEqual({
    'x-bili-accesskeyid': signing.clientId,
    'x-bili-content-md5': emptyMd5,
    'x-bili-signature-method': 'HMAC-SHA256',
    'x-bili-signature-nonce': signing.nonce,
    'x-bili-signature-version': '2.0',
    'x-bili-timestamp': '1755758400',
    authorization: 'adcdccf273a554e38ca1210a483c921fdd769a50f7270b9bf865eee064b1e0e2',
  })
  const body = '{"title":"落枕了能不能马上推拿？","tid":201}'
  expect(signedHeaders({ ...signing, body })).toMatchObject({
    'x-bili-content-md5': '666338998e817ed329fd5f6f732ba4f8',
    authorization: 'd332010894103aecc08dc29258ffc7a0c300a477968da236413412ee9b8cda26',
  })
})

test('a call signed wrongly, too late, twice or without its body’s hash is refused', async () => {
  const world = await open(bilibiliContract)
  const path = '/arcopen/fn/archive/video/init'
  const body = JSON.stringify({ name: 'a.mp4', utype: '0' })
  let nonce = 0
  const call = async (over: Record<string, string> = {}, sent = body, ahead = 0, at = nonce++) => {
    const headers = signedHeaders({
      ...apps.bilibili,
      body,
      nonce: `n${at}`,
      timestamp: noon / 1000 + ahead,
    })
    const answer = await fetch(world.url + path, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'access-token': world.ctx.accessToken,
        ...headers,
        ...over,
      },
      body: sent,
    })
    return ((await answer.json()) as { code: number }).code
  }
  expect(await call()).toBe(0)
  expect(await call({}, body, 600)).toBe(0)
  expect(await call({}, body, -601)).toBe(4003)
  expect(await call({ authorization: '0'.repeat(64) })).toBe(4002)
  expect(await call({ 'x-bili-timestamp': String(noon / 1000 + 1) })).toBe(4002)
  expect(await call({}, '{"name":"b.mp4","utype":"0"}')).toBe(4008)
  expect(await call({ 'x-bili-signature-version': '1.0' })).toBe(4006)
  expect(await call({ 'x-bili-signature-method': 'HMAC-SHA1' })).toBe(4005)
  expect(await call({ 'x-bili-accesskeyid': 'other' })).toBe(127004)
  expect(await call({ 'access-token': 'other' })).toBe(127001)
  expect(await call({ accept: '*/*' })).toBe(4009)
  expect(await call({ 'content-type': 'text/plain' })).toBe(4007)
  expect(await call({}, body, 0, 0)).toBe(4004)
})

test('a large video goes up in equal parts of 8 MiB, a lost one again, and arrives whole', async () => {
  const world = await open(bilibiliContract)
  const files = tempDir()
  const video = fileOf(files, 'large.mp4', 8 * 1024 * 1024 * 2 + 5, 3)
  const snapshot = snapshotOf('bilibili', video, world.cover, words)
  const ctx = { ...world.ctx, mediaPath: video.path }
  const parts = await world.counter('bilibili.part')
  await world.fault('bilibili.part', 'cut_before', { skip: 1 })
  const started: string[] = []
  const uploaded = await world.adapter.upload(
    { ...ctx, onUploadStarted: async (id) => void started.push(id) },
    snapshot,
  )
  if (uploaded.kind !== 'ok') throw new Error(JSON.stringify(uploaded))
  expect(await parts()).toBe(4)
  expect(started).toHaveLength(1)
  const submitted = await world.adapter.submit(ctx, snapshot, uploaded.value.uploadId)
  expect(submitted.kind).toBe('accepted')
  expect(await world.posts()).toMatchObject([
    { videoSha256: video.sha256, videoBytes: video.sizeBytes, coverSha256: world.cover.sha256 },
  ])
  // Neither the upload's name nor the token is in what is kept as evidence.
  expect(JSON.stringify(submitted)).not.toContain(started[0])
})

test('an upload that gives up leaves nothing behind and may begin anew', async () => {
  const world = await open(bilibiliContract)
  await world.fault('bilibili.part', 'cut_before', { times: 3 })
  const answer = await world.adapter.upload(world.ctx, world.snapshot())
  expect(answer).toMatchObject({ kind: 'unknown', why: 'connection_lost' })
  expect((await world.submit()).kind).toBe('accepted')
  expect(await world.posts()).toHaveLength(1)
})

test('what goes out is the frozen words in Bilibili’s own fields', async () => {
  const world = await open(bilibiliContract)
  await world.submit()
  const [post] = (await world.posts()) as unknown as { extra: object; title: string }[]
  expect(post).toMatchObject({
    title: '落枕了能不能马上推拿？ 1',
    extra: { tag: '推拿,落枕,健康科普', tid: 201, copyright: 1, no_reprint: 1 },
  })
})

test('a file that is no longer the frozen one never leaves the house', async () => {
  const world = await open(bilibiliContract)
  const begun = await world.counter('bilibili.start_upload')
  appendFileSync(world.cover.path, 'x')
  const no = { kind: 'refused', category: 'media_invalid', retryable: false }
  expect(await world.adapter.upload(world.ctx, world.snapshot())).toMatchObject({
    ...no,
    code: 'file_changed',
  })
  const bare = { ...world.snapshot(), cover: null }
  const huge = fileOf(tempDir(), 'huge.jpg', 5 * 1024 * 1024 + 1)
  const ctx = { ...world.ctx, coverPath: huge.path }
  expect(await world.adapter.upload(ctx, bare)).toMatchObject({ ...no, code: 'cover_too_large' })
  appendFileSync(world.video.path, 'x')
  expect(await world.adapter.upload(world.ctx, bare)).toMatchObject({ ...no, code: 'file_changed' })
  expect(await begun()).toBe(0)
})

test('two works of an account within 30 seconds: the second is told to wait', async () => {
  const world = await open(bilibiliContract)
  expect((await world.submit(1)).kind).toBe('accepted')
  world.clock.now += 29_000
  expect(await world.submit(2)).toMatchObject({
    kind: 'refused',
    code: '123026',
    category: 'rate_limited',
    retryable: true,
  })
  world.clock.now += 1000
  expect((await world.submit(2)).kind).toBe('accepted')
  // Another account is not held up by it.
  const other = await world.context('bilibili-2')
  expect((await world.submit(3, world.adapter, other)).kind).toBe('accepted')
})

test('a returned work is told with its reason and is none of the posts', async () => {
  const world = await open(bilibiliContract)
  const uploadId = await world.upload()
  await world.fault('bilibili.publish', 'rejected_later', { delayMs: 1000, message: '含夸大疗效' })
  const submitted = await world.adapter.submit(world.ctx, world.snapshot(), uploadId)
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
  world.clock.now += 2000
  expect(await world.adapter.checkStatus(world.ctx, submitted.remoteId)).toEqual({
    kind: 'rejected',
    reason: '含夸大疗效',
  })
  expect(await world.adapter.listRecent(world.ctx, new Date(noon))).toEqual({
    kind: 'ok',
    value: [],
  })
})

test('a state nobody has documented is not taken for published', async () => {
  const world = await open(bilibiliContract)
  const submitted = await world.submit()
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
  world.clock.now += 10_000
  await world.fault('bilibili.info', 'unknown_status')
  const status = await world.adapter.checkStatus(world.ctx, submitted.remoteId)
  expect(status).toEqual({ kind: 'pending' })
})

test('an expiry is read as the moment the document says, or as the duration others send', () => {
  const now = new Date(noon)
  expect(expiryOf(noon / 1000 + 2_592_000, now)).toEqual(new Date(noon + 2_592_000_000))
  expect(expiryOf(2_592_000, now)).toEqual(new Date(noon + 2_592_000_000))
})

test('of two refreshes with one token the second is refused: only one may be on its way', async () => {
  const world = await open(bilibiliContract)
  const { body } = await world.post('/__sandbox/bilibili/grant', { account: 'bilibili-1' })
  const { tokens } = world.adapter
  if (tokens.kind !== 'consent') throw new Error('no consent')
  const both = await Promise.all([1, 2].map(() => tokens.refresh(String(body.refresh_token))))
  expect(both.map(({ kind }) => kind).sort()).toEqual(['ok', 'refused'])
})
