import { readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DetailedError, Upload } from 'tus-js-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../../apps/api/src/app.ts'
import { openDatabase } from '../../../apps/api/src/db/database.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { assets } from '../../../apps/api/src/db/schema/media.ts'
import { checkAsset } from '../../../apps/api/src/modules/media/check.service.ts'
import { stopTools, ToolStopped } from '../../../apps/api/src/modules/media/inspecting/run-tool.ts'
import { mediaDue, mediaHandlers } from '../../../apps/api/src/modules/media/media.jobs.ts'
import { testApp, testDeps } from '../../support/test-app.ts'
import {
  type Asset,
  assetRow,
  filesOf,
  idOf,
  runJobs,
  sample,
  seedContents,
  sha256,
  tusOf,
} from './support.ts'

const clip = sample('clip.mp4')
const half = Math.floor(clip.length / 2)

async function mediaApp(env: Record<string, string> = {}) {
  const world = await testApp(env)
  await seedContents(world.db)
  return { ...world, tus: tusOf(world.app) }
}

describe('an upload', () => {
  test('comes in pieces, is checked, and stands with all that was measured in it', async () => {
    const { as, tus, deps, dir } = await mediaApp()
    const begun = await tus.begin(clip.length)
    expect(begun.status).toBe(201)
    const id = idOf(begun)
    expect(begun.headers).toMatchObject({ 'tus-resumable': '1.0.0' })
    expect(new Date(String(begun.headers['upload-expires'])).toISOString()).toBe(
      '2026-11-22T02:00:00.000Z',
    )

    const first = await tus.send(id, 0, clip.subarray(0, half))
    expect(first).toMatchObject({ status: 204, offset: half })
    expect(await tus.head(id)).toMatchObject({ status: 200, offset: half })
    const { items } = (await as('doctor')('/api/contents/con-a/assets')).body as { items: Asset[] }
    expect(items).toMatchObject([
      { id, state: 'uploading', receivedBytes: half, sizeBytes: clip.length, fileName: '成片.mp4' },
    ])

    // One piece of 0.8 MB and more: the JSON body limit does not bind here.
    expect(await tus.send(id, half, clip.subarray(half))).toMatchObject({ status: 204 })
    expect((await assetRow(deps.db, id))?.state).toBe('checking')
    expect(await runJobs(deps)).toEqual([`media-check-${id}`])

    const checked = (await as('doctor')('/api/contents/con-a/assets')).body as { items: Asset[] }
    expect(checked.items[0]).toMatchObject({
      state: 'ready',
      kind: 'cut',
      mimeType: 'video/mp4',
      sha256: sha256(clip),
      width: 1080,
      height: 1920,
      durationMs: 20_000,
      frameRate: 30,
      videoCodec: 'h264',
      audioCodec: 'aac',
      uploadedBy: 'producer-a',
      uploadedByName: 'producer-a',
      receivedBytes: clip.length,
      readyAt: '2026-11-21T02:00:00.000Z',
    })
    expect(readFileSync(join(dir, 'media', id, 'original')).equals(clip)).toBe(true)
    expect(filesOf(dir, id).sort()).toEqual([
      `media/${id}`,
      `media/${id}/original`,
      `media/${id}/poster.jpg`,
    ])
    const acts = await deps.db.read.select().from(auditEntries)
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['asset.upload_started', 'producer-a'],
      ['asset.uploaded', 'producer-a'],
      ['asset.checked', 'system'],
    ])
  })

  test('broken at 40 % goes on after the server was started anew', async () => {
    const { app, dir, deps } = await mediaApp()
    const port = await listen(app)
    const broken = await new Promise<Upload>((resolve, reject) => {
      const upload = tusClient(port, {
        onChunkComplete: (_size, accepted) => {
          if (accepted < clip.length * 0.4) return
          upload.abort().then(() => resolve(upload), reject)
        },
        onError: reject,
      })
      upload.start()
    })
    await app.close()
    const id = new URL(broken.url ?? '').pathname.replace('/api/uploads/', '')
    expect((await assetRow(deps.db, id))?.state).toBe('uploading')

    const second = openDatabase(join(dir, 'xingbo.db'))
    const again = testDeps(second, dir).deps
    const next = await buildApp(again, { webDir: null })
    onTestFinished(async () => {
      await next.close()
      second.close()
    })
    const nextPort = await listen(next)
    const sent: number[] = []
    await new Promise<void>((resolve, reject) => {
      tusClient(nextPort, {
        uploadUrl: `http://127.0.0.1:${nextPort}/api/uploads/${id}`,
        onChunkComplete: (_size, accepted) => sent.push(accepted),
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
    expect(sent[0]).toBeGreaterThan(clip.length * 0.4)
    await runJobs(again)
    expect(await assetRow(second, id)).toMatchObject({ state: 'ready', sha256: sha256(clip) })
  })

  test('whose connection dies within a piece keeps what had come', async () => {
    const { app, tus, deps } = await mediaApp()
    const port = await listen(app)
    const id = idOf(await tus.begin(clip.length))
    await new Promise<void>((resolve) => {
      const req = httpRequest({
        port,
        host: '127.0.0.1',
        path: `/api/uploads/${id}`,
        method: 'PATCH',
        headers: {
          cookie: 'xingbo=token-producer-a',
          'tus-resumable': '1.0.0',
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
          'content-length': String(clip.length),
        },
      })
      req.on('error', () => resolve())
      req.write(clip.subarray(0, 200_000), () => setTimeout(() => req.destroy(), 300))
    })
    const at = await settledOffset(tus, id)
    expect(at).toBeGreaterThan(0)
    expect(at).toBeLessThanOrEqual(200_000)
    expect(await tus.send(id, at, clip.subarray(at))).toMatchObject({ status: 204 })
    await runJobs(deps)
    expect(await assetRow(deps.db, id)).toMatchObject({ state: 'ready', sha256: sha256(clip) })
  })

  test('sent to the wrong position is refused and loses nothing', async () => {
    const { app, tus } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    await tus.send(id, 0, clip.subarray(0, half))
    const wrong = await tus.send(id, 10, clip.subarray(10, 100))
    expect(wrong).toMatchObject({
      status: 409,
      message: '续传位置不对，请从服务器已收到的地方继续',
    })
    const english = tusOf(app, { language: 'en' })
    expect((await english.send(id, half + 1, clip.subarray(0, 9))).message).toBe(
      'Wrong position; continue from where the server stands',
    )
    expect(await tus.head(id)).toMatchObject({ status: 200, offset: half })
  })

  test('sent by two tabs at once is written once', async () => {
    const { tus, deps } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    const both = await Promise.all([tus.send(id, 0, clip), tus.send(id, 0, clip)])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await runJobs(deps)).toHaveLength(1)
    expect(await assetRow(deps.db, id)).toMatchObject({ state: 'ready', sha256: sha256(clip) })
  })

  test('may be asked again after the last answer was lost', async () => {
    const { tus, deps } = await mediaApp()
    const id = await tus.whole(clip)
    expect(await tus.head(id)).toMatchObject({ status: 200, offset: clip.length })
    await runJobs(deps)
    expect(await tus.head(id)).toMatchObject({ status: 200, offset: clip.length })
    expect((await tus.send(id, 0, clip)).status).toBe(409)
  })

  test('whose last byte came but whose row never heard of it is found by the sweep', async () => {
    const { tus, deps, dir } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    writeFileSync(join(dir, 'uploads', id), clip)
    const due = mediaDue(deps)
    expect(await due(deps.now())).toMatchObject([
      { job: 'media.check', payload: { assetId: id } },
      { job: 'media.tidy' },
    ])
    const check = mediaHandlers(deps).find(({ job }) => job.name === 'media.check')
    await check?.run({ assetId: id } as never)
    expect(await assetRow(deps.db, id)).toMatchObject({ state: 'ready' })
    // Tidied once an hour, not at every sweep.
    expect(await due(deps.now())).toEqual([])
  })

  test('whose check a stop cut short is checked after the start', async () => {
    const { tus, deps, dir } = await mediaApp()
    const id = await tus.whole(clip)
    const running = checkAsset(deps, id)
    const handler = mediaHandlers(deps).find(({ job }) => job.name === 'media.check')
    const rung = handler?.run({ assetId: id } as never)
    await pause(700)
    stopTools()
    await expect(running).rejects.toThrow(ToolStopped)
    // The queue hears of no failure: nothing is wrong with the file.
    await expect(rung).resolves.toBeUndefined()
    expect((await assetRow(deps.db, id))?.state).toBe('checking')
    expect(await mediaDue(deps)(deps.now())).toMatchObject([{ jobId: `media-check-${id}` }, {}])
    await checkAsset(deps, id)
    expect((await assetRow(deps.db, id))?.state).toBe('ready')
    expect(filesOf(dir, id)).toContain(`media/${id}/original`)
  })

  test('belongs to who began it; for everybody else there is no such upload', async () => {
    const { app, tus } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    for (const who of [
      { role: 'operator' as const },
      { role: 'producer' as const, institution: 'b' },
    ]) {
      const other = tusOf(app, who)
      expect((await other.head(id)).status).toBe(404)
      expect((await other.send(id, 0, clip)).status).toBe(404)
      expect((await other.cancel(id)).status).toBe(404)
    }
    expect((await tus.begin(10, { contentId: 'con-b' })).status).toBe(404)
    expect(await tus.head(id)).toMatchObject({ status: 200, offset: 0 })
    for (const role of ['doctor', 'reviewer', 'advisor', 'manager'] as const) {
      expect((await tusOf(app, { role }).begin(10)).status).toBe(403)
      expect((await tusOf(app, { role }).call('OPTIONS', '/api/uploads')).status).toBe(403)
    }
    const anonymous = await app.inject({
      method: 'PATCH',
      url: `/api/uploads/${id}`,
      headers: { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      payload: clip,
    })
    expect(anonymous.statusCode).toBe(401)
  })

  test('says before the first byte why it is not taken', async () => {
    const { tus, app, db } = await mediaApp({ XINGBO_MAX_UPLOAD_MB: '30' })
    const en = tusOf(app, { language: 'en' })
    expect(await tus.begin(31 * 1024 * 1024)).toMatchObject({
      status: 413,
      message: '文件太大：最多 30 MB，这个有 31 MB；请压缩后再传',
    })
    expect((await en.begin(31 * 1024 * 1024)).message).toBe(
      'The file is too large: at most 30 MB, this one has 31 MB. Compress it and try again',
    )
    expect(await tus.begin(21 * 1024 * 1024, { kind: 'cover' })).toMatchObject({ status: 413 })
    expect(await tus.begin(0)).toMatchObject({ status: 422, message: '文件是空的，请检查后再传' })
    expect(await tus.begin(9, { kind: 'proof' })).toMatchObject({ status: 400 })
    expect(await tus.call('POST', '/api/uploads', { 'upload-length': '9' })).toMatchObject({
      status: 400,
      message: '上传请求缺少文件名、用途或所属内容',
    })
    expect(await tus.call('POST', '/api/uploads', { 'upload-defer-length': '1' })).toMatchObject({
      status: 400,
      message: '上传前要先说明文件大小',
    })
    expect(await db.read.select().from(assets)).toEqual([])
  })

  test('cannot grow beyond the size it announced', async () => {
    const { tus } = await mediaApp()
    const id = idOf(await tus.begin(100))
    expect((await tus.send(id, 0, clip.subarray(0, 200))).status).toBe(413)
    expect((await tus.head(id)).offset).toBe(0)
  })

  test('canceled is gone, on disk too', async () => {
    const { as, tus, dir } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    await tus.send(id, 0, clip.subarray(0, half))
    expect((await tus.cancel(id)).status).toBe(204)
    expect(filesOf(dir, id)).toEqual([])
    expect((await tus.head(id)).status).toBe(404)
    expect((await as('producer')('/api/contents/con-a/assets')).body).toMatchObject({ items: [] })
  })

  test('not finished within 24 hours is removed, and says so', async () => {
    const { as, tus, deps, clock, dir } = await mediaApp()
    const id = idOf(await tus.begin(clip.length))
    await tus.send(id, 0, clip.subarray(0, half))
    const due = mediaDue(deps)
    // Somebody at work: hour by hour, so that the session lives as long as the upload.
    const begun = clock.now.getTime()
    for (let hour = 1; hour <= 24; hour++) {
      clock.now = new Date(begun + hour * 3_600_000 - 1)
      expect((await tus.head(id)).status).toBe(200)
    }
    expect((await due(deps.now())).map(({ job }) => job)).toEqual(['media.tidy'])
    clock.now = new Date(clock.now.getTime() + 1)
    expect((await tus.head(id)).status).toBe(404)
    expect((await tus.send(id, half, clip.subarray(half))).status).toBe(404)
    const [ring] = await due(deps.now())
    expect(ring).toMatchObject({ job: 'media.abandon', jobId: `media-abandon-${id}` })
    const abandon = mediaHandlers(deps).find(({ job }) => job.name === 'media.abandon')
    await abandon?.run(ring?.payload as never)
    expect(filesOf(dir, id)).toEqual([])
    expect((await as('producer')('/api/contents/con-a/assets')).body).toMatchObject({
      items: [{ id, state: 'refused', refusedFor: 'media.abandoned' }],
    })
    expect(await due(deps.now())).toEqual([])
  })

  test('tells what the server can do', async () => {
    const { tus, deps } = await mediaApp()
    const answer = await tus.call('OPTIONS', '/api/uploads')
    expect(answer.headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,termination',
      'tus-max-size': String(deps.settings.maxUploadBytes),
    })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

async function listen(app: Awaited<ReturnType<typeof buildApp>>): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

function tusClient(port: number, options: Partial<ConstructorParameters<typeof Upload>[1]>) {
  return new Upload(clip, {
    endpoint: `http://127.0.0.1:${port}/api/uploads`,
    chunkSize: 256 * 1024,
    retryDelays: null,
    headers: { cookie: 'xingbo=token-producer-a' },
    metadata: { filename: 'clip.mp4', kind: 'cut', contentId: 'con-a' },
    ...options,
    onError: (error) =>
      options.onError?.(
        error instanceof DetailedError ? new Error(error.originalResponse?.getBody()) : error,
      ),
  })
}

/** A dead connection is noticed a moment later; until then the file may still grow. */
async function settledOffset(tus: ReturnType<typeof tusOf>, id: string): Promise<number> {
  let last = -1
  for (let i = 0; i < 50; i++) {
    const { offset } = await tus.head(id)
    if (offset > 0 && offset === last) return offset
    last = offset
    await pause(50)
  }
  return last
}
