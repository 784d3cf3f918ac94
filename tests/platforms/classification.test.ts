import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { parseJson, redact, retryAfter } from '../../apps/api/src/platforms/http.ts'
import { kuaishouClient } from '../../apps/api/src/platforms/kuaishou/client.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { settingsForSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import { apps, kuaishouCase, noon, rawServer } from './support.ts'

type Case = Awaited<ReturnType<typeof kuaishouCase>>

async function uploaded(over: Parameters<typeof kuaishouCase>[0] = {}) {
  const world = await kuaishouCase(over)
  const answer = await world.kuaishou.upload(world.ctx, world.snapshot)
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
  return { ...world, uploadId: answer.value.uploadId }
}
const submit = (world: Case & { uploadId: string }) =>
  world.kuaishou.submit(world.ctx, world.snapshot, world.uploadId)

/** The adapter, aimed at some other address. */
const aimedAt = (baseUrl: string, rest: object = {}) =>
  buildPlatforms(
    {
      ...settingsForSandbox('http://127.0.0.1:9', apps),
      kuaishou: { baseUrl, uploadHosts: ['*.gifshow.com'], ...apps.kuaishou },
      ...rest,
    },
    { pause: async () => undefined },
  ).kuaishou

// Every code of the documented table, and what a submission answered with it must mean.
test.each([
  [100200100, 'refused', 'validation', false],
  [100200101, 'refused', 'permission_missing', false],
  [100200102, 'refused', 'permission_missing', false],
  [100200103, 'refused', 'validation', false],
  [100200104, 'refused', 'validation', false],
  [100200105, 'refused', 'auth_revoked', false],
  [100200106, 'refused', 'permission_missing', false],
  [100200107, 'refused', 'validation', false],
  [100200108, 'refused', 'auth_expired', true],
  [100200109, 'refused', 'auth_revoked', false],
  [100200110, 'refused', 'auth_revoked', false],
  [100200111, 'refused', 'auth_revoked', false],
  [100200112, 'unknown', 'unknown_code', null],
  [100200113, 'refused', 'auth_revoked', false],
  [100200500, 'unknown', 'server_error', null],
  [120001, 'unknown', 'server_error', null],
  [100120001, 'unknown', 'server_error', null],
  [120002, 'refused', 'media_invalid', true],
  [120003, 'unknown', 'server_error', null],
  [100400, 'refused', 'validation', false],
  [424242, 'unknown', 'unknown_code', null],
])('a submission answered with %i is %s, %s', async (code, kind, meaning, retryable) => {
  const world = await uploaded()
  await world.fault('kuaishou.publish', 'error_before', { code })
  const answer = await submit(world)
  expect(answer).toMatchObject(
    kind === 'refused'
      ? { kind, code: String(code), category: meaning, retryable }
      : { kind, why: meaning },
  )
})

test.each([
  [100120001, { kind: 'not_found' }],
  [100200500, { kind: 'refused', category: 'platform_busy', retryable: true }],
  [100200112, { kind: 'unknown', why: 'unknown_code' }],
])('asking for a status answered with %i', async (code, expected) => {
  const world = await uploaded()
  await world.fault('kuaishou.info', 'error_before', { code })
  expect(await world.kuaishou.checkStatus(world.ctx, 'any')).toMatchObject(expected)
})

// Each of these leaves a post behind: none may be called a refusal, and the list must show the post.
test.each([
  ['error_after', 'server_error'],
  ['timeout_after_accept', 'timeout'],
  ['cut', 'connection_lost'],
  ['cut_body', 'connection_lost'],
  ['truncated', 'unreadable'],
  ['html', 'unreadable'],
  ['no_id', 'no_id'],
  ['slow', 'timeout'],
])('%s: the post is there, the outcome %s, and reading finds it', async (mode, why) => {
  const world = await uploaded({ settings: () => ({ deadlineMs: 3_000 }) })
  await world.fault('kuaishou.publish', mode)
  expect(await submit(world)).toMatchObject({ kind: 'unknown', why })
  const [post] = await world.posts()
  expect(await world.posts()).toHaveLength(1)
  expect(await world.kuaishou.listRecent(world.ctx, new Date(noon - 1))).toMatchObject({
    kind: 'ok',
    value: [{ remoteId: post?.id }],
  })
})

