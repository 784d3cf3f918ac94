import { createReadStream, readFileSync } from 'node:fs'
import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import { proofLinkVerdict } from '@xingbo/shared/publishing/proof.rules'
import { expect, test } from 'vitest'
import {
  shareContent,
  shareSignature,
  shareUrl,
} from '../../apps/api/src/platforms/douyin/handoff.ts'
import { readDouyinWebhook, webhookSignature } from '../../apps/api/src/platforms/douyin/webhook.ts'
import type { WebhookReading } from '../../apps/api/src/platforms/platform.port.ts'
import type { SandboxOptions } from '../../apps/api/src/sandbox/sandbox.ts'
import {
  apps,
  fileOf,
  rawServer,
  type Setup,
  setup,
  snapshotOf,
  tempDir,
  words,
} from './support.ts'

// Known answers, taken with md5sum and sha1sum.
test('the share signature is the documented MD5', () => {
  expect(
    shareSignature({
      nonceStr: 'Wm3WZYTPz0wzccnW',
      ticket:
        'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
      timestamp: '1414587457',
    }),
  ).toBe('0a8adb369d899ada51ab1849b89ea6c9')
})
test('the webhook signature is the documented SHA-1 over the raw bytes, a last line break included', () => {
  const body = '{"event":"create_video","content":{"share_id":"1"}}'
  expect(webhookSignature('sandbox-secret', Buffer.from(body))).toBe(
    '71fa0af05c602d9138198cb1aca16d10c52a0595',
  )
  expect(webhookSignature('sandbox-secret', Buffer.from(`${body}\n`))).toBe(
    '0bd49a3b9e58686f92451d0d5eaa509da1c53d82',
  )
})
test('the share link sorts its keys and writes a blank as %20', () => {
  expect(shareUrl({ title: 'a b&c', client_key: '键' })).toBe(
    'snssdk1128://openplatform/share?client_key=%E9%94%AE&title=a%20b%26c',
  )
})

const secret = apps.douyin.clientSecret
const read = (body: string, headers: Record<string, string> = {}, key = secret) =>
  readDouyinWebhook(key, Buffer.from(body), {
    'x-douyin-signature': webhookSignature(secret, Buffer.from(body)),
    ...headers,
  })
const event = (content: unknown) =>
  JSON.stringify({ event: 'create_video', from_user_id: 'o1', client_key: 'k', content })

test('create_video is read from an object, from a JSON text, and with a number too large for one', () => {
  const content = { share_id: 's1', item_id: '@a+b/c=', video_id: '72' }
  const posted = {
    kind: 'posted',
    messageId: 'm1',
    shareId: 's1',
    remoteId: '@a+b/c=',
    remoteUrl: 'https://www.douyin.com/video/72',
    openId: 'o1',
  }
  const headers = { 'msg-id': 'm1' }
  expect(read(event(content), headers)).toEqual(posted)
  expect(read(event(JSON.stringify(content)), headers)).toEqual(posted)
  expect(read(`${event(content)}\n`, headers)).toEqual(posted)
  expect(
    read('{"event":"create_video","content":{"share_id":7345678901234567890,"item_id":"i"}}'),
  ).toMatchObject({ shareId: '7345678901234567890', remoteUrl: null, messageId: null })
})
test('a challenge is answered with the same value', () => {
  expect(read('{"event":"verify_webhook","content":{"challenge":12345}}')).toEqual({
    kind: 'challenge',
    reply: { challenge: 12345 },
  })
})
test('other events are told apart, rubbish is unreadable, and nothing unsigned is believed', () => {
  expect(read('{"event":"new_follow_action","content":{}}', { 'msg-id': 'm' })).toEqual({
    kind: 'other',
    event: 'new_follow_action',
    messageId: 'm',
  })
  for (const body of ['', '[]', '{', '{"event":5}', event({}), event('{'), event(null)])
    expect(read(body)).toEqual({ kind: 'unreadable' })
  const good = event({ share_id: 's', item_id: 'i' })
  const forged: WebhookReading = { kind: 'forged' }
  expect(read(good, { 'x-douyin-signature': '0'.repeat(40) })).toEqual(forged)
  expect(read(good, { 'x-douyin-signature': '' })).toEqual(forged)
  expect(read(good, { 'x-douyin-signature': '签名' })).toEqual(forged)
  expect(readDouyinWebhook(secret, Buffer.from(good), {})).toEqual(forged)
  // Without a secret anybody could compute the signature.
  const empty = webhookSignature('', Buffer.from(good))
  expect(read(good, { 'x-douyin-signature': empty }, '')).toEqual(forged)
})

