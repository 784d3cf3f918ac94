import { expect, test } from 'vitest'
import type { EventKeys } from '../../apps/api/src/platforms/platform.port.ts'
import { articleHtml, articleText } from '../../apps/api/src/platforms/wechat-oa/article.ts'
import { decryptMessage, sameSignature } from '../../apps/api/src/platforms/wechat-oa/crypto.ts'
import { wechatOaEvents } from '../../apps/api/src/platforms/wechat-oa/events.ts'
import { fileOf, noon, setup, sha256, snapshotOf, tempDir, words } from './support.ts'

test('the answers of the official sample: signature and plain text', () => {
  // developer.work.weixin.qq.com, the sample program of 加解密方案说明.
  const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
  const echo =
    'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=='
  const signature = '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3'
  expect(sameSignature(signature, 'QDG6eK', '1409659589', '263014780', echo)).toBe(true)
  expect(sameSignature(signature, 'QDG6eK', '1409659590', '263014780', echo)).toBe(false)
  expect(decryptMessage(key, echo)).toEqual({
    message: '1616140317555161061',
    receiver: 'wx5823bf96d3bd56c7',
  })
})

/**
 * Made with openssl alone: K is the hex of `printf '%s=' $encodingAesKey | base64 -d`, the plain text 16 bytes
 * `0123456789abcdef`, the length in 4 bytes, the XML, the AppID, padded to 32;
 * `openssl enc -aes-256-cbc -K $K -iv ${K:0:32} -nopad | base64 -w0`, and the parts
 * `| LC_ALL=C sort | tr -d '\n' | openssl sha1`.
 */
