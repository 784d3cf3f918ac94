import { join } from 'node:path'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { publications, webhookDeliveries } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'
import { encryptFor, sign } from '../../../apps/api/src/sandbox/wechat-crypto.ts'
import { freePort } from '../../support/free-port.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp } from '../../support/test-app.ts'

const minute = 60_000
type Events = { url: string; token: string; encodingAesKey: string }

/** A desk with an official account, connected by the AppID and AppSecret the sandbox shows its owner. */
async function desk() {
  const port = await freePort()
  const t = await testApp({ XINGBO_SANDBOX_PORT: String(port) })
  const sandbox = await startSandbox({
    port,
    dir: join(t.deps.settings.dataDir, 'sandbox'),
    apps: t.deps.settings.platforms,
    now: () => t.clock.now,
    pendingMs: 4_000,
  })
  onTestFinished(() => sandbox.close())
  const opened = await fetch(`${sandbox.url}/__sandbox/wechat-oa/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"栖梧医院"}',
  })
  const app = (await opened.json()) as { appId: string; secret: string }
  const made = await t.as('admin')('/api/accounts', {
    body: {
      platform: 'wechat_oa',
      displayName: '栖梧医院',
      ownerType: 'institution',
      certificationStatus: 'certified',
    },
  })
  const { id: accountId } = made.body as { id: string }
  const connected = await t.as('admin')(`/api/accounts/${accountId}/app`, {
    body: { appId: app.appId, appSecret: app.secret },
  })
  if (connected.status !== 200) throw new Error(connected.text)
  const shown = await t.as('admin')(`/api/accounts/${accountId}/event-settings`, { body: {} })
  const events = shown.body as Events
  const [job] = jobsOf(t.deps).handlers.filter(({ job: one }) => one.name === 'publication.look')
  const ring = (publicationId: string) => job?.run({ publicationId } as never)
  const move = (ms: number) => {
    t.clock.now = new Date(t.clock.now.getTime() + ms)
  }
  const state = async (id: string) => {
    const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    if (!row) throw new Error('no such publication')
    return row
  }
  /** An item sent to the account and taken by it, its outcome still open. */
  const accepted = async (contentId: string) => {
    await readyItem(t.deps, contentId)
    const dueAt = new Date(t.clock.now.getTime() + minute).toISOString()
    const answer = await t.as('operator')(`/api/contents/${contentId}/publications`, {
      body: { items: [{ accountId, dueAt }] },
    })
    const id = (answer.body as { items: Publication[] }).items[0]?.id ?? answer.text
    move(minute)
    await ring(id)
    const row = await state(id)
    expect(row).toMatchObject({ state: 'accepted', route: 'api' })
    return { id, publishId: row.remoteId ?? '' }
  }
  const path = `/api/webhooks/wechat-oa/${accountId}`
  /** A PUBLISHJOBFINISH as WeChat would send it, or spoilt by `over`. */
  const tell = (
    publishId: string,
    status: number,
    over: { token?: string; offsetMs?: number; to?: string; body?: string; at?: string } = {},
  ) => {
    const seconds = Math.floor((t.clock.now.getTime() + (over.offsetMs ?? 0)) / 1000)
    const xml = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><CreateTime>${1_700_000_000 + status}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo><publish_id>${publishId}</publish_id><publish_status>${status}</publish_status><article_detail><count>1</count><item><idx>1</idx><article_url><![CDATA[https://mp.weixin.qq.com/s/x]]></article_url></item></article_detail></PublishEventInfo></xml>`
    const encrypt = encryptFor(over.to ?? app.appId, events.encodingAesKey, xml)
    const token = over.token ?? events.token
    const query = new URLSearchParams({
      timestamp: String(seconds),
      nonce: 'n1',
      encrypt_type: 'aes',
      msg_signature: sign(token, String(seconds), 'n1', encrypt),
    })
    return t.app.inject({
      method: 'POST',
      url: `${over.at ?? path}?${query}`,
      headers: { 'content-type': 'text/xml' },
      payload: over.body ?? `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
    })
  }
  return {
    ...t,
    app: t.app,
    accountId,
    credentials: app,
    events,
    path,
    ring,
    move,
    state,
    accepted,
    tell,
  }
}

test('an article goes out by API, and the account’s own event says it is published', async () => {
  const t = await desk()
  const { id, publishId } = await t.accepted('w1')
  const told = await Promise.all(Array.from({ length: 50 }, () => t.tell(publishId, 0)))
  expect(new Set(told.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
    new Set(['200 success']),
  )
  expect(await t.state(id)).toMatchObject({
    state: 'published',
    remoteUrl: 'https://mp.weixin.qq.com/s/x',
  })
  const moves = await t.db.read.select().from(auditEntries).where(eq(auditEntries.subjectId, id))
  expect(moves.filter(({ detail }) => (detail as { to?: string }).to === 'published')).toHaveLength(
    1,
  )
  expect(await t.db.read.select().from(webhookDeliveries)).toHaveLength(1)
})

test('a forged, replayed or future event is answered 401 and changes nothing', async () => {
  const t = await desk()
  const { id, publishId } = await t.accepted('w2')
  const spoilt = [
    { token: 'another' },
    { offsetMs: -6 * minute },
    { offsetMs: 6 * minute },
    { to: 'wxffffffffffffffff' },
    { body: '<xml></xml>' },
    { body: '' },
    { at: '/api/webhooks/wechat-oa/acc_nobody' },
    { at: '/api/webhooks/wechat-oa/kuaishou-a' },
  ]
  for (const over of spoilt) {
    const answer = await t.tell(publishId, 0, over)
    expect([over, answer.statusCode]).toEqual([over, 401])
  }
  expect((await t.state(id)).state).toBe('accepted')
  expect(await t.db.read.select().from(webhookDeliveries)).toEqual([])
  // Of a post nobody here sent: taken, and without effect.
  expect((await t.tell('999', 0)).statusCode).toBe(200)
  expect(await t.db.read.select().from(webhookDeliveries)).toEqual([])
})

test('in whatever order they come, removed stays removed and rejected rejected', async () => {
  const t = await desk()
  const first = await t.accepted('w3')
  await t.tell(first.publishId, 6)
  expect((await t.state(first.id)).state).toBe('taken_down')
  await t.tell(first.publishId, 0)
  expect((await t.state(first.id)).state).toBe('taken_down')

  const second = await t.accepted('w4')
  await t.tell(second.publishId, 0)
  await t.tell(second.publishId, 5)
  await t.tell(second.publishId, 0)
  expect((await t.state(second.id)).state).toBe('taken_down')

  const third = await t.accepted('w5')
  await t.tell(third.publishId, 4)
  await t.tell(third.publishId, 0)
  const row = await t.state(third.id)
  expect(row).toMatchObject({ state: 'failed', reasonKey: 'publishing.rejectedByPlatform' })
})

test('the check of the address is answered with its echo, to WeChat alone', async () => {
  const t = await desk()
  const check = (token: string) => {
    const timestamp = String(Math.floor(t.clock.now.getTime() / 1000))
    const signature = sign(token, timestamp, 'n1')
    const query = new URLSearchParams({ signature, timestamp, nonce: 'n1', echostr: '4711' })
    return t.app.inject({ method: 'GET', url: `${t.path}?${query}` })
  }
  const good = await check(t.events.token)
  expect([good.statusCode, good.body]).toEqual([200, '4711'])
  expect((await check('another')).statusCode).toBe(401)
})

test('the keys are an admin’s to see, the same each time, on record, and stored sealed', async () => {
  const t = await desk()
  const url = `/api/accounts/${t.accountId}/event-settings`
  expect((await t.as('admin')(url, { body: {} })).body).toEqual(t.events)
  expect(t.events.token).toMatch(/^[0-9A-Za-z]{32}$/)
  expect(t.events.encodingAesKey).toMatch(/^[0-9A-Za-z]{43}$/)
  expect((await t.as('operator')(url, { body: {} })).status).toBe(403)
  expect((await t.as('admin', 'b')(url, { body: {} })).status).toBe(404)
  const kuaishou = await t.as('admin')('/api/accounts/kuaishou-a/event-settings', { body: {} })
  expect(kuaishou.status).toBe(422)
  const audited = await t.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'account.event_keys_shown'))
  expect(audited).toHaveLength(2)
  const [row] = await t.db.read.select().from(accounts).where(eq(accounts.id, t.accountId))
  const kept = JSON.stringify([row, audited])
  for (const secret of [t.events.token, t.events.encodingAesKey, t.credentials.secret])
    expect(kept).not.toContain(secret)
})

test('deliveries are forgotten after thirty days, not before', async () => {
  const t = await desk()
  const { publishId } = await t.accepted('w6')
  await t.tell(publishId, 0)
  const [tidy] = jobsOf(t.deps).handlers.filter(({ job }) => job.name === 'webhook.tidy')
  const left = async () => (await t.db.read.select().from(webhookDeliveries)).length
  t.move(29 * 86_400_000)
  await tidy?.run({} as never)
  expect(await left()).toBe(1)
  t.move(2 * 86_400_000)
  await tidy?.run({} as never)
  expect(await left()).toBe(0)
})