type Heard = { body: Buffer; headers: Record<string, string | string[] | undefined> }

/** A product that hears Douyin's events and serves one video to the phone. */
async function world(over: Partial<SandboxOptions> & Parameters<typeof setup>[0] = {}) {
  const heard: Heard[] = []
  const answers: number[] = []
  const video = fileOf(tempDir(), 'video.mp4', 50_000)
  const product = await rawServer((request, response) => {
    if (request.url === '/video.mp4') {
      createReadStream(video.path).pipe(response)
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ body: Buffer.concat(chunks), headers: request.headers })
      response.writeHead(answers.shift() ?? 200).end('{}')
    })
  })
  const sandbox = await setup({ webhookUrl: `${product}/api/webhooks/douyin`, ...over })
  const snapshot = snapshotOf('douyin', video, null)
  const mediaUrl = `${product}/video.mp4`
  const { douyin } = sandbox.platforms
  return {
    ...sandbox,
    heard,
    answers,
    video,
    snapshot,
    mediaUrl,
    douyin,
    readings: () => heard.map(({ body, headers }) => douyin.readWebhook(body, headers)),
    ticket: async () => {
      const answer = await douyin.prepare({ mediaUrl }, snapshot)
      if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
      return answer.value
    },
  }
}
const confirm = (sandbox: Setup, schema: string, rest: object = {}) =>
  sandbox.post('/__sandbox/douyin-app/confirm', { schema, ...rest })