const keys: EventKeys = {
  appId: 'wx0123456789abcdef',
  token: 'tok3n',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const encrypted =
  'Q3stYC6hdFzMh9T8HCvyDDshWSxAey2eBnL85Lwv0XQ7wyj56Z83UwwuyCST7cGi1HNhRcHdhIbBy9HI/II2w53a64m8lRjZljzjiDDJLAUmGh/AldayVIqot4x6e4MFva3Oxo5Hrjfs+bjz3ax9yVbB7v3Qmob79bzNcxDspNjvqoLmsodshMcf/2QeE96PpeOMrA3DJkO3DD8Qgjddlj7uY+hPj5O5lXoCL3y9AcWpqU/FviJXU/LMXescdVXwPmEsurxMewwGagfW30UGg6Hlqvg5saHbMUrXM93jNyuvnxx2KC3ecWSpLAgHyrhKRaBvs3xpjUpGhkeIVxk2qKyLNFtZCrvzVmUFD4o2BhcLVj/EVK7x2FC300KpO9W/z6cMotNJ2UMEHoTa4xyqybR37Z+N99l5Z76qLwcDTR6OANpCNWdzBp8ZaZeQGzrRyJ4pFyfUHNFFEgeIX6pQl5NcSnd0HkAQ54QuSBrrsOiHb+W++QdtKRvOONWQJBnTmImFFJ/0G14uCrSlYtpSMaqb3eKqg+9Uddm9dV5BOww/BJf3m26tSM2z0V6ZbsTP5tclqwVUucXDKOraq7xKQNzvv0x1QnCZMiFYiFcuiZqwS3gbZan5Y6GtrpiA76hAgX5pNORaMADT4SZp/MpmfplqmIe/Pp2qAry5Kox1tVawKM7KyI4RciPe2yIZqxJzVD6CuOwVlm6OefM7kWvc1pUVdV4lNdcaga2YEd+3XeF3faKi3HdDPxneGtihT3tI'
const query = {
  timestamp: '1795233600',
  nonce: 'n0nce',
  msg_signature: 'ae98f3186b6fde329a53ed62781909b9b4b31287',
}
const bodyOf = (cipher: string) =>
  Buffer.from(
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`,
  )
const eventsAt = (ms: number) =>
  wechatOaEvents({ now: () => new Date(ms), nonce: () => '', pause: async () => undefined })

test('reads the event openssl encrypted and signed', () => {
  expect(eventsAt(noon).read(keys, query, bodyOf(encrypted))).toEqual({
    kind: 'settled',
    messageId: 'wechat_oa:wx0123456789abcdef:1795233600:2247503051:0',
    remoteId: '2247503051',
    status: {
      kind: 'published',
      remoteUrl: 'https://mp.weixin.qq.com/s/abc',
      createdAt: null,
      caption: null,
    },
  })
})

test('what is not signed, not for this account, replayed or of tomorrow is forged', () => {
  const { read } = eventsAt(noon)
  const forged = { kind: 'forged' }
  const flipped = `B${encrypted.slice(1)}`
  expect(read(keys, { ...query, msg_signature: undefined }, bodyOf(encrypted))).toEqual(forged)
  expect(read(keys, { ...query, nonce: 'other' }, bodyOf(encrypted))).toEqual(forged)
  expect(read(keys, query, bodyOf(flipped))).toEqual(forged)
  expect(read({ ...keys, token: 'other' }, query, bodyOf(encrypted))).toEqual(forged)
  expect(read({ ...keys, appId: 'wxffffffffffffffff' }, query, bodyOf(encrypted))).toEqual(forged)
  const another = { ...keys, encodingAesKey: 'zbcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
  expect(read(another, query, bodyOf(encrypted))).toEqual(forged)
  expect(read(keys, query, Buffer.from('<xml></xml>'))).toEqual(forged)
  expect(eventsAt(noon + 6 * 60_000).read(keys, query, bodyOf(encrypted))).toEqual(forged)
  expect(eventsAt(noon - 6 * 60_000).read(keys, query, bodyOf(encrypted))).toEqual(forged)
  expect(eventsAt(noon + 4 * 60_000).read(keys, query, bodyOf(encrypted)).kind).toBe('settled')
})

test('the check of the address is answered with its own echo, to WeChat only', () => {
  const check = {
    signature: '4c8e179e073b173ac4dc00890fc5ee8753797692',
    timestamp: '1795233600',
    nonce: 'n0nce',
    echostr: '7215',
  }
  expect(eventsAt(noon).answerCheck(keys, check)).toBe('7215')
  expect(eventsAt(noon).answerCheck(keys, { ...check, nonce: 'x' })).toBeNull()
  expect(eventsAt(noon + 6 * 60_000).answerCheck(keys, check)).toBeNull()
})

test('an article reads back as the words it was made of', () => {
  const text = 'a < b & "c" 你好\n\n第二段 🔥 &amp; 1\n'
  const html = articleHtml(text, 'https://mmbiz.qpic.cn/x?a=1&b=2')
  expect(html).toContain('<img src="https://mmbiz.qpic.cn/x?a=1&amp;b=2">')
  expect(articleText(html).replace(/\s+/g, ' ')).toBe(text.trim().replace(/\s+/g, ' '))
  const rewritten = `<section style="margin:0">${html.replaceAll('<p>', '<p data-x="1">')}</section>`
  expect(articleText(rewritten).replace(/\s+/g, ' ')).toBe(text.trim().replace(/\s+/g, ' '))
})

/** An official account at a sandbox, with a token, and an article to publish. */
async function oaCase(over: Parameters<typeof setup>[0] = {}) {
  const world = await setup(over)
  const files = tempDir()
  const video = fileOf(files, 'video.mp4', 20_000)
  const cover = fileOf(files, 'cover.jpg', 3000, 2)
  const { body: app } = await world.post('/__sandbox/wechat-oa/apps', { name: '栖梧康复' })
  const credentials = { appId: String(app.appId), appSecret: String(app.secret) }
  const oa = world.platforms.wechat_oa
  const issued = await oa.tokens.issue(credentials, { fresh: false })
  if (issued.kind !== 'ok') throw new Error(JSON.stringify(issued))
  const ctx = {
    accessToken: issued.value.accessToken,
    mediaPath: video.path,
    coverPath: cover.path,
  }
  const snapshot = { ...snapshotOf('wechat_oa', video, cover), form: 'article' as const }
  return { ...world, oa, credentials, ctx, snapshot, cover, app }
}
async function drafted(over: Parameters<typeof setup>[0] = {}) {
  const world = await oaCase(over)
  const answer = await world.oa.upload(world.ctx, world.snapshot)
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
  return { ...world, uploadId: answer.value.uploadId }
}

test('a draft, one submission, under way, then out with its link; the list shows the very words', async () => {
  const world = await drafted()
  const { oa, ctx, snapshot, uploadId, clock } = world
  expect(await world.posts()).toEqual([])
  const sent = await oa.submit(ctx, snapshot, uploadId)
  if (sent.kind !== 'accepted') throw new Error(JSON.stringify(sent))
  expect(await oa.checkStatus(ctx, sent.remoteId)).toEqual({ kind: 'pending' })
  clock.now += 4000
  const status = await oa.checkStatus(ctx, sent.remoteId)
  expect(status).toMatchObject({ kind: 'published' })
  const [post, ...others] = await world.posts()
  expect(others).toEqual([])
  expect(post).toMatchObject({
    title: words.title,
    coverSha256: world.cover.sha256,
    caption: snapshot.rendered.caption,
  })
  const list = await oa.listRecent(ctx, new Date(noon - 60_000))
  if (list.kind !== 'ok') throw new Error('no list')
  expect(list.value).toHaveLength(1)
  const flat = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim()
  expect(flat(list.value[0]?.caption)).toBe(flat(snapshot.rendered.caption))
  expect(list.value[0]?.title).toBe(words.title)
  // Found in the list, the article has an id of its own; its state is told by that as well.
  expect(await oa.checkStatus(ctx, list.value[0]?.remoteId ?? '')).toMatchObject({
    kind: 'published',
    remoteUrl: status.kind === 'published' ? status.remoteUrl : '',
  })
})

test('an interrupted try goes on with its draft only while nobody has changed it', async () => {
  const { oa, ctx, snapshot, uploadId } = await drafted()
  expect(await oa.upload(ctx, snapshot, uploadId)).toEqual({ kind: 'ok', value: { uploadId } })
  const other = { ...snapshot, rendered: { ...snapshot.rendered, title: '另一个标题' } }
  const anew = await oa.upload(ctx, other, uploadId)
  expect(anew.kind === 'ok' && anew.value.uploadId !== uploadId).toBe(true)
  const gone = await oa.upload(ctx, snapshot, 'no-such-draft')
  expect(gone.kind).toBe('ok')
})

test('an article taken hours after the answer was lost is found when it is there, not before', async () => {
  const settings = () => ({ deadlineMs: 400 })
  const { oa, ctx, snapshot, uploadId, fault, post } = await drafted({ settings })
  await fault('wechat_oa.publish', 'accepted_late', { delayMs: 3_600_000 })
  expect(await oa.submit(ctx, snapshot, uploadId)).toMatchObject({ kind: 'unknown' })
  const found = async () => {
    const list = await oa.listRecent(ctx, new Date(noon - 60_000))
    return list.kind === 'ok' ? list.value.length : list.kind
  }
  expect(await found()).toBe(0)
  await post('/__sandbox/clock', { advanceMs: 3_600_000 - 1000 })
  expect(await found()).toBe(0)
  await post('/__sandbox/clock', { advanceMs: 10_000 })
  expect(await found()).toBe(1)
})

test('turned down, deleted and banned are told apart, and an unknown status is nobody’s guess', async () => {
  const fates = [
    ['rejected_later', { kind: 'rejected', reason: '平台审核不通过（4）' }],
    ['removed_later', { kind: 'removed', reason: '成功后系统封禁所有文章（6）' }],
  ] as const
  for (const [mode, expected] of fates) {
    const { oa, ctx, snapshot, uploadId, fault, clock } = await drafted()
    await fault('wechat_oa.publish', mode, { delayMs: 60_000 })
    const sent = await oa.submit(ctx, snapshot, uploadId)
    clock.now += 61_000
    if (sent.kind !== 'accepted') throw new Error('not taken')
    expect(await oa.checkStatus(ctx, sent.remoteId)).toEqual(expected)
  }
  const world = await drafted()
  const sent = await world.oa.submit(world.ctx, world.snapshot, world.uploadId)
  if (sent.kind !== 'accepted') throw new Error('not taken')
  await world.fault('wechat_oa.info', 'unknown_status')
  expect(await world.oa.checkStatus(world.ctx, sent.remoteId)).toEqual({
    kind: 'unknown',
    why: 'unknown_code',
    detail: 'publish_status 99',
  })
})

test('a publish_id beyond 2^53 keeps every digit', async () => {
  const { oa, ctx, snapshot, uploadId, fault, clock } = await drafted()
  await fault('wechat_oa.publish', 'id_as_number')
  const sent = await oa.submit(ctx, snapshot, uploadId)
  if (sent.kind !== 'accepted') throw new Error(JSON.stringify(sent))
  expect(sent.remoteId).toBe('9007199254740995')
  clock.now += 4000
  expect((await oa.checkStatus(ctx, sent.remoteId)).kind).toBe('published')
})

test('one token for all until its last minutes; a fresh one ends it; a wrong secret is for a person', async () => {
  const { oa, credentials, ctx, clock } = await oaCase()
  const issue = (fresh: boolean) => oa.tokens.issue(credentials, { fresh })
  const again = await issue(false)
  expect(again).toMatchObject({ value: { accessToken: ctx.accessToken, refreshToken: null } })
  clock.now += 7200_000 - 4 * 60_000
  const next = await issue(false)
  expect(next.kind === 'ok' && next.value.accessToken !== ctx.accessToken).toBe(true)
  const forced = await issue(true)
  expect(forced.kind).toBe('ok')
  expect(await issue(true)).toMatchObject({ kind: 'refused', category: 'rate_limited' })
  const ended = { accessToken: next.kind === 'ok' ? next.value.accessToken : '' }
  expect(await oa.listRecent(ended, new Date(noon))).toMatchObject({ category: 'auth_expired' })
  const wrong = { ...credentials, appSecret: sha256('x').slice(0, 32) }
  expect(await oa.tokens.issue(wrong, { fresh: false })).toMatchObject({
    kind: 'refused',
    category: 'auth_revoked',
  })
})