// Nothing was taken here, but nobody could know that from the answer.
test.each([
  ['error_before', {}, 'server_error'],
  ['error_before', { status: 503 }, 'server_error'],
  ['error_before', { status: 404 }, 'unreadable'],
  ['timeout_before', {}, 'timeout'],
  ['cut_before', {}, 'connection_lost'],
])('%s %j before acceptance is unknown all the same', async (mode, rest, why) => {
  const world = await uploaded({ settings: () => ({ deadlineMs: 3_000 }) })
  await world.fault('kuaishou.publish', mode, rest)
  expect(await submit(world)).toMatchObject({ kind: 'unknown', why })
  expect(await world.posts()).toEqual([])
})

test('a gateway that turns the call away is a definite no, with its Retry-After', async () => {
  const world = await uploaded()
  await world.fault('kuaishou.publish', 'rate_limited', { retryAfter: '17' })
  expect(await submit(world)).toMatchObject({
    kind: 'refused',
    code: 'http_429',
    category: 'rate_limited',
    retryable: true,
    retryAfterSeconds: 17,
  })
  for (const [status, category] of [
    [401, 'auth_expired'],
    [403, 'permission_missing'],
    [413, 'media_invalid'],
  ] as const) {
    await world.clearFaults()
    await world.fault('kuaishou.publish', 'error_before', { status })
    expect(await submit(world)).toMatchObject({ kind: 'refused', code: `http_${status}`, category })
  }
  expect(await world.posts()).toEqual([])
})

test('a road that ends before the first byte is a definite, retryable no', async () => {
  const world = await uploaded()
  const closed = createServer()
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready))
  const address = closed.address()
  const port = typeof address === 'object' ? address?.port : 0
  await new Promise((done) => closed.close(done))
  const roads = [
    [`http://127.0.0.1:${port}`, 'ECONNREFUSED'],
    ['http://no-such-host.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
    [world.url.replace('http:', 'https:'), 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ] as const
  for (const [baseUrl, code] of roads) {
    const answer = await aimedAt(baseUrl).submit(world.ctx, world.snapshot, world.uploadId)
    expect(answer).toMatchObject({ kind: 'refused', category: 'unreachable', retryable: true })
    expect(answer.kind === 'refused' && answer.code).toMatch(code)
  }
  expect(await world.posts()).toEqual([])
})

test('a reset or a silent end after sending is unknown', async () => {
  const world = await uploaded()
  for (const end of ['resetAndDestroy', 'end'] as const) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket[end]())
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => void server.close())
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    expect(await aimedAt(url).submit(world.ctx, world.snapshot, world.uploadId)).toMatchObject({
      kind: 'unknown',
      why: 'connection_lost',
    })
  }
})

test('a redirect is not followed: neither the token nor the post goes elsewhere', async () => {
  const world = await uploaded()
  let elsewhere = 0
  const other = await rawServer((_request, response) => {
    elsewhere++
    response.end('{"result":1}')
  })
  const url = await rawServer((_request, response) => {
    response.writeHead(307, { location: other }).end()
  })
  expect(await aimedAt(url).submit(world.ctx, world.snapshot, world.uploadId)).toMatchObject({
    kind: 'unknown',
    why: 'unreadable',
  })
  expect(elsewhere).toBe(0)
})

test.each([401, 407, 408, 421, 425, 503])(
  'a submission answered %i is not sent a second time',
  async (status) => {
    const world = await uploaded()
    let arrived = 0
    const url = await rawServer((request, response) => {
      arrived++
      request.resume()
      request.on('end', () => response.writeHead(status, { 'www-authenticate': 'Basic' }).end('{}'))
    })
    await aimedAt(url).submit(world.ctx, world.snapshot, world.uploadId)
    expect(arrived).toBe(1)
  },
)

test('success in the body of a refusal is relied on by nobody', async () => {
  const world = await uploaded()
  const url = await rawServer((_request, response) => {
    response.writeHead(401).end('{"result":1,"video_info":{"photo_id":"x"}}')
  })
  expect(await aimedAt(url).submit(world.ctx, world.snapshot, world.uploadId)).toMatchObject({
    kind: 'unknown',
  })
})

