import * as api from '@xingbo/shared/accounts/account.schema'
import { getPlatformSettings } from '@xingbo/shared/accounts/platform-settings.schema'
import { updateUser } from '@xingbo/shared/identity/user.schema'
import { say } from '@xingbo/shared/messages'
import { expect, test } from 'vitest'
import { accountReadinessOf } from '../../../apps/api/src/modules/accounts/account.service.ts'
import { bench, said } from './bench.ts'

const douyin = { accountId: 'douyin-a' }
const institutional = { ownerType: 'institution' as const }

test('accounts stand in the platforms’ order and are found by name, owner, platform and health', async () => {
  const { must } = await bench()
  const all = await must('advisor', api.listAccounts, { query: {} })
  expect(all.items.map(({ id }) => id)).toEqual(['douyin-a', 'xiaohongshu-a', 'kuaishou-a'])
  const made = await must('admin', api.createAccount, {
    body: {
      platform: 'bilibili',
      displayName: '栖梧鼻科',
      handle: 'qiwu_bike',
      ownerType: 'doctor',
      doctorId: 'doc-a',
      ownerUserId: 'operator-a',
    },
  })
  // A doctor's account lies in the doctor's department, and the platform's usual way is taken.
  expect(made).toMatchObject({
    doctorName: '陆闻溪',
    departmentName: '推拿科',
    ownerUserName: 'operator-a',
    publishRoute: 'api',
    operatedBy: 'team',
    certificationStatus: 'none',
    health: 'healthy',
    authorizedUntil: null,
    revision: 1,
  })
  const ids = async (query: object) =>
    (await must('operator', api.listAccounts, { query })).items.map(({ id }) => id)
  expect(await ids({ q: 'BIKE' })).toEqual([made.id])
  expect(await ids({ q: '陆闻溪' })).toEqual([made.id])
  expect(await ids({ doctorId: 'doc-a' })).toEqual([made.id])
  expect(await ids({ platform: 'kuaishou' })).toEqual(['kuaishou-a'])
  expect(await ids({ health: 'banned' })).toEqual([])
})

test('what the row keeps secret never leaves the server', async () => {
  const { as } = await bench()
  for (const url of ['/api/accounts', '/api/accounts/kuaishou-a', '/api/settings/platforms']) {
    const { status, text } = await as('admin')(url)
    expect(status).toBe(200)
    expect(text).not.toMatch(
      /access-|refresh-|v1\.|open-kuaishou|not-a-secret|(access|refresh)_?token/i,
    )
  }
})

test('a route the platform does not offer is refused with the reason', async () => {
  const { call } = await bench()
  const create = (platform: 'douyin' | 'xiaohongshu', publishRoute: 'api' | 'handoff') =>
    call('admin', api.createAccount, {
      body: { platform, publishRoute, displayName: '某号', ...institutional },
    })
  expect(said(await create('xiaohongshu', 'api'))).toBe('422 这个平台没有开放这种发布方式')
  expect(said(await create('douyin', 'api'))).toBe(
    '422 抖音的代发布权限只开给极少数应用，本系统未获开通，请用手机交接',
  )
  expect(await create('douyin', 'handoff')).toMatchObject({ ok: true })
})

test('视频号 belongs to its owner: never to the team, not at birth and not by an edit', async () => {
  const { call, must, db } = await bench()
  const body = { platform: 'channels' as const, displayName: '陆闻溪讲颈椎', ...institutional }
  const sentence =
    '422 视频号禁止任何形式的代运营（R47，视频号健康医疗对外公约二.2），请改为由账号所有者本人运营'
  expect(
    said(await call('admin', api.createAccount, { body: { ...body, operatedBy: 'team' } })),
  ).toBe(sentence)
  const made = await must('admin', api.createAccount, {
    body: { ...body, certificationStatus: 'certified' },
  })
  expect(made).toMatchObject({ operatedBy: 'owner', publishRoute: 'manual' })
  const params = { accountId: made.id }
  const edit = { params, body: { revision: 1, operatedBy: 'team' as const } }
  expect(said(await call('admin', api.updateAccount, edit))).toBe(sentence)
  expect(await accountReadinessOf(db.read, 'a', made.id, '2026-11-21')).toEqual({ ok: true })
})

