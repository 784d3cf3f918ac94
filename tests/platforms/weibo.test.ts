import { appendFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { instantOf } from '../../apps/api/src/platforms/weibo/client.ts'
import { open } from './contract.ts'
import { weiboContract } from './contract-cases.ts'
import { apps, fileOf, noon, tempDir } from './support.ts'

test('one call carries the words, their link and the picture', async () => {
  const world = await open(weiboContract)
  const submitted = await world.submit()
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
  const { caption } = world.snapshot().rendered
  expect(caption).toMatch(/🔥；100% 别硬扛 https:\/\/hospital\.example\/about\?from=weibo&x=1$/)
  expect(await world.posts()).toMatchObject([
    { caption, coverSha256: world.cover.sha256, videoBytes: 0, title: '' },
  ])
  expect(submitted.remoteUrl).toBe(
    `https://weibo.com/${openIdOf(submitted.raw)}/${submitted.remoteId}`,
  )
})
const openIdOf = (raw: unknown) => (raw as { user: { idstr: string } }).user.idstr

test('a video never goes by this interface, nor a changed or too large picture', async () => {
  const world = await open(weiboContract)
  const sent = await world.counter('weibo.publish')
  const { form: _, ...video } = world.snapshot()
  for (const snapshot of [video, { ...video, form: 'video' as const }])
    expect(await world.adapter.upload(world.ctx, snapshot)).toMatchObject({
      kind: 'refused',
      code: 'picture_only',
    })
  const huge = fileOf(tempDir(), 'huge.jpg', 5 * 1024 * 1024 + 1)
  expect(
    await world.adapter.upload(
      { ...world.ctx, coverPath: huge.path },
      { ...world.snapshot(), cover: null },
    ),
  ).toMatchObject({ code: 'cover_too_large' })
  const uploadId = await world.upload()
  appendFileSync(world.cover.path, 'x')
  expect(await world.adapter.submit(world.ctx, world.snapshot(), uploadId)).toMatchObject({
    code: 'file_changed',
  })
  expect(await sent()).toBe(0)
})

test('Weibo’s own rules: its domain, no topics, 140 characters, not the same again', async () => {
  const world = await open(weiboContract)
  const say = async (caption: string) => {
    const snapshot = world.snapshot()
    const said = { ...snapshot, rendered: { ...snapshot.rendered, caption } }
    const answer = await world.adapter.submit(world.ctx, said, await world.upload())
    return answer.kind === 'accepted'
      ? 'accepted'
      : answer.kind === 'refused'
        ? answer.code
        : answer.detail
  }
  const link = 'https://www.hospital.example/a'
  expect(await say('没有链接')).toBe('10017')
  expect(await say('别人的链接 https://hospital.example.evil.test/a')).toBe('10017')
  expect(await say(`先#热敷#再说 ${link}`)).toBe('10017')
  expect(await say(`${'长'.repeat(110)}${link}${'长'}`)).toBe('20012')
  expect(await say(`正好 ${link}`)).toBe('accepted')
  expect(await say(`正好 ${link}`)).toMatch(/^20019/)
  expect(await world.posts()).toHaveLength(1)
})

test('the address the poster has goes along where the settings name one', async () => {
  const world = await open(weiboContract)
  const adapter = world.at({
    weibo: { baseUrl: `${world.url}/weibo`, realIp: '203.0.113.7', ...apps.weibo },
  })
  expect((await world.submit(1, adapter)).kind).toBe('accepted')
  const [post] = (await world.posts()) as unknown as { extra: { rip: string } }[]
  expect(post?.extra.rip).toBe('203.0.113.7')
})

test('a PNG is sent as one', async () => {
  const world = await open(weiboContract)
  const { cover, ...rest } = world.snapshot()
  if (!cover) throw new Error('no cover')
  const png = { ...fileOf(tempDir(), 'cover.png', 2000, 5), mimeType: 'image/png' }
  const ctx = { ...world.ctx, coverPath: png.path }
  const { path: _, ...frozen } = png
  const snapshot = { ...rest, cover: { ...cover, ...frozen } }
  const uploaded = await world.adapter.upload(ctx, snapshot)
  if (uploaded.kind !== 'ok') throw new Error(JSON.stringify(uploaded))
  expect(await world.adapter.submit(ctx, snapshot, uploaded.value.uploadId)).toMatchObject({
    kind: 'accepted',
  })
  expect(await world.posts()).toMatchObject([{ coverSha256: png.sha256 }])
})

test('a code is good for the address it was asked for', async () => {
  const world = await open(weiboContract)
  const { tokens } = world.adapter
  if (tokens.kind !== 'consent') throw new Error('no consent')
  const redirectUri = 'http://127.0.0.1:9/back'
  const consent = await fetch(tokens.authorizeUrl({ state: 's', redirectUri }), {
    redirect: 'manual',
  })
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? ''
  expect(await tokens.exchangeCode(code, { redirectUri: `${redirectUri}2` })).toMatchObject({
    kind: 'refused',
    code: '21322',
  })
  expect((await tokens.exchangeCode(code, { redirectUri })).kind).toBe('ok')
})

test('Weibo’s way of writing a moment', () => {
  expect(instantOf('Tue May 31 17:46:55 +0800 2011')).toEqual(new Date('2011-05-31T09:46:55Z'))
  expect(instantOf('Sat Nov 21 12:00:00 +0800 2026')).toEqual(new Date(noon))
  expect(instantOf('yesterday')).toBeNull()
})
