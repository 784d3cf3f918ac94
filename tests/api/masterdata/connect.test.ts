import * as api from '@xingbo/shared/accounts/account.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts, oauthStates } from '../../../apps/api/src/db/schema/accounts.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import {
  accessTokenFor,
  authorizationLost,
} from '../../../apps/api/src/modules/accounts/account-token.service.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testNow } from '../../support/test-app.ts'
import { sandboxApp as app, connectBench } from '../accounts/connect-bench.ts'
import { bench, said } from './bench.ts'

const HOUR = 3_600_000

test('an owner’s consent connects the account: tokens sealed to their row, health mended', async () => {
  const { unconnected, consent, land, rowOf, token, must, deps, audited, db } = await connectBench()
  const account = await unconnected()
  await must('admin', api.updateAccount, {
    params: { accountId: account.id },
    body: { revision: 1, health: 'token_expired' },
  })
  const { url, back, host } = await consent(account.id)
  expect(url.pathname).toBe('/oauth2/authorize')
  expect(url.searchParams.get('app_id')).toBe(app.id)
  expect(host).toBe(deps.settings.publicUrl)
  const [kept] = await db.read.select().from(oauthStates)
  expect(kept?.state).not.toBe(url.searchParams.get('state'))
  expect(await land(back)).toBe(`/accounts/${account.id}?connect=ok`)
  const row = await rowOf(account.id)
  expect(row).toMatchObject({ health: 'healthy', revision: 3, updatedBy: 'admin-a' })
  expect(row.openId).toMatch(/./)
  expect(row.accessToken).toMatch(/^v1\./)
  expect(row.refreshToken).toMatch(/^v1\./)
  expect(row.accessTokenExpiresAt).toEqual(new Date(testNow.getTime() + 48 * HOUR))
  const usable = await token(account.id)
  expect(usable).toEqual({ kind: 'ok', accessToken: expect.stringMatching(/^ks-access-/) })
  const seen = await must('operator', api.getAccount, { params: { accountId: account.id } })
  expect(seen.authorizedUntil).toBe(new Date(testNow.getTime() + 180 * 24 * HOUR).toISOString())
  expect((await audited()).at(-1)).toMatchObject({
    action: 'account.connected',
    institutionId: 'a',
    actorId: 'admin-a',
    detail: { again: false, health: ['token_expired', 'healthy'] },
  })
  // Sealed to its place: the same text under another account opens nothing.
  await db.inTransaction(async (tx) => {
    await tx
      .update(accounts)
      .set({ accessToken: row.accessToken })
      .where(eq(accounts.id, 'kuaishou-a'))
  })
  await expect(token('kuaishou-a')).rejects.toThrow()
})

test('a state counts once, for ten minutes, and only for the person it was made for', async () => {
  const { unconnected, consent, land, rowOf, pass } = await connectBench()
  const { id } = await unconnected()
  const lost = '/institution?tab=accounts&connect=expired'
  const first = await consent(id)
  expect(await land(first.back, null)).toBe(lost)
  expect(await land(first.back, 'operator')).toBe(lost)
  expect((await rowOf(id)).accessToken).toBe(null)
  expect(await land(first.back)).toBe(`/accounts/${id}?connect=ok`)
  expect(await land(first.back)).toBe(lost)
  const late = await consent(id)
  await pass(10 * 60_000)
  expect(await land(late.back)).toBe(lost)
  expect(await land('/api/oauth/kuaishou/callback?code=x&state=made-up')).toBe(lost)
  expect(await land('/api/oauth/kuaishou/callback')).toBe(lost)
})

test('two returns at once with one state connect once', async () => {
  const { unconnected, consent, land, audited } = await connectBench()
  const { id } = await unconnected()
  const { back } = await consent(id)
  const both = await Promise.all([land(back), land(back)])
  expect(both.sort()).toEqual([
    `/accounts/${id}?connect=ok`,
    '/institution?tab=accounts&connect=expired',
  ])
  expect((await audited()).filter(({ action }) => action === 'account.connected')).toHaveLength(1)
})

