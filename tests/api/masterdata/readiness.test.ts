import {
  type AccountFacts,
  accountReadiness,
  connectVerdict,
  offeredRoutes,
  operatorVerdict,
  routeVerdict,
  usualRoute,
} from '@xingbo/shared/accounts/account.rules'
import { connectWays } from '@xingbo/shared/accounts/connection.rules'
import { accountHealths, platforms, publishRoutes } from '@xingbo/shared/accounts/platform'
import {
  type CredentialFacts,
  type DoctorFacts,
  doctorReadiness,
} from '@xingbo/shared/doctors/doctor.rules'
import { expiryOf } from '@xingbo/shared/expiry'
import { say } from '@xingbo/shared/messages'
import { expect, test } from 'vitest'

const today = '2026-11-21'
const keys = (messages: readonly { key: string }[]) => messages.map(({ key }) => key)

test('an expiry counts whole days and holds through its last one', () => {
  expect(expiryOf(null, today)).toEqual({ state: 'none' })
  expect(expiryOf('2026-11-20', today)).toEqual({ state: 'expired', days: 1 })
  expect(expiryOf('2026-11-21', today)).toEqual({ state: 'soon', days: 0 })
  expect(expiryOf('2026-12-11', today)).toEqual({ state: 'soon', days: 20 })
  expect(expiryOf('2026-12-21', today)).toEqual({ state: 'soon', days: 30 })
  expect(expiryOf('2026-12-22', today)).toEqual({ state: 'valid', days: 31 })
})

const doctor: DoctorFacts = {
  name: '周叙之',
  internetScienceFiledOn: '2026-01-12',
  archived: false,
}
const paper = (over: Partial<CredentialFacts>): CredentialFacts => ({
  kind: '医师定期考核',
  expiresOn: null,
  gatesPublishing: true,
  archived: false,
  ...over,
})

test.each<[string, DoctorFacts, CredentialFacts[], string[], string[]]>([
  ['all in order', doctor, [paper({})], [], []],
  ['last day', doctor, [paper({ expiresOn: today })], [], ['doctor.credentialToday']],
  ['in 20 days', doctor, [paper({ expiresOn: '2026-12-11' })], [], ['doctor.credentialSoon']],
  ['in 31 days', doctor, [paper({ expiresOn: '2026-12-22' })], [], []],
  ['expired', doctor, [paper({ expiresOn: '2026-10-31' })], ['doctor.credentialExpired'], []],
  [
    'expired but not gating',
    doctor,
    [paper({ expiresOn: '2026-10-31', gatesPublishing: false })],
    [],
    ['doctor.credentialLapsed'],
  ],
  [
    'an expired paper put away and its renewal',
    doctor,
    [paper({ expiresOn: '2026-10-31', archived: true }), paper({ expiresOn: '2028-10-31' })],
    [],
    [],
  ],
  ['no papers', doctor, [], ['doctor.noCredentials'], []],
  ['only archived ones', doctor, [paper({ archived: true })], ['doctor.noCredentials'], []],
  ['not filed', { ...doctor, internetScienceFiledOn: null }, [paper({})], ['doctor.notFiled'], []],
  [
    'filed from tomorrow on',
    { ...doctor, internetScienceFiledOn: '2026-11-22' },
    [paper({})],
    ['doctor.notFiled'],
    [],
  ],
  [
    'everything at once',
    { ...doctor, archived: true, internetScienceFiledOn: null },
    [paper({ expiresOn: '2026-10-31' })],
    ['doctor.archived', 'doctor.credentialExpired', 'doctor.notFiled'],
    [],
  ],
])('doctor: %s', (_, facts, papers, blocks, warnings) => {
  const readiness = doctorReadiness(facts, papers, today)
  expect(keys(readiness.blocks)).toEqual(blocks)
  expect(keys(readiness.warnings)).toEqual(warnings)
  expect(readiness.verdict).toMatchObject(
    blocks.length === 0 ? { ok: true } : { ok: false, reason: { key: blocks[0] } },
  )
})

const account: AccountFacts = {
  displayName: '澜州栖梧医院',
  platform: 'douyin',
  publishRoute: 'handoff',
  postLink: '',
  operatedBy: 'team',
  ownerType: 'institution',
  certificationStatus: 'certified',
  certificationExpiresOn: '2027-03-31',
  health: 'healthy',
  ownerUserId: 'operator-a',
  connected: false,
  authorizedUntil: null,
  prolongsItself: false,
  paused: null,
  archived: false,
}
const kuaishou: AccountFacts = {
  ...account,
  platform: 'kuaishou',
  publishRoute: 'api',
  connected: true,
  authorizedUntil: '2027-05-20T02:00:00.000Z',
}
const channels: AccountFacts = {
  ...account,
  platform: 'channels',
  publishRoute: 'manual',
  operatedBy: 'owner',
}

