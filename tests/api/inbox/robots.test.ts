import {
  nextCallAt,
  robotLimits,
  robotUrlVerdict,
  stillCounting,
} from '@xingbo/shared/inbox/robot.rules'
import { describe, expect, test } from 'vitest'
import { robotMessages, robots } from '../../../apps/api/src/db/schema/inbox.ts'
import { inboxHandlers } from '../../../apps/api/src/modules/inbox/inbox.jobs.ts'
import { testInbox } from './support.ts'

const GATHER = 10_000

describe('where a robot may live', () => {
  const sandbox = 'http://127.0.0.1:5181'
  test.each([
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx', true],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=abc', true],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/abc-def', true],
    ['feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/abc-def', true],
    ['wecom', 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'https://user:pw@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/../cgi-bin/gettoken?key=a', false],
    ['wecom', 'https://169.254.169.254/cgi-bin/webhook/send?key=a', false],
    ['wecom', 'http://127.0.0.1:5180/cgi-bin/webhook/send?key=a', false],
    ['dingtalk', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a', false],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/', false],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/a/../../x', false],
  ] as const)('%s %s: %s', (kind, url, ok) => {
    expect(robotUrlVerdict(kind, url, sandbox).ok).toBe(ok)
  })
  test('the sandbox counts in the demo only', () => {
    const url = `${sandbox}/robot/send?access_token=a`
    expect(robotUrlVerdict('dingtalk', url, sandbox).ok).toBe(true)
    expect(robotUrlVerdict('dingtalk', url, null).ok).toBe(false)
    expect(robotUrlVerdict('dingtalk', `${sandbox}/other?access_token=a`, sandbox).ok).toBe(false)
  })
})

describe('the limiter', () => {
  const at = (ms: number[]) => ms.map((one) => 1_000_000 + one)
  const now = 1_010_000
  test('nothing sent: at once', () => {
    expect(nextCallAt(robotLimits.wecom, [], now)).toBe(now)
  })
  test('the twenty-first waits until the first is a minute old', () => {
    const twenty = at(Array.from({ length: 20 }, (_, n) => n * 100))
    expect(nextCallAt(robotLimits.wecom, twenty.slice(1), now)).toBe(now)
    expect(nextCallAt(robotLimits.wecom, twenty, now)).toBe(1_000_000 + 60_000)
  })
  test('Feishu keeps both its limits, the later one wins', () => {
    const burst = at([9_500, 9_600, 9_700, 9_800, 9_900])
    expect(nextCallAt(robotLimits.feishu, burst, now)).toBe(1_000_000 + 9_500 + 1_000)
    const hundred = at(Array.from({ length: 100 }, (_, n) => n * 90))
    expect(nextCallAt(robotLimits.feishu, hundred, now)).toBe(1_000_000 + 60_000)
  })
  test('forgets what counts for nothing any more', () => {
    expect(stillCounting(robotLimits.feishu, at([0, 9_000]), 1_060_000)).toEqual(at([9_000]))
  })
})