test('whose account it is must be complete, and is kept consistent', async () => {
  const { call, must } = await bench()
  const change = (revision: number, body: object) =>
    call('admin', api.updateAccount, { params: douyin, body: { revision, ...body } })
  expect(said(await change(1, { ownerType: 'doctor' }))).toBe('422 请选择账号属于哪位医生')
  expect(said(await change(1, { ownerType: 'department' }))).toBe('422 请选择账号属于哪个科室')
  expect(await change(1, { ownerType: 'doctor', doctorId: 'doc-b' })).toMatchObject({ status: 404 })
  expect(await change(1, { ownerType: 'doctor', doctorId: 'doc-a' })).toMatchObject({
    value: { doctorId: 'doc-a', departmentId: 'dep-a' },
  })
  expect(await change(2, { ownerType: 'department', departmentId: 'dep-a' })).toMatchObject({
    value: { doctorId: null, departmentId: 'dep-a' },
  })
  expect(await change(3, { ownerType: 'institution' })).toMatchObject({
    value: { doctorId: null, departmentId: null },
  })
  await must('admin', updateUser, {
    params: { userId: 'producer-a' },
    body: { revision: 1, disabled: true },
  })
  for (const ownerUserId of ['operator-b', 'producer-a', 'nobody'])
    expect(said(await change(4, { ownerUserId }))).toBe(
      '422 所选负责人不在本机构或已停用，请换一位',
    )
  expect(await change(4, { ownerUserId: 'operator-a' })).toMatchObject({ ok: true })
})

test('one handle stands for one account of a platform', async () => {
  const { call } = await bench()
  const create = (platform: 'douyin' | 'weibo', institution = 'a') =>
    call(
      'admin',
      api.createAccount,
      { body: { platform, displayName: '某号', handle: 'qiwu', ...institutional } },
      { institution },
    )
  const both = await Promise.all([create('douyin'), create('douyin')])
  expect(both.map((one) => (one.ok ? 200 : one.status)).sort()).toEqual([200, 409])
  expect(both.map(said)).toContain('409 这个平台上已有平台号为「qiwu」的账号（归档的也算）')
  expect(await create('weibo')).toMatchObject({ ok: true })
  expect(await create('douyin', 'b')).toMatchObject({ ok: true })
})

test('the platform of an account never changes', async () => {
  const { as } = await bench()
  const edit = { method: 'PATCH' as const, body: { revision: 1, platform: 'weibo', handle: 'x' } }
  const answer = await as('admin')('/api/accounts/douyin-a', edit)
  expect(answer.body).toMatchObject({ platform: 'douyin', handle: 'x', revision: 2 })
})