test('prepared, opened in the app, confirmed by the person, told by the webhook', async () => {
  const all = await world()
  const ticket = await all.ticket()
  expect(ticket.schemaUrl.startsWith('snssdk1128://openplatform/share?')).toBe(true)
  expect(ticket.expiresAt.getTime() - all.clock.now).toBe(3_600_000)

  const page = await (await fetch(ticket.openUrl)).text()
  expect(page).toContain('按公开文档行事，不代表平台本身')
  expect(page).toContain('100% 别硬扛')
  expect(await all.posts()).toEqual([])

  const { body } = await confirm(all, ticket.schemaUrl, { account: '栖梧' })
  expect(body).toMatchObject({ webhook: 'done' })
  expect(await all.posts()).toMatchObject([
    {
      id: body.itemId,
      account: '栖梧',
      title: all.snapshot.rendered.title,
      caption: all.snapshot.rendered.caption,
      videoSha256: all.video.sha256,
      shareId: ticket.shareId,
      deliveries: [{ state: 'done', tries: 1 }],
    },
  ])
  expect(all.readings()).toMatchObject([
    {
      kind: 'posted',
      shareId: ticket.shareId,
      remoteId: body.itemId,
      remoteUrl: body.link,
      messageId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ])
  expect(proofLinkVerdict('douyin', String(body.link))).toMatchObject({
    ok: true,
    remoteId: body.videoId,
  })
})

test('a share is posted once, by two thumbs at once as well', async () => {
  const all = await world()
  const { schemaUrl } = await all.ticket()
  const presses = await Promise.all([confirm(all, schemaUrl), confirm(all, schemaUrl)])
  expect(presses.map((press) => press.status).sort()).toEqual([200, 409])
  expect(await confirm(all, schemaUrl)).toMatchObject({
    status: 409,
    body: { problems: ['alreadyPosted'] },
  })
  expect(await all.posts()).toHaveLength(1)

  const page = await fetch(`${all.url}/__sandbox/douyin-app/confirm`, {
    method: 'POST',
    body: new URLSearchParams({ schema: schemaUrl, as: 'page' }),
  })
  expect(await page.text()).toContain('这条分享已经发布过')
})

test('a link that was tampered with, or with another application, does not open', async () => {
  const all = await world()
  const { schemaUrl } = await all.ticket()
  const spoil = (key: string, value: string) => {
    const url = new URL(schemaUrl)
    url.searchParams.set(key, value)
    return url.toString()
  }
  for (const [schema, problem] of [
    [spoil('signature', '0'.repeat(32)), 'badSignature'],
    [spoil('nonce_str', 'x'), 'badSignature'],
    [spoil('client_key', 'x'), 'badKey'],
    [spoil('state', '1'), 'badShare'],
    [spoil('video_path', 'x'), 'noVideo'],
    [schemaUrl.replace('snssdk1128', 'https'), 'badLink'],
  ] as const)
    expect((await confirm(all, schema)).body).toEqual({ problems: [problem] })
  // The ticket behind a signature lives two hours.
  all.clock.now += 7_200_000
  expect((await confirm(all, schemaUrl)).body).toEqual({ problems: ['badSignature'] })
  expect(await all.posts()).toEqual([])
})

test('the sandbox fetches the video from this machine only', async () => {
  const all = await world()
  const answer = await all.douyin.prepare({ mediaUrl: 'http://10.0.0.1/v.mp4' }, all.snapshot)
  if (answer.kind !== 'ok') throw new Error('not prepared')
  expect(await confirm(all, answer.value.schemaUrl)).toMatchObject({ status: 400 })
})

test.each([
  ['content_as_string', 'posted'],
  ['trailing_newline', 'posted'],
  ['wrong_signature', 'forged'],
])('a webhook with %s is %s', async (mode, kind) => {
  const all = await world()
  await all.fault('douyin.webhook', mode)
  const { schemaUrl, shareId } = await all.ticket()
  await confirm(all, schemaUrl)
  const [reading] = all.readings()
  expect(reading).toMatchObject(kind === 'posted' ? { kind, shareId } : { kind })
})

test('a webhook that got no 200 comes again with the same Msg-Id, four times at most', async () => {
  const all = await world()
  all.answers.push(500, 401)
  const { schemaUrl } = await all.ticket()
  expect((await confirm(all, schemaUrl)).body.webhook).toBe('due')
  await expect.poll(() => all.heard.length).toBe(3)
  expect(new Set(all.heard.map((one) => one.headers['msg-id'])).size).toBe(1)
  await expect.poll(async () => (await all.posts())[0]?.deliveries[0]?.state).toBe('done')

  all.heard.length = 0
  all.answers.push(500, 500, 500, 500, 500)
  await confirm(all, (await all.ticket()).schemaUrl)
  await expect.poll(async () => (await all.posts())[0]?.deliveries[0]?.state).toBe('failed')
  expect(all.heard).toHaveLength(4)
})

test('a duplicated webhook carries one Msg-Id', async () => {
  const all = await world()
  await all.fault('douyin.webhook', 'duplicate')
  await confirm(all, (await all.ticket()).schemaUrl)
  const ids = all.readings().map((one) => one.kind === 'posted' && one.messageId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('an event the sandbox owed when it went down is sent when it comes back', async () => {
  const dir = tempDir()
  const first = await world({ dir, webhookRetryMs: 60_000 })
  await first.fault('douyin.webhook', 'lost')
  const { schemaUrl, shareId } = await first.ticket()
  expect((await confirm(first, schemaUrl)).body.webhook).toBe('due')
  await first.close()
  const second = await world({ dir })
  await expect.poll(() => second.readings()).toMatchObject([{ kind: 'posted', shareId }])
})

test('token and ticket are fetched once and kept; callers at once share the call', async () => {
  const all = await world()
  const tokens = await all.counter('douyin.client_token')
  const tickets = await all.counter('douyin.ticket')
  await Promise.all([all.ticket(), all.ticket(), all.ticket()])
  await all.ticket()
  expect([await tokens(), await tickets()]).toEqual([1, 1])
  all.clock.now += 7_200_000 - 4 * 60_000
  await all.ticket()
  expect([await tokens(), await tickets()]).toEqual([2, 2])
})

test('a token that died early is fetched anew, once', async () => {
  const all = await world()
  await all.fault('douyin.share_id', 'expired_token')
  const tokens = await all.counter('douyin.client_token')
  await all.ticket()
  expect(await tokens()).toBe(2)
  await all.fault('douyin.share_id', 'expired_token', { times: 5 })
  expect(await all.douyin.prepare({ mediaUrl: all.mediaUrl }, all.snapshot)).toMatchObject({
    kind: 'refused',
    category: 'auth_expired',
    retryable: true,
  })
})

test('Douyin may make the link itself', async () => {
  const all = await world({
    settings: (url) => ({
      douyin: { baseUrl: url, ...apps.douyin, shareVia: 'get_share', appPage: null },
    }),
  })
  const ticket = await all.ticket()
  expect(ticket.openUrl).toBe(ticket.schemaUrl)
  expect((await confirm(all, ticket.schemaUrl)).status).toBe(200)
  expect(await all.posts()).toMatchObject([
    {
      title: all.snapshot.rendered.title,
      caption: all.snapshot.rendered.caption,
      shareId: ticket.shareId,
    },
  ])
})

test.each([
  [28003017, 'quota_exhausted', false],
  [28003018, 'rate_limited', true],
  [28001018, 'permission_missing', false],
  [28001016, 'permission_missing', false],
  [28001005, 'platform_busy', true],
  [28001007, 'validation', false],
  [2190004, 'permission_missing', false],
  [2190001, 'quota_exhausted', false],
  [2100009, 'human_action_required', false],
  [2111001, 'content_rejected', false],
  [10020, 'auth_revoked', false],
])('Douyin code %i is %s', async (code, category, retryable) => {
  const all = await world()
  await all.fault('douyin.share_id', 'error_before', { code })
  expect(await all.douyin.prepare({ mediaUrl: all.mediaUrl }, all.snapshot)).toMatchObject({
    kind: 'refused',
    code: String(code),
    category,
    retryable,
  })
})

test('an unknown code, a missing id and a dead road each have their answer; none throws', async () => {
  const all = await world()
  const prepare = () => all.douyin.prepare({ mediaUrl: all.mediaUrl }, all.snapshot)
  await all.fault('douyin.share_id', 'error_before', { code: 99 })
  expect(await prepare()).toMatchObject({ kind: 'unknown', why: 'unknown_code' })
  await all.fault('douyin.share_id', 'no_id')
  expect(await prepare()).toMatchObject({ kind: 'unknown', why: 'no_id' })
  await all.fault('douyin.share_id', 'html')
  expect(await prepare()).toMatchObject({ kind: 'unknown', why: 'unreadable' })
  await all.close()
  // The first call may still hold a pooled connection and cannot tell; the next finds nobody there.
  expect((await prepare()).kind).not.toBe('ok')
  expect(await prepare()).toMatchObject({ kind: 'refused', category: 'unreachable' })
})

test('without an application the hand-off says so, for the page to fall back on its buttons', async () => {
  const all = await world({
    settings: (url) => ({ douyin: { baseUrl: url, clientKey: '', clientSecret: '' } }),
  })
  expect(all.douyin.configured).toBe(false)
  expect(await all.douyin.prepare({ mediaUrl: all.mediaUrl }, all.snapshot)).toMatchObject({
    kind: 'refused',
    category: 'not_configured',
  })
})

test('the publish page is given the caption and its topics apart, which together are the frozen words', () => {
  const file = { path: '', sha256: '0'.repeat(64), sizeBytes: 1 }
  for (const input of [
    words,
    { title: '', body: '', tags: ['只有话题'] },
    { title: '只有标题', body: '', tags: [] },
    { title: '无话题', body: '正文', tags: [] },
  ]) {
    const content = shareContent(snapshotOf('douyin', file, null, input))
    const topics = content.title_hashtag_list.map(({ name }) => `#${name} `).join('')
    const rendered = renderCaption('douyin', input)
    expect(content.title + topics).toBe(rendered.caption)
    expect(content.short_title).toBe(rendered.title)
    for (const { start } of content.title_hashtag_list) expect(start).toBe(content.title.length)
  }
})

test('the video that arrived is the one on disk', async () => {
  const all = await world()
  await confirm(all, (await all.ticket()).schemaUrl)
  const html = await (await fetch(`${all.url}/posts/1`)).text()
  const src = /<video[^>]+src="([^"]+)"/.exec(html)?.[1] ?? ''
  const got = Buffer.from(await (await fetch(all.url + src)).arrayBuffer())
  expect(got.equals(readFileSync(all.video.path))).toBe(true)
  const part = await fetch(all.url + src, { headers: { range: 'bytes=10-19' } })
  expect(part.status).toBe(206)
  expect(Buffer.from(await part.arrayBuffer()).equals(got.subarray(10, 20))).toBe(true)
})