describe('messages', () => {
  test('several posts of one item are one message; an episode is said once', async () => {
    const house = await testInbox()
    await house.addRobot('dingtalk')
    const group = { groupKey: 'content:item-1' }
    await house.tell({ ...group, mergeKey: 'p1', subject: { type: 'publication', id: 'p1' } })
    await house.tell({ ...group, mergeKey: 'p2', subject: { type: 'publication', id: 'p2' } })
    await house.tell({ ...group, mergeKey: 'p1', subject: { type: 'publication', id: 'p1' } })
    expect(await house.sweep()).toBe(0)
    house.wait(GATHER)
    await house.sweep()
    await house.sweep()
    const heard = await house.heard()
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ kind: 'dingtalk', code: 0 })
    const text = JSON.stringify(heard[0]?.body)
    expect(text).toContain('/m/hand-off/p1')
    expect(text).toContain('/m/hand-off/p2')
    // Told again after it went out: still nothing new.
    await house.tell({ ...group, mergeKey: 'p2', subject: { type: 'publication', id: 'p2' } })
    house.wait(GATHER)
    expect(await house.sweep()).toBe(0)
  })

  test.each(['wecom', 'dingtalk', 'feishu'] as const)(
    '%s takes ours as its documents ask',
    async (kind) => {
      const house = await testInbox()
      const { body } = await house.addRobot(kind)
      const answer = await house.as('admin')(`/api/robots/${body.id}/test`, { method: 'POST' })
      expect(answer.body).toMatchObject({ outcome: 'ok', code: '0' })
      expect(await house.heard()).toHaveLength(1)
    },
  )

  test('a group is never told more than it may be, and nothing is lost', async () => {
    const house = await testInbox()
    await house.addRobot('wecom')
    for (let n = 0; n < 25; n++)
      await house.tell({ mergeKey: `p${n}`, subject: { type: 'publication', id: `p${n}` } })
    house.wait(GATHER)
    await house.sweep()
    expect(await house.heard()).toHaveLength(20)
    expect(await house.sweep()).toBe(0)
    house.wait(59_999)
    expect(await house.sweep()).toBe(0)
    house.wait(1)
    await house.sweep()
    const heard = await house.heard()
    expect(heard).toHaveLength(25)
    expect(heard.filter(({ code }) => code !== 0)).toEqual([])
  })

  test('a wrong secret is a no: shown, not tried again, and the admins hear of it', async () => {
    const house = await testInbox()
    const { body } = await house.addRobot('feishu', { secret: 'not-the-secret' })
    const tested = await house.as('admin')(`/api/robots/${body.id}/test`, { method: 'POST' })
    expect(tested.body).toMatchObject({ outcome: 'refused', code: '19021' })
    await house.tell()
    house.wait(GATHER)
    await house.sweep()
    house.wait(3_600_000)
    expect(await house.sweep()).toBe(0)
    const [row] = await house.db.read.select().from(robotMessages)
    expect(row).toMatchObject({ state: 'failed', attempts: 1, answerCode: '19021' })
    const inbox = await house.as('admin')('/api/inbox')
    expect(inbox.body).toMatchObject({ items: [{ kind: 'alarm', subject: { type: 'robot' } }] })
  })

  test('a robot that cannot be reached is tried again, three times, then given up', async () => {
    const house = await testInbox()
    await house.addRobot('wecom')
    await house.sandbox.close()
    await house.tell()
    house.wait(GATHER)
    for (const pause of [30_000, 120_000, 600_000]) {
      await house.sweep()
      house.wait(pause - 1)
      expect(await house.sweep()).toBe(0)
      house.wait(1)
    }
    await house.sweep()
    const [row] = await house.db.read.select().from(robotMessages)
    expect(row).toMatchObject({ state: 'failed', attempts: 4, answerCode: 'ECONNREFUSED' })
  })

  test('what a stopped process was sending is not sent again', async () => {
    const house = await testInbox()
    await house.addRobot('wecom')
    await house.tell()
    await house.db.inTransaction(async (tx) => {
      await tx.update(robotMessages).set({ state: 'sending', attempts: 1, sendAt: house.clock.now })
    })
    house.wait(60_000)
    await house.sweep()
    expect(await house.heard()).toEqual([])
    const [row] = await house.db.read.select().from(robotMessages)
    expect(row?.state).toBe('unknown')
  })

  test('two workers with one message send it once', async () => {
    const house = await testInbox()
    await house.addRobot('wecom')
    await house.tell()
    house.wait(GATHER)
    const [row] = await house.db.read.select().from(robotMessages)
    const [handler] = inboxHandlers(house.deps)
    const ring = { messageId: row?.id } as never
    await Promise.all([handler?.run(ring), handler?.run(ring), handler?.run(ring)])
    expect(await house.heard()).toHaveLength(1)
  })

  test('quiet hours hold a message back, an urgent one goes', async () => {
    const house = await testInbox()
    await house.addRobot('wecom')
    house.clock.now = new Date('2026-11-21T15:00:00.000Z') // 23:00 in Shanghai
    await house.tell({ mergeKey: 'calm', subject: { type: 'publication', id: 'calm' } })
    await house.tell({
      mergeKey: 'fire',
      severity: 'urgent',
      subject: { type: 'publication', id: 'fire' },
    })
    house.wait(GATHER)
    await house.sweep()
    expect(JSON.stringify(await house.heard())).toContain('/m/hand-off/fire')
    expect(await house.heard()).toHaveLength(1)
    house.clock.now = new Date('2026-11-21T23:29:59.000Z')
    expect(await house.sweep()).toBe(0)
    house.clock.now = new Date('2026-11-21T23:30:00.000Z') // 07:30
    await house.sweep()
    expect(await house.heard()).toHaveLength(2)
  })
})

describe('the settings', () => {
  test('an address and a secret are sealed and never shown again', async () => {
    const house = await testInbox()
    const { body } = await house.addRobot('dingtalk')
    const list = await house.as('admin')('/api/robots')
    expect(list.text).not.toContain('access_token')
    expect(list.text).not.toContain('SECsandbox')
    expect(body).toMatchObject({ signed: true, kind: 'dingtalk' })
    const [row] = await house.db.read.select().from(robots)
    expect(JSON.stringify(row)).not.toMatch(/SECsandbox|access_token|sandbox-dingtalk/)
  })

  test('only the admin of this institution comes near', async () => {
    const house = await testInbox()
    const { body } = await house.addRobot('wecom')
    expect((await house.as('operator')('/api/robots')).status).toBe(403)
    const other = house.as('admin', 'b')
    expect((await other(`/api/robots/${body.id}/test`, { method: 'POST' })).status).toBe(404)
    expect((await other(`/api/robots/${body.id}/messages`)).status).toBe(404)
    const stale = await house.as('admin')(`/api/robots/${body.id}`, {
      method: 'PATCH',
      body: { name: '甲', language: 'zh', kinds: ['alarm'], paused: false, revision: 7 },
    })
    expect(stale.status).toBe(409)
  })

  test('a foreign address is refused in words, and a robot without its secret too', async () => {
    const house = await testInbox()
    const admin = house.as('admin')
    const robot = { name: '甲', language: 'zh', kinds: ['alarm'] }
    const url = 'https://evil.example/robot/send?access_token=a'
    const foreign = await admin('/api/robots', {
      body: { ...robot, kind: 'dingtalk', url, secret: 's' },
    })
    expect(foreign.status).toBe(422)
    expect(foreign.text).toContain('oapi.dingtalk.com')
    const bare = await admin('/api/robots', {
      body: {
        ...robot,
        kind: 'dingtalk',
        url: 'https://oapi.dingtalk.com/robot/send?access_token=a',
      },
      language: 'en',
    })
    expect(bare.status).toBe(422)
    expect(bare.text).toContain('signing secret')
  })

  test('a removed robot keeps nothing and says nothing', async () => {
    const house = await testInbox()
    const { body } = await house.addRobot('dingtalk')
    await house.tell()
    const gone = await house.as('admin')(`/api/robots/${body.id}/remove`, {
      body: { revision: body.revision },
    })
    expect(gone.status).toBe(200)
    house.wait(GATHER)
    await house.sweep()
    expect(await house.heard()).toEqual([])
    const [row] = await house.db.read.select().from(robots)
    expect(row).toMatchObject({ url: '', secret: null })
  })
})
