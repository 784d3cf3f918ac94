import { expect, test } from 'vitest'
import { apps, fileOf, noon, setup, snapshotOf, tempDir } from './support.ts'

const MB = 1024 * 1024
const direct = (url: string) => ({
  douyin: { baseUrl: url, direct: true, ...apps.douyin },
})

async function directCase(videoBytes: number) {
  const world = await setup({ settings: direct })
  const adapter = world.platforms.douyin.direct
  if (adapter?.tokens.kind !== 'consent') throw new Error('switched off')
  const files = tempDir()
  const video = fileOf(files, 'video.mp4', videoBytes)
  const { body } = await world.post('/__sandbox/douyin/grant', { account: 'douyin-1' })
  const ctx = {
    accessToken: `${body.open_id} ${body.access_token}`,
    mediaPath: video.path,
    coverPath: null,
  }
  return {
    ...world,
    adapter,
    tokens: adapter.tokens,
    refreshToken: String(body.refresh_token),
    ctx,
    video,
    snapshot: snapshotOf('douyin', video, null),
  }
}

test('is off unless the application was granted it; the hand-off is the way', async () => {
  const world = await setup()
  expect(world.platforms.douyin.route).toBe('handoff')
  expect(world.platforms.douyin.direct).toBeNull()
})

test('a large video goes in parts of 20 MB, each tried again by itself, and arrives byte for byte', async () => {
  const world = await directCase(51 * MB)
  const whole = await world.counter('douyin.upload')
  const parts = await world.counter('douyin.part_upload')
  await world.fault('douyin.part_upload', 'error_after', { skip: 1 })
  const uploaded = await world.adapter.upload(world.ctx, world.snapshot)
  if (uploaded.kind !== 'ok') throw new Error(JSON.stringify(uploaded))
  // Three parts, the second of them twice.
  expect([await whole(), await parts()]).toEqual([0, 4])
  const sent = await world.adapter.submit(world.ctx, world.snapshot, uploaded.value.uploadId)
  expect(sent.kind).toBe('accepted')
  expect(await world.posts()).toMatchObject([
    { videoSha256: world.video.sha256, caption: world.snapshot.rendered.caption },
  ])
})

test('the refresh token is renewed five times, each time for thirty days, and no more', async () => {
  const { tokens, refreshToken, clock } = await directCase(1000)
  let held = refreshToken
  for (let n = 1; n <= 5; n++) {
    clock.now += 20 * 86_400_000
    const renewed = await tokens.renewal?.renew(held)
    if (renewed?.kind !== 'ok') throw new Error(JSON.stringify(renewed))
    expect(renewed.value.refreshTokenExpiresAt).toEqual(new Date(clock.now + 30 * 86_400_000))
    // The one before it is void.
    expect(await tokens.refresh(held)).toMatchObject({ kind: 'refused', code: '10010' })
    held = renewed.value.refreshToken
    expect((await tokens.refresh(held)).kind).toBe('ok')
  }
  expect(await tokens.renewal?.renew(held)).toMatchObject({ kind: 'refused', code: '10020' })
  expect(clock.now).toBe(noon + 100 * 86_400_000)
})
