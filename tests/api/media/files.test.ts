import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Asset, ContentMedia } from '@xingbo/shared/media/asset.schema'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { tidyFiles } from '../../../apps/api/src/modules/media/check.service.ts'
import {
  assetForSnapshot,
  signedMediaUrl,
} from '../../../apps/api/src/modules/media/media.service.ts'
import { cutFactsOf } from '../../../apps/api/src/modules/media/media-facts.service.ts'
import { testApp, testNow } from '../../support/test-app.ts'
import { filesOf, sample, seedContents, sha256, tusOf, uploaded } from './support.ts'

const film = sample('clip-landscape.mp4')
const cover = sample('cover.jpg')

async function mediaApp() {
  const world = await testApp()
  await seedContents(world.db)
  /** Raw bytes of an answer, with its headers. */
  const fetchFile = async (url: string, headers: Record<string, string> = {}, who = 'doctor-a') => {
    const res = await world.app.inject({
      method: 'GET',
      url,
      headers: { ...(who && { cookie: `xingbo=token-${who}` }), ...headers },
    })
    return { status: res.statusCode, headers: res.headers, bytes: res.rawPayload, text: res.body }
  }
  return { ...world, fetchFile }
}
type World = Awaited<ReturnType<typeof mediaApp>>

describe('a file', () => {
  let world: World
  let id: string
  let url: string
  beforeEach(async () => {
    world = await mediaApp()
    id = await uploaded(world, film, { name: "横屏 'a'.mp4" })
    url = `/api/assets/${id}/file`
  })

  test('is given whole, by range, or not at all when it has not changed', async () => {
    const { fetchFile } = world
    const whole = await fetchFile(url)
    expect(whole.status).toBe(200)
    expect(whole.bytes.equals(film)).toBe(true)
    expect(whole.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(film.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
      'content-disposition': "inline; filename*=UTF-8''%E6%A8%AA%E5%B1%8F%20%27a%27.mp4",
    })

    const middle = await fetchFile(url, { range: 'bytes=1000-1999' })
    expect(middle.status).toBe(206)
    expect(middle.headers['content-range']).toBe(`bytes 1000-1999/${film.length}`)
    expect(middle.bytes.equals(film.subarray(1000, 2000))).toBe(true)
    const tail = await fetchFile(url, { range: 'bytes=-500' })
    expect(tail.bytes.equals(film.subarray(-500))).toBe(true)
    const open = await fetchFile(url, { range: `bytes=${film.length - 10}-` })
    expect(open.bytes.equals(film.subarray(-10))).toBe(true)
    const beyond = await fetchFile(url, { range: `bytes=${film.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${film.length}`)

    const etag = String(whole.headers.etag)
    expect((await fetchFile(url, { 'if-none-match': etag })).status).toBe(304)
    expect((await fetchFile(url, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await fetchFile(url, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
  })

  test('answers HEAD without its bytes, and comes as a download when asked', async () => {
    const { app, fetchFile } = world
    const head = await app.inject({
      method: 'HEAD',
      url,
      headers: { cookie: 'xingbo=token-doctor-a' },
    })
    expect(head.statusCode).toBe(200)
    expect(head.headers['content-length']).toBe(String(film.length))
    expect(head.rawPayload).toHaveLength(0)
    const download = await fetchFile(`${url}?download=1`)
    expect(download.headers['content-disposition']).toMatch(/^attachment; /)
  })

  test('that is lost on disk is a plain 404', async () => {
    rmSync(join(world.dir, 'media', id, 'original'))
    const answer = await world.fetchFile(url)
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('has a still of itself', async () => {
    const poster = await world.fetchFile(`/api/assets/${id}/poster`)
    expect(poster.headers['content-type']).toBe('image/jpeg')
    expect([...poster.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  })

  test('is for the people of its institution who work on the line', async () => {
    const { fetchFile } = world
    expect((await fetchFile(url, {}, 'doctor-b')).status).toBe(404)
    expect((await fetchFile(url, {}, 'admin-b')).status).toBe(404)
    expect((await fetchFile(`/api/assets/${id}/poster`, {}, 'admin-b')).status).toBe(404)
    expect((await fetchFile(url, {}, 'advisor-a')).status).toBe(403)
    expect((await fetchFile(url, {}, '')).status).toBe(401)
    const { as } = world
    expect((await as('producer', 'b')('/api/contents/con-a/assets')).status).toBe(404)
    expect((await as('producer', 'b')(`/api/assets/${id}/discard`, { body: {} })).status).toBe(404)
  })

  test('is not given before its check', async () => {
    const { app, fetchFile } = world
    const unchecked = await tusOf(app).whole(film)
    expect((await fetchFile(`/api/assets/${unchecked}/file`)).status).toBe(404)
    expect(await assetForSnapshot(world.db.read, 'a', unchecked)).toBeUndefined()
  })

  test('has a signed address that needs no login, says what it allows, and ends', async () => {
    const { deps, clock, fetchFile } = world
    const signed = new URL(signedMediaUrl(deps, id, 600))
    expect(signed.origin).toBe(deps.settings.publicUrl)
    const path = signed.pathname + signed.search
    const answer = await fetchFile(path, { range: 'bytes=0-9' }, '')
    expect(answer.status).toBe(206)
    expect(answer.bytes.equals(film.subarray(0, 10))).toBe(true)
    expect(answer.headers['cache-control']).toBe('private, max-age=300')

    const refused = { zh: '链接已过期或不完整，请重新获取' }
    const altered = (change: (query: URLSearchParams) => void) => {
      const query = new URLSearchParams(signed.search)
      change(query)
      return fetchFile(`${signed.pathname}?${query}`, {}, '')
    }
    const tries = [
      await altered((query) => query.set('exp', String(Number(query.get('exp')) + 1))),
      await altered((query) => query.set('sig', `${query.get('sig')}x`)),
      await altered((query) => query.set('as', 'poster')),
      await altered((query) => query.delete('sig')),
      await altered((query) => query.delete('exp')),
      await fetchFile(`/media/ast_other${signed.search}`, {}, ''),
    ]
    for (const one of tries) {
      expect(one.status).toBe(403)
      expect(one.text).toContain(refused.zh)
    }
    const poster = new URL(signedMediaUrl(deps, id, 600, 'poster'))
    expect((await fetchFile(poster.pathname + poster.search, {}, '')).headers).toMatchObject({
      'content-type': 'image/jpeg',
    })
    clock.now = new Date(testNow.getTime() + 600_000 - 1)
    expect((await fetchFile(path, {}, '')).status).toBe(200)
    clock.now = new Date(testNow.getTime() + 600_000)
    expect((await fetchFile(path, {}, '')).status).toBe(403)
  })

  test('is frozen with all a publication needs of it', async () => {
    const { db, deps } = world
    const frozen = await assetForSnapshot(db.read, 'a', id)
    expect(frozen).toMatchObject({
      assetId: id,
      kind: 'cut',
      sha256: sha256(film),
      sizeBytes: film.length,
      mimeType: 'video/mp4',
      durationMs: 10_000,
      width: 1280,
      height: 720,
    })
    expect(existsSync(frozen?.pathIn(deps.settings.mediaDir) ?? '')).toBe(true)
    expect(existsSync(frozen?.coverPathIn(deps.settings.mediaDir) ?? '')).toBe(true)
    expect(await assetForSnapshot(db.read, 'b', id)).toBeUndefined()
  })
})

describe('the final cut', () => {
  const choose = (world: World, body: object, role: 'producer' | 'reviewer' = 'producer') =>
    world.as(role)('/api/contents/con-a/final-cut', { body })

  test('is one of the item’s own checked videos, with a cover of its own', async () => {
    const world = await mediaApp()
    const cut = await uploaded(world, film)
    const picture = await uploaded(world, cover, { kind: 'cover', name: '封面.jpg' })
    expect(await cutFactsOf(world.db.read, 'a', 'con-a')).toEqual({
      ready: false,
      uploadedBy: null,
    })
    const done = await choose(world, { assetId: cut, coverAssetId: picture, revision: 1 })
    expect(done.status).toBe(200)
    expect((done.body as ContentMedia).content).toMatchObject({
      finalAssetId: cut,
      coverAssetId: picture,
      revision: 2,
    })
    expect(await cutFactsOf(world.db.read, 'a', 'con-a')).toEqual({
      ready: true,
      uploadedBy: 'producer-a',
    })
    expect(await cutFactsOf(world.db.read, 'b', 'con-a')).toEqual({
      ready: false,
      uploadedBy: null,
    })
    const acts = await world.db.read.select().from(auditEntries)
    expect(acts.at(-1)).toMatchObject({
      action: 'content.cut_chosen',
      subjectType: 'content',
      subjectId: 'con-a',
      detail: { assetId: cut, sha256: sha256(film), coverAssetId: picture },
    })
    // Another cut keeps the cover; null takes it away.
    const kept = (await choose(world, { assetId: cut, revision: 2 })).body as ContentMedia
    expect(kept.content.coverAssetId).toBe(picture)
    const bare = await choose(world, { assetId: cut, coverAssetId: null, revision: 3 })
    expect((bare.body as ContentMedia).content.coverAssetId).toBeNull()
  })

  test('is refused with the reason', async () => {
    const world = await mediaApp()
    const cut = await uploaded(world, film)
    const picture = await uploaded(world, cover, { kind: 'cover' })
    const bad = await uploaded(world, sample('broken-tail.mp4'))
    const message = async (body: object) => {
      const { status, body: answer } = await choose(world, body)
      return [status, (answer as { message: string }).message]
    }
    expect(await message({ assetId: picture, revision: 1 })).toEqual([422, '只有视频能定为成片'])
    expect(await message({ assetId: bad, revision: 1 })).toEqual([
      422,
      '这个文件还没检查完或没有通过检查',
    ])
    expect(await message({ assetId: cut, coverAssetId: cut, revision: 1 })).toEqual([
      422,
      '只有图片能定为封面',
    ])
    const foreign = await uploaded(
      world,
      film,
      { contentId: 'con-b' },
      { role: 'producer', institution: 'b' },
    )
    expect((await message({ assetId: foreign, revision: 1 }))[0]).toBe(404)
    expect((await choose(world, { assetId: cut, revision: 1 }, 'reviewer')).status).toBe(403)
    for (const [stage, sentence] of [
      ['scripting', '还没到拍摄剪辑：医生签发、合规通过之后才能定成片'],
      ['final_review', '正在终审的就是现在这条成片；要换，请先退回拍摄剪辑'],
      ['ready', '成片已过终审；要换，请先退回拍摄剪辑重新终审'],
      ['live', '这条内容已经发布或结束，成片不能再换'],
    ] as const) {
      await world.db.inTransaction(async (tx) => {
        await tx.update(contentItems).set({ stage }).where(eq(contentItems.id, 'con-a'))
      })
      expect(await message({ assetId: cut, revision: 1 })).toEqual([422, sentence])
    }
  })

  test('chosen by two at once is chosen once; the other is told by whom', async () => {
    const world = await mediaApp()
    const first = await uploaded(world, film)
    const second = await uploaded(world, film)
    const both = await Promise.all([
      choose(world, { assetId: first, revision: 1 }),
      world.as('operator')('/api/contents/con-a/final-cut', {
        body: { assetId: second, revision: 1 },
      }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = both.find(({ status }) => status === 409)?.body as unknown as { message: string }
    expect(lost.message).toMatch(/^(producer|operator)-a 在 11\/21 10:00 改过了/)
  })
})

describe('discarding', () => {
  test('removes the bytes and keeps the record', async () => {
    const world = await mediaApp()
    const id = await uploaded(world, film)
    const signed = new URL(signedMediaUrl(world.deps, id, 600))
    expect((await world.as('producer')(`/api/assets/${id}/discard`, { body: {} })).status).toBe(200)
    expect(filesOf(world.dir, id)).toEqual([])
    expect((await world.fetchFile(`/api/assets/${id}/file`)).status).toBe(404)
    expect((await world.fetchFile(signed.pathname + signed.search, {}, '')).status).toBe(404)
    const acts = await world.db.read.select().from(auditEntries)
    expect(acts.at(-1)).toMatchObject({
      action: 'asset.discarded',
      detail: { sha256: sha256(film), contentId: 'con-a' },
    })
    expect((await world.as('producer')(`/api/assets/${id}/discard`, { body: {} })).status).toBe(404)
    expect((await world.as('doctor')(`/api/assets/${id}/discard`, { body: {} })).status).toBe(403)
  })

  test('is refused for what is chosen, frozen in a post, or still coming', async () => {
    const world = await mediaApp()
    const discard = async (id: string) => {
      const { status, body } = await world.as('producer')(`/api/assets/${id}/discard`, { body: {} })
      return [status, (body as { message?: string }).message]
    }
    const coming = await tusOf(world.app).begin(film.length)
    const comingId = String(coming.headers.location).replace('/api/uploads/', '')
    expect(await discard(comingId)).toEqual([422, '还在上传，取消上传即可'])
    const cut = await uploaded(world, film)
    await world.as('producer')('/api/contents/con-a/final-cut', {
      body: { assetId: cut, revision: 1 },
    })
    expect(await discard(cut)).toEqual([422, '这是选定的成片或封面，先换掉再删除'])

    const posted = await uploaded(world, film)
    const post = (state: 'published' | 'canceled') =>
      world.db.inTransaction(async (tx) => {
        await tx.delete(publications)
        await tx.insert(publications).values({
          id: 'pub-a',
          institutionId: 'a',
          contentId: 'con-a',
          accountId: 'kuaishou-a',
          platform: 'kuaishou',
          route: 'api',
          state,
          stateEnteredAt: testNow,
          dueAt: testNow,
          timeZone: 'Asia/Shanghai',
          snapshot: { media: { assetId: posted }, cover: null },
          snapshotSha256: '0',
          scriptSha256: '0',
          createdBy: 'operator-a',
          createdAt: testNow,
          updatedAt: testNow,
        })
      })
    await post('published')
    expect(await discard(posted)).toEqual([
      422,
      '发布单或发布凭证用着这个文件，要留作证据，不能删除',
    ])
    await post('canceled')
    expect((await discard(posted))[0]).toBe(200)
  })

  test('a stop between row and file is made good by the tidying', async () => {
    const world = await mediaApp()
    const id = await uploaded(world, film)
    const stray = join(world.dir, 'media', 'ast_nobody')
    mkdirSync(stray)
    writeFileSync(join(stray, 'original'), 'x')
    writeFileSync(join(world.dir, 'uploads', 'ast_nobody.json'), '{}')
    await tidyFiles(world.deps)
    expect(filesOf(world.dir, 'ast_nobody')).toEqual([])
    expect(filesOf(world.dir, id)).toContain(`media/${id}/original`)
  })
})

test('the list tells what stands where, newest first', async () => {
  const world = await mediaApp()
  const cut = await uploaded(world, film, { name: '第一版.mp4' })
  const bad = await uploaded(world, sample('not-a-video.mp4'), { name: '脚本.mp4' })
  const { items, content, maxCutBytes } = (await world.as('doctor')('/api/contents/con-a/assets'))
    .body as ContentMedia
  expect(items.map((one: Asset) => [one.id, one.state, one.fileName])).toEqual([
    [bad, 'refused', '脚本.mp4'],
    [cut, 'ready', '第一版.mp4'],
  ])
  expect(content).toEqual({
    stage: 'production',
    platforms: ['douyin', 'kuaishou'],
    revision: 1,
    finalAssetId: null,
    coverAssetId: null,
  })
  expect(maxCutBytes).toBe(4096 * 1024 * 1024)
})