test.each<[string, AccountFacts, string[], string[]]>([
  ['all in order', account, [], []],
  ['connected', kuaishou, [], []],
  [
    'never connected',
    { ...kuaishou, connected: false, authorizedUntil: null },
    ['account.notConnected'],
    [],
  ],
  ['connected without an end', { ...kuaishou, authorizedUntil: null }, [], []],
  [
    'connected, consent over',
    { ...kuaishou, authorizedUntil: '2026-11-19T02:00:00.000Z' },
    ['account.reauthNeeded'],
    [],
  ],
  [
    'connected, consent nearly over',
    { ...kuaishou, authorizedUntil: '2026-12-01T02:00:00.000Z' },
    [],
    ['account.authorizationSoon'],
  ],
  [
    'an end that moves by itself',
    { ...kuaishou, authorizedUntil: '2026-12-01T02:00:00.000Z', prolongsItself: true },
    [],
    [],
  ],
  [
    'paused by the product',
    {
      ...kuaishou,
      paused: {
        at: '2026-11-21T02:00:00.000Z',
        reason: { key: 'account.pausedUnsure', values: { account: '账号', count: 3, minutes: 10 } },
      },
    },
    ['account.pausedUnsure'],
    [],
  ],
  ['reconnect needed', { ...kuaishou, health: 'reauth_needed' }, ['account.reauthNeeded'], []],
  ['token expired', { ...kuaishou, health: 'token_expired' }, ['account.tokenExpired'], []],
  ['a token by hand is no matter', { ...account, health: 'token_expired' }, [], []],
  ['by hand on kuaishou', { ...kuaishou, publishRoute: 'manual', authorizedUntil: null }, [], []],
  [
    'an API nobody has wired',
    { ...account, platform: 'toutiao', publishRoute: 'api' },
    [],
    ['account.apiNotWired'],
  ],
  ['banned', { ...account, health: 'banned' }, ['account.banned'], []],
  ['limited', { ...account, health: 'limited' }, [], ['account.limited']],
  [
    'not certified',
    { ...account, certificationStatus: 'none' },
    ['account.certificationMissing'],
    [],
  ],
  [
    'refused',
    { ...account, certificationStatus: 'rejected' },
    ['account.certificationMissing'],
    [],
  ],
  ['pending', { ...account, certificationStatus: 'pending' }, ['account.certificationPending'], []],
  [
    'expired by word',
    { ...account, certificationStatus: 'expired' },
    ['account.certificationExpired'],
    [],
  ],
  [
    'expired by date',
    { ...account, certificationExpiresOn: '2026-11-20' },
    ['account.certificationExpired'],
    [],
  ],
  [
    'certified for 9 more days',
    { ...account, certificationExpiresOn: '2026-11-30' },
    [],
    ['account.certificationSoon'],
  ],
  ['视频号 by its owner', channels, [], []],
  ['视频号 by us', { ...channels, operatedBy: 'team' }, ['account.teamForbidden'], []],
  ['a doctor’s 抖音 by us', { ...account, ownerType: 'doctor' }, [], ['account.teamDiscouraged']],
  ['nobody in charge', { ...account, ownerUserId: null }, [], ['account.noOwner']],
  ['archived', { ...account, archived: true }, ['account.archived'], []],
])('account: %s', (_, facts, blocks, warnings) => {
  const readiness = accountReadiness(facts, today)
  expect(keys(readiness.blocks)).toEqual(blocks)
  expect(keys(readiness.warnings)).toEqual(warnings)
  expect(readiness.verdict.ok).toBe(blocks.length === 0)
})

test('R47 is said with its source, in both languages', () => {
  const verdict = operatorVerdict('channels', 'team')
  if (verdict.ok) throw new Error('视频号 forbids it')
  expect(say('zh', verdict.reason)).toContain('视频号禁止任何形式的代运营（R47')
  expect(say('en', verdict.reason)).toContain('R47')
  expect(operatorVerdict('channels', 'owner')).toEqual({ ok: true })
  expect(operatorVerdict('douyin', 'team')).toEqual({ ok: true })
})

test('each platform lets a post out by its own ways only', () => {
  const allowed = Object.fromEntries(
    platforms.map((platform) => [
      platform,
      publishRoutes.filter((route) => routeVerdict(platform, route).ok),
    ]),
  )
  expect(allowed).toEqual({
    douyin: ['handoff', 'manual'],
    xiaohongshu: ['manual'],
    kuaishou: ['api', 'manual'],
    channels: ['manual'],
    wechat_oa: ['api', 'manual'],
    bilibili: ['api', 'manual'],
    weibo: ['api', 'manual'],
    toutiao: ['manual'],
    jd_health: ['manual'],
  })
  for (const platform of platforms)
    expect(routeVerdict(platform, usualRoute(platform)).ok).toBe(true)
  expect(routeVerdict('douyin', 'api')).toMatchObject({
    reason: { key: 'account.routeSwitchedOff' },
  })
  expect(offeredRoutes('douyin')).toEqual(['handoff', 'manual', 'api'])
  expect(offeredRoutes('toutiao')).toEqual(['manual'])
})

test('only accounts that publish by a known API can be connected', () => {
  expect(connectVerdict(kuaishou)).toEqual({ ok: true })
  expect(connectVerdict({ ...kuaishou, publishRoute: 'manual' })).toMatchObject({ ok: false })
  expect(connectVerdict({ ...kuaishou, archived: true })).toMatchObject({ ok: false })
  for (const platform of platforms)
    expect(connectVerdict({ ...kuaishou, platform }).ok).toBe(platform in connectWays)
})

test('every health says something about an account that publishes by API', () => {
  for (const health of accountHealths) {
    const { blocks, warnings } = accountReadiness({ ...kuaishou, health }, today)
    expect(blocks.length + warnings.length, health).toBe(health === 'healthy' ? 0 : 1)
  }
})