test('a refusal, a made-up code and another Kuaishou account connect nothing', async () => {
  const { unconnected, consent, land, rowOf, must } = await connectBench()
  const { id } = await unconnected()
  const denied = new URL((await consent(id)).back, 'http://x')
  denied.searchParams.delete('code')
  expect(await land(denied.pathname + denied.search)).toBe(`/accounts/${id}?connect=denied`)
  const forged = new URL((await consent(id)).back, 'http://x')
  forged.searchParams.set('code', 'made-up')
  expect(await land(forged.pathname + forged.search)).toBe(`/accounts/${id}?connect=failed`)
  expect((await rowOf(id)).openId).toBe(null)

  expect(await land((await consent(id, 'qiwu_ks')).back)).toBe(`/accounts/${id}?connect=ok`)
  const { openId, accessToken } = await rowOf(id)
  expect(await land((await consent(id, 'somebody_else')).back)).toBe(
    `/accounts/${id}?connect=other_account`,
  )
  expect(await rowOf(id)).toMatchObject({ openId, accessToken })

  const second = await unconnected('第二个')
  expect(await land((await consent(second.id, 'qiwu_ks')).back)).toBe(
    `/accounts/${second.id}?connect=taken`,
  )
  expect((await rowOf(second.id)).accessToken).toBe(null)

  // Put away, its place may be taken; then it cannot come back beside the other.
  const away = { params: { accountId: id }, body: { revision: 2, archived: true } }
  await must('admin', api.archiveAccount, away)
  expect(await land((await consent(second.id, 'qiwu_ks')).back)).toBe(
    `/accounts/${second.id}?connect=ok`,
  )
})

test('an archived account whose place was taken stays away', async () => {
  const { unconnected, consent, land, must, call } = await connectBench()
  const { id } = await unconnected()
  await land((await consent(id)).back)
  const params = { accountId: id }
  await must('admin', api.archiveAccount, { params, body: { revision: 2, archived: true } })
  const second = await unconnected('第二个')
  await land((await consent(second.id)).back)
  const back = { params, body: { revision: 3, archived: false } }
  expect(said(await call('admin', api.archiveAccount, back))).toBe(
    '422 另一个账号已经连接了平台上的同一个号，不能再恢复这一个',
  )
})

test('consent lifts no ban', async () => {
  const { unconnected, consent, land, rowOf, must } = await connectBench()
  const { id } = await unconnected()
  await must('admin', api.updateAccount, {
    params: { accountId: id },
    body: { revision: 1, health: 'banned' },
  })
  expect(await land((await consent(id)).back)).toBe(`/accounts/${id}?connect=ok`)
  expect((await rowOf(id)).health).toBe('banned')
})

test('only what publishes by API is connected, and only with an application', async () => {
  const { call } = await connectBench()
  const douyin = await call('admin', api.connectAccount, { params: { accountId: 'douyin-a' } })
  expect(said(douyin)).toBe('422 这个账号不走接口发布，不需要连接平台；要用接口，请先改发布方式')
  const red = await call('admin', api.connectAccount, { params: { accountId: 'xiaohongshu-a' } })
  expect(said(red)).toBe('422 这个平台没有可连接的接口，按它的发布方式由人来发')
  const bare = await bench({ XINGBO_DEMO: '0' })
  const kuaishou = await bare.call('admin', api.connectAccount, {
    params: { accountId: 'kuaishou-a' },
  })
  expect(said(kuaishou)).toBe('422 还没有配置这个平台的应用，见「设置 · 平台对接」')
})

async function connected() {
  const made = await connectBench()
  const { id } = await made.unconnected()
  await made.land((await made.consent(id)).back)
  const first = await made.token(id)
  if (first.kind !== 'ok') throw new Error(first.code)
  return { ...made, id, first: first.accessToken }
}

test('a token that ends within the hour is refreshed, once however many ask', async () => {
  const { token, id, first, pass, rowOf } = await connected()
  await pass(46 * HOUR)
  expect(await token(id)).toEqual({ kind: 'ok', accessToken: first })
  await pass(HOUR + 60_000)
  const { revision } = await rowOf(id)
  // The sandbox takes a refresh token once: a second refresh would be told it is spent.
  const many = await Promise.all(Array.from({ length: 20 }, () => token(id)))
  const [fresh] = many
  expect(fresh).toMatchObject({ kind: 'ok' })
  expect(fresh).not.toEqual({ kind: 'ok', accessToken: first })
  for (const one of many) expect(one).toEqual(fresh)
  expect(await token(id)).toEqual(fresh)
  expect(await rowOf(id)).toMatchObject({ health: 'healthy', revision })
})

test('a token the platform turned away is replaced before its time', async () => {
  const { token, id, first } = await connected()
  const both = await Promise.all([token(id, first), token(id, first)])
  expect(both[0]).toMatchObject({ kind: 'ok' })
  expect(both[0]).not.toEqual({ kind: 'ok', accessToken: first })
  expect(both[1]).toEqual(both[0])
  // Whoever comes late with the old one gets the present one and refreshes nothing.
  expect(await token(id, first)).toEqual(both[0])
})