test('the gate hears of bans and lapsed certification, and in both languages why', async () => {
  const { must, db } = await bench()
  const ready = (id: string, today = '2026-11-21') => accountReadinessOf(db.read, 'a', id, today)
  expect(await ready('douyin-a')).toEqual({ ok: true })
  expect(await ready('kuaishou-a')).toEqual({ ok: true })
  await must('admin', api.updateAccount, {
    params: douyin,
    body: { revision: 1, certificationExpiresOn: '2026-12-30' },
  })
  expect(await ready('douyin-a', '2026-12-30')).toEqual({ ok: true })
  const late = await ready('douyin-a', '2026-12-31')
  if (late.ok) throw new Error('a lapsed certification gates')
  expect(say('zh', late.reason)).toBe('账号「douyin账号」的平台认证已过期，续认证后才能发布（R46）')
  expect(say('en', late.reason)).toContain('has expired')
  await must('admin', api.updateAccount, {
    params: { accountId: 'kuaishou-a' },
    body: { revision: 1, health: 'banned', healthNote: '2026-11-20 处罚通知' },
  })
  expect(await ready('kuaishou-a')).toMatchObject({ ok: false, reason: { key: 'account.banned' } })
  await expect(accountReadinessOf(db.read, 'b', 'douyin-a', '2026-11-21')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('accounts archive and restore, with the change in the audit log', async () => {
  const { call, must, audited } = await bench()
  const away = await must('admin', api.archiveAccount, {
    params: douyin,
    body: { revision: 1, archived: true },
  })
  expect(away).toMatchObject({ archived: true, revision: 2 })
  expect((await must('operator', api.listAccounts, { query: {} })).total).toBe(2)
  expect((await must('operator', api.listAccounts, { query: { archived: 'only' } })).items).toEqual(
    [away],
  )
  const edit = { params: douyin, body: { revision: 2, handle: 'x' } }
  expect(said(await call('admin', api.updateAccount, edit))).toBe('422 已归档，恢复后才能修改')
  const back = { params: douyin, body: { revision: 2, archived: false } }
  expect(await must('admin', api.archiveAccount, back)).toMatchObject({ archived: false })
  expect((await audited()).map(({ action }) => action)).toEqual([
    'account.archived',
    'account.restored',
  ])
})

test('stale revisions, other tenants, other roles, two at once', async () => {
  const { call } = await bench()
  const edit = (handle: string) => ({ params: douyin, body: { revision: 1, handle } })
  const both = await Promise.all(['x', 'y'].map((h) => call('admin', api.updateAccount, edit(h))))
  expect(both.map((one) => (one.ok ? 200 : one.status)).sort()).toEqual([200, 409])
  expect(said(await call('admin', api.updateAccount, edit('z')))).toBe(
    '409 admin-a 在 11/21 10:00 改过了，请刷新后再改',
  )
  const other = { institution: 'b' }
  expect(await call('admin', api.getAccount, { params: douyin }, other)).toMatchObject({
    status: 404,
  })
  expect(await call('admin', api.updateAccount, edit('z'), other)).toMatchObject({ status: 404 })
  expect(await call('admin', api.connectAccount, { params: douyin }, other)).toMatchObject({
    status: 404,
  })
  for (const role of ['manager', 'operator', 'doctor'] as const) {
    expect(await call(role, api.updateAccount, edit('z'))).toMatchObject({ status: 403 })
    expect(await call(role, api.connectAccount, { params: douyin })).toMatchObject({ status: 403 })
    expect(await call(role, getPlatformSettings, {})).toMatchObject({ status: 403 })
  }
})

test('platform settings say where and whether, for the sandbox, the real hosts and one’s own', async () => {
  const demo = await (await bench()).must('admin', getPlatformSettings, {})
  expect(demo.items.map((one) => [one.platform, one.mode, one.credentialsSet])).toEqual([
    ['kuaishou', 'sandbox', true],
    ['bilibili', 'sandbox', true],
    ['weibo', 'sandbox', true],
    ['douyin', 'sandbox', true],
    ['wechat_oa', 'sandbox', null],
  ])
  const real = await bench({
    XINGBO_DEMO: '0',
    XINGBO_PUBLIC_URL: 'http://desk.example.cn',
    KUAISHOU_APP_ID: 'ks-1',
    KUAISHOU_APP_SECRET: 'ks-secret',
    DOUYIN_BASE_URL: 'https://proxy.example.cn/',
  })
  const { items } = await real.must('admin', getPlatformSettings, {})
  const spoken = items.filter((one) => one.platform === 'kuaishou' || one.platform === 'douyin')
  expect(spoken).toMatchObject([
    {
      platform: 'kuaishou',
      baseUrl: 'https://open.kuaishou.com',
      mode: 'real',
      credentialsSet: true,
      callbackUrl: 'http://desk.example.cn/api/oauth/kuaishou/callback',
    },
    {
      platform: 'douyin',
      baseUrl: 'https://proxy.example.cn',
      mode: 'custom',
      credentialsSet: false,
      callbackUrl: 'http://desk.example.cn/api/webhooks/douyin',
    },
  ])
  expect(JSON.stringify(items)).not.toMatch(/ks-1|ks-secret/)
})
