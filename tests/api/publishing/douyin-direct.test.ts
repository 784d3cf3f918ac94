import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'
import { freePort } from '../../support/free-port.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp } from '../../support/test-app.ts'

const minute = 60_000

async function byApi(t: Awaited<ReturnType<typeof testApp>>) {
  const account = await t.as('admin')('/api/accounts/douyin-a')
  const { revision } = account.body as { revision: number }
  return t.as('admin')('/api/accounts/douyin-a', {
    method: 'PATCH',
    body: { publishRoute: 'api', revision },
  })
}

test('an account is set to post by API only where the application was granted it', async () => {
  const refused = await byApi(await testApp())
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('抖音的代发布权限只开给极少数应用')
  expect((await byApi(await testApp({ DOUYIN_DIRECT: '1' }))).status).toBe(200)
})

test('connected by consent, posted without a person, published by the event; withdrawn consent stops it', async () => {
  const port = await freePort()
  const t = await testApp({ DOUYIN_DIRECT: '1', XINGBO_SANDBOX_PORT: String(port) })
  const sandbox = await startSandbox({
    port,
    dir: join(t.deps.settings.dataDir, 'sandbox'),
    apps: t.deps.settings.platforms,
    now: () => t.clock.now,
    pendingMs: 4_000,
  })
  onTestFinished(() => sandbox.close())
  await byApi(t)
  const started = await t.as('admin')('/api/accounts/douyin-a/connect', { body: {} })
  const consent = await fetch((started.body as { url: string }).url, { redirect: 'manual' })
  const back = new URL(consent.headers.get('location') ?? '')
  await t.as('admin')(back.pathname + back.search)
  const accountRow = async () => {
    const [row] = await t.db.read.select().from(accounts).where(eq(accounts.id, 'douyin-a'))
    return row
  }
  expect((await accountRow())?.scopes).toContain('video.create.bind')

  await readyItem(t.deps, 'dd1')
  const dueAt = new Date(t.clock.now.getTime() + minute).toISOString()
  const answer = await t.as('operator')('/api/contents/dd1/publications', {
    body: { items: [{ accountId: 'douyin-a', dueAt }] },
  })
  const id = (answer.body as { items: Publication[] }).items[0]?.id ?? answer.text
  const state = async () => {
    const [row] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    return row
  }
  expect((await state())?.route).toBe('api')
  t.clock.now = new Date(t.clock.now.getTime() + minute)
  const [look] = jobsOf(t.deps).handlers.filter(({ job }) => job.name === 'publication.look')
  await look?.run({ publicationId: id } as never)
  expect((await state())?.state).toBe('accepted')

  const { clientSecret } = t.deps.settings.platforms.douyin
  const openId = (await accountRow())?.openId ?? ''
  const tell = (messageId: string, event: string, content: object, secret = clientSecret) => {
    const payload = JSON.stringify({ event, from_user_id: openId, client_key: 'x', content })
    const signature = createHash('sha1')
      .update(secret + payload)
      .digest('hex')
    return t.app.inject({
      method: 'POST',
      url: '/api/webhooks/douyin',
      headers: {
        'content-type': 'application/json',
        'x-douyin-signature': signature,
        'msg-id': messageId,
      },
      payload,
    })
  }
  const item = { item_id: (await state())?.remoteId, video_id: '7300000000000000001' }
  expect((await tell('m1', 'create_video', item, 'another')).statusCode).toBe(401)
  expect((await state())?.state).toBe('accepted')
  for (let n = 0; n < 3; n++) expect((await tell('m1', 'create_video', item)).statusCode).toBe(200)
  expect(await state()).toMatchObject({
    state: 'published',
    remoteUrl: 'https://www.douyin.com/video/7300000000000000001',
  })

  expect((await tell('m2', 'unauthorize', {}, 'another')).statusCode).toBe(401)
  expect((await accountRow())?.health).toBe('healthy')
  expect((await tell('m2', 'unauthorize', {})).statusCode).toBe(200)
  expect((await accountRow())?.health).toBe('reauth_needed')
})