test('where the platform does not answer, the old token serves while it lasts', async () => {
  const { token, id, first, pass, arm, rowOf } = await connected()
  await pass(47 * HOUR + 60_000)
  await arm({ match: { op: 'kuaishou.refresh_token' }, mode: 'error_before', times: 2 })
  expect(await token(id)).toEqual({ kind: 'ok', accessToken: first })
  await pass(HOUR)
  expect(await token(id)).toMatchObject({
    kind: 'refused',
    category: 'unreachable',
    retryable: true,
  })
  expect((await rowOf(id)).health).toBe('healthy')
  // It is left alone for a moment before it is asked again, however many ask.
  expect(await token(id)).toMatchObject({ kind: 'refused', retryable: true })
  await pass(2 * 60_000)
  expect(await token(id)).toMatchObject({ kind: 'ok' })
})

test('a withdrawn consent makes the account sick, for everybody to see, until it is given again', async () => {
  const { token, id, pass, arm, rowOf, must, audited, consent, land } = await connected()
  await pass(48 * HOUR)
  await arm({ match: { op: 'kuaishou.refresh_token' }, mode: 'error_before', code: 100200113 })
  expect(await token(id)).toMatchObject({
    kind: 'refused',
    category: 'auth_revoked',
    code: '100200113',
    retryable: false,
  })
  expect(await rowOf(id)).toMatchObject({ health: 'reauth_needed', revision: 3 })
  expect((await audited()).at(-1)).toMatchObject({
    action: 'account.authorization_lost',
    actorId: 'system',
    subjectId: id,
    detail: { code: '100200113', health: ['healthy', 'reauth_needed'] },
  })
  // Nobody asks the platform again until the owner has consented; the fault is spent, so it would answer.
  expect(await token(id)).toMatchObject({ kind: 'refused', code: 'reauth_needed' })
  expect(await land((await consent(id)).back)).toBe(`/accounts/${id}?connect=ok`)
  expect(await token(id)).toMatchObject({ kind: 'ok' })
  expect(await must('operator', api.getAccount, { params: { accountId: id } })).toMatchObject({
    health: 'healthy',
  })
})

test('a refresh token past its day asks nobody', async () => {
  const { token, id, pass, rowOf } = await connected()
  await pass(180 * 24 * HOUR)
  expect(await token(id)).toMatchObject({ code: 'refresh_token_expired' })
  expect((await rowOf(id)).health).toBe('reauth_needed')
})

test('a publisher tells of a lost authorisation, but not of one renewed meanwhile', async () => {
  const { token, id, first, deps, rowOf } = await connected()
  const fresh = await token(id, first)
  if (fresh.kind !== 'ok') throw new Error(fresh.code)
  const lost = (used: string) =>
    authorizationLost(deps, 'a', id, { token: used, code: '100200110' })
  await lost(first)
  expect((await rowOf(id)).health).toBe('healthy')
  await lost(fresh.accessToken)
  expect((await rowOf(id)).health).toBe('reauth_needed')
})

test('a post turned away for want of consent makes the whole account sick', async () => {
  const { id, deps, as, db, arm, pass, rowOf } = await connected()
  await readyItem(deps, 'c1')
  const dueAt = new Date(testNow.getTime() + 60_000).toISOString()
  const scheduled = await as('operator')('/api/contents/c1/publications', {
    body: { items: [{ accountId: id, dueAt }] },
  })
  expect(scheduled.status, scheduled.text).toBe(200)
  await pass(60_000)
  await arm({ match: { op: 'kuaishou.start_upload' }, mode: 'error_before', code: 100200110 })
  const [post] = await db.read.select().from(publications)
  const look = jobsOf(deps).handlers.find(({ job }) => job.name === 'publication.look')
  await look?.run({ publicationId: post?.id } as never)
  expect((await rowOf(id)).health).toBe('reauth_needed')
  const [after] = await db.read.select().from(publications)
  expect(after).toMatchObject({ state: 'scheduled', remoteId: null })
})

test('an account that was never connected has no token, and a foreign one does not exist', async () => {
  const { unconnected, token, deps } = await connectBench()
  const { id } = await unconnected()
  expect(await token(id)).toMatchObject({ kind: 'refused', code: 'not_connected' })
  await expect(accessTokenFor(deps, 'b', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