test('an endless answer is cut off', async () => {
  const world = await uploaded()
  const url = await rawServer((_request, response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', pour)
    }
    pour()
  })
  expect(await aimedAt(url).submit(world.ctx, world.snapshot, world.uploadId)).toMatchObject({
    kind: 'unknown',
    why: 'unreadable',
  })
})

test('the caller can end a call; after a submission that is unknown too', async () => {
  const world = await uploaded()
  await world.fault('kuaishou.publish', 'timeout_after_accept')
  const stop = new AbortController()
  const answer = world.kuaishou.submit(
    { ...world.ctx, signal: stop.signal },
    world.snapshot,
    world.uploadId,
  )
  await expect.poll(world.posts).toHaveLength(1)
  stop.abort()
  expect(await answer).toMatchObject({ kind: 'unknown', why: 'connection_lost' })
})

test('an upload host that is not on the list is refused before a byte goes there', async () => {
  const world = await kuaishouCase()
  let visits = 0
  const evil = new URL(
    await rawServer((_request, response) => {
      visits++
      response.end('{"result":1}')
    }),
  ).host
  for (const endpoint of [
    evil,
    '169.254.169.254',
    '127.0.0.1',
    'localhost',
    'evilgifshow.com',
    'gifshow.com.evil.example',
    `uploader.gifshow.com@${evil}`,
    `uploader.gifshow.com:8080`,
    `${evil}/#.gifshow.com`,
    'x y.gifshow.com',
    '[::1]',
    '.gifshow.com',
  ]) {
    const url = await rawServer((_request, response) => {
      response.end(JSON.stringify({ result: 1, upload_token: 't', endpoint }))
    })
    expect(await aimedAt(url).upload(world.ctx, world.snapshot)).toMatchObject({
      kind: 'refused',
      code: 'upload_host_refused',
      retryable: false,
    })
  }
  // Nor through the id of an earlier upload.
  const begun = await world.counter('kuaishou.start_upload')
  await world.kuaishou.upload(world.ctx, world.snapshot, `t@${evil}`)
  expect(visits).toBe(0)
  expect(await begun()).toBe(1)

  const allows = (host: string) =>
    kuaishouClient(
      {
        ...settingsForSandbox('http://127.0.0.1:9', apps),
        kuaishou: { baseUrl: '', ...apps.kuaishou, uploadHosts: ['*.gifshow.com', '127.0.0.1:81'] },
      },
      { now: () => new Date(), nonce: () => '', pause: async () => undefined },
    ).hostAllowed(host)
  expect(['uploader.test.gifshow.com', 'UPLOADER.gifshow.com', '127.0.0.1:81'].map(allows)).toEqual(
    [true, true, true],
  )
})

test('a platform that echoes a token does not get it into our records', async () => {
  const world = await uploaded()
  await world.fault('kuaishou.publish', 'error_before', {
    code: 100200102,
    message: `denied for ${world.ctx.accessToken}`,
  })
  expect(await submit(world)).toMatchObject({ message: 'denied for ***' })
  expect(redact('a%2Fb and a/b', ['a/b', ''])).toBe('*** and ***')
})

test('ids beyond 2^53 keep every digit', () => {
  expect(parseJson('{"id":7345678901234567890,"n":12,"x":1e400,"f":0.5}')).toEqual({
    id: '7345678901234567890',
    n: 12,
    x: Number.POSITIVE_INFINITY,
    f: 0.5,
  })
})

test('Retry-After in seconds, as a date, absurd, or nonsense', () => {
  const now = new Date('2026-11-21T04:00:00Z')
  expect(retryAfter('30', now)).toBe(30)
  expect(retryAfter('Sat, 21 Nov 2026 04:01:00 GMT', now)).toBe(60)
  expect(retryAfter('1000000000', now)).toBe(3600)
  expect(retryAfter('Sat, 21 Nov 2026 03:00:00 GMT', now)).toBeUndefined()
  expect(retryAfter('soon', now)).toBeUndefined()
  expect(retryAfter(null, now)).toBeUndefined()
})
